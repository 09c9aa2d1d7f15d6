/* git amts-sync memory: what has been translated before, in and out. */
#include "cli.h"
#include "project.h"

#include "amts/bitext.h"

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define HITS 10
#define MIN_SCORE .5
#define SHORT_ID 10

struct memory_opts {
	const char *memory, *src_lang, *tgt_lang, *path;
	int format, profile; /* indices of the choices below */
	int drafts, all, json;
};

static const struct cli_opt options[] = {
	{ CLI_STR, 0, "memory", "file", "this memory; that of the repository",
		offsetof(struct memory_opts, memory) },
	{ CLI_STR, 0, "src-lang", "lang", "language of the source",
		offsetof(struct memory_opts, src_lang) },
	{ CLI_STR, 0, "tgt-lang", "lang", "language of the translation",
		offsetof(struct memory_opts, tgt_lang) },
	{ CLI_CHOICE, 0, "format", "auto|tsv|csv|tmx|jsonl",
		"of files; by their names, and TMX for export",
		offsetof(struct memory_opts, format) },
	{ CLI_CHOICE, 0, "profile", "none|amazon",
		"export: keep the rules of Amazon's parallel data",
		offsetof(struct memory_opts, profile) },
	{ CLI_STR, 0, "path", "pattern", "forget: what comes from these documents",
		offsetof(struct memory_opts, path) },
	{ CLI_FLAG, 0, "drafts", NULL, "forget: what nobody has reviewed",
		offsetof(struct memory_opts, drafts) },
	{ CLI_FLAG, 0, "all", NULL, "forget: everything",
		offsetof(struct memory_opts, all) },
	{ CLI_FLAG, 0, "json", NULL, "stats and lookup: one JSON object",
		offsetof(struct memory_opts, json) },
	{ 0 },
};

struct job {
	struct cli *cli;
	const struct memory_opts *o;
	struct amts_memory *mem;
	const char *path; /* of the memory */
	int argc;
	char **argv; /* after the name of the action */
};

/* ---- import ---- */

static int import_one(
	size_t *n, const struct job *j, const char *file, struct amts_error *err)
{
	struct cli_meter m = { .cli = j->cli };
	struct amts_progress progress = { cli_meter_step, &m };
	int format =
		j->o->format ? j->o->format - 1 : amts_bitext_format_of(amts_str_z(file));
	struct amts_str bytes;
	int rc;

	if (format < 0)
		return amts_fail(err, AMTS_EUSAGE,
			"'%s' does not end in .tsv, .csv, .tmx or .jsonl: say which with "
			"'--format'",
			file);
	if ((rc = cli_read(&bytes, j->cli->arena, file, err)))
		return rc;
	rc = amts_bitext_import(n, j->mem, bytes, file, (enum amts_bitext_format)format,
		j->o->src_lang, j->o->tgt_lang, &progress, err);
	cli_progress_stop(m.p);
	return rc;
}

static int import(const struct job *j, struct amts_error *err)
{
	size_t before, after, n = 0, sum = 0;
	int i, rc = amts_memory_count(&before, j->mem, NULL, NULL, err);

	for (i = 0; i < j->argc && !rc; i++) {
		rc = import_one(&n, j, j->argv[i], err);
		sum += rc ? 0 : n;
	}
	if (rc || (rc = amts_memory_count(&after, j->mem, NULL, NULL, err)))
		return rc;
	printf("%zu pairs read, %zu of them new; the memory holds %zu\n", sum,
		after - before, after);
	return AMTS_OK;
}

/* ---- export ---- */

static int export(const struct job *j, struct amts_error *err)
{
	struct amts_buf out = AMTS_BUF_INIT, left = AMTS_BUF_INIT;
	struct amts_bitext_counts counts;
	enum amts_bitext_format format =
		j->o->format ? (enum amts_bitext_format)(j->o->format - 1)
			     : AMTS_BITEXT_TMX;
	int rc = amts_bitext_export(&out, &counts, j->mem, format,
		j->o->profile ? AMTS_BITEXT_AMAZON : AMTS_BITEXT_PLAIN, j->o->src_lang,
		j->o->tgt_lang, err);

	if (!rc) {
		cli_put_data(amts_buf_str(&out));
		amts_bitext_left_out(&left, &counts);
		if (left.n)
			cli_warn("left out: %s", left.p);
	}
	amts_buf_release(&out);
	amts_buf_release(&left);
	return rc;
}

/* ---- stats ---- */

static size_t file_size(const struct job *j)
{
	struct stat st;
	const char *wal = amts_arena_fmt(j->cli->arena, "%s-wal", j->path).p;
	size_t n = stat(j->path, &st) ? 0 : (size_t)st.st_size;

	return n + (stat(wal, &st) ? 0 : (size_t)st.st_size);
}

