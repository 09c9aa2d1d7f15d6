#!/usr/bin/env bats
# Where the repository is, where others are, and what configuration may say.

load helper

# English of one page and its Chinese translation; we are above both.
pair() {
	mkdir en zh
	printf '# Page\n\nPress the button.\n\n```\nrun\n```\n' >en/page.md
	printf '# 页\n\n按下按钮。\n\n```\nrun\n```\n' >zh/page.md
	cp en/page.md zh/page_origin.md
	(cd en && commit write)
	(cd zh && commit translate)
}

stale() {
	pair
	(cd zh && git-amts-sync init --source ../en --lang zh --yes >/dev/null && commit configure)
	sed 's/^run$/run --fast/' en/page.md >new
	mv new en/page.md
	(cd en && commit change)
}

# ---- here ----

@test "git's ways of naming the repository are followed" {
	stale
	for way in '-C zh' '--git-dir=zh/.git --work-tree=zh'; do
		amts_git $way amts-sync status --porcelain
		exits 0
		says 'S. zh 1 0 page.md'
	done
	GIT_DIR=zh/.git GIT_WORK_TREE=zh amts status --porcelain
	says 'S. zh 1 0 page.md'
	cd zh
	mv .git ../meta # without GIT_WORK_TREE the current folder is the top
	GIT_DIR=../meta amts status --porcelain
	exits 0
	says 'S. zh 1 0 page.md'
	mkdir deep
	cd deep
	GIT_DIR=../../meta GIT_WORK_TREE=.. amts sync
	exits 0
	says '1 commit on amts/zh'
	GIT_CEILING_DIRECTORIES="$PWD/.." amts status
	exits 128
	complains 'not a git repository'
}

amts_git() {
	run_apart git "$@"
}

@test "GIT_DIR of ours is not that of the copies that are fetched" {
	stale
	git clone -q --bare en en.git
	cd zh
	git config amts.source "file://$PWD/../en.git"
	GIT_DIR=.git amts sync
	exits 0
	[ "$(git config remote.origin.url)" = '' ]
	[ "$(git for-each-ref --format='%(refname)' refs/remotes)" = '' ]
}

@test "a bare repository is synced from its HEAD" {
	stale
	git clone -q --bare zh zh.git
	cd zh.git
	amts sync
	exits 0
	says '1 commit on amts/zh'
	amts init
	exits 128
	complains 'no work tree'
}

@test "repositories of others are opened when git does so" {
	stale
	[ "$(id -u)" = 0 ] || skip 'needs root'
	chown -R 12345 zh
	amts_git -C zh amts-sync status
	exits 128
	complains "belongs to another user; if you trust it, call: git config --global --add safe.directory"
	git config --global safe.directory "$PWD/zh"
	amts_git -C zh amts-sync status
	exits 0
	git config --global safe.directory '*'
	amts_git -C zh amts-sync status
	exits 0
}

# ---- there ----

@test "init writes a path that others can use, and keeps the rest to this clone" {
	pair
	cd zh
	amts init --source "$PWD/../en" --lang zh
	exits 0
	[ "$(git config -f .amts amts.source)" = ../en ]
	[ -z "$(git config amts.source)" ]
	rm .amts
	mkdir -p "$HOME/a/b/c"
	git clone -q ../en "$HOME/a/b/c/en"
	amts init --source "file://$HOME/a/b/c/en" --lang zh
	exits 0
	says "set amts.source in this clone's configuration"
	[ -z "$(git config -f .amts amts.source)" ]
	[ "$(git config amts.source)" = "file://$HOME/a/b/c/en" ]
	amts status
	says '1 current'
}

@test "init in the source keeps passwords of targets to itself" {
	pair
	git config --global url."$PWD/".insteadOf 'https://me:secret@example.org/'
	cd en
	amts init --target zh=https://me:secret@example.org/zh
	exits 0
	says "set amts.zh.url in this clone's configuration"
	! grep -q secret .amts
	amts status
	says '1 current'
}

@test "the source may be another branch of this repository, not this one" {
	pair
	cd zh
	amts init --source .
	exits 129
	complains "'.' is this repository"
	amts init --target zh=../zh
	exits 129
	git fetch -q ../en main:english
	amts init --source . --source-branch english --lang zh
	exits 0
	commit configure
	amts status
	says '1 current'
	amts init --source ../en --source-branch nope
	exits 128
	rm .amts
	amts init --source ../en --source-branch nope
	exits 128
	complains "en: no such revision: 'nope'"
}

