/*
 * The review branch: where a run builds on.  No commit is ever taken off it, except when
 * everything it changed has arrived in the target's branch by another way (squashed), or
 * when people were faster at the remote and it was made by this program.
 */
#include "base/map.h"
#include "sync/revisions.h"
#include "sync/sync.h"

#define STATES 1000 /* of the target's branch that are looked at */

/* Squashed, and people have gone on since. */
static int had_arrived(int *arrived, struct amts_sync *s, const struct amts_oid *parted,
	const struct amts_oid *branch, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_oid at = s->info.target;
	struct amts_commit_info info;
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && !*arrived && i < STATES && !amts_oid_eq(&at, parted); i++) {
		rc = amts_repo_has_arrived(arrived, s->tgt, parted, branch, &at, err);
		if (!rc)
			rc = amts_repo_commit_info(&info, arena, s->tgt, &at, err);
		if (rc || !info.nparents)
			break;
		at = info.parents[0];
	}
	amts_arena_free(arena);
	return rc;
}

int amts_sync_has_arrived(int *arrived, struct amts_oid *parted, struct amts_sync *s,
	const struct amts_oid *branch, struct amts_error *err)
{
	int rc = amts_repo_merge_base(parted, s->tgt, branch, &s->info.target, err);

	*arrived = 0;
	if (rc == AMTS_ENOTFOUND && !amts_repo_is_shallow(s->tgt))
		return amts_fail(err, AMTS_ECONFLICT,
			"branch '%s' shares no history with the translation's; rename or "
			"delete it",
			s->info.review_ref + sizeof("refs/heads/") - 1);
	if (rc == AMTS_ENOTFOUND)
		return AMTS_OK; /* nobody can tell: build on it */
	if (rc)
		return rc;
	*arrived = amts_oid_eq(parted, branch);
	return *arrived ? AMTS_OK : had_arrived(arrived, s, parted, branch, err);
}

static int has_arrived(int *arrived, struct amts_sync *s, const struct amts_oid *branch,
	struct amts_error *err)
{
	struct amts_oid parted = { "" };

	return amts_sync_has_arrived(arrived, &parted, s, branch, err);
}

struct asking {
	struct amts_sync *sync;
	struct amts_arena *arena;
	struct amts_map known; /* commits that the others have */
};

#define BY_PEOPLE 1

static int add_known(const struct amts_oid *commit, void *payload, struct amts_error *err)
{
	struct asking *a = payload;

	(void)err;
	amts_map_add(&a->known, amts_oid_key(commit), 1);
	return 0;
}

static int ask_commit(
	const struct amts_oid *commit, void *payload, struct amts_error *err)
{
	struct asking *a = payload;
	struct amts_commit_info info;
	int rc;

	if (amts_map_get(&a->known, amts_oid_key(commit)) != AMTS_MAP_NONE)
		return 0;
	rc = amts_repo_commit_info(&info, a->arena, a->sync->tgt, commit, err);
	return rc ? rc : amts_can_be_remade(a->sync, &info) ? 0 : BY_PEOPLE;
}

/* Is all that the branch here has, and neither theirs nor the target's, drafts as this
 * program makes them?  They are made anew, then, on top of what people pushed. */
static int is_spare(int *spare, struct amts_sync *s, const struct amts_oid *ours,
	const struct amts_oid *theirs, struct amts_error *err)
{
	struct asking a = { .sync = s, .arena = amts_arena_new() };
	int rc = amts_repo_walk(s->tgt, theirs, add_known, &a, err);

	if (!rc)
		rc = amts_repo_walk(s->tgt, &s->info.target, add_known, &a, err);
	if (!rc)
		rc = amts_repo_walk(s->tgt, ours, ask_commit, &a, err);
	amts_map_release(&a.known);
	amts_arena_free(a.arena);
	*spare = !rc;
	return rc == BY_PEOPLE ? AMTS_OK : rc;
}

static const char *short_name(const char *ref)
{
	return ref + sizeof("refs/heads/") - 1;
}

