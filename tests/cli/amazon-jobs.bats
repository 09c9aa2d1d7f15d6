#!/usr/bin/env bats
# Batch jobs of sync --engine amazon: several languages, the journal, and what it survives.

load helper
load amazon

# languages LANG...: translations of one page in folders, each in its own wording; we are
# in the repository.
languages() {
	local lang
	mkdir -p docs/en
	printf '# Start\n\nPress the button.\n\nRead the rest.\n' >docs/en/start.md
	{
		printf '[amts]\n\tsourceLanguage = en\n\tsourcePath = docs/en/{path}\n'
		for lang; do
			mkdir -p "docs/$lang"
			printf '# Begin %s\n\nButton %s.\n\nRest %s.\n' "$lang" "$lang" "$lang" \
				>"docs/$lang/start.md"
			printf '[target "%s"]\n\tpath = docs/%s/{path}\n' "$lang" "$lang"
			printf '\tengine = amazon\n'
		done
	} >.amts
	commit write
	for lang; do
		printf 'docs/%s/start.md\t%s\t-\n' "$lang" "$(git rev-parse :docs/en/start.md)"
	done >.amts-record
	commit record
	git config --global amts.amazon.bucket amts-test
	git config --global amts.amazon.roleArn arn:aws:iam::123456789012:role/translator
	git config --global amts.amazon.pollSeconds 0
}

more() { # more LINE...: appended to the English of languages()
	printf '\n%s\n' "$@" >>docs/en/start.md
	commit more
}

count() { # count BEGINNING of an operation: how often the service was asked
	ask log | grep -o "\"translate:$1" | wc -l
}

nothing_left() {
	[[ $(ask state) == *'"objects": {}'* ]]
	[ -z "$(find .git/amts/amazon-jobs -type f ! -name lock 2>/dev/null)" ]
}

@test "languages that want the same share a job" {
	serve
	with_keys
	languages de fr
	more 'Something new.'
	amts sync
	exits 0
	is_quiet
	says 'language   documents  segments  characters      cost  state'
	says 'de                 1         1          14         -  amts/de is at '
	says 'fr                 1         1          14         -  amts/fr is at '
	[ "$(count Start)" = 1 ]
	for lang in de fr; do
		git show "amts/$lang:docs/$lang/start.md" | grep -q '^sOMETHING NEW\.$'
	done
	nothing_left
}

@test "languages that want something else have a job each, and pay for nothing more" {
	serve
	with_keys
	languages de fr
	local old=$(git rev-parse :docs/en/start.md)
	printf '# Start\n\nPress the button.\n\nRead the rest.\n\nKnown.\n' >docs/en/start.md
	printf '# Begin fr\n\nButton fr.\n\nRest fr.\n\nConnu.\n' >docs/fr/start.md
	commit 'ahead in one language'
	printf 'docs/%s/start.md\t%s\t-\n' \
		de "$old" fr "$(git rev-parse :docs/en/start.md)" \
		>.amts-record
	commit record
	more 'Something new.'
	amts sync
	exits 0
	[ "$(count Start)" = 2 ]
	says 'de                 1         2          20         -  amts/de is at '
	says 'fr                 1         1          14         -  amts/fr is at '
	[[ $(ask state) == *'"characters": 34'* ]]
	nothing_left
}

@test "a language that fails does not stop the others" {
	serve
	with_keys
	languages de fr
	git config amts.de.terminology one
	more 'Something new.'
	ask fault '{"match": "translate:Start*", "error": "UnsupportedLanguagePairException"}' \
		>/dev/null
	amts sync
	exits 1
	complains 'warning: de: StartTextTranslationJob: POST'
	says 'de                 0         1          14         -  failed'
	says 'fr                 1         1          14         -  amts/fr is at '
	nothing_left
	git config --unset amts.de.terminology
	amts sync
	exits 0
	git show amts/de:docs/de/start.md | grep -q '^sOMETHING NEW\.$'
	nothing_left
}

@test "the price limit is for all languages together" {
	serve
	with_keys
	languages de fr
	more 'Something new.'
	git config amts.amazon.pricePerMillion 60000
	amts sync --max-cost 1
	exits 128
	complains 'fatal: 28 characters would cost 1.68, more than 1.00'
	[ "$(ask log)" = '[]' ]
	nothing_left
	amts sync --max-cost 2
	exits 0
	says 'de                 1         1          14      0.84  amts/de is at '
}