@test "a committed file may not lead into the rest of the disk" {
	pair
	cd zh
	printf '[amts]\n\tsource = %s\n[target "zh"]\n' "$PWD/../en" >.amts
	amts status
	exits 128
	complains "fatal: .amts:2: 'amts.source': an absolute path is for your own git configuration only"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/stderr")" -eq 1 ]
	ln -s ../en inside
	printf '[amts]\n\tsource = inside\n[target "zh"]\n\tpath = {path}\n' >.amts
	amts status
	exits 128
	complains "'inside' leads out of this repository by a link"
}

@test "a bare repository among the files of strangers is not opened" {
	pair
	cd zh
	git clone -q --bare ../en vendor/en.git # its config would name what git runs
	for url in vendor/en.git ../zh/vendor/en.git; do
		printf '[amts]\n\tsource = %s\n[target "zh"]\n\tpath = {path}\n' $url >.amts
		amts status
		exits 128
		complains "'$url' is a bare repository among the files of this one"
	done
	git clone -q ../en clone
	printf '[amts]\n\tsource = clone\n[target "zh"]\n\tpath = {path}\n' >.amts
	amts status
	exits 0
}

@test "the default branch is followed, whatever is checked out" {
	pair
	git -C en checkout -q -b draft
	printf '\nNot yet.\n' >>en/page.md
	(cd en && commit draft)
	cd zh
	amts init --source ../en --lang zh
	exits 0
	says 'branch: main of en, its default branch'
	amts status
	says '1 current'
	git config amts.sourceBranch draft
	amts status
	says '1 stale'
	git config --unset amts.sourceBranch
	cd ..
	git -C en branch -q -m main trunk
	git -C en checkout -q trunk
	rm -rf en2
	git clone -q en en2
	git -C en2 checkout -q -b other
	git -C zh config amts.source ../en2
	amts_git -C zh amts-sync status
	says '1 current'
}

# ---- configuration ----

@test "mistakes in configuration are fatal and say where; usage is not the matter" {
	stale
	cd zh
	printf '[amts]\n\tsuorce = ../en\n' >.amts
	amts status
	exits 128
	prints ''
	complains "fatal: .amts:2: unknown key"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/stderr")" -eq 1 ]
	git checkout -q .amts
	amts_git -c amts.zh.path=x amts-sync status
	exits 128
	complains "fatal: git config 'amts.zh.path'"
	amts_git -c amts.engine=nonesuch amts-sync sync
	exits 128
	complains "fatal: target 'zh': unknown engine 'nonesuch'"
	amts sync --engine nonesuch
	exits 129
}

@test "keys that mean nothing are told" {
	stale
	cd zh
	git config amts.zh.brnach main
	amts_git -c amts.nosuch=1 -c amts.amazon.bucket=b -c amts.xx.path=x amts-sync status
	exits 0
	complains "warning: git config 'amts.nosuch' means nothing here"
	complains "warning: git config 'amts.zh.brnach' means nothing here"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/stderr")" -eq 2 ]
}

@test "a question is answered by yes or no" {
	pair
	cd zh
	command -v script >/dev/null && script -qec true /dev/null </dev/null >/dev/null ||
		skip 'no script(1) of util-linux'
	ask() { # ANSWERS: into init on a terminal
		printf "$1" | script -qec 'git amts-sync init --source ../en --lang zh' /dev/null >../out
	}
	ask 'maybe\nno\n'
	grep -q 'Please answer yes or no' ../out
	[ ! -e .amts ]
	ask ''
	[ ! -e .amts ]
	ask 'Yes\n'
	[ -e .amts ]
}

@test "what is wrong in the configuration is named, with what to do" {
	git init -q
	printf '[amts]\n\tsource = ../nowhere\n' >.amts
	echo '# A' >a.md
	commit
	amts status
	exits 128
	complains "'.amts' has no target; add a section [target \"<lang>\"] with a path"
	printf '[target "zh"]\n\tpath = zh/{path}\n' >>.amts
	commit
	amts status
	exits 128
	complains "source of '.amts' or git config: no such repository"
	git init -q ../nowhere
	(cd ../nowhere && echo '# A' >a.md && commit)
	printf '[amts]\n\tsourceBranch = zz\n' >>.amts
	commit
	amts status
	exits 128
	complains "source (sourceBranch in '.amts'): no such revision: 'zz'"
	sed -i.x '/sourceBranch/d' .amts && rm .amts.x
	printf 'a.md\tnonsense\n' >.amts-record
	commit
	amts status
	exits 128
	complains ".amts-record:1: bad source id; without the line its page's source is looked for"
}
