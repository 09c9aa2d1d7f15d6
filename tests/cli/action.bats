#!/usr/bin/env bats
# contrib/github-action: its steps in a runner's environment, against local servers.

load helper
load review

action="$BATS_TEST_DIRNAME/../../contrib/github-action"

runner() {
	forge
	git config --global --remove-section amts # the action's own to say
	mkdir -p runner/amts/bin
	ln -s "$(command -v git-amts-sync)" runner/amts/bin/
	export AMTS_PREFIX="$PWD/runner/amts" GITHUB_REPOSITORY=ada/book GITHUB_REF_NAME=main
	export GITHUB_OUTPUT="$PWD/runner/output"
	export GITHUB_STEP_SUMMARY="$PWD/runner/summary"
	: >"$GITHUB_OUTPUT"
}

# The source, and the checked-out translation, pushed to a hub.
project() {
	mkdir -p en de
	printf '# Start\n\nPress the button.\n\n```sh\nrun\n```\n' >en/start.md
	printf '# Anfang\n\nKnopf drücken.\n\n```sh\nrun\n```\n' >de/start.md
	cp en/start.md de/start_origin.md
	configure
	publish
	cd ..
	printf '# Start\n\nPress the button. ::error::injected\n\n```sh\nwalk\n```\n' >en/start.md
	(cd en && commit walk)
}

step() {
	cd de || return 1
	run_apart "$action/run.sh"
	cd ..
}

@test "from a changed source to an opened pull request, with outputs and a summary" {
	runner
	project
	step
	exits 0
	says '::stop-commands::amts-'
	grep -q '^changed=true$' runner/output
	grep -q '^https://forge.example/ada/book/pull/1$' runner/output
	grep -q '^- https://forge.example/ada/book/pull/1$' runner/summary
	git -C hub.git show amts/de:start.md | grep -q '^walk$'
	: >runner/output
	step
	exits 0
	grep -q '^changed=false$' runner/output
}

@test "nothing a page says is a command to the runner" {
	runner
	project
	step
	# between stop-commands and its word, or escaped in an annotation
	! printf '%s\n' "$stdout" | awk '/^::stop-commands::/ { off = 1 } /^::amts-/ { off = 0 }
		!off && /^::error::injected/ { bad = 1 } END { exit !bad }'
}

@test "a review branch starts nothing" {
	runner
	project
	GITHUB_REF_NAME=amts/de step
	exits 0
	says 'nothing to sync'
	GITHUB_HEAD_REF=amts/de step
	says 'nothing to sync'
	[ -z "$(git -C hub.git branch --list 'amts/*')" ]
}

@test "only pushing, and only some languages" {
	runner
	project
	AMTS_PULL_REQUEST=false AMTS_LANGUAGES=de step
	exits 0
	does_not_say 'pull request'
	AMTS_LANGUAGES=fr step
	[ "$status" -ne 0 ]
	complains "no target 'fr'"
}

@test "a check that crashes fails the step, one that finds faults does not" {
	runner
	project
	rm runner/amts/bin/git-amts-sync
	file runner/amts/bin/git-amts-sync <<-'E'
		#!/bin/sh
		[ "$1" != check ] || exit "$CHECKED"
	E
	chmod +x runner/amts/bin/git-amts-sync
	CHECKED=1 step
	exits 0
	CHECKED=139 step
	[ "$status" -ne 0 ]
}

@test "the key of the cache is by the sources and the image" {
	mkdir -p top/contrib/github-action top/src top/include
	cp "$action/key.sh" top/contrib/github-action/
	touch top/Makefile top/src/a.c top/README
	key() {
		GITHUB_OUTPUT="$PWD/output" top/contrib/github-action/key.sh
		tail -n 1 output
	}
	first=$(ImageOS=ubuntu24 key)
	[[ "$first" =~ ^key=ubuntu24-[0-9a-f]{40,64}$ ]]
	echo text >top/README
	[ "$(ImageOS=ubuntu24 key)" = "$first" ]
	[ "$(ImageOS=ubuntu26 key)" != "$first" ]
	echo 'int a;' >top/src/a.c
	[ "$(ImageOS=ubuntu24 key)" != "$first" ]
	grep -q 'steps.key.outputs.key' "$action/action.yml"
}

