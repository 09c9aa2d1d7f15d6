#!/usr/bin/env bats
# What every command has in common: options, help, exit codes, bad input and output.

load helper

@test "the overview names the commands and exits 0" {
	amts -h
	exits 0
	says 'usage: git amts-sync <command>'
	says '   parse '
	is_quiet
}

@test "git runs it as a command of its own" {
	run_apart git amts-sync -h
	exits 0
	says 'usage: git amts-sync <command>'
	run_apart git amts-sync parse -h
	exits 0
	says 'usage: git amts-sync parse'
}

@test "--version says a version" {
	amts --version
	exits 0
	says 'git-amts-sync version '
}

@test "every command explains itself with -h: usage, options, examples" {
	for command in $(git-amts-sync --list-completions); do
		amts "$command" -h
		exits 0
		says "usage: git amts-sync $command"
		says '    --'
		says 'examples:'
		is_quiet
	done
}

@test "an unknown command is a usage error, and a near miss is named" {
	amts prase
	exits 129
	complains "error: 'prase' is not a command"
	complains "did you mean 'parse'?"
	prints ''
}

@test "usage errors exit 129, say what is wrong and how it goes" {
	while IFS='|' read -r arguments message; do
		# shellcheck disable=SC2086
		amts $arguments
		exits 129
		complains "error: $message"
		complains 'usage: git amts-sync parse [--json] <file>'
		prints ''
	done <<-'END'
		parse|too few arguments
		parse a b|too many arguments
		parse --frobnicate a|unknown option '--frobnicate'
		parse -x a|unknown switch 'x'
		parse --json=yes a|option 'json' takes no value
		parse --no-json=1 a|option 'no-json' takes no value
		parse --no a|ambiguous option '--no'
		parse --color=mauve a|option 'color' wants always, auto or never, not 'mauve'
	END
}

@test "long options may be cut short and undone, and stand anywhere" {
	echo '# Title' >f.md
	for arguments in '--json f.md' '--js f.md' 'f.md --json' '--no-json --json f.md' \
		'--json -- f.md'; do
		# shellcheck disable=SC2086
		amts parse $arguments
		exits 0
		json '$j->{version} == 1'
	done
	amts parse --json --no-js f.md
	exits 0
	does_not_say '{'
}

@test "an option may have a letter only, and others follow it" {
	amts status -h
	exits 0
	says '    -z  '
	says '    --json  '
	amts status -x
	exits 129
	complains "error: unknown switch 'x'"
}

@test "after -- everything is an argument" {
	echo '# Title' >--json
	amts parse -- --json
	exits 0
	says 'heading 1'
	amts parse -- -h
	exits 128
	complains "cannot open '-h'"
}

@test "input that cannot be read is fatal" {
	amts parse missing.md
	exits 128
	complains "fatal: cannot open 'missing.md': No such file or directory"
	mkdir folder
	amts parse folder
	exits 128
	complains "fatal: cannot read 'folder': Is a directory"
}

@test "input without permission is fatal" {
	[ "$(id -u)" -ne 0 ] || skip 'root may read everything'
	echo text >secret.md
	chmod 000 secret.md
	amts parse secret.md
	exits 128
	complains "fatal: cannot open 'secret.md': Permission denied"
}

@test "standard input is -" {
	run_apart git-amts-sync parse --json - <<<'# Title'
	exits 0
	json '$j->{blocks}[0]{kind} eq "heading"'
	run_apart git-amts-sync parse - <&-
	exits 128
	complains "fatal: cannot read 'standard input'"
}

@test "output that cannot be written is fatal" {
	[ -w /dev/full ] || skip 'no /dev/full here'
	echo '# Title' >f.md
	status=0
	stderr=$(git-amts-sync parse f.md 2>&1 >/dev/full) || status=$?
	exits 128
	complains 'fatal: cannot write to standard output: No space left on device'
	status=0
	stderr=$(git-amts-sync parse f.md 2>&1 >&-) || status=$?
	exits 128
	complains 'fatal: cannot write to standard output'
}

@test "a reader that stops early ends it quietly" {
	yes 'a paragraph

' | head -n 200000 >long.md
	stderr=$( { git-amts-sync parse long.md | head -n 1 >/dev/null; } 2>&1)
	is_quiet
}

@test "colour is for terminals, or on demand" {
	echo '# Title' >f.md
	esc=$(printf '\033')
	amts parse f.md
	does_not_say "$esc"
	amts parse --color f.md
	says "$esc["
	amts parse --color=always f.md
	says "$esc["
	amts parse --color=always --no-color f.md
	does_not_say "$esc"
}

@test "control characters of a document do not reach the terminal" {
	printf 'a \033]0;title\007 b\n' >f.md
	amts parse f.md
	exits 0
	says '^[]0;title^G'
	printf 'c \302\2330m d \233 e \303\251\n' >f.md
	amts parse f.md
	says 'c <U+009B>0m d <9B> e é'
}

@test "nor do those of names, in messages and lists" {
	name=$(printf 'x\033[2J\302\233y.md')
	amts parse "$name"
	exits 128
	complains "fatal: cannot open 'x?[2J<U+009B>y.md'"
	mkdir en zh
	echo '# A' >"en/$name"
	echo '# 甲' >"zh/$name"
	echo '# A' >en/b.md
	echo '# 甲' >zh/b.md
	(cd en && commit write)
	(cd zh && commit translate)
	cd zh
	amts init --source ../en --lang zh
	does_not_say $'\033'
	commit configure
	echo '# B' >"../en/$name"
	(cd ../en && commit change)
	for command in status diff sync; do
		amts $command
		exits 0
		does_not_say $'\033'
		does_not_say $'\302\233'
		says 'x\033[2J\302\233y.md'
	done
}

@test "completion lists commands, and a command's options" {
	amts --list-completions
	exits 0
	says parse
	amts --list-completions parse
	exits 0
	says --json
	says --no-progress
	amts --list-completions nothing
	exits 1
}

# loads LIBRARY COMMAND...
loads() {
	local library=$1
	shift
	LD_DEBUG=files git-amts-sync "$@" 2>&1 >/dev/null | grep -q "$library"
}

@test "what needs no network does not load libcurl" {
	LD_DEBUG=files git-amts-sync --version 2>&1 | grep -q libgit2 ||
		skip 'the loader does not tell what it loads'
	mkdir en de
	echo '# One' >en/one.md
	echo '# Eins' >de/one.md
	(cd en && commit)
	cd de
	commit
	git-amts-sync init --source ../en --lang de --yes >/dev/null
	commit
	for command in --version 'sync -h' status sync check 'hook pre-push' 'parse one.md' \
		'merge-file --tgt-lang de -p ../en/one.md ../en/one.md one.md'; do
		loads libgit2 $command
		! loads libcurl $command || { echo "loads libcurl: $command" >&2; return 1; }
	done
	export AWS_ACCESS_KEY_ID=key AWS_SECRET_ACCESS_KEY=secret AWS_REGION=us-east-1
	AWS_ENDPOINT_URL=ftp://example.org loads libcurl amazon terminology list
}
