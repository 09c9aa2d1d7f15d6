#!/usr/bin/env bats
# What tells which source a translation reflects when no snapshot does: the record, and the
# history where that is silent.

load helper

# English of four states and its French translation of the second; we are in the latter.
project() {
	mkdir en fr
	for page in one two; do
		printf '# Page %s\n\nFirst text of 10 words.\n\n```\nrun %s\n```\n' $page $page >en/$page.md
	done
	(cd en && commit write)
	for page in one two; do
		printf '\nMore text with `code-%s` and 20.\n\n```\nmake %s\n```\n' $page $page >>en/$page.md
	done
	(cd en && commit more)
	for page in one two; do
		printf '# La page %s\n\nTexte de 10 mots.\n\n```\nrun %s\n```\n\nPlus avec `code-%s` et 20.\n\n```\nmake %s\n```\n' \
			$page $page $page $page >fr/$page.md
	done
	(cd fr && commit translate)
	for page in one two; do
		printf '\n```\nstop %s\n```\n' $page >>en/$page.md
	done
	(cd en && commit stop)
	cd fr
	git-amts-sync init --source ../en --lang fr --yes >/dev/null
	[ "$(wc -l <.amts-record)" -eq 2 ]
}

@test "status and sync agree on the base of files that are not recorded" {
	project
	rm .amts-record
	commit configure
	amts status --json
	exits 0
	json '$j->{targets}[0]{counts}{stale} == 2 && $j->{targets}[0]{counts}{unknown} == 0'
	says "$(git -C ../en rev-parse HEAD~1:one.md)"
	amts sync
	exits 0
	says '2 commits on amts/fr'
	git show amts/fr:one.md | grep -q '^stop one$'
	[ "$(git show amts/fr:.amts-record | cut -f2)" = "$(cd ../en && git rev-parse HEAD:one.md HEAD:two.md)" ]
}

@test "a line of the record that names no source is told, the rest is done" {
	project
	nowhere=$(printf 'nowhere to be found' | git hash-object --stdin)
	sed -i.old "1s/	[0-9a-f]*	/	$nowhere	/" .amts-record
	rm .amts-record.old
	commit configure
	amts status
	exits 0
	complains "warning: fr: .amts-record:1: one.md: no such blob: '$nowhere'"
	says '2 stale'
	amts sync
	exits 0
	complains '.amts-record:1: one.md: no such blob'
	says '2 commits on amts/fr'
	! git show amts/fr:.amts-record | grep -q "$nowhere"
}

@test "a shallow clone of a translation needs its record, or the rest of its history" {
	project
	commit configure
	cd ..
	git clone -q --depth 1 "file://$PWD/fr" shallow
	cd shallow
	amts status
	exits 0
	says '2 stale'
	amts sync
	exits 0
	says '2 commits on amts/fr'
	git rm -q .amts-record
	git commit -qm 'no record'
	git update-ref -d refs/heads/amts/fr
	amts status
	exits 128
	complains 'run "git fetch --unshallow"'
}

@test "what a shallow source cannot tell is unknown, and its line stays" {
	project
	mv ../en ../whole
	git clone -q --depth 1 "file://$PWD/../whole" ../en
	commit configure
	line=$(sed -n 1p .amts-record)
	amts status
	exits 0
	complains '.amts-record:1: one.md: blob'
	complains "not in the shallow clone '${PWD%/*}/en/'"
	complains '(run "git fetch --unshallow" there)'
	says "2 of unknown base"
	amts sync
	exits 0
	says 'fr: nothing else to do'
	says "2 files left alone: of unknown base"
	[ "$(sed -n 1p .amts-record)" = "$line" ]
}

@test "init of many pages names those that are doubtful, and counts the others" {
	project
	for n in 1 2 3 4 5 6 7 8 9 10 11 12; do # of no page of the source
		printf '# Une note\n\nRien %s.\n' $n >odd$n.md
	done
	rm .amts .amts-record
	commit odd
	amts init --source ../en --lang fr --yes
	exits 0
	says 'fr: base: 2 of 14 translations are placed in the history of en, 2023-11-14'
	[ "$(grep -c '^ .*md: no source fits$' <<<"$stdout")" -eq 10 ]
	does_not_say 'one.md: made from'
	says ' and 4 pages more: the same command with --dry-run lists all'
	amts init --source ../en --lang fr --dry-run
	exits 0
	[ "$(grep -c '^ .*md: no source fits$' <<<"$stdout")" -eq 12 ]
	says ' one.md: made from the source of 2023-11-14'
	does_not_say 'more:'
	rm .amts .amts-record
	before=$(ls -A)
	amts init --source ../en --lang fr -n
	[ "$before" = "$(ls -A)" ]
}