static const char *day(struct cli *cli, int64_t date)
{
	time_t t = (time_t)date;
	struct tm tm;

	if (!date || !gmtime_r(&t, &tm))
		return "";
	return amts_arena_fmt(cli->arena, "%04d-%02d-%02d", tm.tm_year + 1900,
		tm.tm_mon + 1, tm.tm_mday)
		.p;
}

static int stats_json(const struct job *j, const struct amts_memory_stats *v, size_t n,
	struct amts_error *err)
{
	struct cJSON *json = cli_json_object(), *list, *one;
	size_t i;

	cli_json_str(json, "file", amts_str_z(j->path));
	cli_json_int(json, "bytes", file_size(j));
	list = cJSON_AddArrayToObject(json, "languages");
	for (i = 0; i < n; i++) {
		one = cJSON_CreateObject();
		cli_json_str(one, "src_lang", amts_str_z(v[i].src_lang));
		cli_json_str(one, "tgt_lang", amts_str_z(v[i].tgt_lang));
		cli_json_int(one, "pairs", v[i].pairs);
		cli_json_int(one, "segments", v[i].segments);
		cli_json_int(one, "drafts", v[i].drafts);
		cli_json_int(one, "documents", v[i].documents);
		cli_json_int(one, "oldest", (size_t)v[i].oldest);
		cli_json_int(one, "newest", (size_t)v[i].newest);
		cJSON_AddItemToArray(list, one);
	}
	return cli_json_print(json, err);
}

static int stats(const struct job *j, struct amts_error *err)
{
	struct amts_memory_stats *v;
	size_t i, n;
	int rc = amts_memory_stats(&v, &n, j->cli->arena, j->mem, err);

	if (rc)
		return rc;
	if (j->o->json)
		return stats_json(j, v, n, err);
	printf("%s: %.1f MB\n", j->path, (double)file_size(j) / 1e6);
	for (i = 0; i < n; i++) {
		printf("%s %s: %zu pairs of %zu segments, %zu of them drafts, from %zu "
		       "documents",
			v[i].src_lang, v[i].tgt_lang, v[i].pairs, v[i].segments,
			v[i].drafts, v[i].documents);
		if (v[i].newest)
			printf(", %s to %s", day(j->cli, v[i].oldest),
				day(j->cli, v[i].newest));
		putchar('\n');
	}
	return AMTS_OK;
}

/* ---- lookup ---- */

/* As translators count: 100 is the same text. */
static int percent(double score)
{
	return (int)(score * 100 + 1e-9);
}

static int hits_json(
	const struct job *j, const struct amts_hit *v, size_t n, struct amts_error *err)
{
	struct cJSON *json = cli_json_object();
	struct cJSON *list = cJSON_AddArrayToObject(json, "hits");
	size_t i;

	(void)j;
	for (i = 0; i < n; i++) {
		const struct amts_pair *p = &v[i].pair;
		struct cJSON *one = cJSON_CreateObject();

		cli_json_int(one, "score", (size_t)percent(v[i].score));
		cli_json_str(one, "src", p->src);
		cli_json_str(one, "tgt", p->tgt);
		cli_json_str(one, "before", p->before);
		cli_json_str(one, "path", p->path);
		cli_json_str(one, "commit", p->commit);
		cli_json_int(one, "date", (size_t)p->date);
		cJSON_AddBoolToObject(one, "draft", p->draft);
		cJSON_AddItemToArray(list, one);
	}
	return cli_json_print(json, err);
}

static void put_hit(const struct job *j, const struct amts_hit *h)
{
	struct amts_str id = amts_str_sub(h->pair.commit, 0, SHORT_ID);
	const char *date = day(j->cli, h->pair.date);

	printf("%3d  ", percent(h->score));
	cli_put_text(h->pair.src);
	printf("\n     ");
	cli_put_text(h->pair.tgt);
	printf("\n     ");
	cli_put_text(h->pair.path.n ? h->pair.path : AMTS_STR("imported"));
	if (id.n)
		putchar('@');
	cli_put_text(id);
	printf("%s%s%s\n", *date ? ", " : "", date, h->pair.draft ? ", draft" : "");
}

static int lookup(const struct job *j, struct amts_error *err)
{
	struct amts_arena *arena = j->cli->arena;
	struct amts_hit hits[HITS];
	size_t i, n;
	int rc;

	if (!j->o->tgt_lang)
		return amts_fail(err, AMTS_EUSAGE, "option 'tgt-lang' is required");
	rc = amts_memory_lookup(hits, &n, HITS, arena, j->mem,
		j->o->src_lang ? j->o->src_lang : "en", j->o->tgt_lang,
		amts_bitext_protect(arena, amts_str_z(j->argv[0])),
		amts_bitext_protect(arena, amts_str_z(j->argc > 1 ? j->argv[1] : "")),
		MIN_SCORE, err);
	if (rc)
		return rc;
	if (j->o->json)
		return hits_json(j, hits, n, err);
	for (i = 0; i < n; i++)
		put_hit(j, &hits[i]);
	return AMTS_OK;
}

