#ifndef CLI_EVAL_H
#define CLI_EVAL_H
/* The evaluations of git amts-sync eval. */
#include "cli.h"

enum eval_format { EVAL_TEXT, EVAL_JSON, EVAL_MARKDOWN, EVAL_CSV };

struct eval_opts {
	int format, offline;
	struct cli_list langs;
	const char *src_lang, *tgt_lang; /* of a file of pairs */
	int sample, seed;		 /* pairs to print, 0: some */
	struct cli_list articles;
	int preset, engine, reverse;
	const char *html, *max_cost;
};

/* argv: paths. */
AMTS_MUST_CHECK int eval_replay(struct cli *cli, const struct eval_opts *o, int argc,
	char **argv, struct amts_error *err);
/* argv: a file of pairs. */
AMTS_MUST_CHECK int eval_pairs(struct cli *cli, const struct eval_opts *o, int argc,
	char **argv, struct amts_error *err);

/* argv: nothing. */
AMTS_MUST_CHECK int eval_articles(struct cli *cli, const struct eval_opts *o, int argc,
	char **argv, struct amts_error *err);

/* A page that shows an experiment by itself, without anything from elsewhere. */
struct amts_experiment;
void eval_html(struct amts_buf *out, const struct amts_experiment *x);

#endif
