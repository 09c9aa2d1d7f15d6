/* git amts-sync hook: what git's hooks call.  Whatever goes wrong here is said, and is no
 * reason not to push or to merge. */
#include "cli.h"
#include "project.h"
#include "reviews.h"

#include "amts/hooks.h"

#include <errno.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_BLOCKED = 1, SHOWN = 10 };

extern char **environ;

struct hook_opts {
	const char *after;
};

static const struct cli_opt options[] = {
	{ CLI_STR, 0, "after", "file", "run this hook first, if it is there",
		offsetof(struct hook_opts, after) },
	{ 0 },
};

struct hook {
	struct cli *cli;
	struct amts_project *project;
	const struct amts_config *cfg;
	int block; /* pre-push */
	int blocked;
};

/* ---- the hook that was there before ---- */

/* A file that holds the bytes, to be read from its beginning; -1 on failure. */
static int input_file(struct amts_str input)
{
	FILE *f = tmpfile();
	int fd;

	if (!f)
		return -1;
	if (fwrite(input.p, 1, input.n, f) != input.n || fflush(f)) {
		fclose(f);
		return -1;
	}
	rewind(f);
	fd = dup(fileno(f));
	fclose(f);
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

/* sh path argument... */
static char **with_shell(struct cli *cli, char **args, size_t n)
{
	char **out = AMTS_NEW(cli->arena, char *, n + 2);
	size_t i;

	out[0] = amts_arena_z(cli->arena, AMTS_STR("/bin/sh"));
	for (i = 0; i < n; i++)
		out[i + 1] = args[i];
	return out;
}

/* Its exit code. */
static int run_before(int *code, struct cli *cli, const char *path, int argc, char **argv,
	struct amts_str input, struct amts_error *err)
{
	char **args = AMTS_NEW(cli->arena, char *, (size_t)argc + 1);
	posix_spawn_file_actions_t actions;
	int fd = input_file(input), i, status = 0, failed;
	pid_t pid = 0;

	if (fd < 0)
		return amts_fail(err, AMTS_EFAIL, "cannot write a temporary file: %s",
			strerror(errno));
	args[0] = amts_arena_z(cli->arena, amts_str_z(path));
	for (i = 1; i < argc; i++)
		args[i] = argv[i];
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO);
	failed = posix_spawn(&pid, path, &actions, NULL, args, environ);
	if (failed == ENOEXEC) { /* no "#!" line: git gives it to the shell */
		args = with_shell(cli, args, (size_t)argc);
		failed = posix_spawn(&pid, args[0], &actions, NULL, args, environ);
	}
	posix_spawn_file_actions_destroy(&actions);
	close(fd);
	if (failed)
		return amts_fail(
			err, AMTS_EFAIL, "cannot run '%s': %s", path, strerror(failed));
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return amts_fail(err, AMTS_EFAIL, "cannot wait for '%s': %s",
				path, strerror(errno));
	*code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return AMTS_OK;
}

/* ---- what new commits of the source make stale ---- */

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

static void put_stale(const struct amts_push_report *r, const char *what)
{
	struct amts_buf path = AMTS_BUF_INIT;
	size_t i;

	fprintf(stderr, "amts: %s makes translations stale:\n", what);
	for (i = 0; i < r->nlangs; i++)
		fprintf(stderr, "  %s: %zu file%s, %zu block%s\n", r->langs[i].lang,
			r->langs[i].files, plural(r->langs[i].files), r->langs[i].blocks,
			plural(r->langs[i].blocks));
	for (i = 0; i < r->n && i < SHOWN; i++) {
		path.n = 0;
		cli_quote_path(&path, r->v[i].path);
		fprintf(stderr, "    %s (%zu block%s)\n", path.p, r->v[i].blocks,
			plural(r->v[i].blocks));
	}
	if (r->n > SHOWN)
		fprintf(stderr, "    and %zu more\n", r->n - SHOWN);
	fputs("hint: \"git amts-sync sync\" drafts what they need\n", stderr);
	amts_buf_release(&path);
}

