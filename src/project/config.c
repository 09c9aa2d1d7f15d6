#include "amts/config.h"
#include "amts/plan.h"

#include "base/alloc.h"
#include "base/gitconf.h"
#include "base/wildmatch.h"
#include "project/layout.h"
#include "project/project.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct loader {
	struct amts_config *cfg;
	struct amts_arena *arena;
	size_t cap_targets, cap_all, cap_odd;
	struct amts_patterns include, exclude; /* amts.* */
	const char *engine;
};

static int is_word(const char *s, size_t max)
{
	size_t i;

	for (i = 0; s[i]; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567"
			    "89-",
			    s[i]))
			return 0;
	return i > 0 && i <= max && s[0] != '-';
}

/* ---- values: each check takes what a stranger may have written ---- */

int amts_config_check_lang(const char *s, struct amts_error *err)
{
	return is_word(s, 35) && strlen(s) > 1
		       ? AMTS_OK
		       : amts_fail(err, AMTS_EUSAGE, "not a language: '%s'", s);
}

static int check_engine(const char *s, struct amts_error *err)
{
	return is_word(s, 64) ? AMTS_OK
			      : amts_fail(err, AMTS_EUSAGE,
					"not the name of an engine: '%s'", s);
}

/* The rules of git-check-ref-format(1) that matter before git applies them all. */
static int check_branch(const char *s, struct amts_error *err)
{
	size_t i;

	for (i = 0; s[i]; i++)
		if ((unsigned char)s[i] <= ' ' || strchr("~^:?*[\\\177", s[i]) ||
			!strncmp(s + i, "..", 2) || !strncmp(s + i, "@{", 2))
			break;
	return i && !s[i] && s[0] != '-' && s[0] != '/'
		       ? AMTS_OK
		       : amts_fail(err, AMTS_EUSAGE, "not a branch: '%s'", s);
}

static int check_path(const char *s, struct amts_error *err)
{
	return amts_path_check(amts_str_z(s), err);
}

static int check_layout(const char *s, struct amts_error *err)
{
	return amts_layout_check(s, err);
}

static int check_pattern(const char *s, struct amts_error *err)
{
	return amts_wildmatch_check(amts_str_z(s), err);
}

static int check_word(
	const char *s, const char *one, const char *other, struct amts_error *err)
{
	return !strcmp(s, one) || !strcmp(s, other)
		       ? AMTS_OK
		       : amts_fail(err, AMTS_EUSAGE, "neither '%s' nor '%s': '%s'", one,
				 other, s);
}

static int check_new_files(const char *s, struct amts_error *err)
{
	return check_word(s, "source", "none", err);
}

static int check_deleted_files(const char *s, struct amts_error *err)
{
	return check_word(s, "remove", "keep", err);
}

static int check_formality(const char *s, struct amts_error *err)
{
	return check_word(s, "formal", "informal", err);
}

static int check_brevity(const char *s, struct amts_error *err)
{
	return check_word(s, "true", "false", err);
}

static int check_strictness(const char *s, struct amts_error *err)
{
	unsigned ignored;

	return amts_small_edits_parse(&ignored, s, err);
}

/* ---- keys ---- */

typedef int check_fn(const char *value, struct amts_error *err);

struct key {
	const char *name;
	check_fn *check;
	size_t at; /* of a const char *, or of patterns */
	int many;
};

#define AT(type, member) offsetof(struct type, member)

static const struct key main_keys[] = {
	{ "sourcelanguage", amts_config_check_lang, AT(amts_config, src_lang), 0 },
	{ "source", amts_repo_check_url, AT(amts_config, source), 0 },
	{ "sourcebranch", check_branch, AT(amts_config, source_branch), 0 },
	{ "sourcepath", check_layout, AT(amts_config, source_path), 0 },
};
static const struct key shared_keys[] = {
	{ "engine", check_engine, AT(loader, engine), 0 },
	{ "include", check_pattern, AT(loader, include), 1 },
	{ "exclude", check_pattern, AT(loader, exclude), 1 },
};
static const struct key target_keys[] = {
	{ "url", amts_repo_check_url, AT(amts_target, url), 0 },
	{ "branch", check_branch, AT(amts_target, branch), 0 },
	{ "path", check_layout, AT(amts_target, path), 0 },
	{ "snapshot", check_layout, AT(amts_target, snapshot), 0 },
	{ "engine", check_engine, AT(amts_target, engine), 0 },
	{ "glossary", check_path, AT(amts_target, glossary), 0 },
	{ "newfiles", check_new_files, AT(amts_target, new_files), 0 },
	{ "deletedfiles", check_deleted_files, AT(amts_target, deleted_files), 0 },
	{ "strictness", check_strictness, AT(amts_target, strictness), 0 },
	{ "formality", check_formality, AT(amts_target, formality), 0 },
	{ "brevity", check_brevity, AT(amts_target, brevity), 0 },
	{ "include", check_pattern, AT(amts_target, include), 1 },
	{ "exclude", check_pattern, AT(amts_target, exclude), 1 },
};

