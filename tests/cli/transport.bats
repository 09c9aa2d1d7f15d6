#!/usr/bin/env bats
# Review branches go to a server over file:// and over smart HTTP, with and without credentials;
# whatever a server or somebody else does, nothing is lost.

load helper
load review

page() { # CODE
	printf '# Start\n\nPress the button.\n\n```sh\nrun --%s\n```\n' "$1"
}

# The source and its translation, both on a server; we are in a clone of the translation
# whose .amts names the source by its address.
project() { # URL of the folder with the repositories
	mkdir -p en de
	page fast >en/start.md
	page fast | sed 's/^Press.*/Drücken Sie den Knopf./' >de/start.md
	cp en/start.md de/start_origin.md
	(cd en && commit write)
	(cd de && commit translate)
	git clone -q --bare en srv/en.git
	git clone -q --bare de srv/de.git
	git -C en remote add origin "$PWD/srv/en.git"
	git clone -q srv/de.git reviewer
	rm -rf de
	git clone -q "$1/de.git" de && cd de || return 1
	amts init --source "$1/en.git" --lang de --yes
	exits 0
	commit configure
	git push -q origin main
}

# serve [USER:PASSWORD]: smart HTTP as long as the test; $url is its address.
serve() {
	mkdir -p srv
	coproc SERVER { exec python3 -B "$BATS_TEST_DIRNAME/../support/git_http.py" srv "$@" 3>&-; }
	read -r port <&"${SERVER[0]}"
	url=http://127.0.0.1:$port
	export GIT_TERMINAL_PROMPT=0
}

source_says() {
	page "$1" >../en/start.md
	(cd ../en && commit "$1" && git push -q origin main)
}

hub() {
	git -C ../srv/de.git show "amts/de:start.md"
}

# What a transport must do: fetch the source, push, build on what people pushed.
rounds() {
	source_says slow
	amts sync --push
	exits 0
	says 'pushed amts/de'
	hub | grep -q 'run --slow'
	(cd ../reviewer && git fetch -q && git checkout -q amts/de &&
		sed -i.x 's/Drücken Sie den/Drücke den/' start.md && rm start.md.x &&
		commit friendlier && git push -q origin amts/de)
	source_says slower
	amts sync --push
	exits 0
	hub | grep -q 'run --slower'
	hub | grep -q 'Drücke den'
	amts sync --push
	exits 0
	does_not_say pushed
}

@test "over file://" {
	mkdir srv
	git config --global amts.source "file://$PWD/srv/en.git" # not for .amts to say
	project "$PWD/srv"
	git remote set-url origin "file://${PWD%/de}/srv/de.git"
	rounds
}

@test "over HTTP" {
	serve
	project "$url"
	rounds
	grep -q '^POST /de.git/git-receive-pack -$' ../srv/http.log
}

@test "over HTTP with credentials of a helper" {
	serve ada:s3cret
	git config --global credential.helper \
		'!f() { [ "$1" != get ] || { echo username=ada; echo password=s3cret; }; }; f'
	project "$url"
	rounds
	grep -q '^POST /de.git/git-receive-pack ada$' ../srv/http.log
	grep -q '^POST /en.git/git-upload-pack ada$' ../srv/http.log
	! grep -rq s3cret .git/config .amts ../home/.cache 2>/dev/null
}

@test "credentials that are missing or wrong are told, and no password is" {
	serve ada:s3cret
	git config --global credential.helper \
		'!f() { [ "$1" != get ] || { echo username=ada; echo password=s3cret; }; }; f'
	project "$url"
	source_says slow
	amts sync
	exits 0
	ours=$(git rev-parse amts/de)
	git config --global --unset credential.helper
	amts sync --push
	exits 128
	complains "cannot fetch from 'origin': "
	complains 'could not read Username'
	git remote set-url origin "http://ada:wr0ng@127.0.0.1:$port/de.git"
	amts sync --push
	exits 128
	complains 'Authentication failed'
	case $stderr in *wr0ng*) false ;; esac
	[ "$(git rev-parse amts/de)" = "$ours" ]
}

