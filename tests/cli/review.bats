#!/usr/bin/env bats
# git amts-sync sync --push, --pull-request: one branch and one pull request a language.

load helper
load review

page() { # TEXT CODE
	printf '# Start\n\n%s\n\n```sh\nrun --%s\n```\n\nAll of it ends here, in the last paragraph.\n' \
		"$1" "$2"
}

translation() { # TEXT CODE
	page "$1" "$2" | sed 's/^All of it.*/Alles endet hier, im letzten Absatz./'
}

# A source and its translation, which is pushed to hub.git; we are in the translation.  With a
# snapshot beside the page, or with `record` none.
project() {
	mkdir -p en de
	page 'Press the button to begin with it.' fast >en/start.md
	translation 'Drücken Sie den Knopf, um zu beginnen.' fast >de/start.md
	[ "$1" = record ] || cp en/start.md de/start_origin.md
	configure
	publish
}

change_code() {
	page 'Press the button to begin with it.' "$1" >../en/start.md
	(cd ../en && commit "$1")
}

hub() { # what the hub's review branch says
	git -C ../hub.git show "amts/de:$1"
}

@test "the review branch is pushed, and nothing when it is there" {
	project
	change_code slow
	amts sync --push
	exits 0
	says 'pushed amts/de'
	hub start.md | grep -q 'run --slow'
	amts sync --push
	exits 0
	does_not_say pushed
	change_code slower
	amts sync --push
	says 'pushed amts/de'
	[ "$(git -C ../hub.git rev-list --count main..amts/de)" -eq 2 ]
}

@test "what people commit on the pushed branch stays, and is built upon" {
	project
	change_code slow
	amts sync --push
	git clone -q ../hub.git ../reviewer -b amts/de
	(cd ../reviewer && sed -i.x 's/Drücken Sie den/Drücke den/' start.md && rm start.md.x &&
		commit 'friendlier' && git push -q origin amts/de)
	human=$(git -C ../reviewer rev-parse HEAD)
	change_code slower
	amts sync --push
	exits 0
	git -C ../hub.git merge-base --is-ancestor "$human" amts/de
	hub start.md | grep -q 'Drücke den Knopf'
	hub start.md | grep -q 'run --slower'
}

@test "after a merge, and after a squash, the branch starts afresh" {
	project
	change_code slow
	amts sync --push
	git merge -q --no-edit amts/de
	git push -q origin main
	change_code slower
	amts sync --push
	exits 0
	[ "$(git -C ../hub.git rev-list --count main..amts/de)" -eq 1 ]
	git merge -q --squash amts/de
	git commit -q -m squashed
	git push -q origin main
	change_code slowest
	amts sync --push
	exits 0
	says 'pushed amts/de'
	[ "$(git -C ../hub.git rev-list --count main..amts/de)" -eq 1 ]
	hub start.md | grep -q 'run --slowest'
}

@test "commits that are in neither branch are never pushed over" {
	project
	change_code slow
	amts sync --push
	git clone -q ../hub.git ../reviewer -b amts/de
	(cd ../reviewer && echo theirs >>start.md && commit theirs && git push -q origin amts/de)
	git checkout -q amts/de && echo ours >>start.md && commit ours && git checkout -q main
	change_code slower
	amts sync --push
	exits 128
	complains "'amts/de' here and at 'origin' have grown apart"
	hub start.md | grep -q theirs
}

@test "what people pushed is taken over when there is nothing to add" {
	project
	change_code slow
	amts sync --push
	git clone -q ../hub.git ../reviewer -b amts/de
	(cd ../reviewer && echo theirs >>start.md && commit theirs && git push -q origin amts/de)
	amts sync --push
	exits 0
	does_not_say pushed
	[ "$(git rev-parse amts/de)" = "$(git -C ../reviewer rev-parse HEAD)" ]
}