static int report_stale(struct hook *h, const char *what, const struct amts_oid *from,
	const struct amts_oid *to, struct amts_error *err)
{
	struct amts_push_report r;
	int rc = amts_push_stale(&r, h->cli->arena, h->project, from, to, err);

	if (rc || !r.nlangs)
		return rc;
	put_stale(&r, what);
	h->blocked |= h->block;
	return AMTS_OK;
}

/* ---- faults of translations that are pushed ---- */

static void put_faults(
	void *payload, const struct amts_file *file, const struct amts_faults *faults)
{
	struct amts_buf path = AMTS_BUF_INIT;
	struct hook *h = payload;
	size_t i;

	cli_quote_path(&path, file->tgt_path);
	for (i = 0; i < faults->n; i++) {
		const struct amts_fault *f = &faults->v[i];

		if (!amts_check_is_error(f->rule))
			continue;
		cli_say("amts",
			amts_arena_fmt(h->cli->arena, "%s:%zu: " AMTS_STR_FMT " [%s]",
				path.p, f->line, AMTS_STR_ARG(f->message),
				amts_check_rule_name(f->rule))
				.p);
		h->blocked |= h->block;
	}
	amts_buf_release(&path);
}

/* A path as a pattern that matches nothing else. */
static const char *as_pattern(struct cli *cli, struct amts_str path)
{
	struct amts_buf b = AMTS_BUF_INIT;
	const char *out;
	size_t i;

	amts_buf_addc(&b, '/');
	for (i = 0; i < path.n; i++) {
		if (strchr("*?[\\", path.p[i]))
			amts_buf_addc(&b, '\\');
		amts_buf_addc(&b, path.p[i]);
	}
	out = amts_arena_z(cli->arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

static int check_lang(struct hook *h, const struct amts_target *t,
	const struct amts_file_changes *changes, const struct amts_oid *to,
	struct amts_error *err)
{
	struct amts_check_options opt = { .show = put_faults, .payload = h };
	const char **paths = AMTS_NEW(h->cli->arena, const char *, changes->n + 1);
	struct amts_sync *sync;
	size_t i;
	int rc;

	for (i = 0; i < changes->n; i++)
		if (changes->v[i].new_path.n &&
			amts_config_target_at(h->cfg, changes->v[i].new_path) == t)
			paths[opt.npaths++] = as_pattern(h->cli, changes->v[i].new_path);
	if (!opt.npaths)
		return AMTS_OK;
	opt.paths = paths;
	rc = amts_sync_open_at(&sync, h->project, t->lang,
		AMTS_SYNC_OFFLINE | AMTS_SYNC_REVIEWED, to, err);
	if (rc)
		return rc;
	rc = amts_sync_check(sync, &opt, err);
	amts_sync_free(sync);
	return rc;
}

static int check_pushed(struct hook *h, const struct amts_oid *from,
	const struct amts_oid *to, struct amts_error *err)
{
	struct amts_file_changes changes;
	size_t i;
	int rc = amts_repo_diff(
		&changes, h->cli->arena, amts_project_repo(h->project), from, to, err);

	for (i = 0; !rc && i < h->cfg->n; i++)
		if (!h->cfg->targets[i].url)
			rc = check_lang(h, &h->cfg->targets[i], &changes, to, err);
	return rc;
}

/* ---- pre-push ---- */

/* "refs/heads/main" of the source's branch? */
static int is_source_branch(const struct hook *h, const char *ref)
{
	const char *branch = h->cfg->source_branch;

	if (!branch)
		branch = amts_repo_default_branch(
			h->cli->arena, amts_project_repo(h->project));
	return branch && !strncmp(ref, "refs/heads/", 11) && !strcmp(ref + 11, branch);
}

/* What the remote had of a branch that is new there: where it left the remote's default
 * branch.  "" when nothing tells. */
static void find_old(struct amts_oid *old, struct hook *h, const char *remote,
	const struct amts_oid *new)
{
	struct amts_repo *repo = amts_project_repo(h->project);
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_oid tip;
	const char *ref = amts_arena_fmt(h->cli->arena, "refs/remotes/%s/HEAD", remote).p;

	if (old->hex[0] && old->hex[strspn(old->hex, "0")] && amts_repo_has(repo, old))
		return;
	old->hex[0] = '\0';
	if (!amts_repo_read_ref(&tip, repo, ref, &ignored) &&
		amts_repo_merge_base(old, repo, &tip, new, &ignored))
		old->hex[0] = '\0';
}

static int push_ref(struct hook *h, const char *remote, const struct amts_oid *new,
	const char *ref, struct amts_oid *old, struct amts_error *err)
{
	int rc = AMTS_OK;

	if (!new->hex[strspn(new->hex, "0")] || strncmp(ref, "refs/heads/", 11) != 0)
		return AMTS_OK; /* deleted; or a tag */
	find_old(old, h, remote, new);
	if (!old->hex[0] || amts_oid_eq(old, new))
		return AMTS_OK;
	if (!h->cfg->source && is_source_branch(h, ref))
		rc = report_stale(h, "this push", old, new, err);
	if (!rc)
		rc = check_pushed(h, old, new, err);
	return rc;
}

/* "<local ref> <local id> <remote ref> <remote id>" a line. */
static int pre_push(
	struct hook *h, const char *remote, struct amts_str input, struct amts_error *err)
{
	char *line = amts_arena_z(h->cli->arena, input), *next;
	int rc = AMTS_OK;

	for (; !rc && line && *line; line = next) {
		struct amts_oid new, old;
		char *local, *id, *ref, *remote_id, *save = NULL;

		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		local = strtok_r(line, " ", &save);
		id = local ? strtok_r(NULL, " ", &save) : NULL;
		ref = id ? strtok_r(NULL, " ", &save) : NULL;
		remote_id = ref ? strtok_r(NULL, " ", &save) : NULL;
		if (!remote_id)
			continue;
		snprintf(new.hex, sizeof(new.hex), "%s", id);
		snprintf(old.hex, sizeof(old.hex), "%s", remote_id);
		rc = push_ref(h, remote, &new, ref, &old, err);
	}
	return rc;
}

/* ---- post-merge ---- */

static int sync_all(struct hook *h, struct amts_error *err)
{
	struct amts_sync_options opt = { 0 };
	size_t i;
	int rc = AMTS_OK;

	for (i = 0; !rc && i < h->cfg->n; i++) {
		struct amts_sync_result r;
		struct amts_sync *sync;

		rc = amts_sync_open(&sync, h->project, h->cfg->targets[i].lang,
			AMTS_SYNC_OFFLINE, err);
		if (rc)
			return rc;
		rc = cli_reviews_tell(h->cli, sync, NULL, err);
		if (!rc)
			rc = amts_sync_run(&r, sync, &opt, err);
		if (!rc && !amts_oid_eq(&r.before, &r.after))
			fprintf(stderr, "amts: %s: %s is at %.7s now\n",
				h->cfg->targets[i].lang,
				cli_branch_name(amts_sync_info(sync)->review_ref),
				r.after.hex);
		amts_sync_free(sync);
	}
	return rc;
}

static int learn(struct hook *h, const struct amts_oid *from, const struct amts_oid *to,
	struct amts_error *err)
{
	struct amts_file_changes changes;
	size_t i, k, fresh;
	int rc = amts_repo_diff(
		&changes, h->cli->arena, amts_project_repo(h->project), from, to, err);

	for (i = 0; !rc && i < h->cfg->n; i++) {
		const struct amts_target *t = &h->cfg->targets[i];
		struct amts_sync *sync;

		for (k = 0; k < changes.n; k++)
			if (changes.v[k].new_path.n &&
				amts_config_target_at(h->cfg, changes.v[k].new_path) == t)
				break;
		if (t->url || k == changes.n)
			continue;
		rc = amts_sync_open(&sync, h->project, t->lang,
			AMTS_SYNC_OFFLINE | AMTS_SYNC_REVIEWED, err);
		if (rc)
			return rc;
		rc = cli_reviews_tell(h->cli, sync, stderr, err);
		if (!rc)
			rc = amts_sync_learn(&fresh, sync, NULL, err);
		if (!rc && fresh)
			fprintf(stderr, "amts: %s: learnt from %zu page%s\n", t->lang,
				fresh, plural(fresh));
		amts_sync_free(sync);
	}
	return rc;
}

static int post_merge(struct hook *h, int sync, struct amts_error *err)
{
	struct amts_repo *repo = amts_project_repo(h->project);
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_oid from, to;
	int rc;

	if (amts_repo_resolve(&from, repo, "ORIG_HEAD", &ignored) ||
		amts_repo_resolve(&to, repo, "HEAD", &ignored) || amts_oid_eq(&from, &to))
		return AMTS_OK;
	if (h->cfg->source)
		return learn(h, &from, &to, err);
	rc = report_stale(h, "this merge", &from, &to, err);
	if (!rc && sync)
		rc = sync_all(h, err);
	return rc ? rc : learn(h, &from, &to, err);
}

/* ---- */

/* "off", "report", "block", "sync"; anything else is told, and means report. */
static const char *mode(const struct hook *h, const char *key, const char *strong)
{
	const char *value = amts_config_get(h->cfg, key);

	if (!value || !strcmp(value, "report"))
		return "report";
	if (!strcmp(value, strong) || !strcmp(value, "off"))
		return value;
	cli_warn("%s is '%s', which is none of off, report, %s", key, value, strong);
	return "report";
}

static int run_hook(struct hook *h, int argc, char **argv, struct amts_str input,
	struct amts_error *err)
{
	const char *how;

	h->cfg = amts_project_config(h->project);
	if (!strcmp(argv[0], "pre-push")) {
		how = mode(h, "amts.hooks.prepush", "block");
		h->block = !strcmp(how, "block");
		return !strcmp(how, "off")
			       ? AMTS_OK
			       : pre_push(h, argc > 1 ? argv[1] : "origin", input, err);
	}
	how = mode(h, "amts.hooks.postmerge", "sync");
	return !strcmp(how, "off") ? AMTS_OK : post_merge(h, !strcmp(how, "sync"), err);
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct hook_opts *o = opts;
	const char *skip = getenv("AMTS_SKIP_HOOKS");
	struct hook h = { .cli = cli };
	struct amts_str input = AMTS_STR("");
	int code = 0, rc = AMTS_OK;

	if (strcmp(argv[0], "pre-push") != 0 && strcmp(argv[0], "post-merge") != 0)
		return amts_fail(err, AMTS_EUSAGE,
			"'%s' is neither pre-push nor post-merge", argv[0]);
	if (!strcmp(argv[0], "pre-push") && !isatty(STDIN_FILENO))
		rc = cli_read(&input, cli->arena, "-", err);
	if (!rc && o->after && !access(o->after, X_OK))
		rc = run_before(&code, cli, o->after, argc, argv, input, err);
	if (rc || code || (skip && *skip))
		return rc ? rc : code;
	rc = cli_project_open(&h.project, cli, err);
	if (rc == AMTS_ENOTFOUND)
		return 0; /* no project: nothing to do */
	if (!rc)
		rc = run_hook(&h, argc, argv, input, err);
	if (rc)
		cli_warn("git amts-sync hook %s: %s", argv[0], err->msg);
	amts_project_free(h.project);
	if (h.blocked)
		fputs("error: not pushed: amts.hooks.prePush is 'block'; "
		      "AMTS_SKIP_HOOKS=1 pushes all the same\n",
			stderr);
	return h.blocked ? EXIT_BLOCKED : 0;
}

const struct cli_command cmd_hook = {
	.name = "hook",
	.group = CLI_PLUMBING,
	.summary = "what git's hooks call",
	.usage = "[--after <file>] [--] (pre-push | post-merge) [<argument>...]",
	.about = "See \"git amts-sync hooks\".  Never in the way, unless "
		 "amts.hooks.prePush "
		 "is \"block\".",
	.examples = "  echo \"HEAD $new refs/heads/main $old\" |\n"
		    "    git amts-sync hook -- pre-push origin url",
	.opts = options,
	.opts_size = sizeof(struct hook_opts),
	.min_args = 1,
	.max_args = -1,
	.run = run,
};
