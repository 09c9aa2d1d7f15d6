/*
 * The review branch: where a run builds on.  No commit is ever taken off it, except when
 * everything it changed has arrived in the target's branch by another way (squashed).
 */
#include "sync/sync.h"

static struct amts_oid blob_at(const struct amts_tree *tree, struct amts_str path)
{
	const struct amts_tree_entry *e = path.n ? amts_tree_find(tree, path) : NULL;
	struct amts_oid none = { "" };

	return e ? e->blob : none;
}

/* 1 when the target's branch has all that review changed since they parted. */
static int has_arrived(int *out, struct amts_sync *s, struct amts_arena *arena,
	const struct amts_oid *parted, struct amts_error *err)
{
	struct amts_file_changes d;
	struct amts_tree tree;
	size_t i;
	int rc = amts_repo_diff(&d, arena, s->tgt, parted, &s->info.review, err);

	if (!rc)
		rc = amts_repo_tree(&tree, arena, s->tgt, &s->info.target, err);
	*out = 1;
	for (i = 0; !rc && *out && i < d.n; i++) {
		struct amts_oid here = blob_at(&tree, d.v[i].new_path);

		*out = amts_oid_eq(&here, &d.v[i].new_blob);
		if (*out && (d.v[i].kind == AMTS_CHANGE_RENAMED ||
				    d.v[i].kind == AMTS_CHANGE_DELETED))
			*out = !blob_at(&tree, d.v[i].old_path).hex[0];
	}
	return rc;
}

static int choose(struct amts_sync *s, struct amts_arena *arena, struct amts_error *err)
{
	struct amts_oid parted = { "" };
	int arrived = 0, rc;

	rc = amts_repo_merge_base(&parted, s->tgt, &s->info.review, &s->info.target, err);
	if (rc == AMTS_ENOTFOUND)
		rc = AMTS_OK; /* somebody's own beginning: build on it */
	else if (!rc && amts_oid_eq(&parted, &s->info.review))
		arrived = 1;
	else if (!rc)
		rc = has_arrived(&arrived, s, arena, &parted, err);
	s->info.start = arrived ? s->info.target : s->info.review;
	return rc;
}

int amts_sync_find_start(struct amts_sync *s, struct amts_error *err)
{
	struct amts_oid none = { "" };
	struct amts_arena *arena;
	int rc;

	s->info.review_ref =
		amts_arena_fmt(s->arena, "refs/heads/amts/%s", s->target->lang).p;
	s->info.start = s->info.target;
	s->info.review = none;
	rc = amts_repo_read_ref(&s->info.review, s->tgt, s->info.review_ref, err);
	if (rc == AMTS_ENOTFOUND)
		return AMTS_OK;
	if (rc)
		return rc;
	arena = amts_arena_new();
	rc = choose(s, arena, err);
	amts_arena_free(arena);
	return rc;
}
