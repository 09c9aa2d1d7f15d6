#!/usr/bin/env bats
# What sync drafts from the translation memory, and what it must not learn.

load helper

# source FILE: a new version of it, from standard input.
source_page() {
	(cd en && file "$1" && commit "Write $1")
}

# translate FILE: its translation, as one that is up to date.
translate() {
	(cd zh && file "$1" && cp "../en/$1" "${1%.md}_origin.md" && commit "Translate $1")
}

sync() {
	(cd en && git-amts-sync sync "$@") >"$BATS_TEST_TMPDIR/log" 2>&1 ||
		_differs "$(cat "$BATS_TEST_TMPDIR/log")"
}

review() { # take over what the review branch holds
	git -C zh merge -q amts/zh
}

page_is() { # FILE of the review branch is exactly TEXT plus a line end
	[ "$(git -C zh show "amts/zh:$1")" = "$2" ] ||
		_differs "$(git -C zh show "amts/zh:$1")"
}

two_repositories() {
	mkdir en zh
	printf '# Doors\n\nOpen the old door slowly. Wait 3 minutes.\n' | source_page a.md
	printf '# Windows\n\nThey are made of glass.\n' | source_page b.md
	printf '# 门\n\n慢慢打开旧门。等待 3 分钟。\n' | translate a.md
	printf '# 窗\n\n它们是玻璃做的。\n' | translate b.md
	printf '[amts]\n\tsourceLanguage = en\n[target "zh"]\n\turl = ../zh\n\tsnapshot = {dir}/{name}_origin{ext}\n' |
		source_page .amts
}

@test "a sentence translated in another page is drafted from there" {
	two_repositories
	printf '# Doors\n\nOpen the old door slowly. Wait 3 minutes. Go.\n' | source_page a.md
	printf '# Windows\n\nThey are made of glass. Wait 5 minutes.\n' | source_page b.md
	sync
	page_is b.md $'# 窗\n\n它们是玻璃做的。等待 5 分钟。'
	git -C zh log -1 --format=%B amts/zh -- b.md | grep -q 'draft: .*; from a.md@'
}

@test "a sentence that differs by a word is told, not drafted" {
	two_repositories
	printf '# Windows\n\nThey are made of glass.\n\nOpen the old red door slowly.\n' |
		source_page b.md
	sync
	page_is b.md $'# 窗\n\n它们是玻璃做的。\n\nOpen the old red door slowly.'
	git -C zh log -1 --format=%B amts/zh -- b.md |
		grep -qF '% like "Open the old {+red +}door slowly.": "慢慢打开旧门。" (a.md@'
}

@test "what is pending is not learnt" {
	two_repositories
	printf '# Doors\n\nOpen the old window at night. Wait 3 minutes.\n' | source_page a.md
	sync
	page_is a.md $'# 门\n\n慢慢打开旧门。等待 3 分钟。'
	review
	printf '# Doors\n\nOpen the old window at night. Wait 4 minutes.\n' | source_page a.md
	printf '# Windows\n\nThey are made of glass.\n\nOpen the old window at night.\n' |
		source_page b.md
	sync
	page_is b.md $'# 窗\n\n它们是玻璃做的。\n\nOpen the old window at night.'
}

@test "what is pending in a page is no answer for its other places" {
	two_repositories
	printf '# Doors\n\nPaint every window frame green. Wait 3 minutes.\n' | source_page a.md
	sync
	review
	printf '# Doors\n\nPaint every window frame green. Wait 3 minutes.\n\n## Again\n\nPaint every window frame green.\n' | source_page a.md
	sync
	page=$(git -C zh show amts/zh:a.md)
	[ "$(grep -c '慢慢打开旧门' <<<"$page")" = 1 ] || _differs "$page"
}