@test "drafts that were never pushed give way to what people pushed, unless somebody amended them" {
	project
	change_code slow
	amts sync --push
	git clone -q ../hub.git ../reviewer -b amts/de
	change_code slower
	amts sync
	exits 0
	(cd ../reviewer && echo theirs >>start.md && commit theirs && git push -q origin amts/de)
	drafted=$(git rev-parse amts/de)
	git worktree add -q ../wt amts/de
	(cd ../wt && echo ours >>start.md && git add . &&
		GIT_COMMITTER_DATE='1700000001 +0000' git commit -q --amend --no-edit)
	git worktree remove --force ../wt
	amts sync --push
	exits 128
	complains "'amts/de' here and at 'origin' have grown apart"
	git branch -f amts/de "$drafted"
	amts sync --push
	exits 0
	hub start.md | grep -q theirs
	hub start.md | grep -q 'run --slower'
}

@test "a push that the server refuses is told, and loses nothing" {
	project
	printf '#!/bin/sh\necho "no pushing on Sundays" >&2\nexit 1\n' >../hub.git/hooks/pre-receive
	chmod +x ../hub.git/hooks/pre-receive
	change_code slow
	amts sync --push
	exits 128
	complains "'origin' refused 'amts/de': pre-receive hook declined: no pushing on Sundays"
	git show amts/de:start.md | grep -q 'run --slow'
	rm ../hub.git/hooks/pre-receive
	amts sync --push
	exits 0
	says 'pushed amts/de'
}

@test "one pull request a language: opened, kept up to date, with what to look at" {
	project
	forge
	git config amts.labels translation
	git config amts.de.reviewers 'ada, bob'
	page 'Pull the lever down & hold it there @home #1.' slow >../en/start.md
	(cd ../en && commit lever)
	amts sync --pull-request
	exits 0
	says 'de: pull request opened https://forge.example/ada/book/pull/1'
	state '@{$j->{github}{pulls}} == 1 && $j->{github}{pulls}[0]{base}{ref} eq "main"'
	state '$j->{github}{pulls}[0]{title} =~ /^Sync de with en [0-9a-f]{7} \(1 page\)$/'
	state '$j->{github}{pulls}[0]{body} =~ /<del>Press/'
	state '$j->{github}{pulls}[0]{body} =~ /<ins>Pull/ && $j->{github}{pulls}[0]{body} =~ /down &amp; hold/'
	state '$j->{github}{pulls}[0]{body} =~ /\n-run --fast\n\+run --slow\n/'
	state '$j->{github}{pulls}[0]{body} =~ /left to you/'
	state '$j->{github}{pulls}[0]{body} !~ m{(?<!code>)[^\n]*\@home[^\n]*(?!</code>)\n\n}'
	state '"@{$j->{github}{labels}{1}} @{$j->{github}{asked}{1}}" eq "translation ada bob"'
	amts sync --pull-request
	exits 0
	says 'de: pull request is up to date'
	page 'Pull the lever down & hold it there @home #1.' slower >../en/start.md
	(cd ../en && commit slower)
	amts sync --pull-request
	says 'de: pull request updated'
	state '@{$j->{github}{pulls}} == 1'
}

@test "merge requests of GitLab, pull requests of Gitea" {
	project
	forge
	change_code slow
	git config --global amts.forge gitlab
	CI_API_V4_URL="$double/gitlab" GITLAB_TOKEN=t0ken amts sync --pull-request
	exits 0
	says 'de: pull request opened https://forge.example/ada'
	git config --global amts.forge forgejo
	GITEA_API_URL="$double/gitea/" GITEA_TOKEN=t0ken amts sync --pull-request
	exits 0
	says 'de: pull request opened https://forge.example/ada/book/pulls/1'
	GITEA_API_URL="$double/gitea" GITEA_TOKEN=t0ken amts sync --pull-request
	says 'de: pull request is up to date'
	state '@{$j->{gitlab}{pulls}} == 1 && @{$j->{gitea}{pulls}} == 1 && @{$j->{github}{pulls}} == 0'
}

