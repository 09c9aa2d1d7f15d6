#!/usr/bin/env bats
# git amts-sync init, status, sync: from two repositories to a review branch.

load helper

# English handbook of two pages, its Chinese translation with snapshots; we are in the latter.
project() {
	mkdir -p en/guide zh/guide
	file en/index.md <<-'E'
		# Handbook

		Read the [guide](guide/start.md).
	E
	file en/guide/start.md <<-'E'
		# Start

		Press the button.

		```sh
		run
		```
	E
	file zh/index.md <<-'E'
		# 手册

		请读[指南](guide/start.md)。
	E
	file zh/guide/start.md <<-'E'
		# 开始

		按下按钮。

		```sh
		run
		```
	E
	cp en/index.md zh/index_origin.md
	cp en/guide/start.md zh/guide/start_origin.md
	(cd en && commit write)
	(cd zh && commit translate)
	cd zh
}

configured() {
	project
	git-amts-sync init --source ../en --lang zh --yes >/dev/null
	commit configure
}

# change FILE SED-SCRIPT: in the English.
change() {
	sed "$2" "../en/$1" >../new && mv ../new "../en/$1"
	(cd ../en && commit change)
}

@test "init finds language, layout and base, and writes .amts" {
	project
	git remote add origin https://example.org/handbook-zh.git
	amts init --source ../en
	exits 0
	says 'language: zh'
	says '100%  zh: layout: {path} -> {path}, 2 of 2 source files have a translation'
	says '100%  zh: base: 2 snapshots ({dir}/{name}_origin{ext}), 2 of them found in en'
	has .amts "$(printf '%s\n' '[amts]' '	sourceLanguage = en' '	source = ../en' \
		'[target "zh"]' '	path = {path}' '	snapshot = {dir}/{name}_origin{ext}')"
	is_quiet
}

@test "init does not overwrite .amts" {
	configured
	amts init --source ../en
	exits 128
	complains "fatal: '.amts' exists already"
}

@test "init from a folder below writes a path that works from the top" {
	project
	cd guide
	amts init --source ../../en --lang zh
	exits 0
	cd ..
	[ "$(git config -f .amts amts.source)" = ../en ]
	amts status
	exits 0
}

@test "init in the source takes several targets" {
	project
	cp -r ../zh ../zh-TW
	cd ../en
	amts init --target zh=../zh --target zh-TW=../zh-TW
	exits 0
	[ "$(git config -f .amts target.zh-TW.url)" = ../zh-TW ]
	amts status --porcelain
	exits 0
	says '# target zh-TW '
}

@test "init finds language folders and suffixes in one repository" {
	mkdir -p one/docs/en one/docs/de one/docs/js
	cd one
	echo '# A' >docs/en/a.md
	echo '# A' >docs/de/a.md
	echo '# A' >docs/js/a.md
	commit
	amts init
	exits 0
	says 'de: layout: docs/{lang}/{path} -> docs/{lang}/{path}, 1 translations'
	does_not_say 'js:'
	cd ..
	mkdir two && cd two
	echo '# A' >a.md
	echo '# A' >a.pt-br.md
	commit
	amts init
	exits 0
	says 'pt-br: layout: {path} -> {dir}/{name}.{lang}{ext}'
}

