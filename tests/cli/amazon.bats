#!/usr/bin/env bats
# git amts-sync amazon, against the local server of tests/support.

load helper
load amazon

@test "a profile is taken from the user's files" {
	serve
	mkdir -p "$HOME/.aws"
	printf '%s\n' '[profile dev]' 'region = us-east-1' 'aws_access_key_id = AKIDEXAMPLE' \
		'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' >"$HOME/.aws/config"
	amts amazon doctor --profile dev
	says "credentials the configuration file, profile 'dev'"
	printf 'nonsense\n' >"$HOME/.aws/config"
	amts amazon doctor
	exits 128
	complains "fatal: $HOME/.aws/config:1: no setting"
}

@test "the trace goes where AMTS_TRACE_CURL says, without secrets" {
	serve
	with_keys
	AMTS_TRACE_CURL=1 amts amazon parallel-data list
	exits 0
	complains '=> Send header: POST / HTTP/1.1'
	complains '=> Send header: Authorization: <redacted>'
	complains '<= Recv header: HTTP/1.1 200 OK'
	case $stderr in *wJalr* | *Signature=*) _differs "a secret" ;; esac
	AMTS_TRACE_CURL="$PWD/trace" amts amazon parallel-data list
	is_quiet
	grep -q '^[0-9:.]* => Send header: Host: 127.0.0.1' trace
	! grep -q 'wJalr\|Signature=' trace
	AMTS_TRACE_CURL=0 amts amazon parallel-data list
	is_quiet
	AMTS_TRACE_CURL=nowhere amts amazon parallel-data list
	exits 0
	complains "warning: AMTS_TRACE_CURL: 'nowhere' is neither a descriptor nor an absolute path"
}

@test "proxies of the environment are asked" {
	serve
	with_keys
	AWS_ENDPOINT_URL=http://sts.far.example http_proxy="$double" amts amazon parallel-data list
	exits 0
	ask log | grep -q '"host": "sts.far.example"'
	AWS_ENDPOINT_URL="$double" http_proxy=http://127.0.0.1:1 no_proxy=127.0.0.1 amts amazon parallel-data list
	exits 0
}

@test "an action that there is not" {
	amts amazon cure
	exits 129
	complains "error: unknown action 'cure'"
}

# ---- sync --engine amazon ----

@test "sync drafts what the memory does not know in one job, and leaves nothing in S3" {
	serve
	with_keys
	translation
	change 'Then open `lid` & <look>.' 'Press the button.' 'Close it again.'
	printf '\nAnother file.\n' >>../en/more.md
	(cd ../en && commit more)
	amts sync --engine amazon
	exits 0
	is_quiet
	git show amts/zh:start.md >out
	grep -q 'tHEN OPEN `lid` & <look>\.' out
	grep -q 'cLOSE IT AGAIN\.' out
	[ "$(grep -c 按下按钮 out)" = 2 ]
	git show amts/zh:more.md | grep -q 'aNOTHER FILE\.'
	state=$(ask state)
	[[ $state == *'"objects": {}'* ]]
	[[ $state == *'"jobs": 1'* ]]
	git log -1 --format=%B amts/zh | grep -q '^Amts-Engine: amazon'
}

@test "a look with -n sends nothing" {
	serve
	with_keys
	translation
	change 'Something new.'
	amts sync -n --engine amazon
	exits 0
	[ "$(ask log)" = '[]' ]
}

@test "-n and --max-cost tell the price and send nothing" {
	serve
	with_keys
	translation
	change 'Something new.'
	git config amts.amazon.pricePerMillion 60000
	amts sync -n --engine amazon
	exits 0
	says 'amazon: 1 segment of 1 document would be sent, 14 characters, 0.84 by your rate'
	amts sync --engine amazon --max-cost 0.5
	exits 128
	[ "$stderr" = 'fatal: 14 characters would cost 0.84, more than 0.50: raise --max-cost, or name fewer pages' ]
	[ "$(ask log)" = '[]' ]
	amts sync --engine amazon --max-cost dear
	exits 129
	amts sync --engine amazon --max-cost 1
	exits 0
	says 'amazon: 1 segment of 1 document sent, 14 characters'
}

@test "killed at any request, the next run ends the same and pays once" {
	serve
	with_keys
	translation
	change 'Something new.'
	for at in $(seq 0 8); do
		ask reset '{}' >/dev/null
		rm -rf .git/amts/amazon-*
		git branch -q -D amts/zh 2>/dev/null || true
		# the service does its work, and its answer does not come before the kill
		ask fault "{\"match\": \"*:*\", \"skip\": $at, \"after\": true, \"delay\": 9}" >/dev/null
		timeout -s KILL 0.7 git-amts-sync sync --engine amazon >/dev/null 2>&1 3>&- || true
		amts sync --engine amazon
		exits 0
		git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
		state=$(ask state)
		[[ $state == *'"jobs": 1'* ]]
		[[ $state == *'"objects": {}'* ]]
	done
}

