#ifndef ALIGN_OUTPUT_H
#define ALIGN_OUTPUT_H
/* From links between items to beads of sentences and of blocks. */
#include "align/search.h"
#include "amts/align.h"

/* Fill in job->sentences and job->blocks, in the job's arena. */
void align_output(struct amts_align_job *job, const struct align_side *src,
	const struct align_side *tgt, const struct links *links);

#endif
