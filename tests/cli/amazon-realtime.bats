#!/usr/bin/env bats
# sync --engine amazon-realtime, against the local server of tests/support.

load helper
load amazon

@test "drafts come in real time, without bucket and role" {
	serve
	with_keys
	translation
	git config --global --unset amts.amazon.bucket
	git config --global --unset amts.amazon.roleArn
	change 'Then open `lid` & <look>.' 'Press the button.' 'Close it again.'
	amts sync --engine amazon-realtime
	exits 0
	is_quiet
	says 'amazon: 2 segments of 1 document sent'
	git show amts/zh:start.md >out
	grep -q 'tHEN OPEN `lid` & <look>\.' out
	grep -q 'cLOSE IT AGAIN\.' out
	[ "$(grep -c 按下按钮 out)" = 2 ]
	[[ $(ask state) == *'"texts": 1,'* ]]
	git log -1 --format=%B amts/zh | grep -q '^Amts-Engine: amazon-realtime'
}

@test "settings of the language go with the text" {
	serve
	with_keys
	translation
	git config --global amts.zh.formality informal
	git config --global amts.zh.brevity true
	change 'Something new.'
	amts sync --engine amazon-realtime
	exits 0
	[[ $(ask state) == *'{"Formality": "INFORMAL", "Brevity": "ON"}'* ]]
	git config --global amts.zh.formality polite
	amts sync -n
	exits 128
	complains "git config 'amts.zh.formality': neither 'formal' nor 'informal': 'polite'"
}

@test "settings that jobs take go with a job" {
	serve
	with_keys
	translation
	git config --global amts.zh.formality formal
	git config --global amts.zh.brevity true
	change 'Something new.'
	amts sync --engine amazon
	exits 0
	[[ $(ask state) == *'[{"Formality": "FORMAL"}]'* ]]
}

@test "many segments go in requests of 10,000 bytes" {
	serve
	with_keys
	translation
	many 300
	amts sync --engine amazon-realtime
	exits 0
	git show amts/zh:start.md >out
	[ "$(grep -c 'nEW SENTENCE NUMBER' out)" = 300 ]
	texts=$(ask state | grep -o '"texts": [0-9]*')
	[ "${texts#*: }" -gt 1 ] && [ "${texts#*: }" -lt 10 ]
}

@test "-n and --max-cost count what would be sent, markup and all" {
	serve
	with_keys
	translation
	change 'Something new.'
	git config amts.amazon.pricePerMillion 60000
	amts sync -n --engine amazon-realtime
	exits 0
	# <p id="s0">Something new.</p> and a line end
	says 'amazon: 1 segment of 1 document would be sent, 30 characters, 1.80 by your rate'
	amts sync --engine amazon-realtime --max-cost 1
	exits 128
	[ "$(ask log)" = '[]' ]
}

@test "what the service does not keep apart is asked for alone" {
	serve
	with_keys
	translation
	change 'First new.' 'Second new.' 'Third new.'
	ask set '{"translate_together": "merge"}' >/dev/null
	amts sync --engine amazon-realtime
	exits 0
	git show amts/zh:start.md >out
	grep -q '^fIRST NEW\.' out
	grep -q '^sECOND NEW\.' out
	grep -q '^tHIRD NEW\.' out
	! grep -q 'NEW.*NEW' out
}

@test "order does not matter" {
	serve
	with_keys
	translation
	change 'First new.' 'Second new.'
	ask set '{"translate_spoil": "order"}' >/dev/null
	amts sync --engine amazon-realtime
	exits 0
	git show amts/zh:start.md | grep -A2 'fIRST NEW\.' | grep -q 'sECOND NEW\.'
	[[ $(ask state) == *'"texts": 1,'* ]]
}

