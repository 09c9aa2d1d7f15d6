#!/usr/bin/env bats
# The main job: on real repositories, where the reference data is present (AMTS_DATA), and
# on small ones with the same things in them.

load helper

data() {
	reference d2l-en d2l-en -b r0.17
	reference "d2l-$1" "d2l-$1"
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

# Pages with snapshots, of which a sentence went from one to another, and a part of which was
# translated in two ways; what a block says now no page says in Chinese.
small_repositories() {
	local i

	git init -q en
	git init -q zh
	for i in 1 2 3 4 5 6; do
		printf '# Page %s\n\nPress the red button %s times. Then wait.\n\nIt is warm.\n' $i $i |
			file en/p$i.md
		printf '# 第%s页\n\n按红色按钮%s次。然后等待。\n\n天气温暖。\n' $i $i | file zh/p$i.md
		cp en/p$i.md zh/p${i}_origin.md
	done
	git -C en add -A
	git -C en commit -qm 'write six pages'
	git -C zh add -A
	git -C zh commit -qm 'translate them'
	for i in 1 2; do
		printf '# 第%s页\n\n按红色按钮%s次。然后等。\n\n天暖。\n' $i $i | file zh/p$i.md
	done
	printf '# Page 3\n\nWait until it is dark.\n' | tee en/p3.md >zh/p3_origin.md
	printf '# 第3页\n\n等到天黑。\n' | file zh/p3.md
	git -C zh commit -qam 'translate better'
	printf '# Page 1\n\nPress the red button %s times. Then wait.\n\nIt is cold.\n' 7 | file en/p1.md
	printf '# Page 2\n\nWait until it is dark.\n\nIt is warm.\n' | file en/p2.md
	printf '# Page 4\n\nPress the red button 3 times. Never wait.\n' | file en/p4.md
	git -C en commit -qam 'change pages'
	cd zh
	git-amts-sync init --source ../en --yes >../init
	git add .amts
	git commit -qm 'keep it in step'
}

tip() {
	git rev-parse -q --verify amts/zh
}

# Whatever is known from earlier runs, and however many there were, it is the same branch.
runs_give_one_branch() {
	local want

	amts sync -q
	exits 0
	want=$(tip)
	amts sync
	does_not_say 'now at'
	git-amts-sync sync -q
	[ "$(tip)" = "$want" ]
	rm -r .git/amts
	amts sync
	does_not_say 'now at'
	[ "$(tip)" = "$want" ]
	git branch -qD amts/zh
	amts sync -q
	[ "$(tip)" = "$want" ]
}

@test "a second run, a cold one and a warm one: nothing new, the same branch" {
	small_repositories
	runs_give_one_branch
	git show amts/zh:.amts-record | grep -q 'p4\.md' # something is left to try again
}

@test "a second run on d2l-zh: nothing new, the same branch" {
	data zh
	runs_give_one_branch
}

@test "pairs teach the memory: what is pending is tried again, once" {
	local was

	small_repositories
	amts sync -q
	was=$(cat .git/amts/retried-zh)
	amts sync -q
	[ "$(cat .git/amts/retried-zh)" = "$was" ]
	amts pairs
	amts sync -q
	[ "$(cat .git/amts/retried-zh)" != "$was" ]
	was=$(tip)
	amts sync
	does_not_say 'now at'
	[ "$(tip)" = "$was" ]
}
