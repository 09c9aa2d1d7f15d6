#ifndef INFER_PARAMS_H
#define INFER_PARAMS_H
/*
 * The tuned numbers of base inference, found on d2l-tr and d2l-zh with their snapshots
 * hidden; tests/bench/tune re-runs the search.  The bases found depend little on any of
 * them, the confidence does.
 */

/*
 * Traits are not independent, as naive Bayes has it: a translator who took over one
 * change of a commit took over the others.  So the evidence of a commit that changed n
 * traits is divided by n to this power, and what is left multiplied by a constant.
 */
#define TOGETHER .5
#define INDEPENDENCE .3

/* Dates of a translation's commits are taken for so much of an observation: much of what
 * they say is that commits of one day are of one day. */
#define LAG_TRUST .25

#endif
