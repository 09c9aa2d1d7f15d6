#!/usr/bin/env bats
# A season of one review branch: the translation's branch moves under it, people work on both,
# and no line of theirs is lost.

load helper
load review

# page VERSION: the source; each paragraph can be told by its number.
page() {
	printf '# Start\n\nPress the button to begin with it.\n\n```sh\nrun --%s\n```\n\n' "$1"
	printf 'The second paragraph says how to stop.\n\n'
	printf 'All of it ends here, in the last paragraph.\n'
}

translation() {
	page "$1" | sed -e 's/^Press.*/Drücken Sie den Knopf, um zu beginnen./' \
		-e 's/^The second.*/Der zweite Absatz sagt, wie man aufhört./' \
		-e 's/^All of it.*/Alles endet hier, im letzten Absatz./'
}

# A source and its translation, which is pushed to hub.git; we are in the translation.  With
# a snapshot beside each page, or with `record` and `fork`, which shares the source's history, none.
project() {
	mkdir -p en de
	page fast >en/start.md
	page fast >en/other.md
	if [ "$1" = fork ]; then
		(cd en && commit write)
		rmdir de && git clone -q -o upstream en de
	fi
	translation fast >de/start.md
	translation fast >de/other.md
	if [ "${1:-snapshot}" = snapshot ]; then
		cp en/start.md de/start_origin.md
		cp en/other.md de/other_origin.md
	fi
	configure
	[ "$1" != fork ] || [ ! -e .amts-record ]
	publish
	git clone -q ../hub.git ../reviewer
}

source_says() { # VERSION [FILE]
	page "$1" >"../en/${2:-start.md}"
	(cd ../en && commit "$1")
}

# edit FILE SED-SCRIPT: in place, and committed.
edit() {
	sed "$2" "$1" >"$BATS_TEST_TMPDIR/edited" && cp "$BATS_TEST_TMPDIR/edited" "$1"
	commit "people: $2"
}

on_main() { # FILE SED-SCRIPT
	edit "$1" "$2" && git push -q origin main
}

# on_review FILE SED-SCRIPT: by somebody else, in a clone.
on_review() {
	(cd ../reviewer && git fetch -q origin && git checkout -q -B amts/de origin/amts/de &&
		edit "$1" "$2" && git push -q origin amts/de)
}

review() { # FILE: what the review branch says
	git show "amts/de:$1"
}

how=--push # or --pull-request

same_again() { # a second run changes nothing
	local before
	before=$(git for-each-ref)
	amts sync "$how"
	exits 0
	[ "$how" = --push ] || [ "$(pulls)" = amts/de ]
	[ "$before" = "$(git for-each-ref)" ]
	git merge-base --is-ancestor main amts/de
}


@test "pages that only one side changed are as that side has them" {
	project
	source_says slow
	amts sync --push
	on_main other.md 's/Knopf/roten Knopf/'
	source_says slower
	amts sync --push
	exits 0
	review other.md | grep -q 'roten Knopf'
	review start.md | grep -q 'run --slower'
	[ "$(git rev-list --count --merges main..amts/de)" -eq 1 ]
	same_again
}

@test "lines of a page that both changed are merged" {
	project
	source_says slow
	amts sync --push
	on_review start.md 's/im letzten/im allerletzten/'
	on_main start.md 's/Drücken Sie/Drücke/'
	amts sync --push
	exits 0
	review start.md | grep -q 'Drücke den'
	review start.md | grep -q 'allerletzten'
	review start.md | grep -q 'run --slow'
	same_again
}

@test "a draft that conflicts with people's text gives way, and is made anew" {
	for layout in snapshot record; do
		mkdir $layout && cd $layout
		project $layout
		source_says slow
		amts sync --push
		on_main start.md 's/^run --fast/run --fast # schnell/'
		source_says slower
		amts sync --push
		exits 0
		review start.md | grep -q '# schnell'
		same_again
		cd ../..
	done
}

