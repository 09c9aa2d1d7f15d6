/* git amts-sync check: faults of translations that a program can see. */
#include "check_output.h"
#include "cli.h"
#include "project.h"

#include <stddef.h>
#include <stdio.h>

enum { EXIT_FAULTS = 1 };

struct check_opts {
	int format, strict, review, offline;
	struct cli_list langs, rules;
};

static const struct cli_opt options[] = {
	{ CLI_CHOICE, 0, "format", "text|json|sarif|github",
		"sarif for code scanning, github for annotations of a workflow",
		offsetof(struct check_opts, format) },
	{ CLI_LIST, 0, "rule", "rule", "only this rule; may be given several times",
		offsetof(struct check_opts, rules) },
	{ CLI_FLAG, 0, "strict", NULL, "warnings count as errors",
		offsetof(struct check_opts, strict) },
	{ CLI_FLAG, 0, "review", NULL, "check the review branch, where there is one",
		offsetof(struct check_opts, review) },
	{ CLI_LIST, 0, "lang", "lang", "only this language; may be given several times",
		offsetof(struct check_opts, langs) },
	{ CLI_FLAG, 0, "offline", NULL, "do not fetch repositories given by url",
		offsetof(struct check_opts, offline) },
	{ 0 },
};

/* The rules asked for; all when none was. */
static int parse_rules(char wanted[AMTS_CHECK_RULES], const struct cli_list *names,
	struct amts_error *err)
{
	size_t i, k;

	for (k = 0; k < AMTS_CHECK_RULES; k++)
		wanted[k] = !names->n;
	for (i = 0; i < names->n; i++) {
		struct amts_str name = amts_str_z(names->v[i]);

		for (k = 0; k < AMTS_CHECK_RULES; k++)
			if (amts_str_eq(name, amts_str_z(amts_check_rule_name(
						      (enum amts_check_rule)k))))
				break;
		if (k == AMTS_CHECK_RULES)
			return amts_fail(err, AMTS_EUSAGE,
				"unknown rule '%s'; see git-amts-sync(1)", names->v[i]);
		wanted[k] = 1;
	}
	return AMTS_OK;
}

struct checking {
	struct check_output *out;
	char wanted[AMTS_CHECK_RULES];
	size_t files, faulty, errors, warnings;
};

static void show(
	void *payload, const struct amts_file *file, const struct amts_faults *faults)
{
	struct checking *c = payload;
	size_t i, n = 0;

	for (i = 0; i < faults->n; i++) {
		const struct amts_fault *f = &faults->v[i];

		if (!c->wanted[f->rule])
			continue;
		check_output_add(c->out, file->tgt_path, f);
		if (amts_check_is_error(f->rule))
			c->errors++;
		else
			c->warnings++;
		n++;
	}
	c->files++;
	c->faulty += n > 0;
}

static void put_summary(const struct checking *c)
{
	printf("%zu error%s and %zu warning%s in %zu of %zu file%s\n", c->errors,
		c->errors == 1 ? "" : "s", c->warnings, c->warnings == 1 ? "" : "s",
		c->faulty, c->files, c->files == 1 ? "" : "s");
}

static int check_lang(struct cli *cli, const struct check_opts *o,
	struct amts_project *project, const char *lang, const struct cli_list *paths,
	struct checking *c, struct amts_error *err)
{
	struct cli_meter m = { .cli = cli };
	struct amts_progress progress = { cli_meter_step, &m };
	struct amts_check_options opt = { .paths = paths->v,
		.npaths = paths->n,
		.progress = &progress,
		.show = show,
		.payload = c };
	struct amts_sync *sync;
	unsigned flags = (o->offline ? AMTS_SYNC_OFFLINE : 0) |
			 (o->review ? 0 : AMTS_SYNC_REVIEWED);
	int rc = amts_sync_open(&sync, project, lang, flags, err);

	if (rc)
		return rc;
	rc = amts_sync_check(sync, &opt, err);
	cli_progress_stop(m.p);
	cli_warn_of_notes(sync);
	amts_sync_free(sync);
	return rc;
}

static int check_all(struct cli *cli, const struct check_opts *o,
	struct amts_project *project, int argc, char **argv, struct checking *c,
	struct amts_error *err)
{
	struct cli_list langs, paths;
	size_t i;
	int rc = cli_project_langs(&langs, cli, project, &o->langs, err);

	if (!rc)
		rc = cli_project_paths(&paths, cli, project, argc, argv, err);
	if (!rc)
		rc = cli_project_check_paths(
			project, &langs, &paths, argv, o->offline, err);
	if (!rc)
		rc = parse_rules(c->wanted, &o->rules, err);
	for (i = 0; !rc && i < langs.n; i++)
		rc = check_lang(cli, o, project, langs.v[i], &paths, c, err);
	return rc;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct check_opts *o = opts;
	struct checking c = { 0 };
	struct amts_project *project;
	int rc = cli_project_open(&project, cli, err);

	if (rc)
		return rc;
	c.out = check_output_new(cli, (enum check_format)o->format);
	if (o->format == CHECK_TEXT)
		cli_pager(cli);
	rc = check_all(cli, o, project, argc, argv, &c, err);
	if (!rc)
		rc = check_output_end(c.out, err);
	else
		check_output_drop(c.out);
	amts_project_free(project);
	if (rc)
		return rc;
	if (o->format == CHECK_TEXT)
		put_summary(&c);
	return c.errors || (o->strict && c.warnings) ? EXIT_FAULTS : 0;
}

const struct cli_command cmd_check = {
	.name = "check",
	.group = CLI_MAIN,
	.summary = "look for faults in translations",
	.usage = "[--format <format>] [--rule <rule>]... [--strict] [--review]\n"
		 "[--lang <lang>]... [--] [<path>...]",
	.about =
		"Compares each translation with the source it was made from.  Errors are "
		"pages that\n"
		"are broken for their readers: empty, encoding, conflict, fence, "
		"leftover, "
		"link, anchor,\n"
		"label.\n"
		"Warnings are for a person to look at: placeholder, number, math, "
		"heading,\n"
		"untranslated, pending, glossary.  Exits with 1 when there are errors.",
	.examples = "  git amts-sync check\n"
		    "  git amts-sync check --review --format github",
	.opts = options,
	.opts_size = sizeof(struct check_opts),
	.max_args = -1,
	.run = run,
};
