#include "infer/ancestor.h"

struct search {
	struct amts_repo *src;
	struct amts_oid found;
};

static int is_of_source(
	const struct amts_oid *commit, void *payload, struct amts_error *err)
{
	struct search *s = payload;

	(void)err;
	if (!amts_repo_has(s->src, commit))
		return 0;
	s->found = *commit;
	return 1;
}

/* The first commit in topological order that the source has as well is no ancestor of
 * another one; on the source's side its merge base with head is the answer. */
int amts_infer_ancestor(struct amts_oid *out, struct amts_repo *src,
	const struct amts_oid *head, struct amts_repo *tgt, const struct amts_oid *commit,
	struct amts_error *err)
{
	struct search s = { .src = src };
	int rc = amts_repo_walk(tgt, commit, is_of_source, &s, err);

	*out = (struct amts_oid){ "" };
	if (rc <= 0)
		return rc;
	rc = amts_repo_merge_base(out, src, &s.found, head, err);
	return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
}
