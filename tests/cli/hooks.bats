#!/usr/bin/env bats
# git amts-sync hooks, hook: what a push and a merge make stale, said when it happens.

load helper
load review

page() { # TEXT
	printf '# Start\n\n%s\n\n```sh\nrun\n```\n' "$1"
}

# A source en with two translations beside it, and a bare repository it is pushed to; we are
# in en, whose hooks are installed.
source_project() {
	mkdir -p en zh de
	page 'Press the button to begin with it.' >en/start.md
	page '按下按钮开始。' >zh/start.md
	page 'Drücken Sie den Knopf, um zu beginnen.' >de/start.md
	cp en/start.md zh/start_origin.md
	cp en/start.md de/start_origin.md
	(cd zh && commit translate)
	(cd de && commit translate)
	cd en || return 1
	commit write
	amts init --target zh=../zh --target de=../de --yes
	exits 0
	commit configure
	publish
	amts hooks install
	exits 0
}

# A translation beside its source, pushed to a bare repository; we are in it.
target_project() {
	mkdir -p en de
	page 'Press [the button](#start) to begin with it.' >en/start.md
	page 'Drücken Sie [den Knopf](#anfang), um zu beginnen.' >de/start.md
	sed -i.x 's/# Start/# Anfang/' de/start.md && rm de/start.md.x
	cp en/start.md de/start_origin.md
	configure
	publish
	amts hooks install
	exits 0
}

push() {
	run_apart git push -q origin main
}

@test "the scripts in hooks/ are what install writes" {
	source_project
	cmp .git/hooks/pre-push "$BATS_TEST_DIRNAME/../../hooks/pre-push"
	cmp .git/hooks/post-merge "$BATS_TEST_DIRNAME/../../hooks/post-merge"
	[ -x .git/hooks/pre-push ]
	amts hooks install
	says 'there already'
	amts hooks uninstall
	exits 0
	[ ! -e .git/hooks/pre-push ] && [ ! -e .git/hooks/post-merge ]
	amts hooks uninstall
	says 'not there'
}

@test "a push says which translations it makes stale" {
	source_project
	page 'Press the green button to begin with it.' >start.md
	commit green
	push
	exits 0
	complains 'amts: this push makes translations stale:'
	complains '  zh: 1 file, 1 block'
	complains '  de: 1 file, 1 block'
	complains 'start.md (1 block)'
	echo more >>README
	commit readme
	push
	exits 0
	is_quiet
}

@test "other branches, tags and white space make nothing stale" {
	source_project
	git checkout -q -b topic
	page 'Press the green button to begin with it.' >start.md
	commit green
	run_apart git push -q origin topic
	exits 0
	is_quiet
	git checkout -q main
	printf '\n\n' >>start.md
	commit space
	push
	is_quiet
	git tag v1
	run_apart git push -q origin v1 :topic
	exits 0
	is_quiet
}

@test "only what is pushed counts, not the work tree and not later commits" {
	source_project
	page 'Press the green button to begin with it.' >start.md
	commit green
	printf '# Other\n\nA page.\n' >other.md
	cp other.md ../zh/ && cp other.md ../zh/other_origin.md && (cd ../zh && commit other)
	commit other
	printf '# Other\n\nA better page.\n' >other.md
	run_apart git push -q origin main~1:main
	exits 0
	complains 'start.md (1 block)'
	push
	is_quiet # a new page, and one that is only changed in the work tree
}

@test "a push is refused only when asked to" {
	source_project
	page 'Press the green button to begin with it.' >start.md
	commit green
	git config amts.hooks.prePush block
	push
	[ "$status" -ne 0 ]
	complains "AMTS_SKIP_HOOKS=1 pushes all the same"
	AMTS_SKIP_HOOKS=1 push
	exits 0
	is_quiet
	page 'Press the blue button to begin with it.' >start.md
	commit blue
	git config amts.hooks.prePush off
	push
	exits 0
	is_quiet
}

@test "the hook that was there goes first, with the same input, and comes back" {
	source_project
	amts hooks uninstall
	printf '#!/bin/sh\necho "first $1" >&2\ncat >seen\n' >.git/hooks/pre-push
	chmod +x .git/hooks/pre-push
	amts hooks install
	says 'the hook that was there is called first'
	page 'Press the green button to begin with it.' >start.md
	git add start.md && git commit -qm green
	push
	exits 0
	complains 'first origin'
	complains 'zh: 1 file'
	grep -q refs/heads/main seen
	printf '#!/bin/sh\nexit 3\n' >.git/hooks/pre-push.before-amts
	page 'Press the red button to begin with it.' >start.md
	git add start.md && git commit -qm red
	push
	[ "$status" -ne 0 ]
	AMTS_SKIP_HOOKS=1 push
	[ "$status" -ne 0 ]
	printf 'exit 4\n' >.git/hooks/pre-push.before-amts # no "#!": git runs it with sh
	AMTS_SKIP_HOOKS=1 push
	complains 'failed to push'
	printf '#!/bin/sh\nexit 3\n' >.git/hooks/pre-push.before-amts
	amts hooks uninstall
	has .git/hooks/pre-push "$(printf '#!/bin/sh\nexit 3')"
	[ ! -e .git/hooks/pre-push.before-amts ]
}