/* ---- forget ---- */

static int forget(const struct job *j, struct amts_error *err)
{
	const struct memory_opts *o = j->o;
	struct amts_memory_filter filter = { o->src_lang, o->tgt_lang, o->path,
		o->drafts };
	int some = o->src_lang || o->tgt_lang || o->path || o->drafts;
	size_t n;
	int rc;

	if (some == o->all)
		return amts_fail(err, AMTS_EUSAGE,
			"say what to forget: '--all', or some of '--tgt-lang', "
			"'--src-lang', '--path' and '--drafts'");
	if ((rc = amts_memory_forget(&n, j->mem, &filter, err)))
		return rc;
	printf("%zu pair%s forgotten\n", n, n == 1 ? "" : "s");
	return AMTS_OK;
}

/* ---- the command ---- */

static const struct action {
	const char *name;
	int min_args, max_args;
	int (*run)(const struct job *j, struct amts_error *err);
} actions[] = {
	{ "import", 1, -1, import },
	{ "export", 0, 0, export },
	{ "stats", 0, 0, stats },
	{ "lookup", 1, 2, lookup },
	{ "forget", 0, 0, forget },
};

static int find_action(
	const struct action **out, int argc, char **argv, struct amts_error *err)
{
	size_t i;

	for (i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
		const struct action *a = &actions[i];

		if (strcmp(a->name, argv[0]) != 0)
			continue;
		*out = a;
		if (argc - 1 < a->min_args ||
			(a->max_args >= 0 && argc - 1 > a->max_args))
			return amts_fail(err, AMTS_EUSAGE,
				"wrong number of arguments for '%s'", a->name);
		return AMTS_OK;
	}
	return amts_fail(err, AMTS_EUSAGE,
		"'%s' is none of import, export, stats, lookup, forget", argv[0]);
}

/* The file given, or that of the repository around the current folder. */
static int find_memory(struct job *j, struct amts_error *err)
{
	struct amts_repo *repo;
	int rc;

	j->path = j->o->memory;
	if (j->path)
		return AMTS_OK;
	if ((rc = amts_repo_open(&repo, ".", err)))
		return rc;
	j->path = amts_arena_fmt(
		j->cli->arena, "%s" AMTS_MEMORY_PATH, amts_repo_common_dir(repo))
			  .p;
	amts_repo_free(repo);
	return AMTS_OK;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	struct job j = { .cli = cli, .o = opts, .argc = argc - 1, .argv = argv + 1 };
	const struct action *a = NULL;
	struct stat st;
	int rc;

	if ((rc = find_action(&a, argc, argv, err)) || (rc = find_memory(&j, err)))
		return rc;
	if (a->run != import && stat(j.path, &st))
		return amts_fail(
			err, AMTS_ENOTFOUND, "no translation memory at '%s'", j.path);
	if ((rc = amts_memory_open(&j.mem, j.path, err)))
		return rc;
	rc = a->run(&j, err);
	amts_memory_free(j.mem);
	return rc;
}

const struct cli_command cmd_memory = {
	.name = "memory",
	.group = CLI_DATA,
	.summary = "what has been translated before, in and out",
	.usage = "[<options>] import <file>...\n"
		 "[<options>] export\n"
		 "[<options>] stats\n"
		 "[<options>] lookup --tgt-lang <lang> <text> [<text before it>]\n"
		 "[<options>] forget (--all | --tgt-lang <lang> | --path <pattern> | "
		 "--drafts)...",
	.about = "The memory of a repository holds each sentence and its translations, "
		 "with the\n"
		 "document, commit and date they come from.  \"sync\" fills it, and "
		 "drafts from it.\n"
		 "\n"
		 "TMX and JSONL carry all of that; CSV and TSV only the texts.  Code, "
		 "formulas and\n"
		 "links are placeholders, <x id=\"1\"/>; in files and texts that are "
		 "given they may be\n"
		 "written out, as \"pairs\" prints them.",
	.examples = "  git amts-sync memory import vendor.tmx\n"
		    "  git amts-sync memory export --tgt-lang zh >zh.tmx\n"
		    "  git amts-sync memory lookup --tgt-lang zh 'Open the door.'",
	.opts = options,
	.opts_size = sizeof(struct memory_opts),
	.min_args = 1,
	.max_args = -1,
	.run = run,
};
