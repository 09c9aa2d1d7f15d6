#!/usr/bin/env bats
# git amts-sync score: BLEU, chrF, TER of files of one segment a line.

load helper

# files: a hypothesis and a reference of three lines.
files() {
	printf '%s\n' 'The cat is on the mat.' 'There is a dog.' 'It was raining.' >hyp
	printf '%s\n' 'The cat sat on the mat.' 'There is a dog.' 'It rained.' >ref
}

@test "BLEU by default, as sacreBLEU prints it" {
	files
	amts score hyp ref
	exits 0
	is_quiet
	prints 'BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 57.21 81.2/61.5/50.0/42.9 (BP = 1.000 ratio = 1.067 hyp_len = 16 ref_len = 15)'
}

@test "a text against itself" {
	files
	amts score --metric bleu,chrf,chrf++,ter ref ref
	exits 0
	says '|version:2.6.0 = 100.00 100.0/100.0/100.0/100.0'
	says 'chrF2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0 = 100.00'
	says 'chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0 = 100.00'
	says 'TER|nrefs:1|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0 = 0.00'
}

@test "JSON has every digit, counts and the signature" {
	files
	amts score --json --metric bleu,ter hyp ref
	exits 0
	json '$j->{version} == 1'
	json 'abs($j->{bleu}{score} - 100 * (3 / 28) ** 0.25) < 1e-9 && $j->{bleu}{bp} == 1'
	json '"@{$j->{bleu}{counts}} @{$j->{bleu}{totals}}" eq "13 8 5 3 16 13 10 7"'
	json '$j->{bleu}{signature} eq "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0"'
	json '$j->{ter}{edits} == 3 && $j->{ter}{ref_len} == 12 && $j->{ter}{score} == 25'
	json '!exists $j->{chrf}'
}

@test "Chinese wants its tokenizer" {
	printf '我们学习深度学习。\n' >hyp
	printf '我们在学习深度学习。\n' >ref
	amts score --json --tokenize zh hyp ref
	json '$j->{bleu}{score} > 60 && $j->{bleu}{signature} =~ /tok:zh/'
	amts score --json hyp ref
	json '$j->{bleu}{score} == 0'
}

@test "several references" {
	printf 'a b c d\n' >hyp
	printf 'a b x d\n' >ref1
	printf 'y b c d\n' >ref2
	amts score --json hyp ref1 ref2
	json '"@{$j->{bleu}{counts}}" eq "4 3 1 0" && $j->{bleu}{signature} =~ /^nrefs:2\|/'
}

@test "a score for every line" {
	files
	amts score --metric chrf,ter --sentence-level hyp ref
	exits 0
	[ "$(printf '%s\n' "$stdout" | wc -l)" -eq 3 ]
	[ "$(printf '%s\n' "$stdout" | sed -n 2p)" = "$(printf '100.00\t0.00')" ]
	amts score --json --sentence-level hyp ref
	json '@{$j->{bleu}{segments}} == 3 && abs($j->{bleu}{segments}[1] - 100) < 1e-9'
}

@test "settings change the number and the signature" {
	files
	amts score --json --lowercase --smooth-method floor --smooth-value 0.5 --effective-order hyp ref
	json '$j->{bleu}{signature} eq "nrefs:1|case:lc|eff:yes|tok:13a|smooth:floor[0.50]|version:2.6.0"'
	amts score --short --metric ter --ter-normalized --ter-case-sensitive hyp ref
	says 'TER|#:1|c:mixed|t:tercom|nr:yes|pn:yes|as:no|v:2.6.0 = '
	amts score --fraction ref ref
	says ' = 1.0000 100.0/'
	amts score --json --fraction ref ref
	json 'abs($j->{bleu}{score} - 1) < 1e-9'
}

@test "two systems are compared" {
	for i in 1 2 3 4 5 6 7 8 9 10; do
		echo "word$i and some more words $i" >>ref
		echo "word$i and some more words $i" >>good
		echo "word$i or no more words $i" >>bad
	done
	amts score --vs bad good ref
	exits 0
	says "less that of 'bad': +"
	says 'better in 100.0 % of resamples, p = 0.0010 (paired bootstrap)'
	amts score --json --vs good --trials 200 --seed 5 good ref
	json '$j->{bleu}{vs}{difference} == 0 && $j->{bleu}{vs}{p_bootstrap} == 1'
	json '$j->{bleu}{vs}{p_randomisation} == 1'
	amts score --json --vs bad --seed 5 good ref
	first=$stdout
	amts score --json --vs bad --seed 5 good ref
	prints "$first"
}

@test "standard input, and lines of any bytes" {
	files
	run_apart sh -c 'git-amts-sync score --json --metric ter - ref <ref'
	json '$j->{ter}{score} == 0'
	printf 'a \377\300 b\n\n' >odd
	amts score --metric bleu,chrf++,ter --tokenize intl odd odd
	exits 0
}

@test "files that do not fit are refused" {
	files
	printf 'one line\n' >short
	amts score hyp short
	exits 128
	complains "fatal: 'hyp': hypothesis of 3 lines, reference 1 of 1"
	amts score --vs short hyp ref
	exits 128
	complains "'short': hypothesis of 1 lines, reference 1 of 3"
	amts score hyp missing
	exits 128
	complains "cannot open 'missing'"
}

@test "usage errors" {
	files
	amts score hyp
	exits 129
	amts score --metric bleu,rouge hyp ref
	exits 129
	complains "metric 'rouge' is none of bleu, chrf, chrf++, ter"
	amts score --smooth-value nan hyp ref
	exits 129
	complains "wants a number above 0, not 'nan'"
	amts score --tokenize ja hyp ref
	exits 129
}
