/* git amts-sync pairs: what corresponds in documents and their translations. */
#include "cli.h"
#include "project.h"

#include "amts/corpus.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct pairs_opts {
	const char *src_lang, *tgt_lang, *lang, *min_score;
	int format, unit; /* indices of the choices below */
	int plain, offline, explain;
};

static const struct cli_opt options[] = {
	{ CLI_CHOICE, 0, "format", "tsv", "source<TAB>target, a pair a line",
		offsetof(struct pairs_opts, format) },
	{ CLI_CHOICE, 0, "unit", "sentence|paragraph", "what a pair is; sentence",
		offsetof(struct pairs_opts, unit) },
	{ CLI_STR, 0, "min-score", "score",
		"leave out what is less sure than this (0..1); 0",
		offsetof(struct pairs_opts, min_score) },
	{ CLI_FLAG, 0, "explain", NULL,
		"print what is left out instead, each with its reason",
		offsetof(struct pairs_opts, explain) },
	{ CLI_STR, 0, "lang", "lang", "which target of this repository",
		offsetof(struct pairs_opts, lang) },
	{ CLI_FLAG, 0, "offline", NULL, "do not fetch repositories given by url",
		offsetof(struct pairs_opts, offline) },
	{ CLI_STR, 0, "tgt-lang", "lang", "language of <target>; required with files",
		offsetof(struct pairs_opts, tgt_lang) },
	{ CLI_STR, 0, "src-lang", "lang", "language of <source>; en",
		offsetof(struct pairs_opts, src_lang) },
	{ CLI_FLAG, 0, "plain", NULL,
		"files hold one sentence a line, blank lines between paragraphs",
		offsetof(struct pairs_opts, plain) },
	{ 0 },
};

/* A number from 0 to 1, "0.95" or ".95", whatever the locale. */
static int parse_score(double *out, const char *s, struct amts_error *err)
{
	const char *p = s;
	double unit = 1;
	int digits = 0;

	for (*out = 0; *p >= '0' && *p <= '9'; p++, digits = 1)
		*out = *out * 10 + (*p - '0');
	if (*p == '.')
		for (p++; *p >= '0' && *p <= '9'; p++, digits = 1)
			*out += (*p - '0') * (unit /= 10);
	if (!digits || *p || *out > 1)
		return amts_fail(err, AMTS_EUSAGE,
			"option 'min-score' takes a number from 0 to 1, not '%s'", s);
	return AMTS_OK;
}

static int collect_files(struct amts_corpus *out, struct cli *cli,
	const struct pairs_opts *o, char **argv, struct amts_error *err)
{
	struct amts_corpus_input in = { .path = amts_str_z(argv[1]), .plain = o->plain };
	int rc;

	if (!o->tgt_lang)
		return amts_fail(err, AMTS_EUSAGE, "option 'tgt-lang' is required");
	if ((rc = cli_read(&in.src, cli->arena, argv[0], err)) ||
		(rc = cli_read(&in.tgt, cli->arena, argv[1], err)))
		return rc;
	return amts_corpus_collect(out, cli->arena, o->src_lang ? o->src_lang : "en",
		o->tgt_lang, &in, 1, (enum amts_unit)o->unit, 0, 0, err);
}

/* The target asked for, or the only one. */
static int choose_lang(const char **out, const struct pairs_opts *o,
	const struct amts_config *cfg, struct amts_error *err)
{
	*out = o->lang;
	if (*out)
		return AMTS_OK;
	if (cfg->n != 1)
		return amts_fail(err, AMTS_EUSAGE,
			"this repository has %zu targets: choose one with '--lang'",
			cfg->n);
	*out = cfg->targets[0].lang;
	return AMTS_OK;
}

static int collect_target(struct amts_corpus *out, struct cli *cli,
	const struct pairs_opts *o, struct amts_project *project, struct amts_error *err)
{
	const struct amts_config *cfg = amts_project_config(project);
	unsigned flags = AMTS_SYNC_REVIEWED | (o->offline ? AMTS_SYNC_OFFLINE : 0);
	struct cli_meter m = { .cli = cli };
	struct amts_progress progress = { cli_meter_step, &m };
	struct amts_sync *sync;
	const char *lang;
	int rc = choose_lang(&lang, o, cfg, err);

	if (rc || (rc = amts_sync_open(&sync, project, lang, flags, err)))
		return rc;
	rc = amts_sync_corpus(
		out, cli->arena, sync, (enum amts_unit)o->unit, &progress, err);
	cli_progress_stop(m.p);
	amts_sync_free(sync);
	return rc;
}