/* Of the user's own configuration, read by amts_config_get. */
static const char *const user_keys[] = { "remote", "forge", "forgerepository", "labels",
	"reviewers", "draft", "paralleldata", "terminology" };

static void add_pattern(
	struct amts_arena *arena, struct amts_patterns *p, const char *value)
{
	const char **v = AMTS_NEW(arena, const char *, p->n + 1);

	if (p->n)
		memcpy(v, p->v, p->n * sizeof(*v));
	v[p->n++] = value;
	p->v = v;
}

static void include_markdown(struct amts_arena *arena, struct amts_patterns *p)
{
	add_pattern(arena, p, "*.md");
	add_pattern(arena, p, "*.mdx");
	add_pattern(arena, p, "*.markdown");
}

/* 1 when name is among keys and was set in object; 0 when not. */
static int set(void *object, const struct key *keys, size_t n, struct amts_arena *arena,
	const char *name, const char *value, struct amts_error *err)
{
	size_t i;

	for (i = 0; i < n; i++) {
		char *slot = (char *)object + keys[i].at;

		if (strcmp(name, keys[i].name) != 0)
			continue;
		if (!value)
			return amts_fail(
				err, AMTS_EUSAGE, "missing value for '%s'", name);
		if (keys[i].check(value, err))
			return err->code;
		if (keys[i].many)
			add_pattern(arena, (struct amts_patterns *)(void *)slot, value);
		else
			*(const char **)(void *)slot = value;
		return 1;
	}
	return 0;
}

#define COUNT(v) (sizeof(v) / sizeof(*(v)))

static struct amts_target *find_target(struct amts_config *cfg, struct amts_str lang)
{
	size_t i;

	for (i = 0; i < cfg->n; i++)
		if (amts_str_eq(amts_str_z(cfg->targets[i].lang), lang))
			return &cfg->targets[i];
	return NULL;
}

/* "section.sub.name" in its parts; sub is empty for "section.name". */
static void split_key(const char *key, struct amts_str *section, struct amts_str *sub,
	const char **name)
{
	const char *first = strchr(key, '.'), *last = strrchr(key, '.');

	*section = (struct amts_str){ key, (size_t)(first - key) };
	*sub = first == last ? AMTS_STR("")
			     : (struct amts_str){ first + 1, (size_t)(last - first - 1) };
	*name = last + 1;
}

static int set_main(
	struct loader *l, const char *name, const char *value, struct amts_error *err)
{
	int rc = set(l->cfg, main_keys, COUNT(main_keys), l->arena, name, value, err);

	return rc ? rc
		  : set(l, shared_keys, COUNT(shared_keys), l->arena, name, value, err);
}

static int new_target(struct amts_target **out, struct loader *l, struct amts_str lang,
	struct amts_error *err)
{
	struct amts_target t = { .lang = amts_arena_str(l->arena, lang).p };
	int rc = amts_config_check_lang(t.lang, err);

	if (rc)
		return rc;
	AMTS_VEC_PUSH(l->cfg->targets, l->cfg->n, l->cap_targets, t);
	*out = &l->cfg->targets[l->cfg->n - 1];
	return AMTS_OK;
}

/* One line of the committed file: all that is not allowed is refused. */
static int committed_entry(
	const struct amts_gitconf_entry *e, void *payload, struct amts_error *err)
{
	struct loader *l = payload;
	struct amts_target *t;
	struct amts_str section, sub;
	const char *name;
	int rc = 0;

	split_key(e->key, &section, &sub, &name);
	if (e->value && (!strcmp(name, "source") || !strcmp(name, "url")))
		rc = amts_url_check_shared(e->value, err);
	if (rc) {
		amts_error_prefix(err, "'%s'", e->key);
	} else if (amts_str_eq(section, AMTS_STR("amts")) && !sub.n) {
		rc = set_main(l, name, e->value, err);
	} else if (amts_str_eq(section, AMTS_STR("target")) && sub.n) {
		t = find_target(l->cfg, sub);
		if (!t)
			rc = new_target(&t, l, sub, err);
		if (!rc)
			rc = set(t, target_keys, COUNT(target_keys), l->arena, name,
				e->value, err);
	}
	if (!rc)
		rc = amts_fail(err, AMTS_EUSAGE,
			amts_str_eq(section, AMTS_STR("amts"))
				? "unknown key, or one for your own git configuration: "
				  "'%s'"
				: "unknown key: '%s'",
			e->key);
	if (rc > 0)
		return AMTS_OK;
	err->code = AMTS_EPARSE;
	return amts_error_prefix(err, "%s:%zu", e->file, e->line);
}

