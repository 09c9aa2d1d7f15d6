#ifndef INFER_TIMELINE_H
#define INFER_TIMELINE_H
/*
 * Where in the source's history the translations of a tree come from: a prior over its
 * states, learnt from all files together by expectation maximisation.  It is a mixture of
 * what the other files of the tree say, what those of the same folder say, how long
 * before a commit of the translation its base was written, and nothing in particular.
 */
#include "infer/lineage.h"

/* A commit that brought part of the translation as it is now. */
struct amts_birth {
	int64_t time;
	double share;	/* of the translation's lines; together up to 1 */
	size_t version; /* of the translation */
};

struct amts_timeline_file {
	struct amts_versions versions;
	struct amts_birth *births;
	size_t nbirths;
	size_t folder;	   /* files of one folder follow one another */
	const double *fit; /* log likelihood of each version */
	double *posterior; /* out: of each version, together 1 */
	size_t state;	   /* out: the likeliest, or AMTS_HISTORY_ROOT */
};

struct amts_timeline;
/* files and history must outlive it. */
struct amts_timeline *amts_timeline_new(
	struct amts_timeline_file *files, size_t n, const struct amts_history *history);
void amts_timeline_free(struct amts_timeline *s);

/* Learn from the posteriors of the round before, then judge all files anew. */
void amts_timeline_round(struct amts_timeline *s);

#endif
