#!/usr/bin/env bats
# make deps: what it installs and says.  apt-get, brew, sudo, id and pkg-config are stand-ins.

load helper

# stand_in NAME: a program of that name, its text from standard input.
stand_in() {
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	{ echo '#!/bin/sh'; cat; } >"$BATS_TEST_TMPDIR/bin/$1"
	chmod +x "$BATS_TEST_TMPDIR/bin/$1"
}

# A machine on which ICU and cmocka are missing until something is installed.
machine() {
	deps="$BATS_TEST_DIRNAME/../../contrib/deps"
	export LOG="$BATS_TEST_TMPDIR/log" PATH="$BATS_TEST_TMPDIR/bin:$PATH"
	: >"$LOG"
	stand_in brew <<<'exit 1'
	stand_in id <<<"echo ${1:-0}"
	stand_in sudo <<<'echo "sudo $*" >>"$LOG"; exec "$@"'
	stand_in apt-get <<<'echo "apt-get $*" >>"$LOG"'
	stand_in pkg-config <<<'grep -q " install " "$LOG" || case $2 in icu-i18n | cmocka) exit 1;; esac'
}

@test "all there: nothing is done or said" {
	machine
	stand_in pkg-config <<<'exit 0'
	run_apart "$deps"
	exits 0
	prints ''
	is_quiet
	has "$LOG" ''
}

@test "as root, what is missing is installed with apt, and it says so" {
	machine 0
	run_apart "$deps"
	exits 0
	says '+ apt-get update'
	says 'install -y -qq --no-install-recommends libicu-dev libcmocka-dev'
	[ "$(grep -c ' install ' "$LOG")" = 1 ]
	[ "$(grep -c sudo "$LOG")" = 0 ]
}

@test "others need sudo" {
	machine 1000
	run_apart "$deps"
	exits 0
	grep -q '^sudo apt-get update' "$LOG"
	grep -q '^sudo env .*apt-get install .* libicu-dev libcmocka-dev' "$LOG"
}

@test "an installation that does not help is an error" {
	machine
	stand_in pkg-config <<<'case $2 in cmocka) exit 1;; esac'
	run_apart "$deps"
	exits 1
	complains 'still missing: libcmocka-dev'
}
