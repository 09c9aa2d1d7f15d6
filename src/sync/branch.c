/*
 * The review branch: where a run builds on.  No commit is ever taken off it, except when
 * everything it changed has arrived in the target's branch by another way (squashed).
 */
#include "sync/sync.h"

static int choose(struct amts_sync *s, struct amts_error *err)
{
	struct amts_oid parted = { "" };
	int arrived = 0, rc;

	rc = amts_repo_merge_base(&parted, s->tgt, &s->info.review, &s->info.target, err);
	if (rc == AMTS_ENOTFOUND && !amts_repo_is_shallow(s->tgt))
		rc = amts_fail(err, AMTS_ECONFLICT,
			"branch '%s' shares no history with the translation's; rename or "
			"delete it",
			s->info.review_ref + sizeof("refs/heads/") - 1);
	else if (rc == AMTS_ENOTFOUND)
		rc = AMTS_OK; /* nobody can tell: build on it */
	else if (!rc && amts_oid_eq(&parted, &s->info.review))
		arrived = 1;
	else if (!rc)
		rc = amts_repo_has_arrived(
			&arrived, s->tgt, &parted, &s->info.review, &s->info.target, err);
	s->info.start = arrived ? s->info.target : s->info.review;
	return rc;
}

int amts_sync_find_start(struct amts_sync *s, struct amts_error *err)
{
	struct amts_oid none = { "" };
	int rc;

	s->info.review_ref =
		amts_arena_fmt(s->arena, "refs/heads/amts/%s", s->target->lang).p;
	s->info.start = s->info.target;
	s->info.review = none;
	rc = amts_repo_read_ref(&s->info.review, s->tgt, s->info.review_ref, err);
	if (rc == AMTS_ENOTFOUND)
		return AMTS_OK;
	return rc ? rc : choose(s, err);
}
