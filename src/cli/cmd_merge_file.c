/* git amts-sync merge-file: bring one translation from BASE to HEAD, without a
 * repository. */
#include "cli.h"

#include "amts/align.h"
#include "amts/memory.h"
#include "amts/plan.h"
#include "amts/text.h"

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FUZZY_FROM                                                                       \
	0.75 /* similarity from which a memory's sentence is worth correcting */

enum engine_choice { ENGINE_MEMORY, ENGINE_NONE };

struct merge_opts {
	const char *src_lang, *tgt_lang, *memory, *report, *strictness;
	int engine; /* enum engine_choice */
	int to_stdout;
};

static const struct cli_opt options[] = {
	{ CLI_STR, 0, "tgt-lang", "lang",
		"language of the translation (zh, pt-BR); required",
		offsetof(struct merge_opts, tgt_lang) },
	{ CLI_STR, 0, "src-lang", "lang", "language of BASE and HEAD; en",
		offsetof(struct merge_opts, src_lang) },
	{ CLI_CHOICE, 0, "engine", "memory|none", "who drafts; memory",
		offsetof(struct merge_opts, engine) },
	{ CLI_STR, 0, "memory", "file", "translation memory to draft from; an empty one",
		offsetof(struct merge_opts, memory) },
	{ CLI_STR, 0, "strictness", "edits",
		"small edits that wait for people too: punctuation, case, article, typo, "
		"wording, all; none",
		offsetof(struct merge_opts, strictness) },
	{ CLI_FLAG, 'p', "stdout", NULL, "print the result; TARGET stays as it is",
		offsetof(struct merge_opts, to_stdout) },
	{ CLI_STR, 0, "report", "file", "write what was done, place by place, as JSON",
		offsetof(struct merge_opts, report) },
	{ 0 },
};

/* What the merge reads, and what came out. */
struct merge {
	struct cli *cli;
	const struct merge_opts *opts;
	const char *target_path;
	struct amts_str base, head, target;
	struct amts_plan *plan;
	struct amts_buf out;
};

static int read_inputs(struct merge *m, char **argv, struct amts_error *err)
{
	struct amts_str *to[] = { &m->base, &m->head, &m->target };
	int i, rc = AMTS_OK;

	for (i = 0; !rc && i < 3; i++)
		rc = cli_read(to[i], m->cli->arena, argv[i], err);
	for (i = 0; !rc && i < 3; i++)
		if (amts_str_is_binary(*to[i]))
			rc = amts_fail(
				err, AMTS_EPARSE, "'%s' is binary, not text", argv[i]);
	if (!rc)
		rc = amts_text_check(
			m->target, amts_arena_fmt(m->cli->arena, "'%s'", argv[2]).p, err);
	return rc;
}

static int open_memory(
	struct amts_memory **out, const struct merge *m, struct amts_error *err)
{
	const char *path = m->opts->memory;

	if (access(path, R_OK))
		return amts_fail(
			err, AMTS_ENOTFOUND, "no translation memory at '%s'", path);
	return amts_memory_open(out, path, err);
}

/* Drafts for what the plan asks for, from mem if there is one. */
static int draft(struct amts_mt_result **out, const struct merge *m,
	struct amts_memory *mem, struct amts_error *err)
{
	size_t n;
	const struct amts_mt_request *requests = amts_plan_requests(m->plan, &n);
	struct amts_mt_result *results =
		AMTS_NEW(m->cli->arena, struct amts_mt_result, n + 1);
	struct amts_engine *engine =
		mem ? amts_engine_memory(
			      mem, NULL, m->opts->src_lang, m->opts->tgt_lang, FUZZY_FROM)
		    : amts_engine_none();
	int rc = amts_engine_translate(engine, m->cli->arena, requests, n, results, err);

	amts_engine_free(engine);
	*out = results;
	return rc;
}

static int merge(struct merge *m, struct amts_error *err)
{
	struct amts_plan_input in = {
		.base = m->base,
		.head = m->head,
		.target = m->target,
		.src_lang = m->opts->src_lang,
		.tgt_lang = m->opts->tgt_lang,
		.path = m->target_path,
	};
	struct amts_memory *mem = NULL;
	struct amts_mt_result *results;
	int rc = AMTS_OK;

	if (m->opts->strictness)
		rc = amts_small_edits_parse(&in.strict, m->opts->strictness, err);
	if (!rc && m->opts->engine == ENGINE_MEMORY && m->opts->memory)
		rc = open_memory(&mem, m, err);
	if (!rc)
		rc = amts_plan_make(&m->plan, &in, err);
	if (!rc)
		rc = draft(&results, m, mem, err);
	if (!rc)
		rc = amts_plan_apply(&m->out, m->plan, results, err);
	if (mem)
		amts_memory_free(mem);
	return rc;
}

/* From old to new; nothing where both are the same. */
static void add_change(cJSON *o, const char *name, enum amts_block_kind kind,
	struct amts_str old, struct amts_str new)
{
	struct amts_buf buf = AMTS_BUF_INIT;

	if (!amts_str_eq(old, new))
		amts_diff_text(&buf, old, new, amts_block_kind_has_lines(kind));
	cli_json_str(o, name, amts_buf_str(&buf));
	amts_buf_release(&buf);
}

