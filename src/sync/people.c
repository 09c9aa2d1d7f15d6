/* Which pages people have changed on the review branch since it left the target's. */
#include "base/alloc.h"
#include "base/map.h"
#include "sync/revisions.h"
#include "sync/sync.h"

#include "amts/align.h"

#include <stdlib.h>

#define BY_PEOPLE 1

struct amts_people {
	struct amts_sync *sync;
	struct amts_map theirs;	  /* commits of the target's branch */
	struct amts_arena *arena; /* of one question */
	struct amts_str path;
};

static int add_theirs(
	const struct amts_oid *commit, void *payload, struct amts_error *err)
{
	struct amts_people *p = payload;

	(void)err;
	amts_map_add(&p->theirs, amts_oid_key(commit), 1);
	return 0;
}

static int read_at(struct amts_str *out, struct amts_oid *blob, struct amts_people *p,
	const struct amts_oid *commit, struct amts_error *err)
{
	int rc = amts_repo_blob_at(blob, p->sync->tgt, commit, p->path, err);

	if (!rc)
		rc = amts_repo_blob(out, p->arena, p->sync->tgt, blob, err);
	return rc;
}

/* Is a page that differs from both parents what git made of them?  A forge's button to
 * update a branch makes such merges. */
static int is_plain_merge(int *plain, struct amts_people *p,
	const struct amts_commit_info *info, struct amts_error *err)
{
	struct amts_text_merge in = { .label_base = NULL };
	struct amts_buf merged = AMTS_BUF_INIT;
	struct amts_oid base, blob;
	struct amts_str now;
	size_t conflicts = 1;
	int rc = amts_repo_merge_base(
		&base, p->sync->tgt, &info->parents[0], &info->parents[1], err);

	*plain = 0;
	if (!rc)
		rc = read_at(&in.base, &blob, p, &base, err);
	if (!rc)
		rc = read_at(&in.ours, &blob, p, &info->parents[0], err);
	if (!rc)
		rc = read_at(&in.theirs, &blob, p, &info->parents[1], err);
	if (!rc)
		rc = read_at(&now, &blob, p, &info->id, err);
	if (!rc)
		rc = amts_text_merge(&merged, &conflicts, &in, err);
	if (!rc && !conflicts)
		*plain = amts_str_eq(amts_buf_str(&merged), now);
	amts_buf_release(&merged);
	return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
}

/* Has the commit another text than all of its parents, and than a merge gives? */
static int changes(int *out, struct amts_people *p, const struct amts_commit_info *info,
	struct amts_error *err)
{
	struct amts_oid now = { "" }, before;
	size_t i;
	int plain, rc = amts_repo_blob_at(&now, p->sync->tgt, &info->id, p->path, err);

	*out = 1;
	for (i = 0; (!rc || rc == AMTS_ENOTFOUND) && *out && i < info->nparents; i++) {
		before = (struct amts_oid){ "" };
		rc = amts_repo_blob_at(
			&before, p->sync->tgt, &info->parents[i], p->path, err);
		*out = !amts_oid_eq(&now, &before);
	}
	if (rc && rc != AMTS_ENOTFOUND)
		return rc;
	if (!*out || info->nparents != 2)
		return AMTS_OK;
	rc = is_plain_merge(&plain, p, info, err);
	*out = !plain;
	return rc;
}

static int ask_commit(
	const struct amts_oid *commit, void *payload, struct amts_error *err)
{
	struct amts_people *p = payload;
	struct amts_commit_info info;
	int rc, changed;

	if (amts_map_get(&p->theirs, amts_oid_key(commit)) != AMTS_MAP_NONE)
		return 0;
	rc = amts_repo_commit_info(&info, p->arena, p->sync->tgt, commit, err);
	if (rc || amts_is_own_commit(p->sync, &info))
		return rc;
	rc = changes(&changed, p, &info, err);
	return rc ? rc : changed ? BY_PEOPLE : 0;
}

int amts_people_new(
	struct amts_people **out, struct amts_sync *sync, struct amts_error *err)
{
	struct amts_people *p = amts_calloc(1, sizeof(*p));
	int rc;

	p->sync = sync;
	rc = amts_repo_walk(sync->tgt, &sync->info.target, add_theirs, p, err);
	if (rc)
		amts_people_free(p);
	else
		*out = p;
	return rc;
}

void amts_people_free(struct amts_people *p)
{
	if (!p)
		return;
	amts_map_release(&p->theirs);
	free(p);
}

int amts_people_changed(
	int *out, struct amts_people *p, struct amts_str path, struct amts_error *err)
{
	int rc;

	p->path = path;
	p->arena = amts_arena_new();
	rc = amts_repo_walk(p->sync->tgt, &p->sync->info.start, ask_commit, p, err);
	amts_arena_free(p->arena);
	*out = rc == BY_PEOPLE;
	return rc == BY_PEOPLE ? AMTS_OK : rc;
}
