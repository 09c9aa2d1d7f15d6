#ifndef CLI_AMAZON_H
#define CLI_AMAZON_H
/* The actions of git amts-sync amazon. */
#include "cli.h"

#include "amts/amazon.h"

struct amazon_opts {
	const char *profile;
	/* where they are not given, as the user's git configuration has them */
	const char *region, *bucket, *role, *prefix;
	const char *tgt_lang, *src_lang;
	int json, resume;
};

/* argv: what follows the action's name.  An exit code, or a negative amts_status. */
typedef int amazon_action(struct cli *cli, struct amts_aws *aws,
	const struct amazon_opts *o, int argc, char **argv, struct amts_error *err);

amazon_action amazon_doctor, amazon_parallel_data, amazon_terminology, amazon_jobs, amazon_stop;

#endif
