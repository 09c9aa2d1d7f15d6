#!/bin/sh
# Name the program that is built here, for the cache: by the runner's image, whose libraries it
# is linked with, and by its sources.  hashFiles() reads nothing outside of the workspace.
set -eu
cd "$(dirname "$0")/../.."
list() {
	find src include Makefile -type f | LC_ALL=C sort
}
sum=$({ list && list | git hash-object --no-filters --stdin-paths; } | git hash-object --stdin)
printf 'key=%s-%s\n' "${ImageOS:-any}" "$sum" >>"$GITHUB_OUTPUT"