static int collect_repository(struct amts_corpus *out, struct cli *cli,
	const struct pairs_opts *o, struct amts_error *err)
{
	struct amts_project *project;
	int rc;

	if (o->tgt_lang || o->src_lang || o->plain)
		return amts_fail(err, AMTS_EUSAGE,
			"options 'src-lang', 'tgt-lang' and 'plain' go with two files");
	rc = cli_project_open(&project, cli, err);
	if (rc)
		return rc;
	rc = collect_target(out, cli, o, project, err);
	amts_project_free(project);
	return rc;
}

/* The pairs that are of no use: reason, score, both sides, and where from. */
static void explain(const struct amts_corpus *corpus, const enum amts_drop *why)
{
	size_t i;

	for (i = 0; i < corpus->n; i++) {
		const struct amts_corpus_pair *p = &corpus->v[i];

		if (!why[i])
			continue;
		printf("%s\t%.3f\t" AMTS_STR_FMT "\t" AMTS_STR_FMT "\t",
			amts_drop_name(why[i]), p->score, AMTS_STR_ARG(p->src),
			AMTS_STR_ARG(p->tgt));
		cli_put_path(p->path);
		printf("%s%.10s\n", p->commit.n ? "@" : "",
			p->commit.n ? p->commit.p : "");
	}
}

static void tell_dropped(const size_t counts[AMTS_DROPS])
{
	struct amts_buf b = AMTS_BUF_INIT;
	int why;

	for (why = 1; why < AMTS_DROPS; why++)
		if (counts[why])
			amts_buf_addf(&b, "%s %zu %s", b.n ? "," : "", counts[why],
				amts_drop_name((enum amts_drop)why));
	if (b.n)
		fprintf(stderr, "%zu pairs; left out:%s\n", counts[0], b.p);
	amts_buf_release(&b);
}

static int put_tsv(const struct amts_corpus *corpus, struct amts_error *err)
{
	struct amts_buf tsv = AMTS_BUF_INIT;
	int rc;

	amts_corpus_tsv(&tsv, corpus);
	rc = amts_buf_check(&tsv, "the output", err);
	if (!rc)
		fwrite(tsv.p, 1, tsv.n, stdout);
	amts_buf_release(&tsv);
	return rc;
}

static int put(struct cli *cli, const struct pairs_opts *o, struct amts_corpus *corpus,
	const struct amts_corpus_filter *filter, struct amts_error *err)
{
	enum amts_drop *why = AMTS_NEW(cli->arena, enum amts_drop, corpus->n + 1);
	size_t counts[AMTS_DROPS];
	int rc = amts_corpus_filter(why, corpus, filter, err);

	if (rc)
		return rc;
	if (o->explain)
		explain(corpus, why);
	amts_corpus_drop(corpus, counts, why);
	if (!o->explain)
		rc = put_tsv(corpus, err);
	tell_dropped(counts);
	return rc;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct pairs_opts *o = opts;
	struct amts_corpus_filter filter = { 0 };
	struct amts_corpus corpus;
	int rc = AMTS_OK;

	if (argc == 1)
		return amts_fail(err, AMTS_EUSAGE, "two files are needed, or none");
	if (o->min_score)
		rc = parse_score(&filter.min_score, o->min_score, err);
	if (!rc)
		rc = argc ? collect_files(&corpus, cli, o, argv, err)
			  : collect_repository(&corpus, cli, o, err);
	return rc ? rc : put(cli, o, &corpus, &filter, err);
}

const struct cli_command cmd_pairs = {
	.name = "pairs",
	.group = CLI_DATA,
	.summary = "print sentences and their translations",
	.usage = "[<options>] [--tgt-lang <lang> <source> <target>]",
	.about = "Aligns documents with their translations and prints what corresponds: "
		 "in the\n"
		 "history of one of this repository's translations, or in two files.  "
		 "Revisions that an\n"
		 "earlier call has read are not read again.\n"
		 "\n"
		 "Code, math and links stand as the documents have them.  What has no "
		 "counterpart, what\n"
		 "has no letters, what waits for a translator, drafts nobody has been "
		 "over, wordings\n"
		 "that were replaced and what is of no use as parallel data is left "
		 "out.",
	.examples = "  git amts-sync pairs --lang zh --min-score 0.9 >zh.tsv\n"
		    "  git amts-sync pairs --tgt-lang tr --unit paragraph guide.md "
		    "guide.tr.md",
	.opts = options,
	.opts_size = sizeof(struct pairs_opts),
	.min_args = 0,
	.max_args = 2,
	.run = run,
};
