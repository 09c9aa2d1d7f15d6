#ifndef CLI_REVIEWS_H
#define CLI_REVIEWS_H
/* What reviewers made of the drafts that they merged. */
#include "project.h"

#include "amts/review.h"

#include <stdio.h>

/* Find the reviews that nobody was told of yet, before a run moves their branches, and
 * say a line of each to out, unless that is NULL. */
AMTS_MUST_CHECK int cli_reviews_tell(
	struct cli *cli, struct amts_sync *sync, FILE *out, struct amts_error *err);

/* All of a language, as text, or into an object of JSON. */
struct cJSON;
AMTS_MUST_CHECK int cli_reviews_show(struct cli *cli, struct amts_sync *sync,
	struct cJSON *json, struct amts_error *err);

#endif