@test "drafts that were lost are not paid for again" {
	serve
	with_keys
	translation
	change 'Something new.'
	amts sync --engine amazon
	git branch -q -D amts/zh
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
	[[ $(ask state) == *'"jobs": 1'* ]]
}

@test "parallel data named after the language follows the memory" {
	serve
	with_keys
	translation
	git config --global amts.amazon.parallelData 'handbook-{lang}'
	change 'Something new.'
	amts sync --engine amazon
	exits 0
	[[ $(ask state) == *'"handbook-zh": "ACTIVE"'* ]]
	[[ $(ask state) == *'"objects": {}'* ]]
	[ "$(ask log | grep -o 'translate:CreateParallelData' | wc -l)" = 1 ]
	git branch -q -D amts/zh
	rm .git/amts/amazon-zh
	amts sync --engine amazon
	exits 0
	[ "$(ask log | grep -o 'translate:[A-Z][a-z]*ateParallelData' | wc -l)" = 1 ]
	[ "$(ask log | grep -o 'translate:Start' | wc -l)" -gt 1 ]
	printf '# 开始\n\n请按下按钮。\n\n请读其余部分。\n' >start.md
	commit correct
	git branch -q -D amts/zh
	change 'And more of it.'
	amts sync --engine amazon
	exits 0
	[ "$(ask log | grep -o 'translate:UpdateParallelData' | wc -l)" = 1 ]
}

@test "parallel data makes another draft" {
	serve
	with_keys
	translation
	change 'Close the lid.'
	ask set '{"translate_data": {"handbook": {"Close the lid.": "盖上盖子。"}}}' >/dev/null
	git config --global amts.amazon.parallelData handbook
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q '^盖上盖子。$'
}

@test "faults of the service are survived" {
	serve
	with_keys
	translation
	change 'Something new.'
	ask fault '[{"match": "translate:Start*", "error": "TooManyRequestsException"},
		{"match": "translate:Describe*", "status": 500},
		{"match": "s3:PutObject*", "error": "SlowDown", "status": 503},
		{"match": "s3:GetObject*", "body": "0123456789", "cut": 4}]' >/dev/null
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
	[[ $(ask state) == *'"jobs": 1'* ]]
}

@test "what does not come back, or spoilt, stays pending" {
	serve
	with_keys
	translation
	change 'Use the `key` now.' 'Close it again.'
	for spoil in drop placeholder; do
		ask set "{\"translate_spoil\": \"$spoil\"}" >/dev/null
		git branch -D amts/zh 2>/dev/null || :
		amts sync --engine amazon
		exits 0
		git show amts/zh:start.md >out
		! grep -q 'uSE THE' out
		grep -q 'cLOSE IT AGAIN\.' out
	done
	[[ $(ask state) == *'"objects": {}'* ]]
}

@test "order does not matter" {
	serve
	with_keys
	translation
	change 'First new.' 'Second new.'
	ask set '{"translate_spoil": "order"}' >/dev/null
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -A2 'fIRST NEW\.' | grep -q 'sECOND NEW\.'
}

@test "a job that fails is told, and the next run starts another" {
	serve
	with_keys
	translation
	change 'Something new.'
	ask set '{"translate_fail": "job"}' >/dev/null
	amts sync --engine amazon
	[ "$status" != 0 ]
	complains 'FAILED: as told'
	[[ $(ask state) == *'"objects": {}'* ]]
	ask set '{"translate_fail": ""}' >/dev/null
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
	[[ $(ask state) == *'"jobs": 2'* ]]
}

@test "a run that was killed finds its job again" {
	serve
	with_keys
	translation
	change 'Something new.'
	ask fault '{"match": "translate:Describe*", "delay": 3, "times": 1}' >/dev/null
	git-amts-sync sync --engine amazon >/dev/null 2>&1 3>&- &
	for _ in $(seq 50); do
		[[ $(ask state) != *'"jobs": 1'* ]] || break
	done
	kill -9 $!
	wait $! || :
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
	state=$(ask state)
	[[ $state == *'"jobs": 1'* ]]
	[[ $state == *'"objects": {}'* ]]
}

@test "no secret is shown or kept" {
	serve
	with_keys
	translation
	change 'Something new.'
	AMTS_TRACE_CURL=1 amts sync --engine amazon
	exits 0
	case $stdout$stderr in *wJalr* | *Signature=*) _differs "a secret" ;; esac
	ask set '{"translate_polls": 9}' >/dev/null
	change 'Something newer.'
	AWS_SESSION_TOKEN= amts sync --engine amazon --no-wait # a journal stays
	exits 2
	ls .git/amts/amazon-jobs/*.job
	! grep -rqa 'wJalr\|Signature=' . "$HOME/.cache"
}

@test "the bucket and the role must be configured" {
	serve
	with_keys
	translation
	change 'Something new.'
	git config --global --unset amts.amazon.roleArn
	amts sync --engine amazon
	[ "$status" != 0 ]
	complains 'engine amazon needs git config amts.amazon.roleArn'
}
