#!/usr/bin/env bats
# git amts-sync align: beads of a text and its translation.

load helper

setup_texts() {
	printf '%s\n' 'Version 2.1 is out.' 'It needs 512 MB.' '' 'See https://example.org/a now.' >s.txt
	printf '%s\n' 'Wersja 2.1 wyszła, potrzebuje 512 MB.' '' 'Zobacz https://example.org/a teraz.' >t.txt
	printf '# Guide\n\nRun `make` 3 times. Then wait.\n' >s.md
	printf '# Poradnik\n\nUruchom `make` 3 razy. Potem czekaj.\n' >t.md
}

@test "plain text gives a bead a line, by line numbers" {
	setup_texts
	amts align --plain --tgt-lang pl s.txt t.txt
	exits 0
	is_quiet
	[ "$(printf '%s\n' "$stdout" | cut -d: -f1,2)" = '[0, 1]:[0]
[2]:[1]' ]
}

@test "markdown gives JSON with byte offsets" {
	setup_texts
	amts align --json --tgt-lang pl s.md t.md
	exits 0
	json '$j->{version} == 1 && $j->{unit} eq "sentence" && @{$j->{beads}} == 3'
	json '$j->{beads}[1]{src}[0]{beg} == 9 && $j->{beads}[1]{src}[0]{end} == 28'
	json '$j->{beads}[2]{tgt}[0]{beg} > 12 && $j->{beads}[2]{score} > 0'
	amts align --json --unit block --tgt-lang pl s.md t.md
	json '$j->{unit} eq "block" && @{$j->{beads}} == 2'
	json '$j->{beads}[0]{src}[0]{end} == 8'
}

@test "people see both texts" {
	setup_texts
	amts align --tgt-lang pl s.md t.md
	exits 0
	says 'Then wait.'
	says 'Potem czekaj.'
}

@test "a batch writes one file a line of its list" {
	setup_texts
	printf 's.txt\tt.txt\tout.txt\ns.md\tt.md\tout.json\n' >list
	amts align --tgt-lang pl --batch list
	exits 0
	is_quiet
	grep -q '^\[2\]:\[1\]:' out.txt
	grep -q '"version"' out.json
	cp out.txt first
	amts align --tgt-lang pl --threads 1 --batch list
	cmp out.txt first
}

@test "a language is a tag, and two letters one that there is" {
	setup_texts
	for tag in xx Polish_PL 1x '' p pl- pl-PL-toolongsubtag 'p l'; do
		amts align --tgt-lang "$tag" s.txt t.txt
		exits 129
		complains "not a language: '$tag'"
	done
	amts align --src-lang qq --tgt-lang pl s.txt t.txt
	exits 129
	for tag in pl PL pl-PL zh-Hant-TW fil sr-Latn; do
		amts align --plain --tgt-lang "$tag" s.txt t.txt
		exits 0
	done
}

@test "a batch does not overwrite what it reads, or itself" {
	setup_texts
	cp t.txt before
	ln t.txt other
	for out in t.txt ./t.txt other list s.txt; do
		printf 's.txt\tt.txt\t%s\n' "$out" >list
		amts align --tgt-lang pl --batch list
		exits 128
		complains "output '$out' is"
		cmp t.txt before
	done
	printf 's.txt\tt.txt\tnew\ns.md\tt.md\tnew\n' >list
	amts align --tgt-lang pl --batch list
	exits 128
	complains "output 'new' twice"
	[ ! -e new ]
}

@test "bytes that are not UTF-8 are told" {
	setup_texts
	printf 'caf\351\n' >>t.txt
	amts align --plain --tgt-lang pl s.txt t.txt
	exits 0
	complains 'warning: t.txt: not UTF-8 at byte'
}

@test "what is wrong is said" {
	setup_texts
	amts align s.txt t.txt
	exits 129
	amts align --tgt-lang pl s.txt
	exits 129
	amts align --tgt-lang pl missing.txt t.txt
	exits 128
	complains "cannot open 'missing.txt'"
	printf 's.txt t.txt\n' >list
	amts align --tgt-lang pl --batch list
	exits 128
	complains 'list:1: '
}
