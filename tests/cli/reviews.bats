#!/usr/bin/env bats
# What reviewers make of drafts: learnt as theirs, and told.

load helper

# paragraphs TITLE PARAGRAPH...: a page.
paragraphs() {
	printf '# %s\n' "$1"
	shift
	printf '\n%s\n' "$@"
}

english=('Open door 11 of the old house slowly.' 'Close all 22 windows of the house at night.'
	'Paint wall 33 of the kitchen with chalk.' 'Sweep the floor of room 44 before noon.'
	'Carry the 55 tables into the garden.')
german=('Öffnen Sie Tür 11 des alten Hauses langsam.' 'Schließen Sie nachts alle 22 Fenster des Hauses.'
	'Streichen Sie Wand 33 der Küche mit Kreide.' 'Fegen Sie den Boden von Raum 44 vor Mittag.'
	'Tragen Sie die 55 Tische in den Garten.')

# A page a.md that is translated, and b.md, translated too, that gets the same five sentences: so
# the memory drafts all of them.  We are in the translation.
drafted() {
	mkdir en de
	paragraphs Doors "${english[@]}" >en/a.md
	paragraphs Windows 'They are made of glass.' >en/b.md
	(cd en && commit write)
	paragraphs Türen "${german[@]}" >de/a.md
	paragraphs Fenster 'Sie sind aus Glas gemacht.' >de/b.md
	cp en/a.md de/a_origin.md
	cp en/b.md de/b_origin.md
	(cd de && commit translate)
	cd de || return 1
	amts init --source ../en --lang de --yes
	commit configure
	paragraphs Windows 'They are made of glass.' "${english[@]}" >../en/b.md
	(cd ../en && commit more)
	amts sync
	exits 0
	git show amts/de:b.md | grep -q 'Tragen Sie die 55 Tische'
}

# Two of the five are said otherwise on the review branch.
reviewed() {
	git worktree add -q ../review amts/de
	(cd ../review && sed -i.x -e 's/nachts alle 22 Fenster/alle 22 Fenster nachts gut/' \
		-e 's/vor Mittag/am Vormittag/' b.md &&
		rm b.md.x && commit 'say it better')
	git worktree remove ../review
}

told='memory: 5 drafts, 3 taken as is (60 %), 0.8 edits a draft'

next_sync() {
	paragraphs Doors "${english[@]}" 'It squeaks.' >../en/a.md
	(cd ../en && commit 'squeak')
	amts sync
	exits 0
}

@test "after a squash the next sync tells what reviewers changed, once" {
	drafted
	reviewed
	git merge -q --squash amts/de && git commit -qm squashed
	next_sync
	says 'de: merged amts/de at '
	says "$told"
	next_sync
	does_not_say merged
	amts status --reviews
	exits 0
	says 'de: 1 merged review'
	says "$told"
	says 'the aim of 80 % is '
	amts status --reviews --json
	json '$j->{targets}[0]{reviews}[0]{engines}[0]{as_is} == 3'
	json '$j->{targets}[0]{engines}[0]{drafts} == 5 && $j->{targets}[0]{engines}[0]{edits} == 4'
}

@test "after a merge, a fast-forward and a rebase it is the same" {
	for how in '--no-ff --no-edit' '--ff-only'; do
		mkdir "x$how" && cd "x$how"
		drafted
		reviewed
		# shellcheck disable=SC2086
		git merge -q $how amts/de
		next_sync
		says "$told"
		cd ../..
	done
	mkdir rebased && cd rebased
	drafted
	reviewed
	git commit -q --allow-empty -m 'meanwhile'
	GIT_COMMITTER_DATE='1700000100 +0000' git cherry-pick main..amts/de >/dev/null
	next_sync
	says "$told"
}

@test "a merge is found in the history when the branch is gone" {
	drafted
	reviewed
	git merge -q --no-ff --no-edit amts/de
	git branch -qD amts/de
	amts status --reviews
	exits 0
	says "$told"
}

@test "a draft made anew counts as it was made last, what was thrown away with all its words" {
	drafted
	paragraphs Windows 'They are made of glass.' "${english[@]:0:4}" >../en/b.md
	(cd ../en && commit less)
	amts sync
	exits 0
	git worktree add -q ../review amts/de
	(cd ../review && sed -i.x '/Öffnen Sie Tür/d' b.md && rm b.md.x && commit 'not that')
	git worktree remove ../review
	git merge -q --squash amts/de && git commit -qm squashed
	amts status --reviews --json
	json '$j->{targets}[0]{engines}[0]{drafts} == 4 && $j->{targets}[0]{engines}[0]{as_is} == 3'
}

@test "what is under review is not told, nor what has no drafts" {
	drafted
	amts status --reviews
	exits 0
	says 'de: 0 merged reviews'
	amts status --reviews --porcelain
	exits 129
}

@test "reviewed wording is the memory's, as people's" {
	drafted
	reviewed
	git merge -q --squash amts/de && git commit -qm squashed
	paragraphs Doors "${english[@]}" 'Close the window at night!' >../en/a.md
	(cd ../en && commit again)
	amts sync
	exits 0
	amts memory export --format tmx
	says 'Schließen Sie alle 22 Fenster nachts gut des Hauses.'
	does_not_say 'draft'
	amts memory stats
	exits 0
}

@test "the hook of a merge tells it" {
	drafted
	reviewed
	git merge -q --no-ff --no-edit amts/de
	amts hook post-merge 0
	exits 0
	complains "amts: de: merged amts/de at"
	complains "$told"
}
