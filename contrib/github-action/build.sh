#!/bin/sh
# Build the program into $AMTS_PREFIX, unless the cache had it.  The libraries it needs at run
# time are installed in any case: a cache holds no packages.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
make -s -C "$top" deps
if ! "$AMTS_PREFIX/bin/git-amts-sync" --version >/dev/null 2>&1; then
	make -s -C "$top" -j2
	make -s -C "$top" install PREFIX="$AMTS_PREFIX"
fi
"$AMTS_PREFIX/bin/git-amts-sync" --version
