#ifndef ALIGN_PARAMS_H
#define ALIGN_PARAMS_H
/*
 * Every tuned number of the aligner.  Log probabilities are natural and relative to two
 * unrelated texts.  Found on the development halves of two gold sets (English-Chinese
 * markdown, German-French flat text) and simulated drift of both; tests/bench/tune
 * re-runs the search.  "G&C": Gale and Church, "A program for aligning sentences in
 * bilingual corpora", Computational Linguistics 19 (1993).
 */

/* ---- beads ---- */

/* Largest bead with one unit on the other side, and with several. */
#define BEAD_MAX 4
#define BEAD_MAX_BOTH 3
/* Log prior of each size before the first pass; re-estimated with this many pseudo-beads.
 */
#define PRIOR_11 .88
#define PRIOR_21 .02
#define PRIOR_22 .008
#define PRIOR_31 .003
#define PRIOR_32 .001
#define PRIOR_33 .001
#define PRIOR_41 .0005
#define PRIOR_PSEUDO 200
/* A unit without counterpart.  Fixed: re-estimating it feeds on its own mistakes. */
#define NULL_TEXT (-5.1)
#define NULL_OPAQUE (-3.0)

/* ---- length ---- */

/* Variance of the length difference a character before the first pass (G&C: 6.8). */
#define LENGTH_S2 8
/* Anchors are counted apart from the text whose length the ratio rules. */
#define LENGTH_ANCHOR .5

/* ---- lexicon ---- */

#define LEX_WEIGHT .35
#define LEX_FLOOR .2
/* Probability that a token stands on the other side as it is. */
#define LEX_SAME .5
/* A protected inline (code, formula, reference) says as much as this many words. */
#define INLINE_WEIGHT 3
#define EM_ROUNDS 5
#define EM_MIN_COUNT 1.8
/* Absolute discount on expected counts: without it the lexicon memorises the mistakes of
 * the pass before on the very sentences that it aligns next. */
#define EM_DISCOUNT .6
#define EM_MIN_P .001
/* Beads that teach, weighted by their posterior: this one at least, and this size at
 * most. */
#define TEACH_POSTERIOR .2
#define TEACH_MAX 3

/* ---- structure ---- */

#define BORDER_BOTH 1.5
#define BORDER_ONE (-1.5)
#define BORDER_INSIDE (-2.0)
#define HEADING_OTHER (-6.0)
#define HEADING_LEVEL (-2.0)
#define TABS_DISJOINT (-8.0)
#define TABS_ONE (-1.5)
#define TABS_INSIDE (-3.0)
/* Two opaque blocks of one kind: this times (overlap - 1/2). */
#define OPAQUE_WEIGHT 8.0

/* ---- search ---- */

#define BAND_MIN 60
#define BAND_EXTRA 40
#define BAND_NODES_MAX 4000000
/* ... and of what is narrower than it should be: a million items must not take gigabytes.
 * Half a gigabyte in the coarse program, a third of the nodes in the exact one. */
#define BAND_NODES_LAST 16000000
#define BAND_LEAST 8
#define BAND_DETOUR 4
#define BAND_POINTS 10
/* Items of a block up to which it and its neighbours are a band. */
#define BAND_BLOCK 16
/* Around a line between two of many points: this, a share of the items between them, and
 * how far the line is bent. */
#define BAND_NEAR 6
#define BAND_GAP .5
/* Nodes a row up to which the exact program runs on the whole band. */
#define BAND_NARROW 12
/* The exact program runs where the coarse one is within this of its best path. */
#define CORRIDOR_LOSS 20.0
#define CORRIDOR_MARGIN 2
#define CORRIDOR_MAX 64
/* Scores are multiplied by this before they become posteriors (tokens are not
 * independent): those that teach, and those that are given out. */
#define TEACH_TEMPER .8
#define OUTPUT_TEMPER .5

/* Beads below this posterior do not count at all. */
#define PLAUSIBLE .01
/* Share of a block's text that must lie in another for the two to be one bead. */
#define BLOCK_SHARE .4

/* ---- moved sections ---- */

/* What words must say for a stretch to be found elsewhere, in log likelihood. */
#define MOVED_EVIDENCE 8.0
/* Items of two stretches multiplied, with a surcharge for each stretch, summed up over
 * all pairs of stretches that are tried. */
#define MOVED_CELLS 1000000
#define MOVED_SETUP (size_t)8

/* Passes over a batch: when nothing is known of the language pair, and else. */
#define PASSES 3
#define PASSES_KNOWN 2
/* Beads that matter are sure from here on without a lexicon.  It is what a plan acts on: in
 * 1,168 replayed commits of five projects .8 led to the same places and bytes, and took a
 * fifth longer. */
#define SURE_AT_ONCE .5
/* Sentence pairs of earlier batches that are kept. */
#define LESSONS_MAX 60000

#endif
