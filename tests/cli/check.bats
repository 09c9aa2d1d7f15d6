#!/usr/bin/env bats
# git amts-sync check: faults of translations, as people and programs want them.

load helper
load review

# A source and its German translation of one page; we are in the latter.
project() {
	mkdir -p en de
	file en/start.md <<-'E'
		# Start

		Call `open(x)` to open the file for reading and writing.

		See [above](#start) for all of it.
	E
	file de/start.md <<-'E'
		# Anfang

		Rufen Sie die Funktion auf, um die Datei zu lesen und zu schreiben.

		Siehe [oben](#start) für alles davon.
	E
	cp en/start.md de/start_origin.md
	configure
}

@test "check says what is wrong where, and exits with 1 for errors" {
	project
	amts check
	exits 1
	says 'start.md:3: warning: `open(x)` of the source is missing (source line 3) [placeholder]'
	says "start.md:5: error: no anchor '#start' in 'start.md' [anchor]"
	says '1 error and 1 warning in 1 of 1 file'
	is_quiet
}

@test "check with warnings only is a success, unless it is strict" {
	project
	amts check --rule placeholder
	exits 0
	amts check --rule placeholder --strict
	exits 1
	amts check --rule heading --strict
	exits 0
	prints '0 errors and 0 warnings in 0 of 1 file'
}

@test "check as JSON, SARIF and annotations of a workflow" {
	project
	amts check --format json
	exits 1
	json '$j->{version} == 1 && @{$j->{faults}} == 2'
	json '$j->{faults}[1]{rule} eq "anchor" && $j->{faults}[1]{line} == 5'
	json '$j->{faults}[1]{level} eq "error" && $j->{faults}[1]{path} eq "start.md"'
	amts check --format sarif
	exits 1
	json '$j->{version} eq "2.1.0" && $j->{runs}[0]{tool}{driver}{name} eq "git-amts-sync"'
	json '@{$j->{runs}[0]{results}} == 2'
	json '$j->{runs}[0]{results}[1]{locations}[0]{physicalLocation}{region}{startLine} == 5'
	json '$j->{runs}[0]{tool}{driver}{rules}[$j->{runs}[0]{results}[1]{ruleIndex}]{id} eq "anchor"'
	amts check --format github
	exits 1
	says "::error file=start.md,line=5,title=anchor::no anchor '#start' in 'start.md'"
}

@test "check looks at the branch, or at what waits for review" {
	project
	printf '\nStop it with `kill`.\n' >>../en/start.md
	(cd ../en && commit more)
	amts sync
	exits 0
	amts check --rule pending
	prints '0 errors and 0 warnings in 0 of 1 file'
	amts check --rule pending --review
	says '[pending]'
}

@test "check of paths and languages that are not there" {
	project
	amts check nowhere.md
	exits 128
	complains "pathspec 'nowhere.md' did not match any files"
	amts check --lang fr
	exits 129
	amts check --rule nothing
	exits 129
	complains "unknown rule 'nothing'"
}

@test "check of pages that nothing was recorded of" {
	printf '# Start\n\nThis is the first page of all.\n' | file en/start.md
	{
		printf '# Anfang\n\nDies ist die erste Seite von allen.\n\n'
		printf '<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs\n'
	} | file de/start.md
	printf '# Starten\n\n```sh\nrun\n' | file de/late.md
	git init -q
	commit write
	printf '# Run it\n\n```sh\nrun\n```\n' | file en/late.md
	printf '[amts]\n\tsourceLanguage = en\n\tsourcePath = en/{path}\n' | file .amts
	printf '[target "de"]\n\tpath = de/{path}\n' >>.amts
	commit configure
	amts check
	exits 1
	says 'de/start.md:5: error: a conflict was committed, from here to line 9 [conflict]'
	says 'de/late.md:3: error: this code block is never closed [fence]'
	says 'in 2 of 2 files'
	found=$stdout
	git clone -q --depth 1 "file://$PWD" shallow
	cd shallow
	amts status
	says '2 of unknown base'
	amts check
	exits 1
	prints "$found"
}

@test "check goes on after a page that cannot be read" {
	project
	cp start.md other.md
	cp start_origin.md other_origin.md
	echo more >>other.md
	cp ../en/start.md ../en/other.md
	(cd ../en && commit more)
	commit more
	blob=$(git rev-parse HEAD:other.md)
	rm -f ".git/objects/${blob:0:2}/${blob:2}"
	amts check
	exits 1
	complains 'other.md: not checked: '
	says 'in 1 of 1 file'
}

# check_finds RULE LINE TEXT: of start.md, and no other line of it
check_finds() {
	amts check --rule "$1" --format json
	json "@{\$j->{faults}} == 1 && \$j->{faults}[0]{rule} eq '$1' && \$j->{faults}[0]{line} == $2"
	says "$3"
}

@test "what a run left, terms, conflicts, numbers, formulas and fences of the page" {
	mkdir -p en de
	file en/start.md <<-'E'
		# Start

		The door of the house has 12 hinges and is opened slowly.

		$$
		a = b + c
		$$

		## Further down

		The last paragraph of the page says how to close it again.

		```sh
		run
		```
	E
	file de/start.md <<-'E'
		# Anfang

		Das Tor des Hauses hat viele Angeln und wird langsam geöffnet.

		$$
		a = b - c
		$$

		### Weiter unten

		Der letzte Absatz der Seite sagt, wie man sie wieder schließt.

		```sh
		run
	E
	cp en/start.md de/start_origin.md
	printf '| en | de |\n|--|--|\n| door | Tür |\n' >de/TERMS.md
	(cd en && commit write)
	(cd de && commit translate)
	cd de
	git-amts-sync init --source ../en --lang de --yes >/dev/null
	printf '\tglossary = TERMS.md\n' >>.amts
	commit configure
	check_finds glossary 3 "'door'"
	check_finds number 3 '12'
	check_finds math 5 'formula'
	check_finds heading 9 'level 3'
	check_finds fence 13 'never closed'
	sed 's/how to close it/how to open it/' ../en/start.md >new && mv new ../en/start.md
	(cd ../en && commit change)
	amts sync
	git merge -q amts/de
	check_finds pending 11 ''
	printf '\n<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs\n' | cat - start.md >new && mv new start.md
	commit conflict
	check_finds conflict 2 ''
	amts check --strict >/dev/null
	exits 1
}

@test "a page that was emptied is an error" {
	project
	printf '\n' >start.md
	commit slip
	amts check
	exits 1
	says 'start.md:1: error: the translation is empty [empty]'
	says '1 error and 0 warnings in 1 of 1 file'
}

@test "a page that is not text in UTF-8 is an error" {
	project
	printf '# Anfang\n\nF\374r alle.\n' >start.md
	commit latin
	amts check --rule encoding
	exits 1
	says 'start.md:3: error: the page is not UTF-8 ("iconv -t UTF-8" converts it) [encoding]'
	printf '# Anfang\n\0\n' >start.md
	commit binary
	amts check --rule encoding
	exits 1
	says 'start.md:1: error: the page is binary, not text: it has NUL bytes [encoding]'
}

@test "what lies in a hidden folder at the top is no page" {
	project
	mkdir -p ../en/.github .github
	cp ../en/start.md ../en/.github/start.md
	cp start.md .github/start.md
	(cd ../en && commit tools)
	commit tools
	amts check
	exits 1
	says '1 error and 1 warning in 1 of 1 file'
	does_not_say .github
	git config --file .amts --add amts.include '.github/'
	git config --file .amts --add amts.include '*.md'
	commit configure
	amts check
	says ' of 2 files'
	says '.github/start.md:3: '
}
