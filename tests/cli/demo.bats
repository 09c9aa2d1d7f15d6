#!/usr/bin/env bats
# make demo: every row of what it claims is checked by the script itself.

load helper

@test "the demonstration shows what it says" {
	run_apart "$BATS_TEST_DIRNAME/../../contrib/demo/run"
	exits 0
	is_quiet
	does_not_say WRONG
	says 'nothing to do'
	says 'Where to look'
}
