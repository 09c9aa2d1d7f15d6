/* git amts-sync diff: what changed in the source, beside what would become of it. */
#include "cli.h"
#include "project.h"

#include <stddef.h>
#include <stdio.h>

struct diff_opts {
	struct cli_list langs;
	const char *engine;
	int offline;
};

static const struct cli_opt options[] = {
	{ CLI_LIST, 0, "lang", "lang", "only this language; may be given several times",
		offsetof(struct diff_opts, langs) },
	{ CLI_STR, 0, "engine", "name", "draft with this engine (memory, none)",
		offsetof(struct diff_opts, engine) },
	{ CLI_FLAG, 0, "offline", NULL, "do not fetch repositories given by url",
		offsetof(struct diff_opts, offline) },
	{ 0 },
};

/* "    en  " and what changed; nothing when there is neither text. */
static void put_change(const struct cli *cli, const char *lang, enum amts_block_kind kind,
	struct amts_str old, struct amts_str new)
{
	char margin[32];

	if (!old.n && !new.n)
		return;
	snprintf(margin, sizeof(margin), "  %-5.12s ", lang);
	if (amts_block_kind_has_lines(kind)) {
		cli_put_line_diff(cli, margin, old, new);
		return;
	}
	fputs(margin, stdout);
	cli_put_word_diff(cli, old, new);
	putchar('\n');
}

/* What a step is and why, as the header of a hunk. */
static void put_header(const struct cli *cli, const struct amts_sync_text *text,
	const struct amts_step *s)
{
	printf("%s@@", cli_color(cli, CLI_CYAN));
	if (s->src_line)
		printf(" %s %zu", text->src_lang, s->src_line);
	if (s->tgt_line)
		printf(" %s %zu", text->tgt_lang, s->tgt_line);
	printf(" @@%s %s%s%s %s: %s", cli_color(cli, CLI_RESET),
		cli_color(cli, s->pending ? CLI_YELLOW : CLI_BOLD),
		amts_action_name(s->action), cli_color(cli, CLI_RESET),
		amts_block_kind_name(s->kind), s->reason);
	if (s->pending && s->action != AMTS_ACTION_PENDING)
		fputs(" (pending)", stdout);
	if (s->score < 1)
		printf(" (%.0f %% sure)", s->score * 100);
	if (s->from.n) {
		fputs(" from ", stdout);
		cli_put_text(s->from);
	}
	putchar('\n');
}

static void show(void *payload, const struct amts_sync_text *text)
{
	const struct cli *cli = payload;
	size_t i;

	if (!text->nsteps)
		return;
	printf("%s%s ", cli_color(cli, CLI_BOLD), text->tgt_lang);
	cli_put_path(text->file->new_path);
	printf("%s\n", cli_color(cli, CLI_RESET));
	for (i = 0; i < text->nsteps; i++) {
		const struct amts_step *s = &text->steps[i];

		put_header(cli, text, s);
		put_change(cli, text->src_lang, s->kind,
			amts_str_sub(text->base, s->base.beg, s->base.end),
			amts_str_sub(text->head, s->head.beg, s->head.end));
		put_change(cli, text->tgt_lang, s->kind,
			amts_str_sub(text->target, s->target.beg, s->target.end),
			amts_str_sub(text->out, s->out.beg, s->out.end));
		if (s->pending && s->hint.n) {
			fputs("  ", stdout);
			cli_put_text(s->hint);
			putchar('\n');
		}
	}
	putchar('\n');
}

static int diff_lang(struct cli *cli, const struct diff_opts *o,
	struct amts_project *project, const char *lang, const struct cli_list *paths,
	struct amts_error *err)
{
	struct amts_sync_options opt = { .dry_run = 1,
		.engine = o->engine,
		.paths = paths->v,
		.npaths = paths->n,
		.show = show,
		.show_payload = cli };
	struct amts_sync_result result;
	struct amts_sync *sync;
	int rc = amts_sync_open(&sync, project, lang, o->offline, err);

	if (rc)
		return rc;
	rc = amts_sync_run(&result, sync, &opt, err);
	if (!rc)
		rc = amts_sync_show_left(sync, &opt, err);
	if (!rc)
		cli_warn_of_notes(sync);
	if (!rc)
		cli_warn_of_failures(&result);
	amts_sync_free(sync);
	return rc;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct diff_opts *o = opts;
	struct amts_project *project;
	struct cli_list langs, paths;
	size_t i;
	int rc = cli_project_open(&project, cli, err);

	if (rc)
		return rc;
	rc = cli_project_langs(&langs, cli, project, &o->langs, err);
	if (!rc)
		rc = cli_project_paths(&paths, cli, project, argc, argv, err);
	if (!rc)
		rc = cli_project_check_paths(
			project, &langs, &paths, argv, o->offline, err);
	if (!rc)
		cli_pager(cli);
	for (i = 0; !rc && i < langs.n; i++)
		rc = diff_lang(cli, o, project, langs.v[i], &paths, err);
	amts_project_free(project);
	return rc;
}

const struct cli_command cmd_diff = {
	.name = "diff",
	.group = CLI_MAIN,
	.summary = "show what changed in the source beside its translation",
	.usage = "[--lang <lang>]... [--engine <name>] [--] [<path>...]",
	.about = "Shows each place that sync would look at: what changed in the source, "
		 "word by word or,\n"
		 "in code, line by line; and what would become of the translation there, "
		 "why, and how\n"
		 "sure that is. Nothing is written. 'pending' places wait for a "
		 "translator; those\n"
		 "that an earlier sync left to people are shown too, with what the "
		 "source said before.",
	.examples = "  git amts-sync diff\n"
		    "  git amts-sync diff --lang zh chapter_preliminaries/ndarray.md",
	.opts = options,
	.opts_size = sizeof(struct diff_opts),
	.max_args = -1,
	.run = run,
};
