#!/usr/bin/env bats
# git amts-sync sync --split: several review branches where one would be too big to read.

load helper
load review

# page N VERSION: a source of some sixty lines that change with each version.
page() {
	local i
	printf '# Page %s\n\nRead page %s with care.\n\n```sh\n' "$1" "$1"
	for i in $(seq 30); do echo "run --$2 $i"; done
	printf '```\n'
}

translation() {
	page "$1" "$2" | sed "s,^Read page.*,Lies Seite $1 gut.,"
}

pages='a/one a/two b/one b/two c/one c/two'

# Six pages in three folders, the translation pushed to hub.git; we are in the translation.
project() {
	local p
	mkdir -p en/a en/b en/c de/a de/b de/c
	for p in $pages; do
		page $p v0 >en/$p.md
		translation $p v0 >de/$p.md
		[ "$1" = record ] || cp en/$p.md de/${p}_origin.md
	done
	configure
	publish
}

source_says() { # VERSION PAGE...
	local version=$1 p
	shift
	for p in "$@"; do page $p "$version" >../en/$p.md; done
	(cd ../en && commit "$version")
}

branches() {
	git -C ../hub.git for-each-ref --format='%(refname:short)' refs/heads/amts | tr '\n' ' '
}

# on BRANCH: the pages that it changes
on() {
	git -C ../hub.git diff --name-only "main...$1" -- '*e.md' '*o.md' | tr '\n' ' '
}

same_again() {
	local before
	before=$(git for-each-ref)
	amts sync --split=150 --push
	exits 0
	[ "$before" = "$(git for-each-ref)" ]
	amts sync --push
	exits 0
	[ "$before" = "$(git for-each-ref)" ]
}

@test "little to read is one branch" {
	project
	source_says v1 a/one b/one
	amts sync --split --push
	exits 0
	[ "$(branches)" = 'amts/de ' ]
	same_again
}

@test "much to read is a branch a folder, each page on one of them" {
	for layout in snapshot record; do
		mkdir $layout && cd $layout
		project $layout
		source_says v1 $pages
		amts sync --split=150 --push
		exits 0
		says 'pushed amts/de.a'
		[ "$(branches)" = 'amts/de.a amts/de.b amts/de.c ' ]
		[ "$(on amts/de.b)" = 'b/one.md b/two.md ' ]
		amts status --exit-code
		exits 0
		says '2 of them on amts/de.b, waiting for review'
		same_again
		cd ../..
	done
}

@test "small neighbours share a branch, a big folder is cut" {
	project
	source_says v1 $pages
	amts sync --split=250 -n
	exits 0
	says 'would be brought up to date on amts/de.a'
	does_not_say 'up to date on amts/de.b'
	says 'up to date on amts/de.c'
	amts sync --split=100 -n
	says 'up to date on amts/de.a-2'
	amts sync --split=directory --push
	[ "$(branches)" = 'amts/de.a amts/de.b amts/de.c ' ]
	amts sync --split=no
	exits 129
	complains "--split: neither a number of lines nor 'directory': 'no'"
}

@test "a branch rolls: people's commits stay, and new changes of its pages come to it" {
	project
	source_says v1 $pages
	amts sync --split=150 --push
	git clone -q ../hub.git ../reviewer -b amts/de.b
	(cd ../reviewer && sed -i.x 's/gut/sorgsam/' b/one.md && rm b/one.md.x &&
		commit 'carefully' && git push -q origin amts/de.b)
	human=$(git -C ../reviewer rev-parse HEAD)
	source_says v2 b/one b/two
	amts sync --split=150 --push
	exits 0
	[ "$(branches)" = 'amts/de.a amts/de.b amts/de.c ' ]
	git -C ../hub.git merge-base --is-ancestor "$human" amts/de.b
	git -C ../hub.git show amts/de.b:b/one.md | grep -q sorgsam
	git -C ../hub.git show amts/de.b:b/one.md | grep -q 'run --v2'
	[ "$(on amts/de.a)" = 'a/one.md a/two.md ' ]
	same_again
}

