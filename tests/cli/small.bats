#!/usr/bin/env bats
# Small edits of the source: told apart from what wants translating, and how strict to be.

load helper

project() { # project SED-COMMAND: the source changes after it was translated
	mkdir en zh
	file en/guide.md <<-'END'
		# Guide

		First we press the red button. Then we wait for the experimant.

		Read the manual for the rest of it.
	END
	file zh/guide.md <<-'END'
		# 指南

		首先我们按下红色按钮。然后我们等待实验。

		其余内容请阅读手册。
	END
	cp en/guide.md zh/guide_origin.md
	(cd en && commit write)
	(cd zh && commit translate)
	cd zh
	git-amts-sync init --source ../en --lang zh --yes >/dev/null
	commit configure
	sed "$1" ../en/guide.md >../en/guide.new
	mv ../en/guide.new ../en/guide.md
	(cd ../en && commit revise)
}

@test "a page with small edits only is not stale" {
	project 's/First we/First, we/; s/Read the/Read a/'
	amts status --exit-code
	exits 0
	says '1 with small edits only'
	says 'Small edits of the source, nothing to translate:'
	says 'guide.md  (2 blocks)'
	does_not_say 'stale'
	amts status --porcelain
	says 's. zh 2 0 guide.md'
	amts status --json
	json '$j->{targets}[0]{counts}{small} == 1'
	json '$j->{targets}[0]{files}[0]{changed} == 2 && $j->{targets}[0]{files}[0]{small} == 2'
}

@test "beside other changes small edits are counted apart" {
	project 's/First we/First, we/; s/Read the manual/Ask your neighbour/'
	amts status --exit-code
	exits 1
	says '1 stale'
	says 'guide.md  (2 blocks)  (1 by small edits)'
}

@test "diff says why such a translation is kept" {
	project 's/button/buttons/'
	amts diff
	says 'keep paragraph: small edit of the source (typo): nothing to translate'
	says 'red [-button-]{+buttons+}.'
}

@test "another word is no small edit, though one letter differs" {
	project 's/experimant/experiment/'
	amts status --exit-code
	exits 1
	amts diff
	says 'pending paragraph'
}

@test "target.<lang>.strictness leaves them to people" {
	project 's/First we/First, we/'
	git config -f .amts target.zh.strictness punctuation
	amts status --exit-code
	exits 1
	says '1 stale'
	amts diff
	says 'pending paragraph'
	git config -f .amts target.zh.strictness typo,case
	amts status --exit-code
	exits 0
	git config -f .amts target.zh.strictness comma
	amts status
	exits 128
	complains "no kind of small edit: 'comma'"
}