@test "a draft by an app, with labels and reviewers of the language" {
	command -v openssl >/dev/null || skip 'no openssl to make a key with'
	project
	forge
	unset GITHUB_TOKEN
	export GITHUB_APP_ID=1234 GITHUB_APP_KEY
	GITHUB_APP_KEY=$(openssl genrsa 2048 2>/dev/null)
	git config amts.draft yes
	git config amts.labels 'translation, machine'
	git config amts.de.labels german
	git config amts.reviewers eve
	git config amts.de.reviewers ada,books/german
	change_code slow
	amts sync --pull-request
	exits 0
	says 'de: pull request opened'
	is_quiet
	state '$j->{github}{pulls}[0]{draft}'
	state '"@{$j->{github}{labels}{1}}" eq "german"'
	state '"@{$j->{github}{asked}{1}}" eq "ada german"'
	git config amts.draft perhaps
	amts sync --pull-request
	exits 129
	complains "bad boolean config value 'perhaps' for 'amts.draft'"
}

@test "a token goes only to hosts that the user's own configuration names" {
	project
	change_code slow
	cd ../en
	git config --global "url.$PWD/../hub.git.insteadOf" https://127.0.0.1:1/ada/book
	amts init --target de=https://127.0.0.1:1/ada/book --yes
	exits 0
	commit configure
	git config amts.forge github
	export GITHUB_TOKEN=t0ken
	amts sync --pull-request
	exits 128
	says 'pushed amts/de'
	complains "only '.amts' names '127.0.0.1', which is sent no token; set GITHUB_API_URL"
	git config remote.mine.url https://127.0.0.1:1/ada/other
	amts sync --pull-request
	exits 128
	complains 'https://127.0.0.1:1/api/v3/repos/ada/book/pulls'
}

@test "the text tells where each place came from and what to check, a page with nothing but open places too" {
	project
	forge
	page 'Press the button to begin with it.' slow >../en/start.md
	page 'Read the 12 pages of the manual before you begin.' fast >../en/other.md
	(cd ../en && commit other)
	translation 'Lesen Sie die 12 Seiten des Handbuchs, bevor Sie beginnen.' fast >other.md
	cp ../en/other.md other_origin.md
	commit other && git push -q origin main
	printf '\nRead the 12 pages of the manual before you begin.\n' >>../en/start.md
	sed 's/^All of it ends/All of it stops/' ../en/other.md >new && mv new ../en/other.md
	(cd ../en && commit more)
	amts sync --pull-request
	exits 0
	state '$j->{github}{pulls}[0]{body} =~ /1 drafted, 1 carried over, 0 kept, \*\*1 left to you\*\*/'
	state '$j->{github}{pulls}[0]{body} =~ /^\| `other.md` \| 0 \| 0 \| 0 \| 1 \|$/m'
	state '$j->{github}{pulls}[0]{body} =~ /^\| `start.md` \| 1 \| 1 \| 0 \| 0 \|$/m'
	state '$j->{github}{pulls}[0]{body} =~ /Drafts by `memory`: 1 of the same text\./'
	state '$j->{github}{pulls}[0]{body} =~ /draft, <b>check the wording<.b> . new in the source; from <code>other.md\@.*<.code>/'
	state '$j->{github}{pulls}[0]{body} =~ /left to you<.b> . the words of the source changed.*<del>ends<.del><ins>stops/s'
	git clone -q ../hub.git ../reviewer -b amts/de
	(cd ../reviewer && sed -i.x 's/endet hier/ist hier zu Ende/' start.md && rm start.md.x &&
		commit 'said otherwise' && git push -q origin amts/de)
	amts sync --pull-request
	exits 0
	state '$j->{github}{pulls}[0]{body} =~ /1 left to you\*\*; 1 changed by people/'
	state '$j->{github}{pulls}[0]{body} =~ /line \d+<.b>: by people/'
}