@test "merged branches are known, and the others go on" {
	for layout in snapshot record; do
		mkdir $layout && cd $layout
		project $layout
		source_says v1 $pages
		amts sync --split=150 --push
		git merge -q --no-edit amts/de.a && git push -q origin main
		amts sync --split=150 --push
		git merge -q --squash amts/de.b && git commit -qm squashed
		git push -q origin main
		source_says v2 a/one c/one
		amts sync --split=150 --push
		exits 0
		[ "$(on amts/de.c)" = 'c/one.md c/two.md ' ]
		git merge -q --no-edit amts/de.c && git push -q origin main
		[ "$(git ls-remote -q ../hub.git | grep -c 'amts/de\.')" -eq 3 ]
		[ "$(on amts/de.a)" = 'a/one.md ' ]
		amts sync --split=150 --push
		git merge -q --no-edit amts/de.a && git push -q origin main
		amts status --exit-code
		exits 0
		does_not_say 'waiting for review'
		[ "$(git grep -l 'run --v2' main -- 'a/one.md' 'c/one.md' | wc -l)" -eq 2 ]
		cd ../..
	done
}

@test "a branch for all and split ones live together, whatever is asked for" {
	project
	source_says v1 a/one
	amts sync --push
	source_says v2 $pages
	amts sync --split=150 --push
	exits 0
	[ "$(on amts/de)" = 'a/one.md a/two.md ' ]
	[ "$(branches)" = 'amts/de amts/de.b amts/de.c ' ]
	source_says v3 a/one b/one c/two
	amts sync --push
	exits 0
	git -C ../hub.git show amts/de.c:c/two.md | grep -q 'run --v3'
	git -C ../hub.git show amts/de.b:b/one.md | grep -q 'run --v3'
	[ "$(on amts/de)" = 'a/one.md a/two.md ' ]
	same_again
}

@test "the record of one branch is not that of another" {
	project record
	source_says v1 $pages
	amts sync --split=150 --push
	[ "$(git diff main...amts/de.b -- .amts-record | grep -c '^+[abc]/')" -eq 2 ]
	git diff main...amts/de.b -- .amts-record | grep '^+b/one'
	git merge -q --no-edit amts/de.a && git push -q origin main
	amts sync --split=150 --push
	exits 0
	git merge -q --no-edit amts/de.b && git push -q origin main
	amts sync --split=150 --push
	exits 0
	git merge -q --no-edit amts/de.c
	amts status --exit-code
	exits 0
}

@test "one pull request a branch, each with its own pages" {
	project
	forge
	source_says v1 $pages
	amts sync --split=150 --pull-request
	exits 0
	amts sync --split=150 --pull-request
	exits 0
	git merge -q --no-edit amts/de.a && git push -q origin main
	source_says v2 b/one
	amts sync --split=150 --pull-request
	exits 0
	[ "$(pulls)" = 'amts/de.a amts/de.b amts/de.c' ]
	state '3 == grep { $_->{title} =~ /^Sync de with en [0-9a-f]{7}: [abc] \(2 pages\)$/ } @{$j->{github}{pulls}}'
	state '1 == grep { $_->{body} =~ m{<details>.*b/one\.md} } @{$j->{github}{pulls}}'
}

@test "the name of a branch ends with a whole character" {
	local folder
	folder=xy$(printf '章%.0s' $(seq 50))
	mkdir -p "en/$folder" "de/$folder"
	page one v0 >"en/$folder/one.md"
	translation one v0 >"de/$folder/one.md"
	cp "en/$folder/one.md" "de/$folder/one_origin.md"
	configure
	publish
	page one v1 >"../en/$folder/one.md"
	(cd ../en && commit change)
	amts sync --split=directory
	exits 0
	git for-each-ref --format='%(refname)' refs/heads/amts >refs
	[ "$(wc -l <refs)" -eq 1 ]
	perl -ne 'utf8::decode($_) or exit 1' refs
}

@test "folders that differ by case have branches that differ by more" {
	local p
	pages='Guide/one guide/one GUIDE/two c/one'
	mkdir -p en/Guide
	[ ! -d en/guide ] || skip 'a file system that does not tell letters by case'
	for p in $pages; do
		mkdir -p "en/${p%/*}" "de/${p%/*}"
		page $p v0 >en/$p.md
		translation $p v0 >de/$p.md
		cp en/$p.md de/${p}_origin.md
	done
	configure
	publish
	source_says v1 $pages
	amts sync --split=directory --push
	exits 0
	[ "$(branches)" = 'amts/de.GUIDE amts/de.Guide-2 amts/de.c amts/de.guide-3 ' ]
	[ "$(on amts/de.Guide-2)" = 'Guide/one.md ' ]
	[ "$(on amts/de.guide-3)" = 'guide/one.md ' ]
	same_again
}
