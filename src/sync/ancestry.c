#include "base/alloc.h"
#include "base/map.h"
#include "sync/revisions.h"
#include "sync/sync.h"

#include <stdlib.h>

struct commits {
	struct amts_oid *v; /* heap */
	size_t n, cap;
};

struct amts_ancestry {
	struct commits src;  /* of the source's branch, newest first */
	struct amts_map at;  /* of src: its index */
	struct amts_map has; /* of a commit of the target: index of the newest in src */
};

static int collect(const struct amts_oid *commit, void *payload, struct amts_error *err)
{
	struct commits *c = payload;

	(void)err;
	AMTS_VEC_PUSH(c->v, c->n, c->cap, *commit);
	return 0;
}

/* What a commit that is not the source's has through its parents, which are known. */
static int join_parents(struct amts_ancestry *anc, struct amts_sync *s,
	const struct amts_oid *commit, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_commit_info info = { .nparents = 0 };
	int rc = amts_repo_commit_info(&info, arena, s->tgt, commit, err);
	size_t i, best = AMTS_MAP_NONE;

	for (i = 0; !rc && i < info.nparents; i++) {
		size_t at = amts_map_get(&anc->has, amts_oid_key(&info.parents[i]));

		if (at < best) /* none is the largest number */
			best = at;
	}
	if (best != AMTS_MAP_NONE)
		amts_map_add(&anc->has, amts_oid_key(commit), best);
	amts_arena_free(arena);
	return rc;
}

static int walk_target(
	struct amts_ancestry *anc, struct amts_sync *s, struct amts_error *err)
{
	struct commits tgt = { NULL, 0, 0 };
	int rc = amts_repo_walk(s->tgt, &s->info.target, collect, &tgt, err);
	size_t i, at;

	for (i = tgt.n; !rc && i-- > 0;) {
		at = amts_map_get(&anc->at, amts_oid_key(&tgt.v[i]));
		if (at != AMTS_MAP_NONE)
			amts_map_add(&anc->has, amts_oid_key(&tgt.v[i]), at);
		else
			rc = join_parents(anc, s, &tgt.v[i], err);
	}
	free(tgt.v);
	return rc;
}

int amts_ancestry_new(
	struct amts_ancestry **out, struct amts_sync *s, struct amts_error *err)
{
	struct amts_ancestry *anc;
	size_t i;
	int rc;

	*out = NULL;
	if (!s->fork.at.hex[0])
		return AMTS_OK;
	anc = amts_calloc(1, sizeof(*anc));
	rc = amts_repo_walk(s->src, &s->info.source, collect, &anc->src, err);
	for (i = 0; i < anc->src.n; i++)
		amts_map_add(&anc->at, amts_oid_key(&anc->src.v[i]), i);
	if (!rc)
		rc = walk_target(anc, s, err);
	if (rc)
		amts_ancestry_free(anc);
	else
		*out = anc;
	return rc;
}

void amts_ancestry_free(struct amts_ancestry *anc)
{
	if (!anc)
		return;
	amts_map_release(&anc->at);
	amts_map_release(&anc->has);
	free(anc->src.v);
	free(anc);
}

const struct amts_oid *amts_ancestry_of(
	const struct amts_ancestry *anc, const struct amts_oid *commit)
{
	size_t at = amts_map_get(&anc->has, amts_oid_key(commit));

	return at == AMTS_MAP_NONE ? NULL : &anc->src.v[at];
}
