#!/usr/bin/env bats
# git amts-sync merge-driver, called by `git merge` in a repository that shares history with
# its source.

load helper

DRIVER='git amts-sync merge-driver --marker-size=%L -L %X -L %S -L %Y %O %A %B %P'

# A source, and a fork of it with one page translated and another as it was.
fork() {
	mkdir source
	cd source || return 1
	file guide.md <<-'END'
		# Install

		Run the program. It prints a line.

		```sh
		run --fast
		```

		See [the manual](https://example.com/v1) for more.
	END
	file other.md <<-'END'
		# Other

		Nobody has translated this page so far.

		It has a second paragraph all the same.
	END
	commit source
	cd ..
	git clone -q source fork
	cd fork || return 1
	file guide.md <<-'END'
		# 安装

		运行程序。它打印一行。

		```sh
		run --fast
		```

		更多内容见[手册](https://example.com/v1)。
	END
	file .amts <<-'END'
		[amts]
			source = ../source
		[target "zh"]
			path = {path}
	END
	echo '*.md merge=amts' >.gitattributes
	git config merge.amts.driver "$DRIVER"
	git config merge.amts.recursive text
	commit translated
}

in_source() { # in_source SED-COMMAND [FILE]
	sed -i "$1" "../source/${2:-guide.md}"
	(cd ../source && commit "$1")
}

merge() {
	git fetch -q origin
	run_apart git merge -q -m merge origin/main
}

@test "what needs no translation merges without a conflict" {
	fork
	in_source 's/--fast/--safe/; s/v1/v2/'
	merge
	exits 0
	grep -q 'run --safe' guide.md
	grep -qF '[手册](https://example.com/v2)' guide.md
	! grep -q '^[<>|=]' guide.md
}

@test "new words are a conflict at their place, and nowhere else" {
	fork
	in_source 's/It prints a line\./It prints nothing at all now./; s/--fast/--safe/'
	merge
	exits 1
	has guide.md "# 安装

<<<<<<< ours
运行程序。它打印一行。
||||||| base
Run the program. It prints a line.
=======
Run the program. It prints nothing at all now.
>>>>>>> theirs

\`\`\`sh
run --safe
\`\`\`

更多内容见[手册](https://example.com/v1)。"
	[ "$(git diff --name-only --diff-filter=U)" = guide.md ]
}

@test "a page nobody translated merges as git would" {
	fork
	sed -i 's/second/last/' other.md
	commit 'small change here'
	in_source 's/so far/yet/' other.md
	merge
	exits 0
	has other.md '# Other

Nobody has translated this page yet.

It has a last paragraph all the same.'
}

@test "branches of the translation merge as git would" {
	fork
	git checkout -q -b style
	sed -i 's/安装/安装程序/' guide.md
	commit style
	git checkout -q main
	sed -i 's/更多内容/其他内容/' guide.md
	commit more
	run_apart git merge -q -m merge style
	exits 0
	grep -q '^# 安装程序' guide.md
	grep -q '^其他内容' guide.md
}

@test "rebasing the translation onto the source" {
	fork
	in_source 's/--fast/--safe/'
	git fetch -q origin
	run_apart git rebase -q origin/main
	exits 0
	grep -q '^# 安装' guide.md
	grep -q 'run --safe' guide.md
}

@test "an excluded page, and one in a repository without .amts, merge line by line" {
	fork
	printf '[amts]\n\texclude = guide.md\n' >>.amts
	commit exclude
	in_source 's/--fast/--safe/; s/v1/v2/'
	merge
	exits 1
	grep -q '^<<<<<<<' guide.md
	git merge --abort
	git rm -q .amts
	commit 'no configuration'
	merge
	exits 1
	complains "'guide.md' is merged line by line"
}

@test "marker size and labels" {
	printf 'Run the program. It prints a line.\n' >base.md
	printf 'Run the program. It prints nothing at all now.\n' >theirs.md
	printf '运行程序。它打印一行。\n' >ours.md
	amts merge-driver --tgt-lang zh --marker-size 9 -L HEAD -L old -L upstream/main \
		base.md ours.md theirs.md
	exits 1
	has ours.md '<<<<<<<<< HEAD
运行程序。它打印一行。
||||||||| old
Run the program. It prints a line.
=========
Run the program. It prints nothing at all now.
>>>>>>>>> upstream/main'
}

@test "usage errors" {
	amts merge-driver a b
	exits 129
	amts merge-driver no-such-file a b
	exits 128
	complains "fatal: cannot open 'no-such-file'"
}

# ---- real merges, when the data is there ----

# A conflict's lines are left out of both sides when they are compared.
markers_are_where_the_planner_says() { # FILE: what git would have touched otherwise
	perl -ne '$d++ if /^<{7}/; $bad = 1 if $d > 1; $d-- if /^>{7}/; END { exit $bad || $d }' "$1"
}

# merge_of COMMIT: that merge made again, from its first parent
merge_of() {
	git merge --abort 2>/dev/null || true
	git reset -q --hard
	git checkout -q --detach "$1^1"
	printf '[target "zh"]\n\tpath = {path}\n' >.amts
	run_apart git merge --no-commit --no-ff "$1^2"
}

markers() {
	git grep -h '^<<<<<<< ' -- '*.md' | wc -l
}

@test "vue-zh: merges of the source leave well-formed conflicts, fewer than git alone" {
	data=${AMTS_DATA:-$BATS_TEST_DIRNAME/../../../shared/data}
	[ -f "$data/repos/vue-zh.bundle" ] || skip 'no data'
	git clone -q -n "$data/repos/vue-zh.bundle" zh
	cd zh || return 1
	git config merge.amts.driver "$DRIVER"
	for c in 04dcacbd 64858d39 9c97c388; do
		git cat-file -e "$c^{commit}" || continue
		: >.git/info/attributes
		merge_of "$c"
		alone=$(markers)
		echo '*.md merge=amts' >.git/info/attributes
		merge_of "$c"
		exits 1
		for f in $(git diff --name-only --diff-filter=U); do
			[ ! -f "$f" ] || markers_are_where_the_planner_says "$f"
		done
		[ "$(markers)" -ge 5 ]
		[ "$(markers)" -lt "$alone" ]
	done
}
