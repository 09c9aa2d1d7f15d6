/* git amts-sync align: what corresponds to what in a text and its translation. */
#include "cli.h"

#include "amts/align.h"

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { UNIT_SENTENCE, UNIT_BLOCK };

struct align_opts {
	int unit, plain, json, threads;
	const char *src_lang, *tgt_lang, *batch;
};

static const struct cli_opt options[] = {
	{ CLI_STR, 0, "src-lang", "lang", "language of <src>; en by default",
		offsetof(struct align_opts, src_lang) },
	{ CLI_STR, 0, "tgt-lang", "lang", "language of <tgt>, such as zh or pt-BR",
		offsetof(struct align_opts, tgt_lang) },
	{ CLI_CHOICE, 0, "unit", "sentence|block", "what to align",
		offsetof(struct align_opts, unit) },
	{ CLI_FLAG, 0, "plain", NULL,
		"one sentence a line, blank lines between paragraphs",
		offsetof(struct align_opts, plain) },
	{ CLI_STR, 0, "batch", "list",
		"align many: lines of <src> TAB <tgt> TAB <out>; they teach each other",
		offsetof(struct align_opts, batch) },
	{ CLI_INT, 0, "threads", "n", "threads to use; one a processor by default",
		offsetof(struct align_opts, threads) },
	{ CLI_FLAG, 0, "json", NULL, "one JSON object; spans are byte offsets",
		offsetof(struct align_opts, json) },
	{ 0 },
};

/* One pair of documents. */
struct pair {
	const char *src, *tgt, *out; /* out NULL: standard output */
	int plain;
	struct amts_segments segs[2];
};

static const char *lang(const struct align_opts *o, int side)
{
	return side ? o->tgt_lang : o->src_lang ? o->src_lang : "en";
}

static int read_side(struct pair *p, int side, struct amts_arena *arena,
	const struct align_opts *o, struct amts_error *err)
{
	struct amts_doc *doc;
	struct amts_str bytes;
	int rc = cli_read(&bytes, arena, side ? p->tgt : p->src, err);

	if (!rc)
		cli_warn_of_bytes(side ? p->tgt : p->src, bytes);
	if (!rc)
		rc = p->plain ? amts_doc_plain(&doc, arena, bytes, err)
			      : amts_doc_parse(&doc, arena, bytes, err);
	return rc ? rc : amts_segments(&p->segs[side], arena, doc, lang(o, side), err);
}

static int read_pair(struct pair *p, struct amts_align_job *job,
	const struct align_opts *o, struct amts_error *err)
{
	int rc;

	job->arena = amts_arena_new();
	rc = read_side(p, 0, job->arena, o, err);
	if (!rc)
		rc = read_side(p, 1, job->arena, o, err);
	job->src = &p->segs[0];
	job->tgt = &p->segs[1];
	return rc;
}

/* ---- output ------------------------------------------------------------------ */

/* The bytes of unit k of one side. */
static struct amts_span unit_at(const struct amts_segments *segs, int unit, size_t k)
{
	return unit == UNIT_BLOCK ? segs->doc->v[k].all : segs->v[k].at;
}

static size_t unit_block(const struct amts_segments *segs, int unit, size_t k)
{
	return unit == UNIT_BLOCK ? k : segs->v[k].block;
}

static cJSON *spans_json(
	const struct amts_segments *segs, int unit, size_t beg, size_t end)
{
	cJSON *list = cJSON_CreateArray();

	for (size_t k = beg; k < end; k++) {
		struct amts_span at = unit_at(segs, unit, k);
		cJSON *o = cJSON_CreateObject();

		cli_json_int(o, "beg", at.beg);
		cli_json_int(o, "end", at.end);
		cJSON_AddItemToArray(list, o);
	}
	return list;
}

static cJSON *pair_json(
	const struct pair *p, const struct amts_alignment *beads, int unit)
{
	cJSON *o = cli_json_object(), *list;

	cJSON_AddStringToObject(o, "unit", unit == UNIT_BLOCK ? "block" : "sentence");
	list = cJSON_AddArrayToObject(o, "beads");
	for (size_t k = 0; k < beads->n; k++) {
		const struct amts_bead *b = &beads->v[k];
		cJSON *bead = cJSON_CreateObject();

		cJSON_AddItemToObject(bead, "src",
			spans_json(&p->segs[0], unit, b->src_beg, b->src_end));
		cJSON_AddItemToObject(bead, "tgt",
			spans_json(&p->segs[1], unit, b->tgt_beg, b->tgt_end));
		cJSON_AddNumberToObject(bead, "score", b->score);
		cJSON_AddItemToArray(list, bead);
	}
	return o;
}

/* Line numbers, as "[0, 1]". */
static void add_lines(struct amts_buf *out, const struct amts_segments *segs, int unit,
	size_t beg, size_t end)
{
	amts_buf_addc(out, '[');
	for (size_t k = beg; k < end; k++)
		amts_buf_addf(
			out, "%s%zu", k > beg ? ", " : "", unit_block(segs, unit, k));
	amts_buf_addc(out, ']');
}