# A git that does something once, right before it pushes: the moment in which somebody else is
# faster.
before_push() {
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	cat >"$BATS_TEST_TMPDIR/bin/git" <<-E
		#!/bin/sh
		PATH=${PATH#"$BATS_TEST_TMPDIR/bin:"}
		case " \$* " in *' push '*) rm "\$0"; { $1; } >/dev/null 2>&1 ;; esac
		exec git "\$@"
	E
	chmod +x "$BATS_TEST_TMPDIR/bin/git"
	PATH="$BATS_TEST_TMPDIR/bin:${PATH#"$BATS_TEST_TMPDIR/bin:"}"
}

@test "somebody who pushes at the same moment is not overwritten" {
	serve
	project "$url"
	source_says slow
	amts sync --push
	exits 0
	(cd ../reviewer && git fetch -q && git checkout -q amts/de && echo 'Von Hand.' >>start.md &&
		commit theirs)
	source_says slower
	before_push "git -C '$PWD/../reviewer' push -q origin amts/de"
	LANGUAGE=de LC_ALL=C.UTF-8 amts sync --push
	exits 128
	complains "somebody pushed to 'amts/de' of 'origin' meanwhile; run sync again"
	hub | grep -q '^Von Hand.$'
	git show amts/de:start.md | grep -q 'run --slower'
	amts sync --push # what was drafted here is drafted anew on top of theirs
	exits 0
	hub | grep -q '^Von Hand.$'
	hub | grep -q 'run --slower'
}

@test "somebody who makes the branch at the same moment is not overwritten" {
	serve
	project "$url"
	source_says slow
	(cd ../reviewer && git checkout -q -b amts/de && echo 'Von Hand.' >>start.md && commit theirs)
	before_push "git -C '$PWD/../reviewer' push -q origin amts/de"
	amts sync --push
	exits 128
	complains "somebody pushed to 'amts/de'"
	hub | grep -q '^Von Hand.$'
}

@test "what a server's hook says is told" {
	serve
	project "$url"
	printf '#!/bin/sh\necho "no pushing on Sundays" >&2\nexit 1\n' >../srv/de.git/hooks/pre-receive
	chmod +x ../srv/de.git/hooks/pre-receive
	source_says slow
	amts sync --push
	exits 128
	complains "'origin' refused 'amts/de': pre-receive hook declined: no pushing on Sundays"
	git show amts/de:start.md | grep -q 'run --slow'
	rm ../srv/de.git/hooks/pre-receive
	amts sync --push
	exits 0
	says 'pushed amts/de'
}

@test "hooks ask no server" {
	serve
	project "$url"
	amts hooks install
	exits 0
	source_says slow
	: >../srv/http.log
	printf '\n[More](#nowhere)\n' >>start.md
	commit more
	amts hook -- pre-push origin "$url" <<<"HEAD $(git rev-parse HEAD) refs/heads/main $(git rev-parse HEAD~1)"
	exits 0
	git checkout -q -b topic && printf '\nNoch mehr.\n' >>start.md && commit topic
	git checkout -q main
	run_apart git merge -q topic
	exits 0
	[ ! -s ../srv/http.log ]
	rm -rf "$XDG_CACHE_HOME" # nor does it miss what was never fetched
	amts hook -- pre-push origin "$url" <<<"HEAD $(git rev-parse HEAD) refs/heads/main $(git rev-parse HEAD~1)"
	exits 0
	[ ! -s ../srv/http.log ]
}

@test "a server that is gone" {
	serve
	project "$url"
	source_says slow
	kill "$SERVER_PID" && wait "$SERVER_PID" || :
	SERVER_PID=
	amts sync --push
	exits 128
	complains "cannot fetch from 'origin': fatal: unable to access"
}
