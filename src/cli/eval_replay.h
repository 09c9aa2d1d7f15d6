#ifndef CLI_EVAL_REPLAY_H
#define CLI_EVAL_REPLAY_H
/* git amts-sync eval replay. */
#include "cli.h"

enum eval_format { EVAL_TEXT, EVAL_JSON, EVAL_MARKDOWN };

struct eval_opts {
	int format, offline;
	struct cli_list langs;
};

/* argv: paths. */
AMTS_MUST_CHECK int eval_replay(struct cli *cli, const struct eval_opts *o, int argc,
	char **argv, struct amts_error *err);

#endif
