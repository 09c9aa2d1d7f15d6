#ifndef EXPERIMENT_LEAKS_H
#define EXPERIMENT_LEAKS_H
/* Does a text have most of one of some sentences in it? */
#include "amts/mem.h"

struct leaks;

struct leaks *leaks_new(const char *lang); /* borrowed */
void leaks_free(struct leaks *l);	   /* NULL is allowed */

/* Sentences of few words are everybody's ("Summary"), and are not looked for. */
AMTS_MUST_CHECK int leaks_add(
	struct leaks *l, struct amts_str sentence, struct amts_error *err);
/* *found: 1 when the text has most pairs of neighbouring words of some sentence.  Costs
 * the words of the text times the sentences that have them. */
AMTS_MUST_CHECK int leaks_find(
	int *found, struct leaks *l, struct amts_str text, struct amts_error *err);

#endif