static int keep(struct loader *l, const char *key, const char *value)
{
	struct amts_setting s = { amts_arena_str(l->arena, amts_str_z(key)).p, NULL };

	if (value)
		s.value = amts_arena_str(l->arena, amts_str_z(value)).p;
	AMTS_VEC_PUSH(l->cfg->all, l->cfg->nall, l->cap_all, s);
	return AMTS_OK;
}

static int from_repo(
	const char *key, const char *value, void *payload, struct amts_error *err)
{
	(void)err;
	return keep(payload, key, value);
}

static int from_parameters(
	const struct amts_gitconf_entry *e, void *payload, struct amts_error *err)
{
	(void)err;
	return keep(payload, e->key, e->value);
}

static int load_user(struct loader *l, struct amts_repo *repo, const struct amts_env *env,
	struct amts_error *err)
{
	const char *key;
	size_t i;
	int rc = amts_repo_set_config_files(
		repo, env->config_system, env->config_global, err);

	if (!rc)
		rc = amts_repo_config(repo, from_repo, l, err);
	for (i = 0; !rc && i < env->nconfig; i++) {
		rc = amts_gitconf_key(
			&key, l->arena, amts_str_z(env->config_keys[i]), err);
		if (!rc)
			rc = keep(l, key, env->config_values[i]);
	}
	if (!rc && env->config_parameters)
		rc = amts_gitconf_parameters(
			l->arena, env->config_parameters, from_parameters, l, err);
	return rc;
}

/* Of amts.<key> and, when there is such a target, amts.<lang>.<key>. */
static void tell_odd(struct loader *l, const char *name, const char *key)
{
	size_t i;

	for (i = 0; i < COUNT(user_keys); i++)
		if (!strcmp(name, user_keys[i]))
			return;
	AMTS_VEC_PUSH(l->cfg->odd, l->cfg->nodd, l->cap_odd, key);
}

/* The user's amts.<key> and amts.<lang>.<key> over what was committed. */
static int override(struct loader *l, const struct amts_setting *s, int of_target,
	struct amts_error *err)
{
	struct amts_str section, sub;
	struct amts_target *t;
	const char *name;
	size_t i;
	int rc = 0;

	split_key(s->key, &section, &sub, &name);
	if (!amts_str_eq(section, AMTS_STR("amts")) || (sub.n > 0) != of_target)
		return AMTS_OK;
	t = sub.n ? find_target(l->cfg, sub) : NULL;
	if (!sub.n) {
		rc = set_main(l, name, s->value, err);
		for (i = 0; rc > 0 && i < l->cfg->n && !strcmp(name, "engine"); i++)
			l->cfg->targets[i].engine = l->engine;
	} else if (t)
		rc = set(t, target_keys, COUNT(target_keys), l->arena, name, s->value,
			err);
	if (!rc && (t || !sub.n))
		tell_odd(l, name, s->key);
	if (rc >= 0)
		return AMTS_OK;
	err->code = AMTS_EPARSE;
	return amts_error_prefix(err, "git config '%s'", s->key);
}

static void join(struct amts_arena *arena, struct amts_patterns *own,
	const struct amts_patterns *common)
{
	size_t i;

	for (i = 0; i < common->n; i++)
		add_pattern(arena, own, common->v[i]);
}

/* What lies in a hidden folder at the top, as .github, is no page, unless a pattern
 * begins so. */
static int names_hidden(const struct amts_patterns *include)
{
	size_t i;

	for (i = 0; i < include->n; i++)
		if (include->v[i][include->v[i][0] == '/'] == '.')
			return 1;
	return 0;
}

static void finish(struct loader *l)
{
	size_t i;

	if (!l->cfg->src_lang)
		l->cfg->src_lang = "en";
	if (!l->cfg->source_path)
		l->cfg->source_path = "{path}";
	for (i = 0; i < l->cfg->n; i++) {
		struct amts_target *t = &l->cfg->targets[i];

		if (!t->path)
			t->path = "{path}";
		if (!t->engine)
			t->engine = l->engine ? l->engine : "memory";
		if (!t->new_files)
			t->new_files = "none";
		if (!t->deleted_files)
			t->deleted_files = "keep";
		if (!t->strictness)
			t->strictness = "none";
		join(l->arena, &t->include, &l->include);
		join(l->arena, &t->exclude, &l->exclude);
		if (!names_hidden(&t->include) && l->cfg->source_path[0] != '.')
			add_pattern(l->arena, &t->exclude, "/.*/");
		if (!t->include.n)
			include_markdown(l->arena, &t->include);
	}
}

