# Completion of "git amts-sync" for bash, on top of git's own.  Commands and options are asked
# from the program, so they are always its own.

# shellcheck shell=bash disable=SC2154 # words, cword and cur are git's
_git_amts_sync()
{
	local i command=

	for ((i = ${__git_cmd_idx:-1} + 1; i < cword; i++)); do
		case ${words[i]} in
		-*) ;;
		*)
			command=${words[i]}
			break
			;;
		esac
	done
	case $command,$cur in
	,-*)
		__gitcomp "$(git amts-sync --list-completions sync 2>/dev/null)"
		;;
	,*)
		__gitcomp_nl "$(git amts-sync --list-completions 2>/dev/null)"
		;;
	*,-*)
		__gitcomp "$(git amts-sync --list-completions "$command" 2>/dev/null)"
		;;
	esac
}