@test "the build is skipped when the cache had the program" {
	runner
	file "$PWD/bin/make" <<-'E'
		#!/bin/sh
		echo "$@" >>"$MADE"
	E
	chmod +x bin/make
	MADE="$PWD/made" PATH="$PWD/bin:$PATH" run_apart "$action/build.sh"
	exits 0
	[ "$(wc -l <made)" -eq 1 ] && grep -q deps made
}

@test "every input reaches the script through the environment, none through its text" {
	! grep -n 'run:.*\${{' "$action/action.yml"
	for input in languages engine pull-request labels reviewers check; do
		name=AMTS_$(echo "$input" | tr 'a-z-' 'A-Z_')
		grep -q "$name: \${{ inputs.$input }}" "$action/action.yml"
		grep -q "$name" "$action/run.sh"
	done
}

# ---- all of action.yml's steps, as a runner takes them ----

# A make that installs the program built here, and tells what it was asked for; the translation
# on a server that wants credentials, the source on one that does not.
machine() {
	runner
	unset AMTS_PREFIX GITHUB_OUTPUT GITHUB_STEP_SUMMARY
	rm -rf runner
	mkdir -p runner srv/open
	export MADE="$PWD/made" PROGRAM
	PROGRAM=$(command -v git-amts-sync)
	file "$PWD/bin/make" <<-'E'
		#!/bin/sh
		echo "$@" >>"$MADE"
		case "$*" in *' install PREFIX='*) ;; *) exit 0 ;; esac
		mkdir -p "${*##*PREFIX=}/bin" && cp "$PROGRAM" "${*##*PREFIX=}/bin/"
	E
	chmod +x bin/make
	PATH="$PWD/bin:$PATH"
	# bash warns of a second coprocess, which it has no trouble with
	eval 'coproc SERVER { exec python3 -B "$BATS_TEST_DIRNAME/../support/git_http.py" srv x:t0ken 3>&-; }' 2>/dev/null
	read -r port <&"${SERVER[0]}"
	hub=http://127.0.0.1:$port
	export GIT_TERMINAL_PROMPT=0
}

# actions/checkout: all of the history, and the token in a header.
checkout() {
	local header
	header="AUTHORIZATION: basic $(printf x:t0ken | base64)"
	rm -rf work
	git -c "http.$hub/.extraheader=$header" clone -q "$hub/book.git" work
	git -C work config "http.$hub/.extraheader" "$header"
	rm -rf "$XDG_CACHE_HOME" # a runner is a new machine
}

# job INPUT=VALUE...: on a new machine, but for the cache that is kept.
job() {
	checkout
	cd work || return 1
	: >"$MADE"
	run_apart python3 -B "$BATS_TEST_DIRNAME/../support/runner.py" "$action" ../runner "$@"
	cd ..
}

@test "from two bundles to pull requests: checkout, cache, build, sync, outputs, annotations" {
	machine
	mkdir en book
	printf '# Start\n\nPress [the button](#start).\n\n```sh\nrun\n```\n' >en/start.md
	(cd en && commit write)
	for lang in de fr; do
		mkdir -p book/$lang
		printf '# Titel\n\nKnopf [drücken](#start).\n\n```sh\nrun\n```\n' >book/$lang/start.md
		cp en/start.md book/$lang/start_origin.md
	done
	printf '[amts]\n\tsource = %s/en.git\n' "$hub/open" >book/.amts
	for lang in de fr; do
		printf '[target "%s"]\n\tpath = {lang}/{path}\n\tsnapshot = {dir}/{name}_origin{ext}\n' $lang
	done >>book/.amts
	(cd book && commit translate)
	printf '# Start\n\nPress [the button](#start).\n\n```sh\nwalk # ::error::injected\n```\n' >en/start.md
	(cd en && commit walk)
	git -C en bundle create -q ../en.bundle main
	git -C book bundle create -q ../book.bundle main
	git clone -q --bare en.bundle srv/open/en.git
	git clone -q --bare book.bundle srv/book.git

	job languages=de
	exits 0
	grep -q ' install PREFIX=' made
	grep -q '^changed=true$' runner/outputs
	grep -q '^pull-requests=https://forge.example/ada/book/pull/1$' runner/outputs
	grep -q 'https://forge.example/ada/book/pull/1' runner/summary
	grep -q "^error file=de/start.md,line=3,title=anchor::no anchor '#start'" runner/commands
	! grep -q injected runner/commands
	git -C srv/book.git show amts/de:de/start.md | grep -q '^walk'

	job languages=fr labels=french
	exits 0
	[ "$(wc -l <made)" -eq 1 ] && grep -q deps made # the cache had the program
	[ "$(pulls)" = 'amts/de amts/fr' ]

	before=$(git -C srv/book.git for-each-ref)
	job
	exits 0
	grep -q '^changed=false$' runner/outputs
	grep -q '^pull-requests=$' runner/outputs
	[ "$(pulls)" = 'amts/de amts/fr' ]
	[ "$before" = "$(git -C srv/book.git for-each-ref)" ]

	printf '#!/bin/sh\nexit 1\n' >srv/book.git/hooks/pre-receive
	chmod +x srv/book.git/hooks/pre-receive
	printf '# Start\n\nPress [the button](#start).\n\n```sh\nfly\n```\n' >en/start.md
	(cd en && commit fly && git push -q ../srv/open/en.git main)
	job languages=de
	[ "$status" -ne 0 ]
	complains "'origin' refused 'amts/de': pre-receive hook declined"
	grep -q '^changed=false$' runner/outputs
}

