#!/usr/bin/env bats
# Parallel data and terminologies, against the local server of tests/support.

load helper
load amazon

tmx() { # tmx SOURCE=TARGET...
	local pair
	printf '<tmx version="1.4"><header srclang="en"/><body>'
	for pair; do
		printf '<tu><tuv xml:lang="en"><seg>%s</seg></tuv><tuv xml:lang="zh"><seg>%s</seg></tuv></tu>' \
			"${pair%%=*}" "${pair#*=}"
	done
	printf '</body></tmx>'
}

@test "parallel data is created, updated, listed and deleted" {
	serve
	with_keys
	tmx 'One.=一。' >one.tmx
	amts amazon parallel-data get handbook
	exits 128
	complains 'ResourceNotFoundException'
	amts amazon parallel-data update --bucket amts-test handbook one.tmx
	exits 128
	complains 'ResourceNotFoundException'
	ask set '{"translate_polls": 1}' >/dev/null
	amts amazon parallel-data create --bucket amts-test handbook one.tmx
	exits 0
	prints 'handbook: ACTIVE, en to zh, 1 records'
	tmx 'One.=一。' 'Two.=二。' >two.tmx
	amts amazon parallel-data create --bucket amts-test handbook two.tmx
	exits 128
	complains 'ConflictException'
	amts amazon parallel-data update --bucket amts-test handbook two.tmx
	exits 0
	prints 'handbook: ACTIVE, en to zh, 2 records'
	amts amazon parallel-data list
	prints 'handbook: ACTIVE, en to zh, 2 records'
	[[ $(ask state) == *'"objects": {}'* ]]
	amts amazon parallel-data delete handbook
	exits 0
	amts amazon parallel-data list
	prints ''
	amts amazon parallel-data create handbook two.tmx
	exits 129
	complains '--bucket or git config amts.amazon.bucket is needed'
	amts amazon parallel-data
	exits 129
}

@test "records that the service did not take are told in its words" {
	serve
	with_keys
	ask set '{"translate_polls": 1}' >/dev/null
	long=$(printf 'x%.0s' $(seq 1100))
	tmx 'One.=一。' "$long=二。" >long.tmx
	for how in create update; do
		amts amazon parallel-data $how --bucket amts-test handbook long.tmx
		exits 0
		prints 'handbook: ACTIVE, en to zh, 1 records, 0 failed, 1 skipped
  Number 2 TU element: The segment exceeds 1000 bytes.'
	done
	AMTS_TRACE_CURL=1 amts amazon parallel-data get handbook
	says '  Number 2 TU element: The segment exceeds 1000 bytes.'
	case $stderr in *0123456789*) _differs "the address's signature" ;; esac
}

@test "what was there before can come again" {
	serve
	with_keys
	ask set '{"translate_polls": 1}' >/dev/null
	tmx 'One.=一。' >one.tmx
	tmx 'Two.=二。' 'Three.=三。' >two.tmx
	amts amazon parallel-data create --bucket amts-test handbook one.tmx
	for n in 2:two 1:one 2:two 1:one; do
		amts amazon parallel-data update --bucket amts-test handbook "${n#*:}.tmx"
		exits 0
		prints "handbook: ACTIVE, en to zh, ${n%:*} records"
	done
}

@test "an update waits for the one that is under way" {
	serve
	with_keys
	translation
	git config --global amts.amazon.parallelData 'handbook-{lang}'
	change 'Open the lid.'
	ask fault '{"match": "translate:CreateParallelData *", "after": true, "status": 400, "error": "ConcurrentModificationException"}' >/dev/null
	amts sync --engine amazon
	exits 128
	complains 'ConcurrentModificationException'
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q 'oPEN THE LID'
}

@test "an update is waited for, and its failure told" {
	serve
	with_keys
	tmx 'One.=一。' >one.tmx
	ask set '{"translate_polls": 1}' >/dev/null
	amts amazon parallel-data create --bucket amts-test handbook one.tmx
	ask set '{"translate_polls": 1, "translate_update": "FAILED"}' >/dev/null
	amts amazon parallel-data update --bucket amts-test handbook one.tmx
	exits 128
	complains "parallel data 'handbook': FAILED: as told"
	[[ $(ask state) == *'"objects": {}'* ]]
}

@test "a glossary becomes a terminology, and is sent again when it has changed" {
	serve
	with_keys
	printf '| English | 中文 |\n|---|---|\n| lid | 盖子 / 盖 |\n| button | 按钮 |\n' >TERMS.md
	amts amazon terminology import --tgt-lang zh handbook TERMS.md
	exits 0
	prints 'handbook: en to zh, 2 terms'
	[ "$(python3 -c 'import json, sys; print(json.load(sys.stdin)["translate"]["terminologies"])' \
		<<<"$(ask state)")" = "{'handbook': {'lid': '盖子', 'button': '按钮'}}" ]
	amts amazon terminology import --tgt-lang zh handbook TERMS.md
	prints 'handbook: en to zh, 2 terms
unchanged, nothing was sent'
	[ "$(ask log | grep -o 'translate:Import' | wc -l)" = 1 ]
	printf '| key | 钥匙 |\n' >>TERMS.md
	amts amazon terminology import --tgt-lang zh handbook TERMS.md
	prints 'handbook: en to zh, 3 terms'
	amts amazon terminology get handbook
	prints 'handbook: en to zh, 3 terms'
	amts amazon terminology delete handbook
	exits 0
	amts amazon terminology get handbook
	exits 128
	complains 'ResourceNotFoundException'
}