static struct cJSON *step_json(const struct merge *m, const struct amts_step *s)
{
	struct amts_str out = amts_buf_str(&m->out);
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "action", amts_action_name(s->action));
	cJSON_AddStringToObject(o, "kind", amts_block_kind_name(s->kind));
	cli_json_int(o, "src_line", s->src_line);
	cli_json_int(o, "tgt_line", s->tgt_line);
	cli_json_int(o, "out_line", s->out_line);
	cli_json_int(o, "lines", s->lines);
	cJSON_AddNumberToObject(o, "score", s->score);
	cli_json_str(o, "reason", amts_str_z(s->reason));
	cJSON_AddBoolToObject(o, "pending", s->pending);
	cJSON_AddBoolToObject(o, "small", s->small != 0);
	add_change(o, "src_change", s->kind,
		amts_str_sub(m->base, s->base.beg, s->base.end),
		amts_str_sub(m->head, s->head.beg, s->head.end));
	add_change(o, "tgt_change", s->kind,
		amts_str_sub(m->target, s->target.beg, s->target.end),
		amts_str_sub(out, s->out.beg, s->out.end));
	if (s->from.n)
		cli_json_str(o, "from", s->from);
	if (s->pending && s->hint.n)
		cli_json_str(o, "similar", s->hint);
	return o;
}

static int write_report(const struct merge *m, const struct amts_step *v, size_t n,
	struct amts_error *err)
{
	cJSON *o = cli_json_object();
	cJSON *units = cJSON_AddArrayToObject(o, "units");
	cJSON *counts = cJSON_AddObjectToObject(o, "counts");
	size_t count[AMTS_ACTIONS] = { 0 }, i;

	for (i = 0; i < n; i++) {
		cJSON_AddItemToArray(units, step_json(m, &v[i]));
		count[v[i].action]++;
	}
	for (i = 0; i < AMTS_ACTIONS; i++)
		cli_json_int(counts, amts_action_name((enum amts_action)i), count[i]);
	return cli_json_write(m->opts->report, o, err);
}

static int write_result(const struct merge *m, struct amts_error *err)
{
	struct amts_str out = amts_buf_str(&m->out);

	if (m->opts->to_stdout || !strcmp(m->target_path, "-")) {
		cli_put_data(out);
		return AMTS_OK;
	}
	return amts_str_eq(out, m->target) ? AMTS_OK
					   : cli_write(m->target_path, out, err);
}

/* What is left for a person, on stderr; how many places that is. */
static size_t tell_pending(const struct merge *m, const struct amts_step *v, size_t n)
{
	size_t i, pending = 0;

	for (i = 0; i < n; i++) {
		if (!v[i].pending)
			continue;
		pending++;
		fprintf(stderr, "%s:%zu: pending: %s: %s\n", m->target_path,
			v[i].out_line, amts_block_kind_name(v[i].kind), v[i].reason);
	}
	return pending;
}

static int finish(const struct merge *m, struct amts_error *err)
{
	size_t n;
	const struct amts_step *v = amts_plan_steps_by_line(m->plan, &n);
	int rc = AMTS_OK;

	if (m->opts->report)
		rc = write_report(m, v, n, err);
	if (!rc)
		rc = write_result(m, err);
	if (rc)
		return rc;
	return tell_pending(m, v, n) ? 1 : 0;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	struct merge_opts o = *(const struct merge_opts *)opts;
	struct merge m = {
		.cli = cli, .opts = &o, .target_path = argv[2], .out = AMTS_BUF_INIT
	};
	int rc;

	(void)argc;
	if (!o.tgt_lang)
		return amts_fail(err, AMTS_EUSAGE, "option 'tgt-lang' is required");
	if (!o.src_lang)
		o.src_lang = "en";
	rc = cli_check_lang(o.src_lang, err);
	if (!rc)
		rc = cli_check_lang(o.tgt_lang, err);
	if (rc)
		return rc;
	rc = read_inputs(&m, argv, err);
	if (!rc)
		rc = merge(&m, err);
	if (!rc)
		rc = finish(&m, err);
	amts_plan_free(m.plan);
	amts_buf_release(&m.out);
	return rc;
}

const struct cli_command cmd_merge_file = {
	.name = "merge-file",
	.group = CLI_PLUMBING,
	.summary = "bring one translated file from a base of its source to a newer one",
	.usage = "--tgt-lang <lang> [<options>] <base> <head> <target>",
	.about = "Takes what changed in the source from <base> to <head> into <target>, "
		 "its translation:\n"
		 "code, math, links and labels are carried over, what was moved or "
		 "deleted is moved or\n"
		 "deleted, new text is drafted. Every other byte of <target> stays. "
		 "Needs no repository.\n"
		 "\n"
		 "Exits 0 when the result is complete, 1 when blocks are pending: listed "
		 "on stderr, they\n"
		 "wait for a translator.",
	.examples =
		"  git amts-sync merge-file --tgt-lang zh -p old.md new.md index.zh.md\n"
		"  git amts-sync merge-file --tgt-lang pt-BR --report what.json old.md "
		"new.md pt/index.md",
	.opts = options,
	.opts_size = sizeof(struct merge_opts),
	.min_args = 3,
	.max_args = 3,
	.run = run,
};
