#!/usr/bin/env bats
# git amts-sync pairs: what a translation said in the course of its history.

load helper

# at N: commits from here on are N days later than the first.
at() {
	export GIT_AUTHOR_DATE="$((1700000000 + $1 * 86400)) +0000"
	export GIT_COMMITTER_DATE="$GIT_AUTHOR_DATE"
}

# say DAY SOURCE TRANSLATION: what one page says from that day on, and its source.
say() {
	at "$1"
	printf '# Tea\n\n%s\n\nPour it over the leaves.\n' "$2" | file en/tea.md
	cp en/tea.md zh/tea_origin.md
	printf '# 茶\n\n%s\n\n把水倒在茶叶上。\n' "$3" | file zh/tea.md
	(cd en && commit "$2")
	(cd zh && commit "$3")
}

empty_repositories() { # en, and zh with a page for each of its pages
	mkdir en zh
	git init -q en
	git init -q zh
	printf '[amts]\n\tsource = ../en\n[target "zh"]\n\tpath = {path}\n' | file zh/.amts
}

repositories() {
	mkdir en zh
	git init -q en
	printf '[target "zh"]\n\turl = ../zh\n\tsnapshot = {dir}/{name}_origin{ext}\n' | file en/.amts
	say 1 'Boil half a litre of water.' '煮半升水。'
}

@test "the newest wording wins, the older one is told" {
	repositories
	say 2 'Boil half a litre of water.' '把半升水烧开。'
	cd en
	amts pairs
	exits 0
	prints 'Tea	茶
Boil half a litre of water.	把半升水烧开。
Pour it over the leaves.	把水倒在茶叶上。'
	complains '3 pairs; left out: 1 older'
	amts pairs --explain
	says 'older'
	says '煮半升水。'
	says "tea.md@$(git -C ../zh rev-parse --short=10 HEAD~1)"
	does_not_say '烧开'
}

@test "a wording that came back is the newest" {
	repositories
	say 2 'Boil half a litre of water.' '把半升水烧开。'
	say 3 'Boil half a litre of water.' '煮半升水。'
	cd en
	amts pairs
	says '煮半升水。'
	does_not_say '烧开'
}

@test "what the source says no more is known from history" {
	repositories
	say 2 'Boil much more water than you need.' '多烧一些水。'
	cd en
	amts pairs
	says 'Boil half a litre of water.	煮半升水。'
	says 'Boil much more water than you need.	多烧一些水。'
}

@test "an old translation of a changed source is in doubt" {
	repositories
	at 2
	sed -i 's/half a litre/a whole litre/' en/tea.md
	cp en/tea.md zh/tea_origin.md
	(cd en && commit)
	(cd zh && commit)
	cd en
	amts pairs
	says 'Boil half a litre of water.	煮半升水。'
	does_not_say 'whole'
	complains '1 unreviewed'
	cd ..
	say 3 'Boil a whole litre of water.' '烧一整升水。'
	cd en
	amts pairs
	says 'Boil a whole litre of water.	烧一整升水。'
}

@test "a renamed page goes on" {
	repositories
	at 2
	(cd zh && git mv tea.md drinks.md && git mv tea_origin.md drinks_origin.md && commit)
	at 3
	sed -i 's/煮/烧/' zh/drinks.md
	(cd zh && commit)
	cd en
	amts pairs
	exits 0
	says 'Boil half a litre of water.	烧半升水。'
	does_not_say '煮'
	complains '1 older'
}