static void add_plain(struct amts_buf *out, const struct pair *p,
	const struct amts_alignment *beads, int unit)
{
	for (size_t k = 0; k < beads->n; k++) {
		const struct amts_bead *b = &beads->v[k];

		add_lines(out, &p->segs[0], unit, b->src_beg, b->src_end);
		amts_buf_addc(out, ':');
		add_lines(out, &p->segs[1], unit, b->tgt_beg, b->tgt_end);
		amts_buf_addf(out, ":%.4f\n", b->score);
	}
}

static void show_side(const struct amts_segments *segs, int unit, size_t beg, size_t end)
{
	struct amts_str s;
	size_t n;

	if (beg == end) {
		printf("%5s  -\n", "");
		return;
	}
	for (size_t k = beg; k < end; k++) {
		struct amts_span at = unit_at(segs, unit, k);

		s = amts_str_sub(segs->doc->bytes, at.beg, at.end);
		n = amts_str_find(s, AMTS_STR("\n"), 0);
		printf("%5zu  ", segs->doc->v[unit_block(segs, unit, k)].line);
		cli_put_text(amts_str_sub(s, 0, n));
		putchar('\n');
	}
}

/* For people: the lines of both sides, one under the other. */
static void show_pair(const struct cli *cli, const struct pair *p,
	const struct amts_alignment *beads, int unit)
{
	for (size_t k = 0; k < beads->n; k++) {
		const struct amts_bead *b = &beads->v[k];

		printf("%s%zu-%zu %.2f%s\n", cli_color(cli, CLI_CYAN),
			b->src_end - b->src_beg, b->tgt_end - b->tgt_beg, b->score,
			cli_color(cli, CLI_RESET));
		show_side(&p->segs[0], unit, b->src_beg, b->src_end);
		show_side(&p->segs[1], unit, b->tgt_beg, b->tgt_end);
	}
}

static int put_pair(const struct cli *cli, const struct pair *p,
	const struct amts_align_job *job, const struct align_opts *o,
	struct amts_error *err)
{
	const struct amts_alignment *beads =
		o->unit == UNIT_BLOCK ? &job->blocks : &job->sentences;
	struct amts_buf text = AMTS_BUF_INIT;
	int rc;

	if (o->json || (p->out && !p->plain)) {
		cJSON *json = pair_json(p, beads, o->unit);

		return p->out ? cli_json_write(p->out, json, err)
			      : cli_json_print(json, err);
	}
	if (!p->plain) {
		show_pair(cli, p, beads, o->unit);
		return 0;
	}
	add_plain(&text, p, beads, o->unit);
	rc = amts_buf_check(&text, "beads", err);
	if (!rc && p->out)
		rc = cli_write(p->out, amts_buf_str(&text), err);
	else if (!rc)
		fwrite(text.p, 1, text.n, stdout);
	amts_buf_release(&text);
	return rc;
}

/* ---- the list of a batch ------------------------------------------------------- */

static int ends_in(const char *s, const char *suffix)
{
	return amts_str_ends(amts_str_z(s), amts_str_z(suffix));
}

static int read_entry(struct pair *p, struct amts_arena *arena, struct amts_str line,
	const struct align_opts *o, size_t number, struct amts_error *err)
{
	size_t a = amts_str_find(line, AMTS_STR("\t"), 0);
	size_t b = amts_str_find(line, AMTS_STR("\t"), a + 1);

	if (b >= line.n)
		return amts_fail(err, AMTS_EPARSE,
			"%s:%zu: want source, target and output, separated by tabs",
			o->batch, number);
	p->src = amts_arena_z(arena, amts_str_sub(line, 0, a));
	p->tgt = amts_arena_z(arena, amts_str_sub(line, a + 1, b));
	p->out = amts_arena_z(arena, amts_str_sub(line, b + 1, line.n));
	p->plain = o->plain || ends_in(p->src, ".txt");
	return 0;
}

static int read_list(struct pair **out, size_t *n, struct amts_arena *arena,
	const struct align_opts *o, struct amts_error *err)
{
	struct amts_str s;
	size_t lines = 1, number = 1;
	int rc = cli_read(&s, arena, o->batch, err);

	if (rc)
		return rc;
	for (size_t i = 0; i < s.n; i++)
		lines += s.p[i] == '\n';
	*out = AMTS_NEW(arena, struct pair, lines);
	*n = 0;
	for (size_t beg = 0, end; beg < s.n && !rc; beg = end + 1, number++) {
		end = amts_str_find(s, AMTS_STR("\n"), beg);
		if (end > beg)
			rc = read_entry(&(*out)[(*n)++], arena, amts_str_sub(s, beg, end),
				o, number, err);
	}
	return rc;
}

/* A file that a line of the list names, whatever it is called there. */
struct named {
	dev_t dev;
	ino_t ino;
	const char *path;
	int output;
};

