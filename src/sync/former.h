#ifndef SYNC_FORMER_H
#define SYNC_FORMER_H
/*
 * Where snapshots lay before: a project that keeps the source beside a translation as
 * foo_origin.md may have called it foo_en.md for years.
 */
#include "amts/repo.h"

struct amts_sync;

#define FORMER_MAX 2
struct amts_former {
	const char *layout[FORMER_MAX]; /* as target.*.snapshot; arena */
	size_t n;
};

/* Layouts that snapshots were renamed from in the commits of a branch, as git finds
 * renames. */
AMTS_MUST_CHECK int amts_former_find(struct amts_former *out, struct amts_arena *arena,
	struct amts_sync *sync, const struct amts_history *history,
	struct amts_error *err);

#endif