@test "what a person made of it is" {
	two_repositories
	printf '# Doors\n\nOpen the old window at night. Wait 3 minutes.\n' | source_page a.md
	sync
	review
	(cd zh && printf '# 门\n\n夜里打开旧窗。等待 3 分钟。\n' | file a.md && commit 'Translate')
	printf '# Doors\n\nOpen the old window at night. Wait 4 minutes.\n' | source_page a.md
	printf '# Windows\n\nThey are made of glass.\n\nOpen the old window at night.\n' |
		source_page b.md
	sync
	page_is b.md $'# 窗\n\n它们是玻璃做的。\n\n夜里打开旧窗。'
}

@test "a damaged memory is reported, and filled anew" {
	two_repositories
	printf '# Doors\n\nOpen the new door slowly. Wait 3 minutes.\n' | source_page a.md
	mkdir en/.git/amts
	printf 'this is no database, and it is long enough to be seen as damaged, is it not?' \
		>en/.git/amts/memory.db
	cd en
	amts sync
	exits 0
	complains "memory.db' was damaged and is filled anew from the history"
	grep -q 'this is no database' .git/amts/memory.db.damaged
	amts memory lookup --tgt-lang zh 'They are made of glass.'
	says '100  They are made of glass.'
}

@test "a draft that breaks the glossary waits for people, and says why" {
	two_repositories
	(cd zh && printf '| 英文 | 中文 |\n|--|--|\n| minute (n.) | 分 |\n| door | 门 |\n' |
		file TERMS.md && sed 's/分钟/小时/' a.md | file a.md && commit 'Agree on terms')
	printf '[amts]\n\tsourceLanguage = en\n[target "zh"]\n\turl = ../zh\n\tsnapshot = {dir}/{name}_origin{ext}\n\tglossary = TERMS.md\n' |
		source_page .amts
	printf '# Windows\n\nThey are made of glass. Wait 5 minutes.\n' | source_page b.md
	sync
	page_is b.md $'# 窗\n\n它们是玻璃做的。'
	git -C zh log -1 --format=%B amts/zh |
		grep -q "pending: the glossary says 'minute' is '分', unlike a.md@" ||
		_differs "$(git -C zh log -1 --format=%B amts/zh)"
	cd en
	amts check --rule glossary
	says "a.md:3: warning: 'minute' is '分'"
	git config amts.zh.glossary NONE.md
	amts check --rule glossary
	complains "glossary of 'zh' is not used"
}

@test "what people wrote for the same sentence stands beside what the glossary says" {
	two_repositories
	(cd zh && printf '| 英文 | 中文 |\n|--|--|\n| minute (n.) | 分 |\n' |
		file TERMS.md && sed 's/分钟/小时/' a.md | file a.md && commit 'Agree on terms')
	printf '[amts]\n\tsourceLanguage = en\n[target "zh"]\n\turl = ../zh\n\tsnapshot = {dir}/{name}_origin{ext}\n\tglossary = TERMS.md\n' |
		source_page .amts
	printf '# Windows\n\nThey are made of glass. Wait 3 minutes.\n' | source_page b.md
	sync
	page_is b.md $'# 窗\n\n它们是玻璃做的。等待 3 小时。'
	git -C zh log -1 --format=%B amts/zh -- b.md |
		grep -q "from a.md@.*; glossary: 'minute' is '分'" ||
		_differs "$(git -C zh log -1 --format=%B amts/zh -- b.md)"
}

@test "a memory whose pages are damaged is filled anew" {
	two_repositories
	printf '# Doors\n\nOpen the new door slowly. Wait 3 minutes.\n' | source_page a.md
	sync
	cd en
	size=$(wc -c <.git/amts/memory.db)
	head -c $((size - 20000)) /dev/zero | tr '\0' '\245' |
		dd of=.git/amts/memory.db bs=16384 seek=1 conv=notrunc 2>/dev/null
	printf '# Windows\n\nThey are made of glass. Wait 7 minutes.\n' | file b.md
	commit
	amts pairs
	exits 0
	complains 'was damaged and is filled anew from the history'
	says 'They are made of glass.	它们是玻璃做的。'
	amts sync
	exits 0
	case $stderr in *damaged*) _differs "still damaged" ;; esac
	git -C ../zh show amts/zh:b.md | grep -q '等待 7 分钟'
}