@test "people against people: the run stops for the language and writes nothing" {
	project
	source_says slow
	amts sync --push
	on_review start.md 's/Drücken Sie den Knopf/Betätige den Schalter/'
	on_main start.md 's/Drücken Sie den Knopf/Zieh den Hebel/'
	source_says slower
	amts status
	exits 0
	before=$(git for-each-ref refs/heads)
	amts sync --push
	exits 128
	complains "merge main into amts/de by hand: conflicts in 'start.md'"
	[ "$before" = "$(git for-each-ref refs/heads)" ]
}

@test "a dry run plans on the merged pages and writes no object" {
	project
	source_says slow
	amts sync --push
	on_main start.md 's/^run --fast/run --fast # schnell/'
	source_says slower
	before=$(find .git/objects -type f | sort)
	amts sync --dry-run
	exits 0
	[ "$before" = "$(find .git/objects -type f | sort)" ]
	amts diff
	says '# schnell'
}

# Lines that people wrote, one each: the review branch or main must have them.
human() {
	printf '%s\n' "$1" >>"$BATS_TEST_TMPDIR/human"
}

no_line_is_lost() {
	local line
	while IFS= read -r line; do
		git -C ../hub.git grep -qF -e "$line" amts/de -- '*.md' ||
			git -C ../hub.git grep -qF -e "$line" main -- '*.md' ||
			{ echo "lost: $line" >&2; return 1; }
	done <"$BATS_TEST_TMPDIR/human"
	[ "$(git -C ../hub.git for-each-ref --format='%(refname)' refs/heads/amts)" = refs/heads/amts/de ]
}

round() { # VERSION: upstream changes; a run and a second one
	source_says "$1"
	amts sync "$how"
	exits 0
	review start.md | grep -q "run --$1"
	same_again
	no_line_is_lost
}

season() {
	project "$1"
	forge
	how=--pull-request
	: >"$BATS_TEST_TMPDIR/human"
	round v1
	on_review start.md 's/^Drücken.*/Drücke den Knopf, dann geht es los./'
	human 'Drücke den Knopf, dann geht es los.'
	round v2
	review start.md | grep -q '^Drücke den Knopf, dann'
	on_main other.md 's/^Alles.*/Und damit ist es vorbei./'
	human 'Und damit ist es vorbei.'
	round v3
	git merge -q --no-edit amts/de && git push -q origin main && pulls close
	round v4
	on_review start.md 's/^Der zweite.*/So hört man wieder auf./'
	human 'So hört man wieder auf.'
	amts sync "$how"
	git fetch -q && git merge -q --squash origin/amts/de && git commit -qm squashed && git push -q origin main && pulls close
	on_main start.md 's/^Alles endet.*/Hier ist Schluss./'
	human 'Hier ist Schluss.'
	round v5
	[ "$(git rev-list --count main..amts/de)" -eq 1 ]
	review start.md | grep -q '^So hört man wieder auf'
	git commit -q --amend -m 'said otherwise' && git push -qf origin main
	round v6
	printf '#!/bin/sh\nexit 1\n' >../hub.git/hooks/pre-receive
	chmod +x ../hub.git/hooks/pre-receive
	source_says v7
	amts sync "$how"
	exits 128
	rm ../hub.git/hooks/pre-receive
	round v8
	source_says v9
	git-amts-sync sync "$how" >/dev/null 2>&1 &
	run=$!
	git-amts-sync sync "$how" >/dev/null 2>&1 || :
	wait "$run" || :
	round v10
	# two machines at once, one of which has never run: they make the same commits
	source_says v11
	git clone -q ../hub.git ../second
	(cd ../second && git-amts-sync sync "$how" >/dev/null) &
	run=$!
	amts sync "$how"
	exits 0
	wait "$run"
	[ "$(git rev-parse amts/de)" = "$(git -C ../second rev-parse amts/de)" ]
	round v12
	review start.md | grep -q '^Hier ist Schluss'
	review other.md | grep -q '^Und damit ist es vorbei'
}

@test "a season beside snapshots" {
	season snapshot
}

@test "a season with a record" {
	season record
}

@test "a season of a fork" {
	season fork
}
