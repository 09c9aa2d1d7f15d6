#!/usr/bin/env bats
# The main job with Amazon Translate: d2l-zh to r0.17, through the local server, where the
# reference data is present (AMTS_DATA).

load helper
load amazon

data() {
	reference d2l-en d2l-en -b r0.17
	reference d2l-zh d2l-zh
	git config --global amts.amazon.bucket amts-test
	git config --global amts.amazon.roleArn arn:aws:iam::123456789012:role/translator
	git config --global amts.amazon.pollSeconds 0
	git config --global amts.amazon.parallelData 'd2l-{lang}'
}

# sent NUMBER-OF: characters, segments… by the last output
sent() {
	printf '%s\n' "$stdout" | sed -n "s/^amazon:.* \([0-9]*\) $1.*/\1/p"
}

@test "d2l-zh comes to r0.17 in one command and one job, and pays for what changed" {
	data
	serve
	with_keys
	cd d2l-zh
	git-amts-sync init --source ../d2l-en --source-branch r0.17 --yes >../init
	amts sync --engine amazon
	exits 0
	state=$(ask state)
	[[ $state == *'"jobs": 1'* ]]
	[[ $state == *'"objects": {}'* ]]
	[[ $state == *'"d2l-zh": "ACTIVE"'* ]]
	characters=$(sent characters)
	printf '%s\n' "$stdout" | sed -n 's/^  \([^ ]*\.md\).*/\1/p' | while read -r page; do
		! git -C ../d2l-en cat-file -e "HEAD:$page" 2>/dev/null || echo "$page"
	done >../touched
	git fsck --strict amts/zh

	# again: nothing is asked for, whatever became of the first run's drafts
	ask reset '{}' >/dev/null
	git branch -q -m amts/zh was
	amts sync --engine amazon
	exits 0
	[ "$(git rev-parse amts/zh)" = "$(git rev-parse was)" ]
	[ "$(ask log)" = '[]' ]

	# the same pages without a translation to keep
	mkdir ../anew
	cd ../anew
	printf '[amts]\n\tsource = ../d2l-en\n\tsourceBranch = r0.17\n[target "zh"]\n\tnewFiles = source\n' >.amts
	commit empty
	# shellcheck disable=SC2046 # names without spaces
	amts sync -n --engine amazon -- $(cat ../touched)
	exits 0
	whole=$(sent characters)
	echo "# sent: $characters characters; retranslating the $(grep -c . ../touched) pages: $whole" >&3
	[ $((characters * 4)) -lt "$whole" ]
}
