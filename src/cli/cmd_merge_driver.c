/* git amts-sync merge-driver: what git calls for each page that both sides of a merge
 * changed; gitattributes(5). */
#include "cli.h"
#include "project.h"

#include "amts/merge.h"

#include <stddef.h>
#include <string.h>

struct driver_opts {
	const char *src_lang, *tgt_lang;
	struct cli_list labels;
	int marker_size;
};

static const struct cli_opt options[] = {
	{ CLI_INT, 0, "marker-size", "n", "length of conflict markers; 7",
		offsetof(struct driver_opts, marker_size) },
	{ CLI_LIST, 'L', NULL, "label",
		"label of <ours>, then of <base>, then of <theirs>",
		offsetof(struct driver_opts, labels) },
	{ CLI_STR, 0, "tgt-lang", "lang",
		"language of the translation; by default what .amts says",
		offsetof(struct driver_opts, tgt_lang) },
	{ CLI_STR, 0, "src-lang", "lang", "language of the source; what .amts says, en",
		offsetof(struct driver_opts, src_lang) },
	{ 0 },
};

enum { BASE, OURS, THEIRS, PATH };
enum { OURS_LABEL, BASE_LABEL, THEIRS_LABEL };

extern char **environ;

/* What `git merge` calls the commit that it merges, which it tells in the environment
 * (GITHEAD_<id>); NULL when that are several, or none as in a rebase. */
static const char *merged_head(void)
{
	char **v = environ;
	const char *name = NULL;

	for (; v && *v; v++) {
		if (strncmp(*v, "GITHEAD_", 8) || !strchr(*v, '='))
			continue;
		if (name)
			return NULL;
		name = strchr(*v, '=') + 1;
	}
	return name;
}

/* Git before 2.45 hands %S, %X and %Y on as they are: what it writes itself, then. */
static const char *label(const struct driver_opts *o, size_t i, const char *otherwise)
{
	const char *s = i < o->labels.n ? o->labels.v[i] : "";
	const char *head = merged_head();

	if (*s && !(s[0] == '%' && s[1] && !s[2]))
		return s;
	if (!head || i == BASE_LABEL)
		return otherwise;
	return i == OURS_LABEL ? "HEAD" : head;
}

static enum amts_marker_style style_named(const char *s)
{
	if (s && !strcmp(s, "diff3"))
		return AMTS_MARKERS_DIFF3;
	return s && !strcmp(s, "zdiff3") ? AMTS_MARKERS_ZDIFF3 : AMTS_MARKERS_MERGE;
}

static int take_style(
	const char *key, const char *value, void *payload, struct amts_error *err)
{
	(void)err;
	if (!strcmp(key, "merge.conflictstyle"))
		*(enum amts_marker_style *)payload = style_named(value);
	return AMTS_OK;
}

/* What git's configuration says of conflicts, where there is no `.amts`. */
static void set_style(struct amts_merge_input *in, struct cli *cli)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_repo *repo;
	struct amts_env env;

	if (cli_env(&env, cli->arena, &ignored) ||
		amts_repo_open_at(&repo, ".", &env.place, &ignored))
		return; /* outside of a repository */
	if (amts_repo_config(repo, take_style, &in->style, &ignored))
		in->style = AMTS_MARKERS_MERGE;
	amts_repo_free(repo);
}

/* Without `.amts` and without --tgt-lang nothing is known of translations. */
static int configure(struct amts_merge_input *in, struct amts_project **project,
	struct cli *cli, const struct driver_opts *o, struct amts_error *err)
{
	const struct amts_config *cfg;
	const struct amts_target *target;
	int rc = cli_project_open(project, cli, err);

	in->src_lang = o->src_lang ? o->src_lang : "en";
	in->tgt_lang = o->tgt_lang;
	if (rc == AMTS_ENOTFOUND) {
		*project = NULL;
		if (!o->tgt_lang)
			cli_warn("%s; '%s' is merged line by line", err->msg, in->path);
		set_style(in, cli);
		return AMTS_OK;
	}
	if (rc)
		return rc;
	cfg = amts_project_config(*project);
	in->style = style_named(amts_config_get(cfg, "merge.conflictStyle"));
	target = amts_config_target_at(cfg, amts_str_z(in->path));
	if (!o->src_lang)
		in->src_lang = cfg->src_lang;
	if (!o->tgt_lang && target)
		in->tgt_lang = target->lang;
	return target ? amts_small_edits_parse(&in->strict, target->strictness, err)
		      : AMTS_OK;
}

static int read_inputs(
	struct amts_merge_input *in, struct cli *cli, char **argv, struct amts_error *err)
{
	int rc = cli_read(&in->base, cli->arena, argv[BASE], err);

	if (!rc)
		rc = cli_read(&in->ours, cli->arena, argv[OURS], err);
	return rc ? rc : cli_read(&in->theirs, cli->arena, argv[THEIRS], err);
}

static int merge(
	const struct amts_merge_input *in, const char *ours_path, struct amts_error *err)
{
	struct amts_buf out = AMTS_BUF_INIT;
	struct amts_merged merged;
	int rc = amts_merge(&out, &merged, in, err);

	if (!rc)
		rc = cli_write(ours_path, amts_buf_str(&out), err);
	amts_buf_release(&out);
	return rc ? rc : merged.conflicts > 0;
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct driver_opts *o = opts;
	struct amts_merge_input in = { .path = argv[argc > PATH ? PATH : OURS],
		.label_ours = label(o, OURS_LABEL, "ours"),
		.label_base = label(o, BASE_LABEL, "base"),
		.label_theirs = label(o, THEIRS_LABEL, "theirs"),
		.marker_size = (size_t)o->marker_size };
	struct amts_project *project = NULL;
	int rc = read_inputs(&in, cli, argv, err);

	if (!rc)
		rc = configure(&in, &project, cli, o, err);
	if (!rc)
		rc = merge(&in, argv[OURS], err);
	amts_project_free(project);
	return rc;
}

const struct cli_command cmd_merge_driver = {
	.name = "merge-driver",
	.group = CLI_PLUMBING,
	.summary = "merge a translated page with its changed source, for git merge",
	.usage = "[<options>] <base> <ours> <theirs> [<path>]",
	.about = "Git calls this in a repository that shares history with its source, "
		 "when "
		 "a merge has\n"
		 "to bring changes of the source into a page; 'git amts-sync init' sets "
		 "that up.  What\n"
		 "merge-file would do is done to <ours>, and what it leaves to people "
		 "becomes a conflict\n"
		 "with the translation, the old and the new source.  Pages that are not "
		 "translated are\n"
		 "merged line by line, as git does.\n"
		 "\n"
		 "Exits 0 when the merge is clean, 1 with conflicts.",
	.examples = "  git config merge.amts.driver \\\n"
		    "    'git amts-sync merge-driver --marker-size=%L -L %X -L %S -L %Y "
		    "%O %A %B %P'\n"
		    "  echo '*.md merge=amts' >>.gitattributes",
	.opts = options,
	.opts_size = sizeof(struct driver_opts),
	.min_args = 3,
	.max_args = 4,
	.run = run,
};