@test "sync --no-wait leaves the job to the next sync" {
	serve
	with_keys
	translation
	change 'Something new.'
	ask set '{"translate_polls": 3}' >/dev/null
	amts sync --engine amazon --no-wait
	exits 2
	is_quiet
	[[ $stdout =~ ^'zh: job '[0-9a-f]{32}' is running since '.*': 1 segment of 1 document; the next sync collects it'$ ]]
	! git rev-parse -q --verify amts/zh
	amts amazon jobs
	exits 0
	says '  zh           in progress            1          14 '
	amts sync --engine amazon --no-wait
	exits 0
	git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
	[[ $(ask state) == *'"jobs": 1'* ]]
	nothing_left
	amts amazon jobs
	exits 0
	prints ''
}

@test "what changed while the job ran is sent anew, and nothing else" {
	serve
	with_keys
	translation
	change 'Stays as it is.' 'Will be changed.'
	amts sync --engine amazon --no-wait
	exits 2
	sed -i.bak 's/Will be changed/Was changed/' ../en/start.md && rm ../en/start.md.bak
	(cd ../en && commit again)
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md >out
	grep -q 'sTAYS AS IT IS\.' out
	grep -q 'wAS CHANGED\.' out
	[[ $(ask state) == *'"jobs": 2'* ]]
	[[ $(ask state) == *'"characters": 43'* ]]
	nothing_left
}

@test "jobs --resume finishes what was begun, and sync uses it without the service" {
	serve
	with_keys
	translation
	change 'Something new.'
	amts sync --engine amazon --no-wait
	exits 2
	amts amazon jobs --json
	json '$j->{jobs}[0]{languages} eq "zh" && $j->{jobs}[0]{segments} == 1
		&& $j->{jobs}[0]{characters} == 14 && $j->{jobs}[0]{objects} =~ m{^s3://amts-test/amts/}'
	amts amazon jobs --resume
	exits 0
	says '  zh           done '
	nothing_left
	ask reset '{}' >/dev/null
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
	[ "$(ask log)" = '[]' ]
}

@test "stop ends a job and clears what it had" {
	serve
	with_keys
	translation
	change 'Something new.'
	ask set '{"translate_polls": 9}' >/dev/null
	amts sync --engine amazon --no-wait
	exits 2
	amts amazon stop no-such-job
	exits 128
	complains "there is no job 'no-such-job'"
	amts amazon stop "${stdout:-$(ls .git/amts/amazon-jobs | sed -n 's/\.job$//p')}"
	exits 0
	[ "$(count Stop)" = 1 ]
	nothing_left
	amts amazon stop
	exits 0
	ask set '{"translate_polls": 1}' >/dev/null
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
	nothing_left
}

@test "a job that is stopped elsewhere is cleared by the one that waits" {
	serve
	with_keys
	translation
	change 'Something new.'
	ask set '{"translate_polls": 1000000}' >/dev/null
	git config --global amts.amazon.pollSeconds 1
	git-amts-sync sync --engine amazon >out 2>err 3>&- &
	for _ in $(seq 100); do
		[[ $(ask state) != *'"jobs": 1'* ]] || break
	done
	sleep 0.3
	amts sync --engine amazon --no-wait
	exits 128
	complains "another process looks after the jobs of Amazon Translate"
	amts amazon stop
	exits 0
	wait $! && false
	grep -q 'STOPPED' err
	nothing_left
}

@test "--keep leaves the documents in S3" {
	serve
	with_keys
	translation
	change 'Something new.'
	amts sync --engine amazon --keep
	exits 0
	says 'zh: its documents are left in s3://amts-test/amts/'
	state=$(ask state)
	[[ $state == *'/in/'* ]]
	[[ $state == *'/details/zh.auxiliary-translation-details.json'* ]]
	[ -z "$(find .git/amts/amazon-jobs -name '*.job')" ]
}

@test "a job whose results are gone is given up, and asked for anew" {
	serve
	with_keys
	translation
	change 'Something new.'
	ask fault '{"match": "s3:GetObject *", "error": "NoSuchKey", "status": 404}' >/dev/null
	amts sync --engine amazon
	exits 128
	complains '404: NoSuchKey'
	nothing_left
	amts sync --engine amazon
	exits 0
	git show amts/zh:start.md | grep -q 'sOMETHING NEW\.'
	nothing_left
}
