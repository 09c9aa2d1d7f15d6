#!/usr/bin/env bats
# Ten rounds of upstream changes, reviewers, merges, squashes, force pushes and rejected pushes
# on real repositories, where the reference data is present (AMTS_DATA).

load helper
load review

# bundles SOURCE TARGET: clones, a hub that the translation is pushed to, a reviewer's clone of
# it, and the double of GitHub.
bundles() {
	reference "$1" src ${3:+-b "$3"}
	reference "$2" tgt
	git -C tgt remote remove origin
	git -C tgt checkout -q -B main
	git init -q --bare hub.git
	git -C tgt remote add origin ../hub.git
	git -C tgt push -q origin main
	git clone -q hub.git reviewer
	forge
	: >human
}

# people N, with a list of pages: in N of them a line of prose is somebody's own from now on,
# "path<TAB>line" in ../human.
people() {
	local n=$1 path at
	grep '\.md$' | grep -v _origin.md >../pages
	while IFS= read -r path && [ "$n" -gt 0 ]; do
		at=$(awk -v r="$round" '/^```/ { code = !code } code { next }
			/^[^#:|<>`$ -].*。$/ && !/（校/ && ++k > r % 5 { print NR; exit }' "$path")
		[ -n "$at" ] || continue
		sed -i.x "${at}s/。\$/（校$round）。/" "$path" && rm "$path.x"
		printf '%s\t%s\n' "$path" "$(sed -n "${at}p" "$path")" >>../human
		n=$((n - 1))
	done <../pages
	commit "people, round $round"
}

on_review() {
	(cd ../reviewer && git fetch -q && git checkout -q -B "amts/$lang" "origin/amts/$lang" &&
		git diff --name-only --diff-filter=M origin/main "amts/$lang" | people "$1" &&
		git push -q origin "amts/$lang")
}

on_main() {
	git ls-files | sort -r | people "$1" && git push -q origin main
}

# Lines of people that are byte by byte in their page, as in ../human.
there() {
	local ref
	for ref in "amts/$lang" main; do
		git grep -z -F -e （校 "$ref" -- '*.md' | sed "s,^$ref:,," | tr '\0' '\t'
	done
}

# Every line of people: in its page on the review branch or on main; where the English of the
# page has changed since, at least in the history of what is on the hub.
no_line_is_lost() {
	local path line
	there >../there
	[ -s ../there ] || [ ! -s ../human ]
	git -C ../hub.git log --all -m -p --format= "^$began" -- '*.md' | grep '^+.*（校' >../history || :
	awk 'NR == FNR { there[$0]; next } !($0 in there)' ../there ../human >../missing
	while IFS='	' read -r path line; do
		grep -qxF -e "+$line" ../history || { echo "lost: $path: $line" >&2; return 1; }
		printf '%s\t%s\n' "$path" "$line" >>../rewritten
		git -C ../src diff --quiet "$first" HEAD -- "$path" 2>/dev/null ||
			continue
		echo "gone although its English is the same: $path: $line" >&2
		return 1
	done <../missing
}

same_again() { # a second run changes nothing
	local before
	before=$(git for-each-ref; git -C ../hub.git for-each-ref)
	amts sync --pull-request
	exits 0
	does_not_say pushed
	does_not_say opened
	[ "$before" = "$(git for-each-ref; git -C ../hub.git for-each-ref)" ]
}

checked() {
	exits 0
	git merge-base --is-ancestor main "amts/$lang"
	[ "$(pulls)" = "amts/$lang" ]
	[ "$(git -C ../hub.git rev-parse "amts/$lang")" = "$(git rev-parse "amts/$lang")" ]
	[ "$(git -C ../hub.git for-each-ref --format='%(refname)' refs/heads/amts)" = "refs/heads/amts/$lang" ]
	no_line_is_lost
	same_again
}

upstream() { # the source as it was after the next of ten parts of its history
	round=$((round + 1))
	git -C ../src checkout -q -B upstream "$(sed -n "$((round * parts / 10))p" ../commits)"
}

one_round() {
	upstream
	amts sync --pull-request
	checked
}

season() { # SINCE: where the source begins
	first=$1
	git -C src rev-list --reverse --first-parent "$first..HEAD" >commits
	parts=$(wc -l <commits) round=0
	began=$(git -C tgt rev-parse main)
	git -C src checkout -q -B upstream "$first"
	cd tgt
	git-amts-sync init --source ../src --source-branch upstream --lang "$lang" --yes >../init
	commit configure
	git push -q origin main
	one_round
	on_review 5
	one_round
	on_main 5
	one_round
	git fetch -q && git merge -q --no-edit "origin/amts/$lang" && git push -q origin main
	pulls close
	one_round
	on_review 5
	amts sync --pull-request
	exits 0
	git fetch -q && git merge -q --squash "origin/amts/$lang" && git commit -qm squashed
	git push -q origin main && pulls close
	on_main 5
	one_round
	echo 'More.' >>README.md && git commit -qa --amend -m 'said otherwise' && git push -qf origin main
	on_review 3
	one_round
	printf '#!/bin/sh\nexit 1\n' >../hub.git/hooks/pre-receive
	chmod +x ../hub.git/hooks/pre-receive
	upstream
	amts sync --pull-request
	exits 128
	rm ../hub.git/hooks/pre-receive
	on_review 3 # faster than what was drafted here
	amts sync --pull-request
	checked
	upstream
	git-amts-sync sync --pull-request >/dev/null 2>&1 &
	git-amts-sync sync --pull-request >/dev/null 2>&1 || :
	wait $! || :
	amts sync --pull-request
	checked
	on_review 3
	on_main 3
	one_round
	upstream
	git clone -q ../hub.git ../second # a machine that has never run makes the same commits
	(cd ../second && git-amts-sync sync -q)
	amts sync --pull-request
	checked
	[ "$(git rev-parse "amts/$lang")" = "$(git -C ../second rev-parse "amts/$lang")" ]
	[ "$round" -eq 10 ]
	touch ../rewritten
	echo "# lines of people: $(wc -l <../human), of them rewritten with their English:" \
		"$(sort -u ../rewritten | wc -l)" >&3
}

@test "a season of d2l-zh" {
	lang=zh
	bundles d2l-en d2l-zh r0.17
	season "$(git -C src rev-list -1 --first-parent --before=2021-01-01 HEAD)"
}

@test "a season of a fork, vue-zh" {
	lang=zh
	bundles vue-en vue-zh
	git -C tgt fetch -q ../src HEAD
	season "$(git -C tgt merge-base main FETCH_HEAD)"
}