/* Of a local branch and the remote's that both have what the other has not. */
static int settle(struct amts_oid *tip, struct amts_sync *s, const char *ref,
	const struct amts_oid *theirs, struct amts_error *err)
{
	int arrived, rc = has_arrived(&arrived, s, theirs, err); /* or spare */

	if (rc || arrived)
		return rc;
	rc = has_arrived(&arrived, s, tip, err);
	if (!rc && !arrived)
		rc = is_spare(&arrived, s, tip, theirs, err);
	if (!rc && !arrived)
		return amts_fail(err, AMTS_ECONFLICT,
			"'%s' here and at '%s' have grown apart; merge one into the "
			"other first",
			short_name(ref), amts_sync_remote(s));
	*tip = *theirs;
	return rc;
}

/* tip: of the branch here, or "".  Then the newer one of that and its copy at the remote,
 * as it was fetched last. */
static int find_newest(struct amts_oid *tip, struct amts_sync *s, const char *ref,
	struct amts_error *err)
{
	const char *copy = amts_arena_fmt(
		s->arena, "refs/remotes/%s/%s", amts_sync_remote(s), short_name(ref))
				   .p;
	struct amts_oid theirs = { "" }, base = { "" };
	int rc = amts_repo_read_ref(&theirs, s->tgt, copy, err);

	if (rc == AMTS_ENOTFOUND)
		return AMTS_OK;
	if (!rc && !tip->hex[0])
		*tip = theirs;
	if (rc || amts_oid_eq(tip, &theirs))
		return rc;
	rc = amts_repo_merge_base(&base, s->tgt, tip, &theirs, err);
	if (!rc && amts_oid_eq(&base, tip)) {
		*tip = theirs;
		return AMTS_OK;
	}
	if (!rc && amts_oid_eq(&base, &theirs))
		return AMTS_OK;
	return rc && rc != AMTS_ENOTFOUND ? rc : settle(tip, s, ref, &theirs, err);
}

const char *amts_sync_remote(struct amts_sync *s)
{
	return s->own_tgt ? "origin" : amts_project_remote(s->project);
}

/* Where a branch is here, "" for nowhere. */
static int read_branch(struct amts_oid *tip, struct amts_sync *s, const char *ref,
	struct amts_error *err)
{
	int rc = amts_repo_read_ref(tip, s->tgt, ref, err);

	if (rc == AMTS_ENOTFOUND)
		*tip = (struct amts_oid){ "" };
	return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
}

int amts_sync_find_branch(
	int *open, struct amts_branch *b, struct amts_sync *s, struct amts_error *err)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	int arrived, rc = read_branch(&b->tip, s, b->ref, err);

	*open = 0;
	/* grown apart: that stops a run for the branch itself */
	if (!rc && find_newest(&b->tip, s, b->ref, &ignored))
		rc = b->tip.hex[0] ? AMTS_OK
				   : amts_fail(err, ignored.code, "%s", ignored.msg);
	if (rc || !b->tip.hex[0])
		return rc;
	if (amts_sync_has_arrived(&arrived, &b->parted, s, &b->tip, &ignored))
		return AMTS_OK; /* one of that name that is something else */
	*open = !arrived && b->parted.hex[0];
	return AMTS_OK;
}

int amts_sync_find_start(struct amts_sync *s, struct amts_error *err)
{
	struct amts_oid newest;
	int rc, arrived = 0;

	s->info.review_ref = amts_parts_ref(s, s->info.part);
	s->info.start = s->info.target;
	rc = read_branch(&s->info.review, s, s->info.review_ref, err);
	newest = s->info.review;
	if (!rc)
		rc = find_newest(&newest, s, s->info.review_ref, err);
	if (rc || !newest.hex[0])
		return rc;
	rc = has_arrived(&arrived, s, &newest, err);
	if (!rc && !arrived)
		s->info.start = newest;
	return rc;
}

int amts_sync_find_parted(
	struct amts_oid *parted, struct amts_sync *s, struct amts_error *err)
{
	int rc;

	parted->hex[0] = '\0';
	if (amts_oid_eq(&s->info.start, &s->info.target))
		return AMTS_OK;
	rc = amts_repo_merge_base(parted, s->tgt, &s->info.start, &s->info.target, err);
	return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
}
