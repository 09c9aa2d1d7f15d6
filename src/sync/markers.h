#ifndef SYNC_MARKERS_H
#define SYNC_MARKERS_H
/* Conflict markers in a document, as git writes them. */
#include "amts/mem.h"

/* 1 when a line of s begins a conflict ("<<<<<<< ") and a later one ends one. */
int amts_has_markers(struct amts_str s);

/* One conflict: whole lines. */
struct amts_conflict {
	struct amts_span all, ours, theirs; /* all has the markers */
	size_t line;			    /* 1-based */
};
struct amts_conflicts {
	struct amts_conflict *v;
	size_t n;
};

/* AMTS_EPARSE names the line of a marker that has no clear part in a conflict. */
AMTS_MUST_CHECK int amts_conflicts_find(struct amts_conflicts *out,
	struct amts_arena *arena, struct amts_str s, struct amts_error *err);

/* s with our side in place of each conflict. */
struct amts_str amts_conflicts_ours(
	struct amts_arena *arena, struct amts_str s, const struct amts_conflicts *all);

#endif
