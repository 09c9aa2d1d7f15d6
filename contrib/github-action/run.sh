#!/bin/sh
# Sync, push, open pull requests; outputs, a summary and annotations for the job.  Everything
# comes from the environment, so that no text of others becomes a command.
set -euf
PATH="$AMTS_PREFIX/bin:$PATH"
repository=${GITHUB_REPOSITORY:-}
out=${GITHUB_OUTPUT:-/dev/null} summary=${GITHUB_STEP_SUMMARY:-/dev/null}

# A push to a review branch is never a reason to make one.
case "${GITHUB_HEAD_REF:-${GITHUB_REF_NAME:-}}" in
amts/*)
	echo '::notice::a review branch: nothing to sync'
	printf 'changed=false\npull-requests=\n' >>"$out"
	exit 0
	;;
esac

how=--pull-request
[ "${AMTS_PULL_REQUEST:-true}" != false ] || how=--push
set -- "$how"
[ -z "${AMTS_ENGINE:-}" ] || set -- "$@" --engine "$AMTS_ENGINE"
langs=
for lang in $(printf '%s' "${AMTS_LANGUAGES:-}" | tr ',' ' '); do
	langs="$langs --lang $lang"
done

export GIT_CONFIG_COUNT=0
config() { # KEY VALUE: for this run only
	export "GIT_CONFIG_KEY_$GIT_CONFIG_COUNT=$1" "GIT_CONFIG_VALUE_$GIT_CONFIG_COUNT=$2"
	GIT_CONFIG_COUNT=$((GIT_CONFIG_COUNT + 1))
}
config amts.forge github
[ -z "$repository" ] || config amts.forgeRepository "$repository"
[ -z "${AMTS_LABELS:-}" ] || config amts.labels "$AMTS_LABELS"
[ -z "${AMTS_REVIEWERS:-}" ] || config amts.reviewers "$AMTS_REVIEWERS"
git config user.name >/dev/null || {
	config user.name 'github-actions[bot]'
	config user.email '41898282+github-actions[bot]@users.noreply.github.com'
}

# What pages say may look like commands to the runner; it takes none until the word comes back.
word=amts-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
echo "::stop-commands::$word"
# shellcheck disable=SC2086 # languages have no spaces
git-amts-sync sync "$@" $langs >"$log" || status=$?
cat "$log"
echo "::$word::"

urls=$(sed -n -e 's/^.*: pull request opened \(http[^ ]*\)$/\1/p' \
	-e 's/^.*: pull request updated \(http[^ ]*\)$/\1/p' "$log")
changed=false
! grep -q '^pushed ' "$log" || changed=true
{
	echo "changed=$changed"
	echo "pull-requests<<$word"
	[ -z "$urls" ] || echo "$urls"
	echo "$word"
} >>"$out"
{
	echo '### Translations'
	echo
	[ -z "$urls" ] || echo "$urls" | sed 's/^/- /'
	echo
	echo '```'
	tail -n 50 "$log" | cut -c 1-300 | sed 's/```/` ` `/g'
	echo '```'
} >>"$summary"

if [ "$status" -eq 0 ] && [ "${AMTS_CHECK:-true}" != false ]; then
	# faults (1) are annotated and fail nothing; anything else is a failure of the check
	# shellcheck disable=SC2086
	git-amts-sync check --review --format github $langs || [ $? -eq 1 ]
fi
exit "$status"