/* From heap vectors into the arena. */
static void settle(struct loader *l)
{
	struct amts_config *cfg = l->cfg;
	struct amts_target *targets = cfg->targets;
	struct amts_setting *all = cfg->all;
	const char **odd = cfg->odd;

	cfg->targets = AMTS_NEW(l->arena, struct amts_target, cfg->n);
	cfg->all = AMTS_NEW(l->arena, struct amts_setting, cfg->nall);
	if (cfg->n)
		memcpy(cfg->targets, targets, cfg->n * sizeof(*targets));
	if (cfg->nall)
		memcpy(cfg->all, all, cfg->nall * sizeof(*all));
	cfg->odd = AMTS_NEW(l->arena, const char *, cfg->nodd);
	if (cfg->nodd)
		memcpy(cfg->odd, odd, cfg->nodd * sizeof(*odd));
	free(targets);
	free(all);
	free(odd);
}

int amts_config_load(struct amts_config *out, struct amts_arena *arena,
	struct amts_repo *repo, struct amts_str committed, const struct amts_env *env,
	struct amts_error *err)
{
	struct loader l = { .cfg = out, .arena = arena };
	size_t i;
	int rc;

	memset(out, 0, sizeof(*out));
	rc = amts_gitconf_parse(
		arena, committed, AMTS_CONFIG_FILE, committed_entry, &l, err);
	if (!rc)
		rc = load_user(&l, repo, env, err);
	for (i = 0; !rc && i < 2 * out->nall; i++) /* the more special last */
		rc = override(&l, &out->all[i % out->nall], i >= out->nall, err);
	finish(&l);
	settle(&l);
	return rc;
}

int amts_config_load_user(struct amts_config *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_env *env, struct amts_error *err)
{
	struct loader l = { .cfg = out, .arena = arena };
	int rc;

	memset(out, 0, sizeof(*out));
	rc = load_user(&l, repo, env, err);
	finish(&l);
	settle(&l);
	return rc;
}

static const struct amts_setting *strongest(
	const struct amts_config *cfg, const char *key)
{
	struct amts_error ignored;
	struct amts_arena *arena = amts_arena_new();
	const struct amts_setting *found = NULL;
	const char *canonical = key;
	size_t i = cfg->nall;

	(void)!amts_gitconf_key(&canonical, arena, amts_str_z(key), &ignored);
	while (!found && i--)
		if (!strcmp(cfg->all[i].key, canonical))
			found = &cfg->all[i];
	amts_arena_free(arena);
	return found;
}

const char *amts_config_get(const struct amts_config *cfg, const char *key)
{
	const struct amts_setting *s = strongest(cfg, key);

	return !s ? NULL : s->value ? s->value : "";
}

int amts_config_is_true(const char *value)
{
	static const char *const yes[] = { "true", "yes", "on" };
	static const char *const no[] = { "false", "no", "off", "" };
	size_t i;

	for (i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (!strcasecmp(value, yes[i]))
			return 1;
	for (i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (!strcasecmp(value, no[i]))
			return 0;
	i = strspn(value, "-+");
	if (i > 1 || !value[i] || value[i + strspn(value + i, "0123456789")])
		return -1;
	return value[i + strspn(value + i, "0")] != '\0';
}

int amts_config_bool(
	int *out, const struct amts_config *cfg, const char *key, struct amts_error *err)
{
	const struct amts_setting *s = strongest(cfg, key);

	*out = !s ? 0 : s->value ? amts_config_is_true(s->value) : 1;
	if (*out >= 0)
		return AMTS_OK;
	*out = 0;
	return amts_fail(err, AMTS_EUSAGE, "bad boolean config value '%s' for '%s'",
		s->value, key);
}

const struct amts_target *amts_config_target(
	const struct amts_config *cfg, const char *lang)
{
	size_t i;

	for (i = 0; i < cfg->n; i++)
		if (!strcmp(cfg->targets[i].lang, lang))
			return &cfg->targets[i];
	return NULL;
}

static int any(const struct amts_patterns *p, struct amts_str path)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (amts_wildmatch(amts_str_z(p->v[i]), path))
			return 1;
	return 0;
}

int amts_target_wants(const struct amts_target *target, struct amts_str src_path)
{
	return any(&target->include, src_path) && !any(&target->exclude, src_path);
}

static const char *ident_part(const struct amts_config *cfg, const char *env,
	const char *key, const char *fallback)
{
	const char *s = env && *env ? env : amts_config_get(cfg, key);

	return s && *s ? s : amts_config_get(cfg, fallback);
}

void amts_config_ident(
	struct amts_ident *out, const struct amts_config *cfg, const struct amts_env *env)
{
	const struct amts_ident *e = &env->ident;

	out->author_name = ident_part(cfg, e->author_name, "author.name", "user.name");
	out->author_email =
		ident_part(cfg, e->author_email, "author.email", "user.email");
	out->committer_name =
		ident_part(cfg, e->committer_name, "committer.name", "user.name");
	out->committer_email =
		ident_part(cfg, e->committer_email, "committer.email", "user.email");
}
