#!/usr/bin/env bats
# git amts-sync parse: the blocks of one file.

load helper

# kinds FILE: the kinds of its blocks, in order.
kinds() {
	git-amts-sync parse --json "$1" |
		perl -MJSON::PP -e 'local $/; print join " ", map { $_->{kind} } @{decode_json(<>)->{blocks}}'
}

@test "each block has its kind, line and bytes" {
	printf '# Title\n\nSome\ntext.\n\n```\ncode\n```\n' >f.md
	amts parse --json f.md
	exits 0
	is_quiet
	json '$j->{version} == 1 && @{$j->{blocks}} == 3'
	json '$j->{blocks}[0]{kind} eq "heading" && $j->{blocks}[0]{level} == 1'
	json '$j->{blocks}[1]{kind} eq "paragraph" && $j->{blocks}[1]{line} == 3'
	json '$j->{blocks}[1]{beg} == 9 && $j->{blocks}[1]{end} == 20 && !$j->{blocks}[1]{opaque}'
	json '$j->{blocks}[1]{text_beg} == 9 && $j->{blocks}[1]{text_end} >= 19'
	json '$j->{blocks}[2]{kind} eq "code" && $j->{blocks}[2]{opaque}'
}

@test "offsets are bytes, not characters" {
	printf '中文\n\n第二段\n' >f.md
	amts parse --json f.md
	json '$j->{blocks}[1]{beg} == 8 && $j->{blocks}[1]{end} == 18'
}

@test "the human form is a line a block" {
	printf '# Title\n\n- one\n- two\n' >f.md
	amts parse f.md
	exits 0
	prints '     1  heading 1 Title
     3    list-item one
     4    list-item two'
}

@test "dialects are found, not configured" {
	printf -- '---\ntitle: x\n---\n\n# A\n:label:`a`\n\n$$x$$\n' >d2l.md
	amts parse --json d2l.md
	json 'grep { $_ eq "d2l" } @{$j->{dialects}}'
	json 'grep { $_ eq "front-matter" } @{$j->{dialects}}'
	printf '::: tip\ntext\n:::\n' >vue.md
	amts parse --json vue.md
	json 'grep { $_ eq "containers" } @{$j->{dialects}}'
	printf 'just text\n' >plain.md
	amts parse --json plain.md
	json '@{$j->{dialects}} == 0'
}

@test "any bytes are a document" {
	printf 'fine\n\n\377\376 broken\n\n\0nul\n' >bytes.md
	amts parse --json bytes.md
	exits 0
	json '@{$j->{blocks}} == 3 && $j->{blocks}[1]{opaque} && $j->{blocks}[2]{opaque}'
	: >empty.md
	amts parse --json empty.md
	exits 0
	json '@{$j->{blocks}} == 0'
	printf 'no end of line' >short.md
	[ "$(kinds short.md)" = paragraph ]
}
