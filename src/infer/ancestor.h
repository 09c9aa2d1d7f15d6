#ifndef INFER_ANCESTOR_H
#define INFER_ANCESTOR_H
/* Repositories that share history (DESIGN section 4, kind 5). */
#include "amts/repo.h"

/* The best common ancestor of a source's head and a commit of the target, "" when they
 * have none.  The repositories need not share objects. */
AMTS_MUST_CHECK int amts_infer_ancestor(struct amts_oid *out, struct amts_repo *src,
	const struct amts_oid *head, struct amts_repo *tgt, const struct amts_oid *commit,
	struct amts_error *err);

#endif
