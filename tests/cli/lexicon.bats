#!/usr/bin/env bats
# What is learnt of a language pair is kept, and what is kept changes nothing but time.

load helper

# page N: what page N says; every page is about things of its own.
page() {
	for i in 1 2 3 4 5 6; do
		printf '# %s %d.%d\n\n' "$2" "$1" "$i"
		printf '%s %d w%d holds `code%d%d`, a x%d.\n' "$3" "$i" "$((i * $1))" "$1" "$i" "$((i + $1))"
		printf '%s y%d z%d. %s v%d.\n\n' "$4" "$((i * 3 + $1))" "$((i + 7))" "$3" "$((i + 20))"
	done
}

# A handbook of eight pages, half of which have changed in English.
project() {
	mkdir -p en de
	for n in 1 2 3 4 5 6 7 8; do
		page $n Part 'The box' 'It shows' >en/p$n.md
		cp en/p$n.md de/p${n}_origin.md
		page $n Teil 'Die Kiste' 'Sie zeigt' >de/p$n.md
	done
	(cd en && commit write)
	(cd de && commit translate)
	for n in 1 2 3 4; do
		sed 's/The box 3/Every box 3/; s/code/kode/; $a New words at the end.' \
			en/p$n.md >page && mv page en/p$n.md
	done
	(cd en && commit change)
	cd de || return
	git-amts-sync init --source ../en --lang de --yes >/dev/null
	commit configure
	kept=.git/amts/lexicon-de
}

# The commit that a sync of the project as it was makes.
synced() {
	! git rev-parse -q --verify amts/de >/dev/null || git branch -qD amts/de
	git-amts-sync sync "$@" >/dev/null 2>&1
	git rev-parse amts/de
}

@test "a warm run makes the commit of a cold one" {
	project
	cold=$(synced)
	[ -s $kept ]
	cp $kept ../kept
	[ "$(synced)" = "$cold" ]
	cmp $kept ../kept
	rm $kept
	[ "$(synced)" = "$cold" ]
	cmp $kept ../kept
}

@test "damaged, foreign and unreadable files are learnt anew" {
	project
	cold=$(synced)
	cp $kept ../kept
	size=$(wc -c <../kept)
	for damage in 'head -c 100' "head -c $((size - 1))" 'tr a-m n-z' 'echo no lexicon' true \
		'sed 1s/1/0/'; do
		$damage <../kept >$kept
		[ "$(synced)" = "$cold" ]
		cmp $kept ../kept
	done
	rm $kept
	mkdir $kept
	[ "$(synced)" = "$cold" ]
}

@test "what changed is learnt, to the same end as all at once" {
	project
	synced
	page 5 Teil 'Der Kasten' 'Er zeigt' >p5.md
	page 9 Part 'The box' 'It shows' | tee ../en/p9.md >p9_origin.md
	page 9 Teil 'Die Kiste' 'Sie zeigt' >p9.md
	git rm -q p8.md p8_origin.md
	commit revise
	(cd ../en && commit more)
	little=$(synced)
	cp $kept ../kept
	rm $kept
	[ "$(synced)" = "$little" ]
	cmp $kept ../kept
}

@test "a run of a few pages knows what a run of all knows" {
	project
	few=$(synced p2.md)
	rm $kept
	synced
	[ "$(synced p2.md)" = "$few" ]
}

@test "a run that was killed leaves nothing that matters" {
	project
	cold=$(synced)
	for wait in 0 0.01 0.02 0.03 0.05; do
		rm -f $kept
		git branch -qD amts/de
		git-amts-sync sync >/dev/null 2>&1 &
		sleep $wait
		kill -9 $! 2>/dev/null || true
		wait $! 2>/dev/null || true
		[ "$(synced)" = "$cold" ]
	done
}

@test "what a killed run left half written is used up by the next" {
	project
	synced
	mv $kept ../kept
	head -c 1000000 /dev/zero >$kept.new
	synced
	cmp $kept ../kept
	[ "$(ls -d .git/amts/lexicon-*)" = $kept ]
}

@test "several processes learn at a time" {
	project
	cold=$(synced)
	for round in 1 2 3; do
		rm $kept
		git-amts-sync sync -n >/dev/null 2>&1 &
		first=$!
		git-amts-sync diff >/dev/null 2>&1 &
		second=$!
		[ "$(synced)" = "$cold" ]
		wait $first
		wait $second
	done
	[ "$(synced)" = "$cold" ]
}

@test "drafts on the review branch teach nothing" {
	project
	synced
	cp $kept ../kept
	sed 's/The box 2/Some box 2/' ../en/p6.md >page && mv page ../en/p6.md
	(cd ../en && commit change)
	git-amts-sync sync >/dev/null 2>&1
	git log -1 --format=%s amts/de | grep p6.md
	cmp $kept ../kept
}