/* Inputs before outputs. */
static int by_file(const void *x, const void *y)
{
	const struct named *a = x, *b = y;

	if (a->dev != b->dev)
		return a->dev < b->dev ? -1 : 1;
	if (a->ino != b->ino)
		return a->ino < b->ino ? -1 : 1;
	return a->output - b->output;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static void add_named(struct named *v, size_t *n, const char *path, int output)
{
	struct stat st;

	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return;
	v[(*n)++] = (struct named){ st.st_dev, st.st_ino, path, output };
}

/* No output is an input, the list, or another output. */
static int check_outputs(struct pair *pairs, size_t n, struct amts_arena *arena,
	const struct align_opts *o, struct amts_error *err)
{
	struct named *v = AMTS_NEW(arena, struct named, 3 * n + 1);
	const char **outs = AMTS_NEW(arena, const char *, n + 1);
	size_t k, m = 0;

	add_named(v, &m, o->batch, 0);
	for (k = 0; k < n; k++) {
		add_named(v, &m, pairs[k].src, 0);
		add_named(v, &m, pairs[k].tgt, 0);
		add_named(v, &m, pairs[k].out, 1);
		outs[k] = pairs[k].out;
	}
	qsort(v, m, sizeof(*v), by_file);
	for (k = 1; k < m; k++)
		if (v[k].output && v[k].dev == v[k - 1].dev && v[k].ino == v[k - 1].ino)
			return amts_fail(err, AMTS_EFAIL,
				"%s: output '%s' is '%s' too; nothing was written",
				o->batch, v[k].path, v[k - 1].path);
	qsort(outs, n, sizeof(*outs), by_name);
	for (k = 1; k < n; k++)
		if (!strcmp(outs[k], outs[k - 1]) && strncmp(outs[k], "/dev/", 5) != 0)
			return amts_fail(err, AMTS_EFAIL,
				"%s: output '%s' twice; nothing was written", o->batch,
				outs[k]);
	return AMTS_OK;
}

/* ---- the command --------------------------------------------------------------- */

static int align(struct cli *cli, struct pair *pairs, size_t n,
	const struct align_opts *o, struct amts_error *err)
{
	struct amts_align_job *jobs = AMTS_NEW(cli->arena, struct amts_align_job, n);
	struct cli_progress *progress = cli_progress_start(cli, "Reading", n);
	struct amts_aligner *al;
	int rc = 0;

	for (size_t k = 0; k < n && !rc; k++) {
		rc = read_pair(&pairs[k], &jobs[k], o, err);
		cli_progress_step(progress, k + 1);
	}
	cli_progress_stop(progress);
	if (!rc)
		rc = amts_aligner_new(&al, lang(o, 0), lang(o, 1), err);
	if (!rc) {
		rc = amts_align_batch(al, jobs, n, (unsigned)o->threads, err);
		amts_aligner_free(al);
	}
	for (size_t k = 0; k < n && !rc; k++)
		rc = put_pair(cli, &pairs[k], &jobs[k], o, err);
	for (size_t k = 0; k < n; k++)
		amts_arena_free(jobs[k].arena);
	return rc;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct align_opts *o = opts;
	struct pair one = { .plain = o->plain }, *pairs = &one;
	size_t n = 1;
	int rc;

	if (!o->tgt_lang)
		return amts_fail(err, AMTS_EUSAGE, "--tgt-lang is missing");
	rc = cli_check_lang(lang(o, 0), err);
	if (!rc)
		rc = cli_check_lang(lang(o, 1), err);
	if (rc)
		return rc;
	if (argc != (o->batch ? 0 : 2))
		return amts_fail(
			err, AMTS_EUSAGE, "want either <src> and <tgt> or --batch");
	if (o->batch) {
		rc = read_list(&pairs, &n, cli->arena, o, err);
		if (!rc)
			rc = check_outputs(pairs, n, cli->arena, o, err);
		return rc ? rc : align(cli, pairs, n, o, err);
	}
	one.src = argv[0];
	one.tgt = argv[1];
	if (!o->json && !o->plain)
		cli_pager(cli);
	return align(cli, &one, 1, o, err);
}

const struct cli_command cmd_align = {
	.name = "align",
	.group = CLI_DATA,
	.summary = "match the sentences or blocks of a text and its translation",
	.usage = "[<options>] --tgt-lang <lang> (<src> <tgt> | --batch <list>)",
	.about =
		"Prints beads: which units of <src> correspond to which units of <tgt>, "
		"in "
		"order, each\n"
		"with the probability that it is right. Units without a counterpart "
		"stand "
		"alone.\n"
		"With --plain a bead is a line such as '[0, 1]:[0]:0.93': lines of <src> "
		"and "
		"<tgt>,\n"
		"counted from 0 without the blank ones. In a batch files named *.txt are "
		"plain text,\n"
		"others markdown, whose beads are written as JSON.",
	.examples = "  git amts-sync align --tgt-lang zh guide.md guide.zh.md\n"
		    "  git amts-sync align --plain --src-lang de --tgt-lang fr de.txt "
		    "fr.txt\n"
		    "  git amts-sync align --tgt-lang ja --batch list",
	.opts = options,
	.opts_size = sizeof(struct align_opts),
	.min_args = 0,
	.max_args = 2,
	.run = run,
};
