#!/usr/bin/env bats
# sync --engine amazon ends the same whatever the service does to it and wherever it is
# killed: the same branch, nothing paid twice, nothing left behind.  AMTS_EVERY=1 tries
# every fault and every record of the journal; by default it is a choice of them.

load helper
load amazon

# A job with all that one can have: parallel data and terms to hand over, two documents,
# placeholders; and a memory that knows some of it.
whole_job() {
	translation
	git config --global amts.amazon.parallelData 'handbook-{lang}'
	git config --global amts.amazon.terminology 'terms-{lang}'
	printf '| English | 中文 |\n|---|---|\n| lid | 盖子 |\n' >TERMS.md
	git config --file .amts target.zh.glossary TERMS.md
	commit glossary
	change 'Then open `lid` & <look>.' 'Press the button.' 'Use the `key` now.'
	printf '\nAnother file.\n' >>../en/more.md
	(cd ../en && commit more)
}

anew() {
	ask reset '{}' >/dev/null
	ask set '{"translate_polls": 1}' >/dev/null
	rm -rf .git/amts
	git branch -q -D amts/zh 2>/dev/null || :
}

# Keys that can be fetched anew.
with_container() {
	unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
	export AWS_CONTAINER_CREDENTIALS_FULL_URI="$double/v2/credentials"
}

number() { # number NAME: of the server's state
	ask state | grep -o "\"$1\": [0-9]*" | grep -o '[0-9]*$'
}

# The files of the review branch; a record that was needed for a while stays, empty.
files() {
	git ls-tree -r amts/zh | grep -v '	\.amts-record$'
	! git show amts/zh:.amts-record 2>/dev/null | grep .
}

reference() {
	anew
	amts sync --engine amazon
	exits 0
	tree=$(files)
	paid=$(number characters)
	[ "$(number jobs)" = 1 ]
	does_not_say 'left to people'
	nothing_left
}

nothing_left() {
	[[ $(ask state) == *'"objects": {}'* && $(ask state) == *'"uploads": []'* ]] ||
		_differs "S3: $(ask state)"
	[ -z "$(find .git/amts/amazon-jobs -type f ! -name lock)" ] ||
		_differs "journal: $(ls .git/amts/amazon-jobs)"
}

# same NAME MOST: the same came of it, and at most so many characters were paid for.
same() {
	[ "$(files)" = "$tree" ] || _differs "$1: another tree"
	[ "$(number characters)" -le $(($2)) ] ||
		_differs "$1: paid for $(number characters) characters, not $(($2))"
	nothing_left
}

# until_done FAULT: with runs in between that end as they may.
until_done() {
	local i
	for i in 1 2 3; do
		amts sync --engine amazon
		if [ "$status" = 0 ] && [[ $stdout != *' left to people'* ]]; then return; fi
		ask set '{"translate_fail": "", "translate_spoil": ""}' >/dev/null
	done
	_differs "$1: not done after three runs"
}

faults='
throttled|fault|[{"match":"translate:Start*","error":"TooManyRequestsException","times":2},{"match":"translate:Describe*","error":"ThrottlingException"},{"match":"s3:PutObject*","error":"SlowDown","status":503}]
throttled to the end|fault|{"match":"translate:Start*","error":"TooManyRequestsException","times":5}
500 before the work|fault|[{"match":"translate:*","status":500},{"match":"s3:*","status":500}]
500 after the work|fault|[{"match":"translate:Start*","status":500,"after":true},{"match":"s3:Put*","status":500,"after":true},{"match":"translate:Create*","status":500,"after":true},{"match":"s3:DeleteObjects*","status":500,"after":true}]
500 to the end|fault|{"match":"translate:Start*","status":500,"after":true,"times":5}
500 while it runs|fault|{"match":"translate:Describe*","status":500,"times":5}
500 for the results|fault|{"match":"s3:GetObject*","status":500,"times":10}
500 for clearing|fault|{"match":"s3:Delete*","status":500,"times":5}
slow|fault|[{"match":"translate:*","delay":0.4,"times":3},{"match":"s3:*","delay":0.4,"times":3}]
cut|fault|[{"match":"s3:GetObject*","after":true,"cut":4,"times":2},{"match":"translate:Start*","after":true,"cut":9},{"match":"translate:Describe*","after":true,"cut":9}]
hung up|fault|[{"match":"translate:Start*","after":true,"close":true},{"match":"s3:PutObject*","close":true},{"match":"translate:Describe*","close":true}]
nonsense|fault|[{"match":"translate:Start*","after":true,"body":"<html>"}]
expired token|fault|[{"match":"translate:Start*","error":"ExpiredTokenException"},{"match":"s3:GetObject*","error":"ExpiredToken","status":400},{"match":"translate:Describe*","error":"ExpiredTokenException"}]
expired for good|fault|{"match":"translate:Describe*","error":"ExpiredTokenException","times":2}
refused|fault|{"match":"translate:Start*","error":"AccessDeniedException","times":1}
refused storage|fault|{"match":"s3:PutObject*","error":"AccessDenied","status":403,"skip":1}
clock ahead|set|{"skew":3600}
clock behind|set|{"skew":-3600}
failed job|set|{"translate_fail":"job"}
partly failed job|set|{"translate_fail":"some"}
reordered|set|{"translate_spoil":"order"}
dropped|set|{"translate_spoil":"drop"}
changed placeholders|set|{"translate_spoil":"placeholder"}
'