@test "core.hooksPath, husky and lefthook" {
	source_project
	amts hooks uninstall
	git config core.hooksPath my-hooks
	amts hooks install
	[ -x my-hooks/pre-push ]
	mkdir -p .husky/_
	echo 'npm test' >.husky/pre-push
	git config core.hooksPath .husky/_
	amts hooks install
	has .husky/pre-push "$(printf '%s\n' 'npm test' '! command -v git-amts-sync >/dev/null || git-amts-sync hook -- pre-push "$@"')"
	amts hooks uninstall
	has .husky/pre-push 'npm test'
	[ ! -e .husky/post-merge ]
	git config --unset core.hooksPath
	printf '#!/bin/sh\nlefthook run pre-push "$@"\n' >.git/hooks/pre-push
	amts hooks install
	says 'add to lefthook.yml'
	[ "$(sed -n 2p .git/hooks/pre-push)" = 'lefthook run pre-push "$@"' ]
}

@test "without the program the scripts only call what was there" {
	source_project
	printf '#!/bin/sh\necho first >&2\n' >.git/hooks/pre-push.before-amts
	chmod +x .git/hooks/pre-push.before-amts
	mkdir bin && ln -s "$(command -v git)" "$(command -v sh)" bin/
	run_apart env PATH="$PWD/bin" .git/hooks/pre-push origin ../hub.git
	exits 0
	[ "$stderr" = first ]
}

@test "a push of a translation is checked" {
	target_project
	printf '\nSiehe [oben](#start).\n' >>start.md
	commit more
	push
	exits 0
	complains "start.md:9: no anchor '#start' in 'start.md' [anchor]"
	git config amts.hooks.prePush block
	printf '\nNoch [mehr](#start).\n' >>start.md
	commit more
	push
	[ "$status" -ne 0 ]
	complains 'error: not pushed'
}

@test "names of pages and their text are harmless on a terminal" {
	source_project
	odd=$(printf 'a\033[31m\nb.md')
	page 'Press the button to begin with it.' >"$odd"
	cp "$odd" "../zh/$odd" && (cd ../zh && commit more)
	commit odd
	git push -q origin main
	page 'Press the green button to begin with it.' >"$odd"
	commit green
	push
	exits 0
	complains '"a\033[31m\nb.md" (1 block)'
	cd ..
	mkdir t && cd t
	target_project
	odd=$(printf 'x\033[2J.md')
	printf '# Start\n\nSee [above](#start).\n' >"../en/$odd"
	(cd ../en && commit more)
	cp "../en/$odd" "${odd%.md}_origin.md"
	printf '# Anfang\n\nSiehe [oben](#start).\n' >"$odd"
	commit odd
	push
	exits 0
	complains '"x\033[2J.md":3: '
	case $stderr in *"$(printf '\033')"*) false ;; esac
}

@test "a merge says what became stale, and drafts it when asked to" {
	source_project
	git checkout -q -b topic
	page 'Press the button to begin with it.' | sed 's/run/walk/' >start.md
	commit walk
	git checkout -q main
	echo more >README
	commit readme
	run_apart git merge -q -m merge topic
	exits 0
	complains 'amts: this merge makes translations stale:'
	[ -z "$(git -C ../zh branch --list amts/zh)" ]
	git checkout -q -b topic2
	sed -i.x 's/walk/fly/' start.md && rm start.md.x
	commit fly
	git checkout -q main
	echo more >>README
	commit readme
	git config amts.hooks.postMerge sync
	run_apart git merge -q -m merge topic2
	exits 0
	complains 'amts: zh: amts/zh is at'
	git -C ../zh show amts/zh:start.md | grep -q '^fly$'
}

@test "a merge says nothing when it is told to, and writes nothing unless it is told to" {
	source_project
	n=0
	merge() { # a change that another branch brings
		n=$((n + 1))
		git checkout -q -b "topic$n"
		page "Press the button $n times to begin with it." >start.md
		commit "times $n"
		git checkout -q main
		run_apart git merge -q "topic$n" # fast-forward
		exits 0
	}
	git config amts.hooks.postMerge off
	merge
	is_quiet
	git config amts.hooks.postMerge sync
	export AMTS_SKIP_HOOKS=1
	merge
	is_quiet
	unset AMTS_SKIP_HOOKS
	git config amts.hooks.postMerge report
	merge
	complains '  zh: 1 file, 1 block'
	git config amts.hooks.postMerge often
	merge
	complains "amts.hooks.postmerge is 'often', which is none of off, report, sync"
	complains '  zh: 1 file, 1 block'
	[ -z "$(git -C ../zh branch --list amts/zh)" ]
	[ -z "$(git -C ../de branch --list amts/de)" ]
}

@test "a merge into a translation teaches the memory" {
	target_project
	git checkout -q -b topic
	page 'Drücken Sie [den Knopf](#anfang), und es beginnt.' |
		sed 's/# Start/# Anfang/' >start.md
	commit better
	git checkout -q main
	echo more >README
	commit readme
	run_apart git merge -q -m merge topic
	exits 0
	complains 'amts: de: learnt from'
	amts memory lookup --tgt-lang de 'Start'
	says 'Anfang'
}

@test "a hook in a repository without configuration, or with a broken one, is not in the way" {
	git init -q
	echo x >x
	commit x
	amts hook -- pre-push origin url </dev/null
	exits 0
	is_quiet
	echo '[broken' >.amts
	amts hook -- pre-push origin url </dev/null
	exits 0
	complains 'warning: git amts-sync hook pre-push:'
	amts hook other
	exits 129
}

@test "a push whose translations cannot be checked says why, and goes on" {
	target_project
	mv ../en ../elsewhere
	printf '\nSiehe [oben](#start).\n' >>start.md
	commit more
	push
	exits 0
	complains "warning: git amts-sync hook pre-push: source of '.amts' or git config: no such repository"
}
