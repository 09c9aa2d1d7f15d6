#include "project.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_NOTES 10

static void warn_of_odd_keys(const struct amts_config *cfg)
{
	size_t i;

	for (i = 0; i < cfg->nodd; i++)
		cli_warn("git config '%s' means nothing here; see amts-config(5)",
			cfg->odd[i]);
}

int cli_project_open(struct amts_project **out, struct cli *cli, struct amts_error *err)
{
	struct amts_env *env = AMTS_NEW(cli->arena, struct amts_env, 1);
	int rc = cli_env(env, cli->arena, err);

	if (!rc)
		rc = amts_project_open(out, ".", env, err);
	if (!rc)
		warn_of_odd_keys(amts_project_config(*out));
	return rc;
}

int cli_project_langs(struct cli_list *out, struct cli *cli,
	const struct amts_project *project, const struct cli_list *asked,
	struct amts_error *err)
{
	const struct amts_config *cfg = amts_project_config(project);
	size_t i;

	out->n = 0;
	out->v = AMTS_NEW(cli->arena, const char *, cfg->n + asked->n + 1);
	for (i = 0; i < asked->n; i++) {
		if (!amts_config_target(cfg, asked->v[i]))
			return amts_fail(err, AMTS_EUSAGE,
				"no target '%s' in '" AMTS_CONFIG_FILE "'", asked->v[i]);
		out->v[out->n++] = asked->v[i];
	}
	for (i = 0; !asked->n && i < cfg->n; i++)
		out->v[out->n++] = cfg->targets[i].lang;
	if (!out->n)
		return amts_fail(err, AMTS_ENOTFOUND,
			"'" AMTS_CONFIG_FILE "' has no target; add a section "
			"[target \"<lang>\"] with a path, or remove the file and run "
			"\"git amts-sync init\"");
	return AMTS_OK;
}

/* The current folder as seen from the top of the work tree, "" or "dir/". */
static const char *prefix(struct cli *cli, struct amts_project *project)
{
	const char *root = amts_repo_work_dir(amts_project_repo(project));
	char cwd[4096], path[4097];

	if (!root || !getcwd(cwd, sizeof(cwd)))
		return "";
	snprintf(path, sizeof(path), "%s/", cwd);
	if (strncmp(path, root, strlen(root)) != 0)
		return "";
	return amts_arena_fmt(cli->arena, "%s", path + strlen(root)).p;
}

/* "guide/../x/./y" as "x/y"; NULL when it leads out of the work tree. */
static const char *normal(struct cli *cli, const char *path)
{
	char *out = amts_arena_z(cli->arena, amts_str_z(path));
	struct amts_str s = amts_str_z(path);
	size_t n = 0, beg, end;

	for (beg = 0; beg <= s.n; beg = end + 1) {
		struct amts_str part;

		end = amts_str_find(s, AMTS_STR("/"), beg);
		part = amts_str_sub(s, beg, end);
		if (!part.n || amts_str_eq(part, AMTS_STR(".")))
			continue;
		if (amts_str_eq(part, AMTS_STR(".."))) {
			if (!n)
				return NULL;
			while (n && out[n - 1] != '/')
				n--;
			n -= n > 0;
			continue;
		}
		if (n)
			out[n++] = '/';
		memmove(out + n, part.p, part.n);
		n += part.n;
	}
	out[n] = '\0';
	return out;
}

int cli_project_paths(struct cli_list *out, struct cli *cli, struct amts_project *project,
	int argc, char **argv, struct amts_error *err)
{
	const char *at = prefix(cli, project), *s;
	int i;

	out->n = 0;
	out->v = AMTS_NEW(cli->arena, const char *, (size_t)argc + 1);
	for (i = 0; i < argc; i++) {
		if (argv[i][0] == '*' && !strchr(argv[i], '/') && !*at) {
			out->v[out->n++] = argv[i];
			continue;
		}
		s = normal(cli, amts_arena_fmt(cli->arena, "%s%s", at, argv[i]).p);
		if (!s || argv[i][0] == ':' || argv[i][0] == '/')
			return amts_fail(err, AMTS_EUSAGE,
				"not a path in this repository: '%s'", argv[i]);
		out->v[out->n++] = *s ? amts_arena_fmt(cli->arena, "/%s", s).p : "**";
	}
	return AMTS_OK;
}