@test "every fault of the service" {
	serve
	with_keys
	whole_job
	reference
	local name what json n=0 most
	while IFS='|' read -r name what json; do
		[ -n "$name" ] || continue
		n=$((n + 1))
		[ -n "${AMTS_EVERY-}" ] || [ $((n % 3)) = 1 ] || continue
		anew
		ask "$what" "$json" >/dev/null
		case $name in 'expired token') with_container ;; esac
		until_done "$name"
		with_keys
		most=$paid
		# what came back spoilt was translated, and is asked for once more
		case $name in dropped | 'changed placeholders') most="2 * $paid - 1" ;; esac
		same "$name" "$most"
	done <<<"$faults"
}

@test "killed at every record of the journal" {
	local cc=${CC:-cc} at when runs=0
	[ "$(uname)" = Linux ] || skip 'preloads a library as Linux does'
	$cc -shared -fPIC -o "$BATS_TEST_TMPDIR/die.so" "$BATS_TEST_DIRNAME/../support/die.c" -ldl ||
		skip 'no compiler'
	LD_PRELOAD="$BATS_TEST_TMPDIR/die.so" git-amts-sync --version >/dev/null 2>&1 ||
		skip 'nothing can be preloaded'
	serve
	with_keys
	whole_job
	reference
	for when in before after; do
		for at in $(seq 99); do
			[ -n "${AMTS_EVERY-}" ] || [ "$when" = after ] || [ $((at % 4)) = 2 ] || continue
			anew
			status=0
			LD_PRELOAD="$BATS_TEST_TMPDIR/die.so" DIE=$when DIE_AT=$at \
				git-amts-sync sync --engine amazon >/dev/null 2>&1 3>&- || status=$?
			[ "$status" != 0 ] || break
			[ "$status" = 137 ] || _differs "$when $at: ended with $status"
			runs=$((runs + 1))
			amts sync --engine amazon
			exits 0
			same "killed $when record $at" "$paid"
			[ "$(number jobs)" = 1 ] || _differs "killed $when record $at: jobs"
		done
		[ "$at" -ge 8 ]
	done
}

@test "killed, and the source changed before the next run" {
	local cc=${CC:-cc} at
	[ "$(uname)" = Linux ] || skip 'preloads a library as Linux does'
	$cc -shared -fPIC -o "$BATS_TEST_TMPDIR/die.so" "$BATS_TEST_DIRNAME/../support/die.c" -ldl ||
		skip 'no compiler'
	LD_PRELOAD="$BATS_TEST_TMPDIR/die.so" git-amts-sync --version >/dev/null 2>&1 ||
		skip 'nothing can be preloaded'
	serve
	with_keys
	translation
	change 'Stays as it is.'
	local old=$(git -C ../en rev-parse HEAD)
	for at in 2 4 6 8; do
		git -C ../en reset -q --hard "$old"
		anew
		LD_PRELOAD="$BATS_TEST_TMPDIR/die.so" DIE_AT=$at \
			git-amts-sync sync --engine amazon >/dev/null 2>&1 3>&- || :
		change 'Comes later.'
		amts sync --engine amazon
		exits 0
		git show amts/zh:start.md >out
		grep -q 'sTAYS AS IT IS\.' out
		grep -q 'cOMES LATER\.' out
		[ "$(number characters)" = 27 ] || _differs "$at: paid for $(number characters)"
		nothing_left
	done
}
