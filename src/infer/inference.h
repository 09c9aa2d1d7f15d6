#ifndef INFER_INFERENCE_H
#define INFER_INFERENCE_H
/* What the files of the inference of bases share; see infer/infer.h. */
#include "infer/blend.h"
#include "infer/infer.h"
#include "infer/timeline.h"

/* One file: what speaks for each version of its source. */
struct candidate_set {
	struct amts_evidence evidence;
	double *text, *code[AMTS_VIEWS], *fit;
	struct amts_str *pieces; /* text of blocks that came or went */
	size_t *piece_trait, npieces;
	struct amts_oid tgt; /* blob of the translation */
};

struct inference {
	struct amts_arena *arena;
	struct amts_repo *src, *tgt;
	struct amts_history src_history, tgt_history;
	struct amts_lineage *src_lineage, *tgt_lineage;
	struct amts_infer_file *files;
	struct amts_habits *habits;
	struct candidate_set *sets;
	struct amts_timeline_file *when;
	size_t n;
};

/* load.c: read all versions of the source of file f, and what of them the
 * translation has. */
int amts_inference_load(struct inference *in, size_t f, struct amts_error *err);

#endif
