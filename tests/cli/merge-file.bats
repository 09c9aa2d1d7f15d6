#!/usr/bin/env bats
# git amts-sync merge-file: one document from base to head.

load helper

# Three files that agree; tests change them.
documents() {
	file base.md <<-'END'
		# Install

		Run the program. It prints a line.

		```sh
		run --fast
		```

		See [the manual](https://example.com/v1) for more.
	END
	cp base.md head.md
	file target.md <<-'END'
		# 安装

		运行程序。它打印一行。

		```sh
		run --fast
		```

		更多内容见[手册](https://example.com/v1)。
	END
	cp target.md before.md
}

merge() {
	amts merge-file --tgt-lang zh "$@" base.md head.md target.md
}

in_head() { # in_head SED-COMMAND: the source changes
	sed "$1" base.md >head.md
}

@test "nothing changed: nothing changes" {
	documents
	merge -p
	exits 0
	is_quiet
	prints "$(cat before.md)"
}

@test "changed code and links follow the source without translation" {
	documents
	in_head 's/--fast/--safe/; s/v1/v2/'
	merge -p
	exits 0
	prints "$(sed 's/--fast/--safe/; s/v1/v2/' before.md)"
	cmp target.md before.md
}

@test "the result takes the place of TARGET, which keeps its mode" {
	documents
	in_head 's/--fast/--safe/'
	chmod 640 target.md
	merge
	exits 0
	prints ''
	has target.md "$(sed 's/--fast/--safe/' before.md)"
	[ "$(find target.md -perm 640)" = target.md ]
	[ -z "$(find . -name 'target.md.*')" ]
}

@test "a symbolic link stays one, and what it names is written" {
	documents
	in_head 's/--fast/--safe/'
	mkdir real
	mv target.md real/page.md
	ln -s real/page.md target.md
	merge
	exits 0
	[ -L target.md ]
	grep -q -- --safe real/page.md
}

@test "new text that nobody can translate is pending: exit 1, and where" {
	documents
	in_head 's/It prints a line\./It prints nothing at all now./'
	merge -p
	exits 1
	complains 'target.md:3: pending: paragraph: '
	prints "$(cat before.md)"
}

@test "a second run on its own result changes nothing" {
	documents
	in_head 's/--fast/--safe/; s/v1/v2/'
	merge
	cp target.md once.md
	merge
	exits 0
	cmp target.md once.md
}

@test "the report names each place, and counts" {
	documents
	in_head 's/--fast/--safe/; s/It prints a line\./It prints nothing at all now./'
	merge -p --report report.json
	exits 1
	cp report.json "$BATS_TEST_TMPDIR/stdout"
	json '$j->{version} == 1 && @{$j->{units}} == 2'
	json '$j->{units}[0]{action} eq "pending" && $j->{units}[0]{kind} eq "paragraph"'
	json '$j->{units}[0]{src_line} == 3 && $j->{units}[0]{tgt_line} == 3'
	json '$j->{units}[0]{lines} == 1 && $j->{units}[0]{reason} ne ""'
	json '$j->{units}[1]{action} eq "copy" && $j->{units}[1]{src_line} == 5'
	json '$j->{counts}{copy} == 1 && $j->{counts}{pending} == 1 && $j->{counts}{keep} == 0'
}

@test "what is new is told with the line it comes after, or with those it replaces" {
	documents
	file head.md <<-'END'
		Mind the gap.

		# Install

		Run the program. It prints a line.

		Nobody has to press any key.

		See [the manual](https://example.com/v1) for more.

		Good luck.
	END
	merge -p --report report.json
	cp report.json "$BATS_TEST_TMPDIR/stdout"
	json 'join(" ", map { "$_->{src_line}:$_->{tgt_line}" }
		grep { $_->{action} eq "insert" && !$_->{lines} } @{$j->{units}}) eq "1:1 7:5 11:9"'
}

@test "the report tells what changed on either side, by word or by line" {
	documents
	in_head 's/--fast/--safe/; s/v1/v2/; s/See/see/'
	merge -p --report report.json
	cp report.json "$BATS_TEST_TMPDIR/stdout"
	json '$j->{units}[0]{src_change} eq "-run --fast\n+run --safe\n"'
	json '$j->{units}[0]{tgt_change} eq "-run --fast\n+run --safe\n"'
	json '$j->{units}[1]{src_change} =~ m{^\[-See-\]\{\+see\+\} \[the manual\]}'
	json '$j->{units}[1]{tgt_change} =~ m{\[-v1-\]\{\+v2\+\}} && !$j->{units}[1]{small}'
}

@test "the report tells where in the result, how sure, and what stays with its reason" {
	documents
	in_head '1i An introduction.\n' && sed -i 's/--fast/--safe/; s/Run the/Run a/' head.md
	merge -p --report report.json
	exits 1
	cp report.json "$BATS_TEST_TMPDIR/stdout"
	json 'join(" ", map { $_->{action} } @{$j->{units}}) eq "insert keep copy"'
	json '$j->{units}[0]{pending} && $j->{units}[0]{src_line} == 1 && $j->{units}[0]{tgt_line} == 1'
	json '$j->{units}[0]{out_line} == 1 && $j->{units}[0]{lines} == 0'
	json '$j->{units}[0]{tgt_change} eq "{+An introduction.+}"'
	json '!$j->{units}[1]{pending} && $j->{units}[1]{tgt_line} == 3 && $j->{units}[1]{out_line} == 5'
	json '$j->{units}[1]{tgt_change} eq "" && $j->{units}[1]{src_change} =~ /\[-the-\]\{\+a\+\}/'
	json '$j->{units}[2]{kind} eq "code" && $j->{units}[2]{out_line} == 7'
	json '!grep { $_->{score} < 0 || $_->{score} > 1 || !$_->{reason} } @{$j->{units}}'
	json '$j->{counts}{insert} == 1 && $j->{counts}{keep} == 1 && $j->{counts}{copy} == 1'
	json 'join(" ", sort keys %{$j->{counts}}) eq "copy delete draft insert keep merge move pending tokens"'
}

@test "the report names what the memory has nearly" {
	documents
	printf 'en\tzh\nPress the green button twice.\t按两次绿色按钮。\n' >pairs.tsv
	git-amts-sync memory import --memory m.db pairs.tsv 2>/dev/null
	in_head 's/It prints a line\./Press the green button thrice./'
	merge -p --memory m.db --report report.json
	exits 1
	grep -qF '"similar":"80 % like \"Press the green button [-twice-]{+thrice+}.\": \"按两次绿色按钮。\""' report.json
}

@test "small edits are kept, or wait for people where that is wanted" {
	documents
	in_head 's/Run the program\./Run a program./'
	merge -p --report report.json
	exits 0
	cp report.json "$BATS_TEST_TMPDIR/stdout"
	json '$j->{units}[0]{action} eq "keep" && $j->{units}[0]{small}'
	json '$j->{units}[0]{reason} =~ /article/'
	merge -p --strictness punctuation,typo
	exits 0
	merge -p --strictness article
	exits 1
	merge -p --strictness commas
	exits 129
	complains "no kind of small edit: 'commas'"
}

@test "without an engine the rest is done all the same" {
	documents
	in_head 's/--fast/--safe/'
	merge -p --engine none
	exits 0
	says 'run --safe'
}

@test "usage errors" {
	documents
	amts merge-file base.md head.md target.md
	exits 129
	complains "error: option 'tgt-lang' is required"
	merge --engine babel
	exits 129
	complains "error: option 'engine' wants memory|none, not 'babel'"
	amts merge-file --tgt-lang zh base.md head.md
	exits 129
	complains 'error: too few arguments'
	cmp target.md before.md
}

@test "what cannot be read or written is fatal, and TARGET stays" {
	documents
	in_head 's/--fast/--safe/'
	rm base.md
	merge
	exits 128
	complains "fatal: cannot open 'base.md'"
	documents
	in_head 's/--fast/--safe/'
	merge --memory nowhere.db
	exits 128
	complains "fatal: no translation memory at 'nowhere.db'"
	[ ! -e nowhere.db ]
	merge --report missing/report.json -p
	exits 128
	complains "fatal: cannot write 'missing/report.json'"
	cmp target.md before.md
}

@test "a full disk is fatal" {
	[ -w /dev/full ] || skip 'no /dev/full here'
	documents
	in_head 's/--fast/--safe/'
	merge -p --report /dev/full
	exits 128
	complains "fatal: cannot write '/dev/full': No space left on device"
}

@test "an empty document has nothing to merge, a binary one is refused" {
	: >base.md
	: >head.md
	: >target.md
	merge -p
	exits 0
	prints ''
	printf '\0\377text' >target.md
	cp target.md before.md
	merge
	exits 128
	complains "fatal: 'target.md' is binary, not text"
	cmp target.md before.md
	mv target.md head.md
	cp base.md target.md
	merge
	exits 128
	complains "fatal: 'head.md' is binary"
}

@test "a translation that is not UTF-8 is refused, with the line" {
	documents
	in_head '1i - new'
	printf 'latin \351\n' >>target.md
	cp target.md before.md
	merge
	exits 128
	complains "fatal: 'target.md' is not UTF-8 in line 10"
	cmp target.md before.md
}

@test "an empty source does not empty its translation" {
	documents
	: >head.md
	merge
	exits 1
	complains 'target.md:1: pending: heading: the source has nothing left'
	cmp target.md before.md
}

@test "an empty translation is not done: all of it waits" {
	documents
	: >target.md
	merge
	exits 1
	complains 'target.md:1: pending: heading: the translation is empty'
	[ ! -s target.md ]
	cp base.md head.md
	merge -p
	exits 1
	prints ''
}

@test "a file that is no database is no translation memory, and nobody says to delete it" {
	documents
	echo '# Mine' >o.md
	merge --memory o.md -p
	exits 128
	complains "fatal: 'o.md' is no translation memory"
	case $stderr in *delete*) false ;; esac
	has o.md '# Mine'
}

@test "a result larger than files may be is an error, and leaves nothing behind" {
	documents
	for i in $(seq 400); do printf 'a line that is as long as others: %s\n\n' $i; done >>target.md
	cp target.md before.md
	in_head 's/run --fast/run --slow/'
	ls >"$BATS_TEST_TMPDIR/before"
	run_apart bash -c 'ulimit -f 4; exec git-amts-sync merge-file --tgt-lang zh base.md head.md target.md'
	exits 128
	complains "fatal: cannot write 'target.md': File too large"
	cmp target.md before.md
	ls >"$BATS_TEST_TMPDIR/after"
	cmp "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}
