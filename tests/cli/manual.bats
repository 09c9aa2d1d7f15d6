#!/usr/bin/env bats
# The manual, and where make install puts things.

load helper

root="$BATS_TEST_DIRNAME/../.."
manual="$root/src/man/git-amts-sync.1"

@test "the manual has every command and every option" {
	missing=
	for command in '' $(git-amts-sync --list-completions); do
		[ -z "$command" ] || grep -q "^\.It Cm $command " "$manual" || missing+=" $command"
		[ -n "$command" ] || continue
		for option in $(git-amts-sync --list-completions "$command"); do
			option=${option%=}
			option=${option#-}
			grep -qE "^\.It .*(Fl|,) $option( |$)" "$manual" || missing+=" $command:-$option"
		done
	done
	[ -z "$missing" ] || { echo "not in the manual:$missing" >&2; false; }
}

@test "the manual has every key of the configuration" {
	keys=$(sed -n 's/^\t{ "\([a-z]*\)", [a-z_]*check.*/\1/p' "$root/src/project/config.c")
	[ "$(wc -w <<<"$keys")" -ge 15 ]
	for key in $keys; do
		grep -qiE "^\.It .*\.$key( |$)" "$root/src/man/amts-config.5" ||
			{ echo "not in the manual: $key" >&2; false; }
	done
}

@test "install puts the program, manuals and completion below PREFIX, uninstall takes them away" {
	unset MAKEFLAGS MAKELEVEL
	place="$BATS_TEST_TMPDIR/stage"
	make -C "$root" -s -o all install DESTDIR="$place" PREFIX=/opt/amts BUILD="$AMTS_BUILD"
	[ -x "$place/opt/amts/bin/git-amts-sync" ]
	PATH="$place/opt/amts/bin:$PATH" git amts-sync --version
	[ -f "$place/opt/amts/share/man/man1/git-amts-sync.1" ]
	[ -f "$place/opt/amts/share/man/man5/amts-config.5" ]
	[ -f "$place/opt/amts/share/bash-completion/completions/git-amts-sync" ]
	make -C "$root" -s uninstall DESTDIR="$place" PREFIX=/opt/amts
	[ -z "$(find "$place" -type f)" ]
}

@test "--help shows the manual before anything is installed" {
	command -v man >/dev/null || skip 'no man(1) here'
	MANPAGER=cat amts --help
	exits 0
	says 'keep translations'
	unset MANPATH
	MANPAGER=cat run_apart git amts-sync --help
	exits 0
	says 'keep translations'
	MANPAGER=cat run_apart "$AMTS_BUILD/git-amts-sync" status --help
	exits 0
	says 'keep translations'
}

@test "completion for bash knows commands and options" {
	git_completion=/usr/share/bash-completion/completions/git
	[ -f "$git_completion" ] || skip 'no completion of git here'
	complete() {
		bash -c '
			. '"$git_completion"'
			. "$1"/contrib/completion/git-amts-sync.bash
			read -ra COMP_WORDS <<<"$2"
			case $2 in *" ") COMP_WORDS+=("") ;; esac
			COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$2 COMP_POINT=${#2}
			__git_wrap__git_main
			echo "${COMPREPLY[*]}"' bash "$root" "$1"
	}
	[[ $(complete 'git amts-sync mer') == merge-file* ]]
	[[ $(complete 'git amts-sync merge-file --rep') == --report* ]]
	[[ $(complete 'git amts-sync --dr') == --dry-run* ]]
}
