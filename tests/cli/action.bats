#!/usr/bin/env bats
# contrib/github-action: its steps in a runner's environment, against local servers.

load helper

action="$BATS_TEST_DIRNAME/../../contrib/github-action"

runner() {
	coproc DOUBLE { exec python3 -B "$BATS_TEST_DIRNAME/../support/aws_double.py" 3>&-; }
	read -r port <&"${DOUBLE[0]}"
	mkdir -p runner/amts/bin
	ln -s "$(command -v git-amts-sync)" runner/amts/bin/
	export AMTS_PREFIX="$PWD/runner/amts" GITHUB_TOKEN=t0ken
	export GITHUB_API_URL="http://127.0.0.1:$port/github" GITHUB_REPOSITORY=ada/book
	export GITHUB_REF_NAME=main GITHUB_OUTPUT="$PWD/runner/output"
	export GITHUB_STEP_SUMMARY="$PWD/runner/summary"
	: >"$GITHUB_OUTPUT"
}

teardown() {
	[ -z "$DOUBLE_PID" ] || kill "$DOUBLE_PID"
}

# The source, and the checked-out translation, pushed to a hub.
project() {
	mkdir -p en de
	printf '# Start\n\nPress the button.\n\n```sh\nrun\n```\n' >en/start.md
	printf '# Anfang\n\nKnopf drücken.\n\n```sh\nrun\n```\n' >de/start.md
	cp en/start.md de/start_origin.md
	(cd en && commit write)
	(cd de && commit translate)
	(cd de && git-amts-sync init --source ../en --lang de --yes >/dev/null && commit configure)
	git init -q --bare hub.git
	(cd de && git remote add origin ../hub.git && git push -q origin main)
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