# sync a changed sentence that the memory knows; its draft is on the branch amts/zh.
draft() {
	repositories
	say 2 'Boil some water.' '烧些水。'
	say 3 'Never boil the milk.' '牛奶不要煮。'
	at 4
	printf '# Tea\n\nBoil some more water.\n\nPour it over the leaves.\n' | file en/tea.md
	(cd en && commit)
	(cd zh && git checkout -q -b draft)
	sed 's/牛奶不要煮/机器译文/' zh/tea.md >zh/t && mv zh/t zh/tea.md
	cp en/tea.md zh/tea_origin.md
	(cd zh && commit "Sync tea.md with en

Amts-Source: en@$(git -C ../en rev-parse HEAD)
Amts-Lang: zh
Amts-Engine: memory
Amts-Units: 1 drafted, 0 kept, 0 pending" && git checkout -q main)
}

@test "drafts that landed as they were made are not learnt" {
	draft
	git -C zh merge -q --ff-only draft
	cd en
	amts pairs
	exits 0
	does_not_say '机器译文'
	complains '1 unreviewed'
	at 5
	(cd ../zh && echo >>tea.md && commit 'Something else in the page')
	amts pairs
	does_not_say '机器译文'
	(cd ../zh && sed -i 's/机器译文/人的译文/' tea.md && commit)
	amts pairs
	says 'Boil some more water.	人的译文。'
}

@test "merged, squashed and amended drafts have been looked at" {
	draft
	at 5
	git -C zh merge -q --no-ff -m 'Merge drafts' draft
	cd en
	amts pairs
	says 'Boil some more water.	机器译文。'
	git -C ../zh reset -q --hard HEAD~1
	rm -r .git/amts
	git -C ../zh merge -q --squash draft
	(cd ../zh && commit "$(git log -1 --format=%B draft)")
	amts pairs
	says 'Boil some more water.	机器译文。'
}

@test "a second run reads nothing, and a new commit only" {
	repositories
	cd en
	amts pairs
	first=$stdout
	cp .git/amts/memory.db ../before.db
	amts pairs
	prints "$first"
	cmp .git/amts/memory.db ../before.db
	cd ..
	say 2 'Boil half a litre of water.' '把半升水烧开。'
	cd en
	amts pairs
	says '把半升水烧开。'
	kept=$stdout
	rm -r .git/amts
	amts pairs
	prints "$kept"
}

@test "killed while it reads, it goes on to the same end" {
	repositories
	for day in 2 3 4 5 6 7 8 9; do
		say $day "Boil $day litres of water." "烧 $day 升水。"
	done
	cd en
	amts pairs
	whole=$stdout
	rm -r .git/amts
	for tenth in 1 2 3 4 5 6 7 8 9; do
		git-amts-sync pairs >/dev/null 2>&1 &
		pid=$!
		sleep "0.0$tenth"
		kill -9 $pid 2>/dev/null || true
		wait $pid || true
	done
	amts pairs
	exits 0
	prints "$whole"
}

@test "after pairs sync drafts with what other pages said once, and says where from" {
	repositories
	say 2 'Boil much more water than you need.' '多烧一些水。'
	at 3
	printf '# Coffee\n\nGrind it.\n' | file en/coffee.md
	printf '# 咖啡\n\n磨碎。\n' | file zh/coffee.md
	cp en/coffee.md zh/coffee_origin.md
	(cd zh && commit)
	printf '# Coffee\n\nBoil half a litre of water.\n\nGrind it.\n' | file en/coffee.md
	(cd en && commit)
	cd en
	amts pairs
	amts sync
	exits 0
	git -C ../zh show amts/zh:coffee.md | grep -q '煮半升水。'
	git -C ../zh log -1 --format=%B amts/zh |
		grep -q "from tea.md@$(git -C ../zh rev-parse --short=10 main~2), 2023-11-15"
}

@test "English in comments before each paragraph is what they translate" {
	mkdir zh
	git init -q zh
	cd zh
	printf '[amts]\n\tsource = ../en\n[target "zh"]\n\tpath = {path}\n' | file .amts
	woven() {
		printf '<!--\n# Tea\n-->\n\n# 茶\n\n<!--\n%s\n-->\n\n%s\n\n' "$1" "$2" | file tea.md
		printf '<!--\nPour it over the leaves.\n-->\n\n把水倒在茶叶上。\n' >>tea.md
	}
	at 1
	woven 'Boil half a litre of water.' '煮半升水。'
	commit
	at 2
	woven 'Boil half a litre of water.' '把半升水烧开。'
	commit
	git init -q ../en && (cd ../en && echo '# Unlike' | file other.md && commit)
	amts pairs
	exits 0
	prints 'Tea	茶
Boil half a litre of water.	把半升水烧开。
Pour it over the leaves.	把水倒在茶叶上。'
	complains '3 pairs; left out: 1 older'
}

@test "the commit that front matter names is what a translation was made from" {
	empty_repositories
	at 1
	printf '# Tea\n\nBoil water.\n\nPour it over the leaves.\n' | file en/tea.md
	(cd en && commit)
	first=$(git -C en rev-parse HEAD)
	printf -- '---\ndefault_lang_commit: %s\n---\n# 茶\n\n把水烧开。\n\n把水倒在茶叶上。\n' "$first" | file zh/tea.md
	(cd zh && commit)
	at 2
	printf '# Tea\n\nBoil half a litre of water.\n\nPour it over the leaves.\n' | file en/tea.md
	(cd en && commit)
	cd zh
	amts pairs
	exits 0
	says 'Boil water.	把水烧开。'
	does_not_say 'half'
	amts status --porcelain
	says 'tea.md'
	at 3
	printf -- '---\ndefault_lang_commit: %s\n---\n# 茶\n\n把半升水烧开。\n\n把水倒在茶叶上。\n' \
		"$(git -C ../en rev-parse --short HEAD)" | file tea.md
	commit
	amts pairs
	says 'Boil half a litre of water.	把半升水烧开。'
	says 'Boil water.	把水烧开。'
}

@test "a number in front matter is no commit, though one begins so" {
	empty_repositories
	at 1
	printf '# Tea\n\nBoil water.\n' | file en/tea.md
	(cd en && commit)
	first=
	for ((i = 0; i < 2000; i++)); do
		first=$(git -C en rev-parse --short=7 HEAD)
		[[ $first == *[a-f]* ]] || break
		git -C en commit -q --amend -m "again $i"
	done
	[[ $first != *[a-f]* ]]
	at 2
	printf '# Tea\n\nBoil half a litre of water.\n' | file en/tea.md
	(cd en && commit)
	at 3
	printf -- '---\nweight: %s\n---\n# 茶\n\n把半升水烧开。\n' "$first" | file zh/tea.md
	(cd zh && commit)
	cd zh
	amts pairs
	exits 0
	does_not_say 'Boil water.'
}

# long_page N ENDING: a page of N sentences whose translations end so.
long_page() {
	words='water leaf cup spoon kettle fire table sugar lemon honey garden morning guest song'
	printf '# Tea\n\n' | file en/tea.md
	printf '# 茶\n\n' | file zh/tea.md
	for word in $(printf '%s\n' $words | head -n "$1"); do
		printf 'Nobody forgets the `%s` of the tea house.\n\n' "$word" >>en/tea.md
		printf '没有人忘记茶馆的 `%s`%s。\n\n' "$word" "$2" >>zh/tea.md
	done
	cp en/tea.md zh/tea_origin.md
}

@test "a commit nearly all of which people rewrote was a draft, in the memory too" {
	repositories
	at 2
	long_page 14 '机译'
	(cd en && commit && cd ../zh && commit)
	at 3
	long_page 12 ''
	(cd en && commit && cd ../zh && commit)
	cd en
	amts pairs
	exits 0
	complains '2 rewritten'
	does_not_say '机译'
	amts memory lookup --tgt-lang zh 'Nobody forgets the `song` of the tea house.'
	says '没有人忘记茶馆的 <x id="1"/>。'
	printf '%s\n' "$stdout" | grep -A1 '机译' | grep -q ', draft$' || _differs "$stdout"
	printf '%s\n' "$stdout" | sed -n 2p | grep -q '茶馆的 <x id="1"/>。' || _differs "$stdout"
	cp .git/amts/memory.db ../before.db
	amts pairs
	cmp .git/amts/memory.db ../before.db
}

many_days() { # a page that says something else each day
	repositories
	for day in 2 3 4 5 6 7 8 9; do
		say $day "Boil $day litres of water." "烧 $day 升水。"
	done
}

@test "several processes read a history at a time" {
	many_days
	cd en
	amts pairs
	whole=$stdout
	rm -r .git/amts
	for n in 1 2 3 4; do
		git-amts-sync pairs >"../out.$n" 2>"../err.$n" &
	done
	wait
	for n in 1 2 3 4; do
		[ "$(cat "../out.$n")" = "$whole" ] || _differs "$(cat "../out.$n" "../err.$n")"
	done
	amts pairs
	prints "$whole"
}

@test "of a shallow clone what is here is read, and the rest once it comes" {
	many_days
	cd en
	amts pairs
	whole=$stdout
	rm -r .git/amts
	git clone -q --depth 3 "file://$PWD/../zh" ../shallow
	git config -f .amts target.zh.url ../shallow
	commit
	amts pairs
	exits 0
	says '烧 9 升水。'
	does_not_say '烧 3 升水。'
	git -C ../shallow fetch -q --unshallow
	amts pairs
	prints "$whole"
}

@test "a version that is lost or damaged costs its own pairs" {
	many_days
	cd en
	old=$(git -C ../zh rev-parse HEAD~4:tea.md)
	file=../zh/.git/objects/${old:0:2}/${old:2}
	mv "$file" ../lost
	amts pairs
	exits 0
	does_not_say '烧 5 升水。'
	says '烧 4 升水。'
	says '烧 9 升水。'
	echo damaged >"$file"
	amts pairs
	exits 128
	complains "$old"
	mv -f ../lost "$file"
	amts pairs
	says '烧 5 升水。'
}