@test "from the bundles of d2l-en and d2l-zh to a pull request" {
	[ -e "$DATA/repos/d2l-zh.bundle" ] || skip 'no reference data'
	machine
	reference d2l-en srv/open/en.git --bare
	reference d2l-zh book
	(cd book && git checkout -q -B main &&
		git-amts-sync init --source "$hub/open/en.git" --source-branch r0.17 --lang zh --yes &&
		commit configure) >/dev/null
	git clone -q --bare book srv/book.git
	git -C srv/book.git symbolic-ref HEAD refs/heads/main
	job
	exits 0
	grep -q '^pull-requests=https://forge.example/ada/book/pull/1$' runner/outputs
	[ "$(git -C srv/book.git rev-list --count main..amts/zh)" -gt 50 ]
}

# ---- the other ways to run it by itself ----

@test "GitLab's job: over HTTP with its token, to a merge request" {
	machine
	project
	git clone -q --bare hub.git srv/book.git
	git clone -q hub.git work
	cd work
	git checkout -q --detach # as GitLab does
	export CI_COMMIT_BRANCH=main CI_PROJECT_PATH=ada/book CI_SERVER_HOST=gitlab.example
	export CI_PROJECT_URL="$hub/book" CI_API_V4_URL="$double/gitlab" GITLAB_TOKEN=t0ken
	awk '/^  script:/ { on = 1; next } on { sub(/^ *- /, ""); print }' \
		"$action/../gitlab-ci/amts.gitlab-ci.yml" |
		grep -v '^apt-get\|^git clone\|^make' >../script
	sed -i.x 's/echo username=token/echo username=x/' ../script # the server's only user
	run_apart sh -e ../script
	exits 0
	says 'de: pull request opened'
	state '$j->{gitlab}{pulls}[0]{source_branch} eq "amts/de" && $j->{gitlab}{pulls}[0]{target_branch} eq "main"'
	run_apart sh -e ../script
	exits 0
	says 'de: pull request is up to date'
	git -C ../srv/book.git show amts/de:start.md | grep -q '^walk'
}

@test "cron's line" {
	project
	forge
	git clone -q hub.git "$HOME/book-zh"
	mv en "$HOME/"
	mkdir -p "$HOME/.config/amts"
	echo "export GITHUB_TOKEN=$GITHUB_TOKEN" >"$HOME/.config/amts/token"
	unset GITHUB_TOKEN
	line=$(sed -n 's/^17 5 \* \* \*  //p' "$action/../cron/amts-sync")
	run_apart sh -c "$line"
	exits 0
	[ -z "$stdout$stderr" ] # else cron sends a mail
	[ "$(pulls)" = amts/de ]
	run_apart sh -c "$line"
	exits 0
	[ -z "$stdout$stderr" ]
	[ "$(pulls)" = amts/de ]
}

@test "action.yml and the README's workflows are as GitHub wants them" {
	command -v action-validator >/dev/null || skip 'no action-validator (npm: @action-validator/cli)'
	action-validator "$action/action.yml"
	awk '/^```yaml/ { on = 1; n++; next } /^```/ { on = 0 } on && n == 1' "$action/README.md" >w.yml
	action-validator w.yml
}
