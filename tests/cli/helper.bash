# For every file of tests/cli: `load helper`.
#
# The built git-amts-sync is first in PATH, git reads no configuration of this machine, and
# each test starts in an empty folder of its own.  Results of `run` are read with the
# functions below, so that a test says what it expects and nothing else.

setup() {
	PATH="${AMTS_BUILD:?set by make check-cli}:$PATH"
	export HOME="$BATS_TEST_TMPDIR/home" XDG_CONFIG_HOME="$BATS_TEST_TMPDIR/home/.config"
	export XDG_CACHE_HOME="$BATS_TEST_TMPDIR/home/.cache"
	export GIT_CONFIG_GLOBAL="$HOME/.gitconfig" GIT_CONFIG_NOSYSTEM=1
	export GIT_AUTHOR_DATE='1700000000 +0000' GIT_COMMITTER_DATE='1700000000 +0000'
	export LC_ALL=C TERM=dumb
	unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_CONFIG_PARAMETERS GIT_CONFIG_COUNT
	unset GIT_PAGER PAGER NO_COLOR
	mkdir -p "$HOME" "$BATS_TEST_TMPDIR/work"
	printf '%s\n' '[user]' 'name = A U Thor' 'email = author@example.com' \
		'[init]' 'defaultBranch = main' '[protocol "file"]' 'allow = always' >"$GIT_CONFIG_GLOBAL"
	cd "$BATS_TEST_TMPDIR/work" || return 1
}

# amts ARG...: run it; then $status and $output as bats has them, $stdout and $stderr apart.
amts() {
	run_apart git-amts-sync "$@"
}

run_apart() {
	status=0
	"$@" >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" || status=$?
	stdout=$(<"$BATS_TEST_TMPDIR/stdout")
	stderr=$(<"$BATS_TEST_TMPDIR/stderr")
}

_differs() {
	printf '%s\n' "$1" "exit: $status" "stdout: $stdout" "stderr: $stderr" >&2
	return 1
}

exits() {
	[ "$status" -eq "$1" ] || _differs "expected exit $1"
}

prints() { # ...exactly this
	[ "$stdout" = "$1" ] || _differs "expected on stdout: $1"
}

says() { # stdout has this
	case $stdout in *"$1"*) ;; *) _differs "stdout lacks: $1" ;; esac
}

does_not_say() {
	case $stdout in *"$1"*) _differs "stdout has: $1" ;; esac
}

complains() { # stderr has this
	case $stderr in *"$1"*) ;; *) _differs "stderr lacks: $1" ;; esac
}

is_quiet() {
	[ -z "$stderr" ] || _differs 'expected nothing on stderr'
}

# json EXPRESSION: a perl expression over $j, the decoded standard output, is true.
json() {
	perl -MJSON::PP -e '
		local $/; my $j = decode_json(<STDIN>); exit !(eval $ARGV[0]);' "$1" \
		<"$BATS_TEST_TMPDIR/stdout" || _differs "not true of the JSON: $1"
}

# file NAME: write standard input there, with its folders.
file() {
	mkdir -p "$(dirname "$1")"
	cat >"$1"
}

has() { # file NAME is exactly TEXT plus a line end
	[ "$(cat "$1")" = "$2" ] || { printf 'in %s:\n%s\n' "$1" "$(cat "$1")" >&2; return 1; }
}

# Where the reference data is, if it is.
DATA=${AMTS_DATA:-$BATS_TEST_DIRNAME/../../../shared/data}

# reference NAME FOLDER [OPTION...]: git clone a repository of the reference data, or skip.  It
# is unpacked once for all tests, by the first that gets to it.
reference() {
	local bundle="$DATA/repos/$1.bundle" from to=$2
	[ -e "$bundle" ] || skip 'no reference data'
	from="$AMTS_BUILD/tests/repos/$1-$(($(wc -c <"$bundle"))).git"
	mkdir -p "${from%/*}"
	if mkdir "$from" 2>/dev/null; then
		git clone -q --bare "$bundle" "$from" && touch "$from/ready"
	fi
	[ -e "$from/ready" ] || from=$bundle
	shift 2
	git clone -q "$@" "$from" "$to"
}

# commit [MESSAGE]: everything in the work tree, in a repository made when there is none.
commit() {
	git rev-parse --git-dir >/dev/null 2>&1 || git init -q
	git add -A
	git commit -q --allow-empty -m "${1:-change}"
}
