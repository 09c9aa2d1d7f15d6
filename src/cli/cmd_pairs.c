/* git amts-sync pairs: what corresponds in documents and their translations. */
#include "cli.h"

#include "amts/corpus.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct pairs_opts {
	const char *src_lang, *tgt_lang, *min_score;
	int format, unit; /* indices of the choices below */
	int plain;
};

static const struct cli_opt options[] = {
	{ CLI_CHOICE, 0, "format", "tsv", "source<TAB>target, a pair a line",
		offsetof(struct pairs_opts, format) },
	{ CLI_CHOICE, 0, "unit", "sentence|paragraph", "what a pair is; sentence",
		offsetof(struct pairs_opts, unit) },
	{ CLI_STR, 0, "min-score", "score",
		"leave out what is less sure than this (0..1); 0",
		offsetof(struct pairs_opts, min_score) },
	{ CLI_STR, 0, "tgt-lang", "lang", "language of the translation; required",
		offsetof(struct pairs_opts, tgt_lang) },
	{ CLI_STR, 0, "src-lang", "lang", "language of the source; en",
		offsetof(struct pairs_opts, src_lang) },
	{ CLI_FLAG, 0, "plain", NULL,
		"one sentence a line, blank lines between paragraphs; not markdown",
		offsetof(struct pairs_opts, plain) },
	{ 0 },
};

/* A number from 0 to 1, "0.95", whatever the locale. */
static int parse_score(double *out, const char *s, struct amts_error *err)
{
	const char *p = s;
	double unit = 1;

	for (*out = 0; *p >= '0' && *p <= '9'; p++)
		*out = *out * 10 + (*p - '0');
	if (p > s && *p == '.')
		for (p++; *p >= '0' && *p <= '9'; p++)
			*out += (*p - '0') * (unit /= 10);
	if (p == s || *p || *out > 1)
		return amts_fail(err, AMTS_EUSAGE,
			"option 'min-score' takes a number from 0 to 1, not '%s'", s);
	return AMTS_OK;
}

static int collect_files(struct amts_corpus *out, struct cli *cli,
	const struct pairs_opts *o, double min_score, char **argv, struct amts_error *err)
{
	struct amts_corpus_input in = { .path = amts_str_z(argv[1]), .plain = o->plain };
	int rc;

	if (!o->tgt_lang)
		return amts_fail(err, AMTS_EUSAGE, "option 'tgt-lang' is required");
	if ((rc = cli_read(&in.src, cli->arena, argv[0], err)) ||
		(rc = cli_read(&in.tgt, cli->arena, argv[1], err)))
		return rc;
	return amts_corpus_collect(out, cli->arena, o->src_lang ? o->src_lang : "en",
		o->tgt_lang, &in, 1, (enum amts_unit)o->unit, min_score, 0, err);
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct pairs_opts *o = opts;
	struct amts_buf tsv = AMTS_BUF_INIT;
	struct amts_corpus corpus;
	double min_score = 0;
	int rc = AMTS_OK;

	(void)argc;
	if (o->min_score)
		rc = parse_score(&min_score, o->min_score, err);
	if (!rc)
		rc = collect_files(&corpus, cli, o, min_score, argv, err);
	if (!rc) {
		amts_corpus_tsv(&tsv, &corpus);
		rc = amts_buf_check(&tsv, "the output", err);
	}
	if (!rc)
		fwrite(tsv.p, 1, tsv.n, stdout);
	amts_buf_release(&tsv);
	return rc;
}

const struct cli_command cmd_pairs = {
	.name = "pairs",
	.group = CLI_DATA,
	.summary = "print sentences and their translations",
	.usage = "--tgt-lang <lang> [<options>] <source> <target>",
	.about = "Aligns a document with its translation and prints what corresponds.  "
		 "Code, "
		 "math and\n"
		 "links stand as the documents have them; what has no counterpart and "
		 "what has "
		 "no letters\n"
		 "is left out.  Input is markdown unless --plain is given.",
	.examples = "  git amts-sync pairs --tgt-lang zh guide.md guide.zh.md\n"
		    "  git amts-sync pairs --tgt-lang tr --unit paragraph --min-score "
		    "0.9 a.md b.md",
	.opts = options,
	.opts_size = sizeof(struct pairs_opts),
	.min_args = 2,
	.max_args = 2,
	.run = run,
};
