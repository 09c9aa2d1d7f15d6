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
	sed -i 's/^||||||| .*/||||||| base/' guide.md # git before 2.45 does not tell its name
	has guide.md "# 安装

<<<<<<< HEAD
运行程序。它打印一行。
||||||| base
Run the program. It prints a line.
=======
Run the program. It prints nothing at all now.
>>>>>>> origin/main

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

# pages SEED: page-NN.md, of lines from a small stock so that many are there several times;
# every third with CR LF, every fourth without a last line end
pages() {
	awk -v seed="$1" 'BEGIN {
		srand(7)
		for (p = 10; p < 70; p++) {
			n = 5 + int(rand() * 40)
			for (i = 0; i < n; i++)
				line[p, i] = "line " int(rand() * 12) (rand() < .3 ? "" : " of page " p "." i)
			size[p] = n
		}
		srand(seed)
		for (p = 10; p < 70; p++) {
			file = "page-" p ".md"
			eol = p % 3 ? "\n" : "\r\n"
			out = ""
			for (i = 0; i < size[p]; i++) {
				r = seed ? rand() : 1
				if (r < .08) continue
				if (r < .16) out = out "line " int(rand() * 4) " is new" eol
				if (r < .2) out = out (rand() < .5 ? "" : "}") eol
				out = out (r < .28 && r > .2 ? "line " int(rand() * 3) " is other" : line[p, i]) eol
			}
			if (p % 4 == 0) out = substr(out, 1, length(out) - length(eol))
			printf "%s", out >file
			close(file)
		}
	}'
}

# untranslated STYLE SEED SEED: pages that changed in a fork and in its source, merged by git alone
# and with the driver
untranslated() {
	mkdir source
	cd source || return 1
	pages 0
	printf 'text\0text\n' >binary.md
	: >empty.md
	commit base
	git branch fork
	pages "$2"
	printf 'text\0more\n' >binary.md
	echo theirs >empty.md
	commit theirs
	git checkout -q fork
	pages "$3"
	printf 'text\0less\n' >binary.md
	echo ours >empty.md
	[ -n "$no_configuration" ] || printf '[target "zh"]\n\tpath = {path}\n' >.amts
	commit ours
	git checkout -q main
	cd ..
	git clone -q -b fork source alone
	cp -R alone driven
	(cd alone && git config merge.conflictStyle "$1" && git merge -q origin/main) && return 1
	cd driven || return 1
	git config merge.conflictStyle "$1"
	git config merge.amts.driver "$DRIVER"
	echo '*.md merge=amts' >.git/info/attributes
	git merge -q origin/main && return 1
	cd ..
	sed -i 's/^||||||| .*/||||||| base/' alone/*.md driven/*.md
	(cd alone && git ls-files -s -- '*.md' | awk '$3 == 0') >alone.index
	(cd driven && git ls-files -s -- '*.md' | awk '$3 == 0') >driven.index
	cmp alone.index driven.index
	[ "$(grep -l '^<<<<<<< HEAD' alone/*.md | wc -l)" -gt 20 ]
	diff -r -x .git alone driven
}

@test "pages nobody translated are what git makes of them, to the byte: conflicts, CR LF, no last line end, binary" {
	untranslated merge 1 2
}

@test "... in diff3 style" {
	untranslated diff3 3 4
}

@test "... in zdiff3 style" {
	untranslated zdiff3 5 6
}

@test "... and without .amts" {
	no_configuration=1
	untranslated zdiff3 7 8
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

@test "rebasing the translation onto the source, which has no .gitattributes" {
	fork
	echo '*.md merge=amts' >.git/info/attributes
	in_source 's/--fast/--safe/; s/v1/v2/'
	git fetch -q origin
	run_apart git rebase -q origin/main
	exits 0
	grep -q '^# 安装' guide.md
	grep -q 'run --safe' guide.md
	grep -qF '[手册](https://example.com/v2)' guide.md
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

# resolved FILE: each conflict as merge-file leaves its place: the translation's side or, where that
# has nothing, the new text
resolved() {
	perl -ne '
		if (/^<{7} /) { die if $in; $in = 1; $ours = $theirs = "" }
		elsif ($in == 1 && /^\|{7} /) { $in = 2 }
		elsif ($in == 2 && /^={7}$/) { $in = 3 }
		elsif ($in == 3 && /^>{7} /) { print $ours || $theirs; $in = 0 }
		elsif (!$in) { print }
		elsif ($in == 1) { $ours .= $_ }
		elsif ($in == 3) { $theirs .= $_ }
		END { die if $in }' "$1"
}

# Conflicts stand where merge-file leaves something to people, and nothing else differs.
conflicts_are_pending() { # FILE COMMIT
	local base

	base=$(git merge-base "$2^1" "$2^2")
	git cat-file -e "$base:$1" && git cat-file -e "$2^1:$1" && git cat-file -e "$2^2:$1" || return 0
	git show "$base:$1" >../base.md
	git show "$2^2:$1" >../head.md
	git show "$2^1:$1" >../target.md
	run_apart git-amts-sync merge-file --tgt-lang zh -p --report ../report.json \
		../base.md ../head.md ../target.md
	exits 1
	resolved "$1" | cmp - "$BATS_TEST_TMPDIR/stdout"
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

@test "vue-zh: merges of the source leave conflicts in pending blocks only, fewer than git alone" {
	reference vue-zh zh -n
	cd zh || return 1
	git config merge.amts.driver "$DRIVER"
	pages=0
	for c in 04dcacbd 64858d39 9c97c388; do
		git cat-file -e "$c^{commit}" || continue
		: >.git/info/attributes
		merge_of "$c"
		alone=$(markers)
		echo '*.md merge=amts' >.git/info/attributes
		merge_of "$c"
		exits 1
		for f in $(git diff --name-only --diff-filter=U); do
			conflicts_are_pending "$f" "$c"
			pages=$((pages + 1))
		done
		[ "$(markers)" -ge 5 ]
		[ "$(markers)" -lt "$alone" ]
	done
	[ "$pages" -ge 10 ]
}
