/* git amts-sync pairs: what corresponds in documents and their translations. */
#include "articles.h"
#include "cli.h"
#include "project.h"

#include "amts/corpus.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct pairs_opts {
	const char *src_lang, *tgt_lang, *min_score;
	struct cli_list langs;
	int format, profile, unit; /* indices of the choices below */
	int plain, offline, explain;
};

static const struct cli_opt options[] = {
	{ CLI_CHOICE, 0, "format", "tsv|csv|tmx|jsonl",
		"what to print; tsv: source<TAB>target, a pair a line",
		offsetof(struct pairs_opts, format) },
	{ CLI_CHOICE, 0, "profile", "none|amazon",
		"keep the rules of Amazon's parallel data",
		offsetof(struct pairs_opts, profile) },
	{ CLI_CHOICE, 0, "unit", "sentence|paragraph", "what a pair is; sentence",
		offsetof(struct pairs_opts, unit) },
	{ CLI_STR, 0, "min-score", "score",
		"leave out what is less sure than this (0..1); 0",
		offsetof(struct pairs_opts, min_score) },
	{ CLI_FLAG, 0, "explain", NULL,
		"print what is left out instead, each with its reason",
		offsetof(struct pairs_opts, explain) },
	{ CLI_LIST, 0, "lang", "lang",
		"which target of this repository; several go into one file",
		offsetof(struct pairs_opts, langs) },
	{ CLI_FLAG, 0, "offline", NULL, "do not fetch repositories given by url",
		offsetof(struct pairs_opts, offline) },
	{ CLI_STR, 0, "tgt-lang", "lang", "language of <target>; required with two files",
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

/* What was collected, by language pair. */
struct corpora {
	struct amts_corpus *v;
	size_t n;
};

/* Of two files or folders. */
static int collect_articles(struct corpora *out, struct cli *cli,
	const struct pairs_opts *o, char **argv, struct amts_error *err)
{
	struct cli_articles how = { o->src_lang ? o->src_lang : "en", o->tgt_lang,
		(enum amts_unit)o->unit, o->plain };
	struct amts_corpus_input *in;
	size_t n;
	int rc;

	if (!o->tgt_lang)
		return amts_fail(err, AMTS_EUSAGE, "option 'tgt-lang' is required");
	if ((rc = cli_articles_read(&in, &n, cli, argv[0], argv[1], &how, err)))
		return rc;
	out->n = 1;
	out->v = AMTS_NEW(cli->arena, struct amts_corpus, 1);
	return amts_corpus_collect(out->v, cli->arena, how.src_lang, how.tgt_lang, in, n,
		how.unit, 0, 0, err);
}

/* Of a file of parallel data. */
static int collect_bitext(struct corpora *out, struct cli *cli,
	const struct pairs_opts *o, const char *file, struct amts_error *err)
{
	int format = amts_bitext_format_of(amts_str_z(file));
	struct amts_str bytes;
	int rc;

	if (format < 0)
		return amts_fail(err, AMTS_EUSAGE,
			"two files are needed, or one that ends in .tsv, .csv, .tmx or "
			".jsonl, or none");
	rc = cli_read(&bytes, cli->arena, file, err);
	return rc ? rc
		  : amts_corpus_read(&out->v, &out->n, cli->arena, bytes, file,
			    (enum amts_bitext_format)format, o->src_lang, o->tgt_lang,
			    err);
}

static int collect_target(struct amts_corpus *out, struct cli *cli,
	const struct pairs_opts *o, struct amts_project *project, const char *lang,
	struct amts_error *err)
{
	unsigned flags = AMTS_SYNC_REVIEWED | (o->offline ? AMTS_SYNC_OFFLINE : 0);
	struct cli_meter m = { .cli = cli };
	struct amts_progress progress = { cli_meter_step, &m };
	struct amts_sync *sync;
	int rc = amts_sync_open(&sync, project, lang, flags, err);

	if (rc)
		return rc;
	rc = amts_sync_corpus(
		out, cli->arena, sync, (enum amts_unit)o->unit, &progress, err);
	cli_progress_stop(m.p);
	cli_warn_of_notes(sync);
	if (!rc) { /* the pairs outlive the project, whose languages these are */
		out->src_lang = amts_arena_z(cli->arena, amts_str_z(out->src_lang));
		out->tgt_lang = amts_arena_z(cli->arena, amts_str_z(out->tgt_lang));
	}
	amts_sync_free(sync);
	return rc;
}

/* Of the targets asked for, or the only one. */
static int collect_targets(struct corpora *out, struct cli *cli,
	const struct pairs_opts *o, struct amts_project *project, struct amts_error *err)
{
	const struct amts_config *cfg = amts_project_config(project);
	struct cli_list langs;
	size_t i;
	int rc;

	if (!o->langs.n && cfg->n != 1)
		return amts_fail(err, AMTS_EUSAGE,
			"this repository has %zu targets: choose one with '--lang'",
			cfg->n);
	if ((rc = cli_project_langs(&langs, cli, project, &o->langs, err)))
		return rc;
	out->v = AMTS_NEW(cli->arena, struct amts_corpus, langs.n);
	for (i = 0; i < langs.n && !rc; i++, out->n++)
		rc = collect_target(&out->v[i], cli, o, project, langs.v[i], err);
	return rc;
}

static int collect_repository(struct corpora *out, struct cli *cli,
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
	rc = collect_targets(out, cli, o, project, err);
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
		printf("%s\t%.3f\t", amts_drop_name(why[i]), p->score);
		cli_put_data(p->src);
		putchar('\t');
		cli_put_data(p->tgt);
		putchar('\t');
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

/* Take out what is of no use, and say so. */
static int sift(struct cli *cli, const struct pairs_opts *o, struct amts_corpus *corpus,
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
	tell_dropped(counts);
	return AMTS_OK;
}

static int put(struct cli *cli, const struct pairs_opts *o, const struct corpora *all,
	struct amts_error *err)
{
	struct amts_bitext *v = AMTS_NEW(cli->arena, struct amts_bitext, all->n + 1);
	struct amts_buf out = AMTS_BUF_INIT, left = AMTS_BUF_INIT;
	struct amts_bitext_counts counts;
	size_t i;
	int rc;

	for (i = 0; i < all->n; i++)
		amts_corpus_bitext(&v[i], cli->arena, &all->v[i]);
	rc = amts_bitext_write(&out, &counts, (enum amts_bitext_format)o->format,
		o->profile ? AMTS_BITEXT_AMAZON : AMTS_BITEXT_PLAIN, v, all->n, err);
	if (!rc)
		cli_put_data(amts_buf_str(&out));
	amts_bitext_left_out(&left, &counts);
	if (!rc && left.n)
		fprintf(stderr, "%zu written; left out: %s\n", counts.written, left.p);
	amts_buf_release(&out);
	amts_buf_release(&left);
	return rc;
}

static int collect(struct corpora *out, struct cli *cli, const struct pairs_opts *o,
	int argc, char **argv, struct amts_error *err)
{
	if (!argc)
		return collect_repository(out, cli, o, err);
	if (argc == 1)
		return collect_bitext(out, cli, o, argv[0], err);
	return collect_articles(out, cli, o, argv, err);
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct pairs_opts *o = opts;
	struct amts_corpus_filter filter = { 0 };
	struct corpora all = { NULL, 0 };
	size_t i;
	int rc = AMTS_OK;

	if (o->profile)
		filter.max_bytes = AMTS_BITEXT_AMAZON_FIELD;
	if (o->min_score)
		rc = parse_score(&filter.min_score, o->min_score, err);
	if (!rc)
		rc = collect(&all, cli, o, argc, argv, err);
	for (i = 0; i < all.n && !rc; i++)
		rc = sift(cli, o, &all.v[i], &filter, err);
	if (rc || o->explain || !all.n)
		return rc;
	return put(cli, o, &all, err);
}

const struct cli_command cmd_pairs = {
	.name = "pairs",
	.group = CLI_DATA,
	.summary = "print sentences and their translations",
	.usage = "[<options>] [--lang <lang>]...\n"
		 "[<options>] --tgt-lang <lang> <source> <target>\n"
		 "[<options>] <file of pairs>",
	.about = "Aligns documents with their translations and prints what corresponds: "
		 "in the\n"
		 "history of one of this repository's translations, in two files or "
		 "folders\n"
		 "(markdown, web pages, plain text), or as a file of pairs has it.  "
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
		    "guide.tr.md\n"
		    "  git amts-sync pairs --tgt-lang zh --format tmx pages/en pages/zh\n"
		    "  git amts-sync pairs vendor.tmx --format csv --profile amazon",
	.opts = options,
	.opts_size = sizeof(struct pairs_opts),
	.min_args = 0,
	.max_args = 2,
	.run = run,
};
