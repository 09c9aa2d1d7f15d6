#!/usr/bin/env bats
# git amts-sync diff: the changed source beside its translation.

load helper

# A page and its Chinese translation, in two repositories; the page changes with `revise`.
project() {
	mkdir en zh
	file en/guide.md <<-'END'
		# Guide

		Press the red button. Then wait.

		```sh
		run --fast # quickly
		```

		This goes.
	END
	file zh/guide.md <<-'END'
		# 指南

		按下红色按钮。然后等待。

		```sh
		run --fast # 快
		```

		这段会消失。
	END
	cp en/guide.md zh/guide_origin.md
	(cd en && commit write)
	(cd zh && commit translate)
	cd zh
	git-amts-sync init --source ../en --lang zh --yes >/dev/null
	commit configure
}

revise() {
	sed "$1" ../en/guide.md >../en/guide.new
	mv ../en/guide.new ../en/guide.md
	(cd ../en && commit revise)
}

@test "nothing changed: nothing is shown" {
	project
	amts diff
	exits 0
	prints ''
	is_quiet
}

@test "words are shown with what stays, on both sides" {
	project
	revise 's/Press the red/Press the green/'
	amts diff
	exits 0
	says 'zh guide.md'
	says '@@ en 3 zh 3 @@ pending paragraph: '
	says 'en    Press the [-red-]{+green+} button. Then wait.'
	says 'zh    按下红色按钮。然后等待。'
}

@test "code is shown by line, merged around what the translation has of its own" {
	project
	revise 's/--fast/--safe/'
	amts diff
	says '@@ en 5 zh 5 @@ merge code: '
	says 'en    -run --fast # quickly'
	says 'en    +run --safe # quickly'
	says 'zh    -run --fast # 快'
	says 'zh    +run --safe # 快'
}

@test "places come in the order of the translation, with how sure each is" {
	project
	revise '1i An introduction.\n
		s/Press the red/Press the green/; s/--fast/--safe/; /This goes/d'
	amts diff
	exits 0
	[ "$(printf '%s\n' "$stdout" | sed -n 's/^@@ .* @@ \([a-z]* [a-z-]*\): .*/\1/p' | tr '\n' ' ')" = \
		'insert paragraph pending paragraph merge code delete paragraph ' ]
	! printf '%s\n' "$stdout" | grep '^@@' | grep -qv '([0-9]* % sure)$'
}

@test "what is deleted is shown as gone" {
	project
	revise '/This goes/d'
	amts diff
	says 'delete paragraph: '
	says 'en    [-This goes.-]'
	says 'zh    [-这段会消失。-]'
}

@test "what sync left to people is shown, until somebody deals with it" {
	project
	revise 's/Press the red/Press the green/; s/This goes/This stays and more/'
	amts sync
	amts status
	says 'Blocks left to people ("git amts-sync diff" shows them):'
	amts diff
	exits 0
	says '@@ en 3 zh 3 @@ pending paragraph: left to people'
	says 'en    Press the [-red-]{+green+} button. Then wait.'
	says 'zh    按下红色按钮。然后等待。'
	git checkout -q amts/zh
	sed 's/红色/绿色/' guide.md >guide.new
	mv guide.new guide.md
	commit translate
	amts diff
	does_not_say 'en 3 zh 3'
	says '{+stays and more+}'
}

@test "colour takes the place of the marks" {
	project
	revise 's/red/green/'
	amts diff --color
	red=$(printf '\033[31mred\033[m\033[32mgreen\033[m')
	says "Press the $red button."
	does_not_say '[-'
}

@test "paths and languages narrow it" {
	project
	revise 's/red/green/'
	amts diff other.md
	exits 128
	prints ''
	complains "fatal: pathspec 'other.md' did not match any files"
	amts diff guide.md
	says 'zh guide.md'
	amts diff --lang fr
	exits 129
	complains "no target 'fr'"
}

@test "nothing is written" {
	project
	revise 's/red/green/'
	before=$(git for-each-ref; git status --porcelain)
	amts diff
	[ "$before" = "$(git for-each-ref; git status --porcelain)" ]
}

@test "outside of a project it says what is missing" {
	amts diff
	exits 128
	git init -q
	amts diff
	exits 128
	complains 'init'
}
