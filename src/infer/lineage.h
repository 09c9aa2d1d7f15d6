#ifndef INFER_LINEAGE_H
#define INFER_LINEAGE_H
/*
 * Every version a file had and the states of history in which it had it.
 *
 * A state is an index into a history (amts/repo.h).  Renames are followed from the path
 * asked for: back from where it first appears, forward from where it is gone for good.
 */
#include "amts/repo.h"

struct amts_states {
	size_t beg, end; /* indices into the history */
};

struct amts_version {
	struct amts_oid blob;
	struct amts_str path;	   /* in the first of its states */
	struct amts_states *alive; /* ascending, no two overlap */
	size_t nalive;
	size_t before; /* the version that it changed: less than its own index, or the
			  same for the first one */
};
struct amts_versions {
	struct amts_version *v; /* by first state; each blob once */
	size_t n;
};

struct amts_lineage;
/* repo and history must outlive it. */
void amts_lineage_new(struct amts_lineage **out, struct amts_repo *repo,
	const struct amts_history *history);
void amts_lineage_free(struct amts_lineage *lin);

/* No versions when the path never existed. */
AMTS_MUST_CHECK int amts_lineage_of(struct amts_versions *out, struct amts_arena *arena,
	struct amts_lineage *lin, struct amts_str path, struct amts_error *err);

#endif
