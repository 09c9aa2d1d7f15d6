#!/usr/bin/env bats
# The main job on real repositories, where the reference data is present (AMTS_DATA).

load helper

data() {
	DATA=${AMTS_DATA:-$BATS_TEST_DIRNAME/../../../shared/data}
	[ -e "$DATA/repos/d2l-$1.bundle" ] || skip 'no reference data'
	git clone -q -b r0.17 "$DATA/repos/d2l-en.bundle" d2l-en
	git clone -q "$DATA/repos/d2l-$1.bundle" "d2l-$1"
	cd "d2l-$1"
	git-amts-sync init --source ../d2l-en --source-branch r0.17 --yes >../init
}

# Each snapshot but so many is the source at head.
is_complete() {
	git ls-tree -r --format='%(objectname) %(path)' "amts/$1" >../tree 2>/dev/null ||
		git ls-tree -r "amts/$1" | sed 's/^[^ ]* blob \([^	]*\)	/\1 /' >../tree
	grep '_origin\.md$' ../tree | while read -r id path; do
		page=${path%_origin.md}.md
		[ "$id" = "$(git -C ../d2l-en rev-parse -q --verify "HEAD:$page" || echo "$id")" ] ||
			echo "$path"
	done >../stale
	[ "$(wc -l <../stale)" -eq "$2" ] || { cat ../stale; false; }
}

main_job() {
	data "$1"
	before=$(git rev-parse HEAD; git status --porcelain)
	amts sync -q
	exits 0
	[ "$before" = "$(git rev-parse HEAD; git status --porcelain)" ]
	amts sync
	says 'to do, up to date with d2l-en'
	[ "$2" -eq 0 ] || says "zh: $2 files left alone: made from a newer source than"
	is_complete "$1" "$2"
	amts status --porcelain
	does_not_say 'S. '
	git fsck --strict "amts/$1"
}

@test "d2l-zh comes to r0.17" {
	main_job zh 16
}

@test "d2l-tr comes to r0.17" {
	main_job tr 0
}

@test "killed at any moment and run again, it is the same branch" {
	data zh
	cp -r . ../whole
	(cd ../whole && git-amts-sync sync -q)
	want=$(git -C ../whole rev-parse amts/zh)
	for after in 0.05 0.2 0.4 0.8 1.2 1.6 2 2.5; do
		timeout -s KILL "$after" git-amts-sync sync -q || :
		tip=$(git rev-parse -q --verify refs/heads/amts/zh || :)
		[ -z "$tip" ] || [ "$tip" = "$want" ]
	done
	amts sync -q
	exits 0
	[ "$(git rev-parse amts/zh)" = "$want" ]
}
