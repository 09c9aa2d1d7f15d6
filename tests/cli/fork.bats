#!/usr/bin/env bats
# A translation that shares history with its source: init, status, sync, and git merge.

load helper

fork() { # fork [PAGE]
	local page=${1:-guide.md}

	mkdir source
	cd source || return 1
	file "$page" <<-'END'
		# Install

		Run the program. It prints a line.

		```sh
		run --fast
		```
	END
	commit source
	cd ..
	git clone -q source fork
	cd fork || return 1
	file "$page" <<-'END'
		# 安装

		运行程序。它打印一行。

		```sh
		run --fast
		```
	END
	commit translated
}

in_source() { # in_source SED-COMMAND
	sed -i "$1" ../source/guide.md
	(cd ../source && commit "$1")
}

@test "init finds the shared history and, with consent, sets git merge up" {
	fork
	amts init --source ../source --lang zh --yes
	exits 0
	says 'base: shares history with source'
	says 'set merge.amts.driver = git amts-sync merge-driver'
	has .gitattributes '*.md merge=amts'
	[ ! -e .amts-record ]
	commit configure
	in_source 's/--fast/--safe/'
	git fetch -q
	git merge -q -m merge origin/main
	grep -q 'run --safe' guide.md
	grep -q '安装' guide.md
}

@test "without consent git is left alone, and how to do it is told" {
	fork
	amts init --source ../source --lang zh
	exits 0
	says "git config merge.amts.driver 'git amts-sync merge-driver"
	[ ! -e .gitattributes ]
	[ -z "$(git config --get-regexp '^merge\.amts\.' || true)" ]
}

@test "in another clone only git's configuration is missing" {
	fork
	git-amts-sync init --source ../source --lang zh --yes >/dev/null
	commit configure
	git clone -q . ../second
	cd ../second
	amts init --yes
	exits 0
	says 'set merge.amts.driver'
	amts init --yes
	exits 128
	complains "'.amts' exists already"
	has .gitattributes '*.md merge=amts'
}

@test "attributes that are there stay" {
	fork
	printf '*.png binary' >.gitattributes
	amts init --source ../source --lang zh --yes
	exits 0
	has .gitattributes '*.png binary
*.md merge=amts'
}

@test "the source may be the name of a remote" {
	fork
	git remote rename origin upstream
	amts init --source upstream --lang zh --yes
	exits 0
	grep -q "source = \.\./source$" .amts
}

@test "sync works from the merge base, and git merge after it finds nothing left" {
	fork
	git-amts-sync init --source ../source --lang zh --yes >/dev/null
	commit configure
	in_source 's/--fast/--safe/'
	amts status
	says 'guide.md  (1 block)'
	amts sync
	exits 0
	git merge -q --squash amts/zh >/dev/null
	commit review
	amts status
	says '1 current'
	cp guide.md synced.md
	git fetch -q
	git merge -q -m merge origin/main
	cmp guide.md synced.md
	amts status
	says '1 current'
}

@test "a page that nobody translated is what the source is" {
	fork
	git-amts-sync init --source ../source --lang zh --yes >/dev/null
	git checkout -q HEAD~1 -- guide.md
	commit configure
	in_source 's/It prints a line\./It prints nothing at all now./; s/--fast/--safe/'
	printf '\nA new paragraph.\n' >>../source/guide.md
	(cd ../source && commit more)
	amts sync
	exits 0
	[ "$(git show amts/zh:guide.md)" = "$(cat ../source/guide.md)" ]
	does_not_say 'left to people'
}

# merge_with_markers [OPTION]: a merge of the source committed with its conflict markers
merge_with_markers() {
	git fetch -q
	git merge -q -m merge "$@" origin/main && return 1
	[ -n "$(git grep -l '^<<<<<<< ')" ]
	git commit -q -a -m 'merge, markers and all'
}

sync_repairs() { # sync_repairs FILE
	amts status
	says "$1  (conflict markers)"
	amts sync
	exits 0
	[ "$(git show "amts/zh:$1")" = "# 安装

运行程序。它打印一行。

\`\`\`sh
run --safe
\`\`\`" ]
	says '1 block is left to people'
	git log -1 --format=%b amts/zh | grep -q 'committed conflicts: our side of [12] taken'
	git merge -q amts/zh
	amts status
	says "$1  (1 pending)"
	does_not_say 'conflict markers'
	amts sync
	does_not_say 'commits on'
}

@test "a merge that was committed with its markers: sync takes our side and goes on from before it" {
	fork
	git-amts-sync init --source ../source --lang zh --yes >/dev/null
	commit configure
	in_source 's/prints a line/says nothing at all/; s/--fast/--safe/'
	merge_with_markers
	sync_repairs guide.md
}

@test "... by git alone, which has the source's markers only" {
	fork
	git-amts-sync init --source ../source --lang zh >/dev/null
	commit configure
	in_source 's/prints a line/says nothing at all/; s/--fast/--safe/'
	merge_with_markers
	sync_repairs guide.md
}

@test "... of a page that the source renamed in that merge" {
	fork
	git-amts-sync init --source ../source --lang zh --yes >/dev/null
	commit configure
	git -C ../source mv guide.md install.md
	sed -i 's/prints/writes/; s/--fast/--safe/' ../source/install.md
	(cd ../source && commit rename)
	merge_with_markers -X find-renames=20% # these pages are short
	sync_repairs install.md
}

@test "pages of other endings of markdown: init, status and git merge know them" {
	fork guide.mdx
	amts init --source ../source --lang zh --yes
	exits 0
	says '1 of 1 source files'
	has .gitattributes '*.mdx merge=amts'
	commit configure
	sed -i 's/--fast/--safe/' ../source/guide.mdx
	(cd ../source && commit safe)
	amts status
	says 'guide.mdx  (1 block)'
	git fetch -q
	git merge -q -m merge origin/main
	grep -q 'run --safe' guide.mdx
	grep -q '安装' guide.mdx
}

@test "... of a page of which nothing tells what it reflected before: left alone" {
	fork
	git-amts-sync init --source ../source --lang zh --yes >/dev/null
	commit configure
	git -C ../source mv guide.md other.md
	printf '# Install\n\nNobody knows how this is done, and nobody will find out.\n\n%s\n' \
		'Ask again when somebody has written more about it.' >../source/other.md
	(cd ../source && commit rewrite)
	merge_with_markers -X find-renames=5%
	amts sync
	exits 0
	says 'zh: 1 file left alone: of unknown base'
	amts status
	says 'other.md  (conflict markers)'
}