@test "a segment that was dropped comes with a request of its own" {
	serve
	with_keys
	translation
	change 'First new.' 'Second new.'
	ask fault '{"match": "translate:TranslateText *", "body": "{\"TranslatedText\": \"<p id=\\\"s1\\\">wrong</p>\"}"}' >/dev/null
	amts sync --engine amazon-realtime
	exits 0
	git show amts/zh:start.md | grep -A2 'fIRST NEW\.' | grep -q 'sECOND NEW\.'
	[[ $(ask state) == *'"texts": 2,'* ]]
}

@test "a draft that lost its placeholder stays pending" {
	serve
	with_keys
	translation
	change 'Use the `key` now.' 'Close it again.'
	ask set '{"translate_spoil": "placeholder"}' >/dev/null
	amts sync --engine amazon-realtime
	exits 0
	git show amts/zh:start.md >out
	! grep -q 'uSE THE' out
	grep -q 'cLOSE IT AGAIN\.' out
	[[ $(ask state) == *'"texts": 2,'* ]]
}

@test "throttling is waited for" {
	serve
	with_keys
	translation
	many 300
	ask fault '{"match": "translate:TranslateText *", "error": "ThrottlingException", "times": 4}' >/dev/null
	amts sync --engine amazon-realtime
	exits 0
	[ "$(git show amts/zh:start.md | grep -c 'nEW SENTENCE NUMBER')" = 300 ]
}

@test "what has come before the service gave up is not paid for again" {
	serve
	with_keys
	translation
	many 300
	ask fault '{"match": "translate:TranslateText *", "skip": 1, "times": -1, "error": "AccessDeniedException"}' >/dev/null
	amts sync --engine amazon-realtime
	[ "$status" != 0 ]
	complains 'AccessDeniedException'
	ask reset >/dev/null
	amts sync --engine amazon-realtime
	exits 0
	[ "$(git show amts/zh:start.md | grep -c 'nEW SENTENCE NUMBER')" = 300 ]
	characters=$(ask state | grep -o '"characters": [0-9]*')
	[ "${characters#*: }" -lt 12000 ]
}

@test "a language that the service does not know is told" {
	serve
	with_keys
	translation
	change 'Something new.'
	ask fault '{"match": "translate:*", "times": -1, "error": "UnsupportedLanguagePairException"}' >/dev/null
	amts sync --engine amazon-realtime
	[ "$status" != 0 ]
	complains 'UnsupportedLanguagePairException'
}

@test "drafts that were lost are not paid for again" {
	serve
	with_keys
	translation
	change 'Something new.'
	amts sync --engine amazon-realtime
	git branch -q -D amts/zh
	amts sync --engine amazon-realtime
	exits 0
	git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
	[[ $(ask state) == *'"texts": 1,'* ]]
	git branch -q -D amts/zh
	git config --global amts.zh.formality formal
	amts sync --engine amazon-realtime
	[[ $(ask state) == *'"texts": 2,'* ]]
}

@test "the same sentence is paid for once, and one that comes to nothing twice" {
	serve
	with_keys
	translation
	change 'Something new.' 'Something else.' 'Something new.'
	amts sync --engine amazon-realtime
	exits 0
	says 'amazon: 2 segments of 1 document sent'
	[ "$(git show amts/zh:start.md | grep -c 'sOMETHING NEW\.')" = 2 ]
	ask set '{"translate_spoil": "drop"}' >/dev/null
	change 'Lost for ever.'
	for texts in 2 3 3; do
		git branch -q -D amts/zh
		amts sync --engine amazon-realtime
		exits 0
		[[ $(ask state) == *"\"texts\": $texts,"* ]]
	done
}

@test "without a region it stops and says so" {
	serve
	with_keys
	translation
	unset AWS_REGION AWS_ENDPOINT_URL
	export AWS_CONFIG_FILE=/dev/null
	change 'Something new.'
	run timeout 20 git amts-sync sync --engine amazon-realtime
	[ "$status" -ne 124 ]
	[[ $output == *'no AWS region'* ]]
}