/* Mark the patterns that match a file of this language; 0 when it cannot be opened. */
static int mark_matches(char *matched, struct amts_project *project, const char *lang,
	const struct cli_list *patterns, int offline, struct amts_error *err)
{
	struct amts_sync *sync;
	size_t i;
	int found = 0;

	if (amts_sync_open(&sync, project, lang, offline ? AMTS_SYNC_OFFLINE : 0, err))
		return 0;
	for (i = 0; found >= 0 && i < patterns->n; i++) {
		found = amts_sync_matches(sync, patterns->v[i], err);
		matched[i] |= found > 0;
	}
	amts_sync_free(sync);
	return found < 0 ? found : 1;
}

int cli_project_check_paths(struct amts_project *project, const struct cli_list *langs,
	const struct cli_list *patterns, char **argv, int offline, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	char *matched = AMTS_NEW(arena, char, patterns->n + 1);
	int rc = 1;
	size_t i;

	for (i = 0; rc > 0 && i < langs->n && patterns->n; i++)
		rc = mark_matches(matched, project, langs->v[i], patterns, offline, err);
	for (i = 0; rc > 0 && i < patterns->n; i++)
		if (!matched[i])
			rc = amts_fail(err, AMTS_ENOTFOUND,
				"pathspec '%s' did not match any files", argv[i]);
	amts_arena_free(arena);
	return rc < 0 ? rc : AMTS_OK;
}

struct amts_str cli_file_path(const struct amts_file *f)
{
	return f->tgt_path.n ? f->tgt_path : f->new_path;
}

void cli_warn_of_notes(const struct amts_sync *sync)
{
	const char *lang = amts_sync_info(sync)->lang;
	size_t n, i;
	const char *const *notes = amts_sync_notes(sync, &n);

	for (i = 0; i < n && i < MAX_NOTES; i++)
		cli_warn("%s: %s", lang, notes[i]);
	if (i < n)
		cli_warn("%s: and %zu more like these", lang, n - i);
}

void cli_warn_of_failures(const struct amts_sync_result *result)
{
	size_t i;

	for (i = 0; i < result->n; i++) {
		if (result->v[i].failed)
			cli_warn(AMTS_STR_FMT ": %s",
				AMTS_STR_ARG(cli_file_path(result->v[i].file)),
				result->v[i].failed);
	}
}

void cli_meter_step(void *meter, const char *what, size_t done, size_t total)
{
	struct cli_meter *m = meter;

	if (m->what != what) {
		cli_progress_stop(m->p);
		m->p = cli_progress_start(m->cli, what, total);
		m->what = what;
	}
	cli_progress_step(m->p, done);
}

const char *cli_branch_name(const char *ref)
{
	return strncmp(ref, "refs/heads/", 11) ? ref : ref + 11;
}

/* C0, DEL and what C1 are in UTF-8; quotes and backslashes. */
static int is_odd(struct amts_str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];

	return c < 0x20 || c == 0x7f || c == '"' || c == '\\' ||
	       !cli_utf8_length(amts_str_sub(s, i, s.n)) ||
	       (c == 0xc2 && (unsigned char)s.p[i + 1] < 0xa0);
}

static int is_plain(struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n; i += cli_utf8_length(amts_str_sub(s, i, s.n)))
		if (is_odd(s, i))
			return 0;
	return 1;
}

void cli_quote_path(struct amts_buf *out, struct amts_str path)
{
	size_t i, n;

	if (is_plain(path)) {
		amts_buf_add(out, path);
		return;
	}
	amts_buf_addc(out, '"');
	for (i = 0; i < path.n; i += n) {
		unsigned char c = (unsigned char)path.p[i];

		n = cli_utf8_length(amts_str_sub(path, i, path.n));
		if (n > 1 && !is_odd(path, i)) {
			amts_buf_add(out, amts_str_sub(path, i, i + n));
			continue;
		}
		n = 1;
		if (c == '"' || c == '\\')
			amts_buf_addf(out, "\\%c", c);
		else if (c == '\n' || c == '\t')
			amts_buf_addf(out, "\\%c", c == '\n' ? 'n' : 't');
		else if (is_odd(path, i))
			amts_buf_addf(out, "\\%03o", c);
		else
			amts_buf_addc(out, (char)c);
	}
	amts_buf_addc(out, '"');
}

void cli_put_path(struct amts_str path)
{
	struct amts_buf b = AMTS_BUF_INIT;

	cli_quote_path(&b, path);
	fwrite(b.p, 1, b.n, stdout);
	amts_buf_release(&b);
}