@test "terms that the service does not take are left out" {
	serve
	with_keys
	long=$(printf 'x%.0s' $(seq 201))
	printf 'en,zh\nlid,盖子\n%s,长\n' "$long" >terms.csv
	amts amazon terminology import --tgt-lang zh handbook terms.csv
	exits 0
	prints 'handbook: en to zh, 1 terms
left out: 0 without a translation, 1 over 200 bytes'
	printf 'nothing\n' >empty.md
	amts amazon terminology import --tgt-lang zh handbook empty.md
	exits 128
	complains 'no term of the glossary has a translation'
	amts amazon terminology import handbook terms.csv
	exits 129
	complains "option 'tgt-lang' is required"
}

@test "terminologies are listed page by page" {
	serve
	with_keys
	ask set '{"translate_page": 2}' >/dev/null
	printf 'en,zh\nlid,盖子\n' >terms.csv
	for i in 1 2 3 4 5; do
		amts amazon terminology import --tgt-lang zh "book-$i" terms.csv
	done
	amts amazon terminology list
	prints 'book-1: en to zh, 1 terms
book-2: en to zh, 1 terms
book-3: en to zh, 1 terms
book-4: en to zh, 1 terms
book-5: en to zh, 1 terms'
	ask set '{"translate_end": {"NextToken": ""}}' >/dev/null
	amts amazon terminology list
	exits 0
	ask set '{"translate_end": {"NextToken": "book-2"}}' >/dev/null
	amts amazon terminology list
	exits 128
	complains "ListTerminologies: the service's list never ends"
	ask set '{"translate_page": 0}' >/dev/null
	amts amazon terminology list
	exits 128
	complains "ListTerminologies: the service's list never ends"
}

# ---- sync ----

glossary() {
	printf '| English | 中文 |\n|---|---|\n| lid | 盖子 |\n' >TERMS.md
	git config --file .amts target.zh.glossary TERMS.md
	commit glossary
}

@test "the glossary follows into a terminology that jobs and real time use" {
	serve
	with_keys
	translation
	glossary
	git config --global amts.amazon.terminology 'terms-{lang}'
	for engine in amazon amazon-realtime; do
		change "Open the lid for $engine."
		amts sync --engine $engine
		exits 0
		git show amts/zh:start.md | grep -q "^oPEN THE 盖子 FOR ${engine^^}[.。]"
	done
	[ "$(ask log | grep -o 'translate:Import' | wc -l)" = 1 ]
	[[ $(ask state) == *'"terms-zh": {'* ]]
}

@test "without a glossary no terminology is asked for" {
	serve
	with_keys
	translation
	git config --global amts.amazon.terminology 'terms-{lang}'
	change 'Open the lid.'
	amts sync --engine amazon-realtime
	exits 0
	git show amts/zh:start.md | grep -q '^oPEN THE LID\.'
}

@test "a terminology with a name of its own is used as it is" {
	serve
	with_keys
	translation
	glossary
	printf 'en,zh\nlid,罩\n' >terms.csv
	amts amazon terminology import --tgt-lang zh ours terms.csv
	git config --global amts.amazon.terminology theirs
	git config --global amts.zh.terminology ours
	change 'Open the lid.'
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q '^oPEN THE 罩[.。]'
	[ "$(ask log | grep -o 'translate:Import' | wc -l)" = 1 ]
}

@test "sync says which records of its parallel data were not taken" {
	serve
	with_keys
	translation
	git config --global amts.amazon.parallelData 'handbook-{lang}'
	change 'Open the lid.'
	ask set '{"translate_record_max": 12}' >/dev/null
	amts sync --engine amazon
	exits 0
	complains "warning: zh: parallel data 'handbook-zh': "
	complains "warning: zh: parallel data 'handbook-zh': Number"
}

@test "drafts are set as the translation is" {
	serve
	with_keys
	translation
	for i in 1 2 3 4 5 6 7 8; do
		printf '\nRun `x%d` on GPU %d, please.\n' "$i" "$i" >>../en/more.md
		printf '\n请用 GPU %d 运行 `x%d` 吧。\n' "$i" "$i" >>more.md
	done
	(cd ../en && commit more)
	cp ../en/more.md more_origin.md
	commit more
	printf '\nOpen `it` with PyTorch, then close it.\n' >>../en/more.md
	(cd ../en && commit again)
	git config --global amts.amazon.parallelData handbook
	ask set '{"translate_data": {"handbook": {
		"Open <span translate=\"no\">x1</span> with PyTorch, then close it.":
		"用PyTorch打开<span translate=\"no\">x1</span>, 然后关闭."}}}' >/dev/null
	amts sync --engine amazon
	exits 0
	git show amts/zh:more.md | grep -q '^用 PyTorch 打开 `it`，然后关闭。$'
	git show amts/zh:more.md | grep -q '^请用 GPU 8 运行 `x8` 吧。$'
}

@test "pairs with code customise too" {
	serve
	with_keys
	translation
	git config --global amts.amazon.parallelData 'handbook-{lang}'
	printf '\nPress `a` and `b` at once.\n' >>../en/more.md
	printf '\n同时按 `a` 和 `b`。\n' >>more.md
	(cd ../en && commit more)
	cp ../en/more.md more_origin.md
	commit more
	ask set '{"translate_polls": 1}' >/dev/null
	change 'Open the lid.'
	amts sync --engine amazon
	exits 0
	[[ $(ask state) == *'Press x1 and x2 at once.'* ]]
}