renamed() { # NAME: a pull request for the page of the source that is called so now, and changed
	project
	forge
	git -C ../en mv start.md "$1"
	page 'Press the button to begin with it.' slow >"../en/$1"
	(cd ../en && commit rename)
	amts sync --pull-request
	exits 0
}

@test "a page that was renamed is compared with what it was made from; its name is text" {
	renamed 'a_b|c_.md'
	says 'pull request opened'
	state '$j->{github}{pulls}[0]{body} =~ /a&#95;b&#124;c&#95;\.md/'
	state '$j->{github}{pulls}[0]{body} =~ /<p>en, de:.*\n-run --fast\n\+run --slow\n/s'
	state '$j->{github}{pulls}[0]{body} !~ /<ins>/'
}

@test "a page whose name has a line end stays in its row" {
	renamed $'a\n\n@all.md'
	state '$j->{github}{pulls}[0]{body} =~ /^\| <code>a  \@all\.md<.code> \|/m'
	state '$j->{github}{pulls}[0]{body} !~ /^\@all/m'
}

@test "a pull request without a token, without a service, with nothing to say" {
	project
	amts sync --pull-request
	exits 0
	change_code slow
	amts sync --pull-request
	exits 128
	complains 'no service for pull requests is known for this repository'
	forge
	unset GITHUB_TOKEN
	amts sync --pull-request
	exits 128
	complains 'set GITHUB_TOKEN'
	state '@{$j->{github}{pulls}} == 0'
	GITHUB_TOKEN=t0ken amts sync --pull-request
	exits 0
	says 'pull request opened'
}

# ---- the translation's branch moves under the review branch ----

commits_by_people() { # of the button that a forge has for it
	(cd ../reviewer && git fetch -q origin && git checkout -q -B amts/de origin/amts/de &&
		git merge -q -m "Merge branch 'main' into amts/de" origin/main &&
		git push -q origin amts/de)
}

@test "a merge made by the forge's button is nobody's wording" {
	project
	git clone -q ../hub.git ../reviewer
	change_code slow
	amts sync --push
	sed 's/letzten Absatz/allerletzten Absatz/' start.md >new && mv new start.md
	commit 'people' && git push -q origin main
	commits_by_people
	sed 's/^run --fast/run --fast # schnell/' start.md >new && mv new start.md
	commit 'people again' && git push -q origin main
	change_code slower
	amts sync --push
	exits 0
	hub start.md | grep -q 'run --slower # schnell\|# schnell'
	hub start.md | grep -q 'allerletzten'
}

@test "a page renamed on one side and edited on the other is one page" {
	for layout in snapshot record; do
		mkdir $layout && cd $layout
		project $layout
		git -C ../en mv start.md begin.md
		page 'Press the button to begin with it.' slow >../en/begin.md
		(cd ../en && commit rename)
		amts sync --push
		exits 0
		sed 's/letzten Absatz/allerletzten Absatz/' start.md >new && mv new start.md
		commit 'people' && git push -q origin main
		change=$(git rev-parse HEAD)
		page 'Press the button to begin with it.' slower >../en/begin.md
		(cd ../en && commit slower)
		amts sync --push
		exits 0
		git merge-base --is-ancestor "$change" amts/de
		hub begin.md | grep -q 'run --slower'
		hub begin.md | grep -q 'allerletzten'
		[ "$(git ls-tree --name-only amts/de | grep -c 'start')" -eq 0 ]
		amts status --exit-code
		exits 0
		cd ../..
	done
}

@test "a page that people renamed keeps what was drafted for it" {
	project
	change_code slow
	amts sync --push
	mkdir guide ../en/guide
	git mv start.md guide/start.md && git mv start_origin.md guide/start_origin.md
	commit 'move' && git push -q origin main
	git -C ../en mv start.md guide/start.md && (cd ../en && commit move)
	amts sync --push
	exits 0
	hub guide/start.md | grep -q 'run --slow'
	[ "$(git ls-tree -r --name-only amts/de | grep -c '^start')" -eq 0 ]
	amts status --exit-code
	exits 0
}