@test "init finds translations that lie apart, as those of Docusaurus" {
	local docs=i18n/ja/docusaurus-plugin-content-docs

	mkdir -p one/docs/guide one/versioned_docs/version-1/guide && cd one
	echo '# Start' >docs/start.md
	echo '# More' >docs/guide/more.mdx
	cp -R docs/* versioned_docs/version-1
	mkdir -p $docs/current $docs/version-1 src/id
	cp -R docs/* $docs/current
	cp -R docs/* $docs/version-1
	cp docs/start.md src/id
	sed -i 's/Start/開始/; s/More/詳細/' $docs/*/start.md $docs/*/guide/more.mdx
	commit
	amts init
	exits 0
	says "ja: layout: docs/{path} -> i18n/{lang}/docusaurus-plugin-content-docs/current/{path}, 2 translations"
	does_not_say 'id:'
	commit configure
	sed -i 's/More/Even more/' docs/guide/more.mdx
	commit more
	amts status
	says "$docs/current/guide/more.mdx  (1 block)"
}

@test "init says what it cannot find" {
	mkdir alone && cd alone
	echo '# A' >a.md
	commit
	amts init
	exits 128
	complains 'fatal: no translation found here'
	git clone -q . ../again
	amts init --source ../again
	exits 129
	complains "cannot tell the language of 'alone'; say --lang"
	amts init --source ../nowhere --lang zh
	exits 128
	complains "no such repository"
	amts init --target zh
	exits 129
	complains '--target wants LANG=URL'
	amts init --source x --target y=z
	exits 129
}

@test "commands without configuration say what to do" {
	mkdir x && cd x
	amts status
	exits 128
	complains 'fatal: not a git repository'
	git init -q
	amts status
	exits 128
	complains "no '.amts' here: run"
	printf '[target "zh"]\n\tpath = {lang}/{path}\n' >.amts
	amts status
	exits 128
	complains "branch 'main' has no commits yet"
	rm .amts
	commit
	amts sync
	exits 128
	complains "no '.amts' here: run \"git amts-sync init\" first"
}

@test "status of an up to date translation is short and exits 0" {
	configured
	amts status --exit-code
	exits 0
	says 'zh against en '
	says ': 2 current'
	amts status --porcelain
	prints "# target zh $(git -C ../en rev-parse HEAD) $(git rev-parse HEAD) -"
}

@test "status tells what is stale, in every form" {
	configured
	change guide/start.md 's/^run$/run --fast/; s/button/red button/'
	amts status
	exits 0
	says '1 current, 1 stale'
	says 'guide/start.md  (2 blocks)'
	amts status --exit-code
	exits 1
	amts status --porcelain
	exits 0
	says 'S. zh 2 0 guide/start.md'
	amts status --json
	json '$j->{version} == 1 && $j->{targets}[0]{lang} eq "zh"'
	json '$j->{targets}[0]{counts}{stale} == 1'
	json '(grep { $_->{state} eq "stale" && $_->{changed} == 2 } @{$j->{targets}[0]{files}}) == 1'
	amts status --porcelain=v9
	exits 129
}

@test "status -z neither quotes nor merges paths" {
	configured
	(cd ../en && mv guide/start.md 'guide/a "b".md' && commit rename)
	amts status --porcelain
	says 'R. zh 0 0 guide/start.md -> "guide/a \"b\".md"'
	git-amts-sync status -z | tr '\0' '|' >out
	case $(cat out) in *'R. zh 0 0 guide/start.md|guide/a "b".md|'*) ;; *) cat out; false ;; esac
}

@test "sync makes a branch and touches nothing else" {
	configured
	change guide/start.md 's/^run$/run --fast/'
	echo 'not committed' >>index.md
	echo new >untracked
	git add untracked
	before=$(git rev-parse HEAD; git status --porcelain; cat .git/index | git hash-object --stdin)
	amts sync
	exits 0
	says '1 commit on amts/zh'
	[ "$before" = "$(git rev-parse HEAD; git status --porcelain; cat .git/index | git hash-object --stdin)" ]
	[ "$(git diff --name-only HEAD amts/zh | tr '\n' ' ')" = 'guide/start.md guide/start_origin.md ' ]
	git show amts/zh:guide/start.md | grep -q '^run --fast$'
	git show amts/zh:guide/start.md | grep -q '^按下按钮。$'
	cmp -s ../en/guide/start.md <(git show amts/zh:guide/start_origin.md)
}

@test "the second sync does nothing" {
	configured
	change guide/start.md 's/^run$/run --fast/'
	git-amts-sync sync -q
	tip=$(git rev-parse amts/zh)
	amts sync
	exits 0
	says 'zh: nothing to do, up to date with en'
	[ "$(git rev-parse amts/zh)" = "$tip" ]
	amts status --exit-code
	exits 0
	says '1 of them on amts/zh, waiting for review'
}

@test "sync is what is done without a command" {
	configured
	change guide/start.md 's/^run$/run --fast/'
	amts
	exits 0
	git rev-parse -q --verify amts/zh
}

@test "sync -n shows and keeps its hands off" {
	configured
	change guide/start.md 's/^run$/run --fast/'
	amts sync -n
	exits 0
	says '1 file would be brought up to date on amts/zh'
	! git rev-parse -q --verify amts/zh
}

@test "paths are those of the current folder" {
	configured
	change guide/start.md 's/^run$/run --fast/'
	change index.md 's/start.md/begin.md/'
	cd guide
	amts sync start.md
	exits 0
	says '1 commit'
	amts sync ../..
	exits 129
	complains "not a path in this repository: '../..'"
	amts sync .
	exits 0
	says 'nothing to do'
	amts sync -n ../index.md
	says '1 file'
	amts sync ..
	says '1 commit'
}

@test "a path that is of no file stops it before anything is done" {
	configured
	change guide/start.md 's/^run$/run --fast/'
	amts sync guide tpyo.md
	exits 128
	prints ''
	complains "fatal: pathspec 'tpyo.md' did not match any files"
	[ -z "$(git branch --list 'amts/*')" ]
	amts sync index.md
	exits 0
	says 'nothing to do'
}

@test "pages made from a newer source are left alone and counted" {
	configured
	git -C ../en checkout -q -b next
	change index.md 's/Handbook/Manual/'
	cp ../en/index.md index_origin.md
	git -C ../en checkout -q main
	commit 'follow next'
	git config amts.sourceBranch main
	change guide/start.md 's/^run$/run --fast/'
	amts status
	says '1 stale, 1 made from a newer source'
	amts sync
	exits 0
	says '1 commit on amts/zh'
	says "zh: 1 file left alone: made from a newer source than $(git -C ../en rev-parse --short=7 HEAD)"
	[ "$(git show amts/zh:index_origin.md)" = "$(cat index_origin.md)" ]
	amts sync
	says 'zh: nothing else to do'
}

@test "git -c and git config are heard" {
	configured
	change guide/start.md 's/button/red button/'
	run_apart git -c amts.engine=nonesuch amts-sync sync
	exits 128
	complains "unknown engine 'nonesuch'"
	git config amts.zh.engine none
	amts sync
	exits 0
	[ "$(git log -1 --format='%(trailers:key=Amts-Engine,valueonly)' amts/zh)" = none ]
}

@test "the author is the user, as git has it" {
	configured
	change guide/start.md 's/^run$/run --fast/'
	GIT_AUTHOR_NAME='From Env' git -c user.email=c@example.org amts-sync sync -q
	[ "$(git log -1 --format='%an %ae %cn' amts/zh)" = 'From Env c@example.org A U Thor' ]
	git update-ref -d refs/heads/amts/zh
	rm "$GIT_CONFIG_GLOBAL"
	amts sync
	exits 128
	complains 'identity unknown: tell git who you are'
}

@test "a checked out review branch is not moved under its user" {
	configured
	git checkout -q -b amts/zh
	change guide/start.md 's/^run$/run --fast/'
	amts sync
	exits 128
	complains "branch 'amts/zh' is checked out"
}

@test "a branch of that name that is something else is not built on" {
	configured
	git checkout -q --orphan other
	git rm -rqf .
	git commit -q --allow-empty -m other
	git branch amts/zh
	git checkout -q main
	for command in status sync; do
		amts $command
		exits 128
		complains "branch 'amts/zh' shares no history with the translation's"
	done
}

@test "unknown languages and options are usage errors" {
	configured
	amts sync --lang de
	exits 129
	complains "no target 'de'"
	amts status --nope
	exits 129
	amts status extra
	exits 129
}

@test "a source by url is copied once and fetched when asked" {
	project
	amts init --source "file://$PWD/../en" --lang zh
	exits 0
	change guide/start.md 's/^run$/run --fast/'
	amts status --offline --exit-code
	exits 0
	amts status --exit-code
	exits 1
	[ "$(ls "$XDG_CACHE_HOME/amts" | wc -l)" -eq 1 ]
}

@test "where the review branch is, when it is not here" {
	configured
	cd ../en
	git clone -q --bare ../zh ../zh.git
	git config protocol.file.allow always
	amts init --target zh=../zh
	commit configure
	sed 's/^run$/run --fast/' guide/start.md >new && mv new guide/start.md
	commit change
	amts sync
	says "it is in $(cd ../zh && pwd -P)/"
	git config amts.zh.url "file://$PWD/../zh.git"
	amts sync
	exits 0
	says 'it is in a copy of the repository; to push it:'
	eval "$(printf '%s\n' "$stdout" | grep 'git -C')" 2>/dev/null
	[ "$(git -C ../zh.git rev-parse amts/zh)" = "$(git -C ../zh rev-parse amts/zh)" ]
}

@test "works in linked worktrees and bare repositories" {
	configured
	change guide/start.md 's/^run$/run --fast/'
	git worktree add -q ../linked -b elsewhere
	cd ../linked
	amts sync
	exits 0
	git -C ../zh rev-parse -q --verify amts/zh
	cd ..
	git clone -q --bare zh zh.git
	git -C zh.git update-ref -d refs/heads/amts/zh
	git -C zh.git config user.name T
	cd zh.git
	run_apart git -c amts.source=../en amts-sync sync
	exits 0
	says '1 commit on amts/zh'
}

@test "a file that cannot be planned is told and the rest is done" {
	configured
	rm index_origin.md
	blob=$(printf 'nowhere to be found' | git hash-object --stdin)
	printf 'index.md\t%s\t-\n' "$blob" >.amts-record
	commit 'base that nobody has'
	change guide/start.md 's/^run$/run --fast/'
	amts sync
	exits 0
	complains 'warning: zh: .amts-record:1: index.md: no such blob'
	says '1 commit on amts/zh'
}

@test "a repository that cannot be written to can be looked at" {
	configured
	change guide/start.md 's/^run$/run --fast/'
	mkdir .git/amts # in the way of the memory, also for root
	mkdir .git/amts/memory.db
	amts sync -n
	exits 0
	says '1 file would be brought up to date'
	amts sync
	exits 128
	complains 'memory.db'
	! git rev-parse -q --verify amts/zh
}

@test "progress is in git's form, on standard error, and only on demand without a terminal" {
	configured
	change guide/start.md 's/Press/Push/'
	amts sync -n
	is_quiet
	amts sync -n --progress
	exits 0
	complains 'Planning: 100% (1/1), done.'
	amts sync -n --progress --no-progress
	is_quiet
}

@test "the commit message tells each place by line: what, why, how sure, and the words" {
	configured
	printf '# Start\n\nMind the gap.\n\nPress the red button.\n\n```sh\nrun --fast\n```\n' >../en/guide/start.md
	(cd ../en && commit revise)
	amts sync
	exits 0
	git log -1 --format=%b amts/zh >"$BATS_TEST_TMPDIR/stdout"
	stdout=$(sed '/^Amts-/,$d' "$BATS_TEST_TMPDIR/stdout" | sed 's/([0-9]* % sure)/(N % sure)/')
	prints '  line 3: pending insert: new in the source
    {+Mind the gap.+}
  line 5: pending: the words of the source changed (N % sure)
    Press the {+red +}button.
  line 7: copy: same as the source was: follows it (N % sure)
    [-run-]{+run --fast+}'
}
