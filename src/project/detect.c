/* The first configuration: what is here, how sure that is, and an `.amts` that says so.
 */
#include "project/detect.h"

#include "base/alloc.h"
#include "infer/ancestor.h"
#include "project/infer_tree.h"
#include "project/layout.h"
#include "project/record.h"

#include "amts/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* How projects have named the copy of the source that lies beside a translation. */
static const char *const snapshot_layouts[] = { "{dir}/{name}_origin{ext}",
	"{dir}/{name}.origin{ext}", "{dir}/{name}_original{ext}" };

struct detector {
	struct amts_detected *out;
	struct amts_arena *arena;
	struct amts_repo *repo; /* the one that will hold the configuration */
	const struct amts_detect_options *opt;
	const struct amts_env *env;
	const char *src_lang;
	struct amts_buf main, targets; /* sections of the configuration */
	struct amts_record record;     /* of translations in repo */
	size_t cap, cap_settings;
};

/* One side of a pair. */
struct side {
	struct amts_repo *repo;
	int own;
	struct amts_oid head;
	struct amts_tree tree;
	const char *name;
};

static void AMTS_PRINTF(3, 4) find(struct detector *d, double sure, const char *fmt, ...)
{
	struct amts_finding f = { { NULL, 0 }, sure, 0 };
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	f.text = amts_arena_str(d->arena, amts_str_z(text));
	AMTS_VEC_PUSH(d->out->v, d->out->n, d->cap, f);
}

/* key = value, quoted when git's syntax wants that. */
static void put_key(struct amts_buf *b, const char *key, const char *value)
{
	size_t i, n = strlen(value);
	int quote = n && (value[0] == ' ' || value[n - 1] == ' ');

	quote |= strpbrk(value, "#;") != NULL;
	amts_buf_addf(b, "\t%s = %s", key, quote ? "\"" : "");
	for (i = 0; i < n; i++) {
		if (value[i] == '"' || value[i] == '\\')
			amts_buf_addc(b, '\\');
		amts_buf_addc(b, value[i]);
	}
	amts_buf_addz(b, quote ? "\"\n" : "\n");
}

static int is_here(const struct detector *d, const struct amts_repo *repo)
{
	struct stat here, there;

	return !stat(amts_repo_common_dir(d->repo), &here) &&
	       !stat(amts_repo_common_dir(repo), &there) && here.st_dev == there.st_dev &&
	       here.st_ino == there.st_ino;
}

static int find_head(struct side *s, struct detector *d, const char *url,
	const char *branch, struct amts_error *err)
{
	const char *name =
		branch || !url ? branch : amts_repo_default_branch(d->arena, s->repo);
	int rc = amts_repo_branch(&s->head, s->repo, name, err);

	if (rc)
		return amts_error_prefix(err, "%s", s->name);
	if (name && !branch)
		find(d, .9, "branch: %s of %s, its default branch", name, s->name);
	return AMTS_OK;
}

static int open_side(struct side *s, struct detector *d, const char *url,
	const char *branch, struct amts_error *err)
{
	const char *root = amts_repo_work_dir(d->repo);
	int rc = AMTS_OK;

	root = root ? root : amts_repo_common_dir(d->repo);
	s->repo = d->repo;
	s->own = url != NULL;
	s->name = amts_url_name(d->arena, url ? url : root);
	if (url) {
		s->repo = NULL;
		rc = amts_repo_mirror(&s->repo, amts_url_from(d->arena, root, url),
			d->env->cache_dir, 0, err);
	}
	if (!rc && url && !branch && is_here(d, s->repo))
		rc = amts_fail(err, AMTS_EUSAGE,
			"'%s' is this repository: without --source and --target init "
			"looks "
			"for translations in it",
			url);
	if (!rc)
		rc = find_head(s, d, url, branch, err);
	if (!rc)
		rc = amts_repo_tree(&s->tree, d->arena, s->repo, &s->head, err);
	return rc;
}

static void close_side(struct side *s)
{
	if (s->own)
		amts_repo_free(s->repo);
}

/* ---- base ---- */

struct snapshots {
	const char *layout;
	size_t n, known; /* beside a translation; of these, blobs the source has */
};

static void count_snapshots(struct snapshots *out, struct detector *d,
	const struct side *src, const struct side *tgt, const char *lang,
	const struct detected_layout *layout)
{
	struct amts_str document, path;
	size_t i;

	for (i = 0; i < tgt->tree.n; i++) {
		const struct amts_tree_entry *e = &tgt->tree.v[i], *snapshot;

		if (!amts_detect_is_markdown(e->path) ||
			!amts_layout_match(
				&document, d->arena, layout->path.p, lang, e->path))
			continue;
		path = amts_layout_expand(d->arena, out->layout, lang, e->path);
		snapshot = amts_tree_find(&tgt->tree, path);
		if (!snapshot)
			continue;
		out->n++;
		out->known += amts_repo_has(src->repo, &snapshot->blob) != 0;
	}
}

static struct snapshots find_snapshots(struct detector *d, const struct side *src,
	const struct side *tgt, const char *lang, const struct detected_layout *layout)
{
	struct snapshots best = { NULL, 0, 0 };
	size_t i;

	for (i = 0; i < sizeof(snapshot_layouts) / sizeof(*snapshot_layouts); i++) {
		struct snapshots s = { snapshot_layouts[i], 0, 0 };

		count_snapshots(&s, d, src, tgt, lang, layout);
		if (s.n > best.n)
			best = s;
	}
	return best;
}

static int by_confidence(const void *x, const void *y)
{
	const struct amts_infer_file *a = x, *b = y;

	return a->confidence < b->confidence ? -1 : a->confidence > b->confidence;
}

/* The day of the source it was made from; "" when none fits. */
static const char *base_day(struct detector *d, const struct amts_infer_file *f)
{
	char day[16] = "";
	time_t t = (time_t)f->time;
	struct tm tm;

	if (f->base.hex[0] && gmtime_r(&t, &tm))
		strftime(day, sizeof(day), "%Y-%m-%d", &tm);
	return amts_arena_str(d->arena, amts_str_z(day)).p;
}

static void tell_all_bases(struct detector *d, const char *lang,
	const struct amts_infer_file *files, size_t n, const char *source)
{
	const char *first = "", *last = "";
	double sum = 0;
	size_t i, sure = 0;

	for (i = 0; i < n; i++) {
		const char *day = base_day(d, &files[i]);

		sum += files[i].confidence;
		if (files[i].confidence < AMTS_INFER_SURE)
			continue;
		sure++;
		if (*day && (!*first || strcmp(day, first) < 0))
			first = day;
		if (strcmp(day, last) > 0)
			last = day;
	}
	find(d, n ? sum / (double)n : 0,
		"%s: base: %zu of %zu translations are placed in the history of "
		"%s%s%s%s%s",
		lang, sure, n, source, *first ? ", " : "", first,
		strcmp(first, last) != 0 ? " to " : "",
		strcmp(first, last) != 0 ? last : "");
}

/* How sure each page's base is, the most doubtful first. */
static void tell_bases(struct detector *d, const char *lang,
	struct amts_infer_file *files, size_t n, const char *source)
{
	size_t i;

	tell_all_bases(d, lang, files, n, source);
	if (n)
		qsort(files, n, sizeof(*files), by_confidence);
	for (i = 0; i < n; i++) {
		const char *day = base_day(d, &files[i]);

		find(d, files[i].confidence, AMTS_STR_FMT ": %s%s",
			AMTS_STR_ARG(files[i].tgt_path),
			*day ? "made from the source of " : "no source fits", day);
		d->out->v[d->out->n - 1].page = 1;
	}
}

static int infer_bases(struct detector *d, const struct side *src, const struct side *tgt,
	const char *lang, const struct detected_layout *layout, struct amts_error *err)
{
	struct amts_infer_tree tree = { &tgt->tree, d->src_lang, lang,
		layout->source_path.p, layout->path.p, d->opt->progress, NULL };
	struct amts_infer_side from = { src->repo, &src->head, d->src_lang };
	struct amts_infer_side to = { tgt->repo, &tgt->head, lang };
	struct amts_record elsewhere = { NULL, 0, 0, { NULL, 0 } };
	struct amts_infer_file *files;
	size_t n;
	int rc = amts_infer_tree(&files, &n, tgt->own ? &elsewhere : &d->record, d->arena,
		&tree, &from, &to, err);

	if (rc == AMTS_ENOTFOUND) { /* part of the history is not here: not sure at all */
		find(d, 0, "%s: base: not found: %s", lang, err->msg);
		return AMTS_OK;
	}
	if (!rc)
		tell_bases(d, lang, files, n, src->name);
	return rc;
}

/* Where both share history a translation reflects its source at the merge base. */
static int find_fork(int *out, struct detector *d, const struct side *src,
	const struct side *tgt, const char *lang, struct amts_error *err)
{
	struct amts_oid at = { "" };
	int rc = src->repo == tgt->repo ? AMTS_OK
					: amts_infer_ancestor(&at, src->repo, &src->head,
						  tgt->repo, &tgt->head, err);

	*out = at.hex[0] != '\0';
	if (rc || !*out)
		return rc;
	find(d, 1, "%s: base: shares history with %s, merge base %.7s", lang, src->name,
		at.hex);
	d->out->fork |= !tgt->own;
	return AMTS_OK;
}

static int describe_base(struct detector *d, const struct side *src,
	const struct side *tgt, const char *lang, const struct detected_layout *layout,
	struct amts_error *err)
{
	struct snapshots s = find_snapshots(d, src, tgt, lang, layout);
	int fork = 0, rc;

	if (s.n) {
		find(d, (double)s.known / (double)s.n,
			"%s: base: %zu snapshots (%s), %zu of them found in %s", lang,
			s.n, s.layout, s.known, src->name);
		put_key(&d->targets, "snapshot", s.layout);
		return AMTS_OK;
	}
	if (amts_tree_find(&tgt->tree, AMTS_STR(AMTS_RECORD_FILE))) {
		find(d, 1, "%s: base: recorded in '" AMTS_RECORD_FILE "'", lang);
		return AMTS_OK;
	}
	rc = find_fork(&fork, d, src, tgt, lang, err);
	return rc || fork ? rc : infer_bases(d, src, tgt, lang, layout, err);
}

/* ---- languages and layout ---- */

static size_t markdown_files(const struct amts_tree *tree)
{
	size_t i, n = 0;

	for (i = 0; i < tree->n; i++)
		n += amts_detect_is_markdown(tree->v[i].path) != 0;
	return n;
}

static int check_lang(const char *lang, struct amts_error *err)
{
	int rc = amts_config_check_lang(lang, err);

	if (!rc && strlen(lang) == 2 && !amts_lang_is_known(amts_str_z(lang)))
		rc = amts_fail(err, AMTS_EUSAGE, "not a language: '%s'", lang);
	return rc;
}

/* What strangers may not name goes into the user's own configuration. */
static void put_url(struct detector *d, struct amts_buf *section, const char *key,
	const char *lang, const char *url)
{
	struct amts_error ignored;
	struct amts_setting s;

	if (amts_repo_work_dir(d->repo))
		url = amts_url_relative(d->arena, amts_repo_work_dir(d->repo), url);
	if (!amts_url_check_shared(url, &ignored)) {
		put_key(section, key, url);
		return;
	}
	s.key = lang ? amts_arena_fmt(d->arena, "amts.%s.%s", lang, key).p
		     : amts_arena_fmt(d->arena, "amts.%s", key).p;
	s.value = amts_arena_str(d->arena, amts_str_z(url)).p;
	AMTS_VEC_PUSH(d->out->settings, d->out->nsettings, d->cap_settings, s);
}

static void put_target(struct detector *d, const char *lang, const char *url)
{
	amts_buf_addf(&d->targets, "[target \"%s\"]\n", lang);
	if (url)
		put_url(d, &d->targets, "url", lang, url);
}

/* A source and a translation that live apart. */
static int detect_pair(struct detector *d, const struct side *src, const struct side *tgt,
	const char *lang, const char *url, struct amts_str *source_path,
	struct amts_error *err)
{
	struct detected_layout layout;
	size_t all = markdown_files(&src->tree);

	amts_detect_folders(&layout, d->arena, &src->tree, &tgt->tree, d->src_lang, lang);
	if (!layout.pairs)
		return amts_fail(err, AMTS_ENOTFOUND,
			"no file of '%s' looks like a translation of one of '%s'",
			tgt->name, src->name);
	*source_path = layout.source_path;
	find(d, (double)layout.pairs / (double)(all ? all : 1),
		"%s: layout: %s -> %s, %zu of %zu source files have a translation", lang,
		layout.source_path.p, layout.path.p, layout.pairs, all);
	put_target(d, lang, url);
	put_key(&d->targets, "path", layout.path.p);
	return describe_base(d, src, tgt, lang, &layout, err);
}

static void put_source_path(struct detector *d, struct amts_str source_path)
{
	if (!amts_str_eq(source_path, AMTS_STR("{path}")))
		put_key(&d->main, "sourcePath", source_path.p);
}

static int lang_of_target(const char **out, struct detector *d, const struct side *src,
	const struct side *tgt, struct amts_error *err)
{
	*out = d->opt->lang;
	if (*out) {
		find(d, 1, "language: %s, as given", *out);
		return check_lang(*out, err);
	}
	*out = amts_detect_lang_of(
		d->arena, tgt->repo, &tgt->tree, tgt->name, src->name, d->src_lang);
	if (!*out)
		return amts_fail(err, AMTS_EUSAGE,
			"cannot tell the language of '%s'; say --lang", tgt->name);
	find(d, .8, "language: %s, from the name or settings of '%s'", *out, tgt->name);
	return amts_config_check_lang(*out, err);
}

/* Here is a translation; the source is elsewhere. */
static int detect_in_target(struct detector *d, struct amts_error *err)
{
	struct side src = { .repo = NULL }, tgt = { .repo = NULL };
	struct amts_str source_path = AMTS_STR("{path}");
	const char *lang;
	int rc = open_side(&src, d, d->opt->source, d->opt->source_branch, err);

	if (!rc)
		rc = open_side(&tgt, d, NULL, NULL, err);
	if (!rc)
		rc = lang_of_target(&lang, d, &src, &tgt, err);
	if (!rc)
		rc = detect_pair(d, &src, &tgt, lang, NULL, &source_path, err);
	put_url(d, &d->main, "source", NULL, d->opt->source);
	if (d->opt->source_branch)
		put_key(&d->main, "sourceBranch", d->opt->source_branch);
	put_source_path(d, source_path);
	close_side(&src);
	return rc;
}

/* Here is the source; translations are elsewhere. */
static int detect_in_source(struct detector *d, struct amts_error *err)
{
	struct side src = { .repo = NULL };
	struct amts_str source_path = AMTS_STR("{path}"), first = AMTS_STR("");
	size_t i;
	int rc = open_side(&src, d, NULL, d->opt->source_branch, err);

	for (i = 0; !rc && i < d->opt->ntargets; i++) {
		const char *lang = d->opt->target_langs[i], *url = d->opt->target_urls[i];
		struct side tgt = { .repo = NULL };

		rc = check_lang(lang, err);
		if (!rc)
			rc = open_side(&tgt, d, url, NULL, err);
		if (!rc)
			rc = detect_pair(d, &src, &tgt, lang, url, &source_path, err);
		close_side(&tgt);
		if (!rc && first.n && !amts_str_eq(first, source_path))
			rc = amts_fail(err, AMTS_EFAIL,
				"'%s' and '%s' take sources from different folders; "
				"write '" AMTS_CONFIG_FILE "' by hand",
				d->opt->target_langs[0], lang);
		first = source_path;
	}
	if (d->opt->source_branch)
		put_key(&d->main, "sourceBranch", d->opt->source_branch);
	put_source_path(d, source_path);
	return rc;
}

/* All in one repository: the languages that share the layout of the biggest. */
static int detect_in_one(struct detector *d, struct amts_error *err)
{
	struct side here = { .repo = NULL };
	struct detected_langs langs;
	size_t i;
	int rc = open_side(&here, d, NULL, NULL, err);

	if (rc)
		return rc;
	amts_detect_langs(&langs, d->arena, &here.tree, d->src_lang);
	for (i = 0; i < langs.n && !rc; i++) {
		const struct detected_layout *l = &langs.v[i].layout;

		if ((d->opt->lang && strcmp(d->opt->lang, langs.v[i].lang) != 0) ||
			!amts_str_eq(l->source_path, langs.v[0].layout.source_path))
			continue;
		find(d, l->pairs > 2 ? .9 : .5, "%s: layout: %s -> %s, %zu translations",
			langs.v[i].lang, l->source_path.p, l->path.p, l->pairs);
		put_target(d, langs.v[i].lang, NULL);
		put_key(&d->targets, "path", l->path.p);
		rc = describe_base(d, &here, &here, langs.v[i].lang, l, err);
	}
	if (rc)
		return rc;
	if (!d->targets.n)
		return amts_fail(err, AMTS_ENOTFOUND,
			"no translation found here; say --source URL in a translation, "
			"or "
			"--target LANG=URL in the source");
	put_source_path(d, langs.v[0].layout.source_path);
	return AMTS_OK;
}

/* From heap vectors into the arena. */
static void settle(struct amts_detected *out, struct amts_arena *arena)
{
	struct amts_finding *v = out->v;
	struct amts_setting *settings = out->settings;

	out->v = AMTS_NEW(arena, struct amts_finding, out->n);
	out->settings = AMTS_NEW(arena, struct amts_setting, out->nsettings);
	if (out->n)
		memcpy(out->v, v, out->n * sizeof(*v));
	if (out->nsettings)
		memcpy(out->settings, settings, out->nsettings * sizeof(*settings));
	free(v);
	free(settings);
}

int amts_detect(struct amts_detected *out, struct amts_arena *arena,
	struct amts_repo *repo, const struct amts_detect_options *opt,
	const struct amts_env *env, struct amts_error *err)
{
	struct detector d = { .out = out,
		.arena = arena,
		.repo = repo,
		.opt = opt,
		.env = env,
		.src_lang = "en",
		.main = AMTS_BUF_INIT,
		.targets = AMTS_BUF_INIT };
	int rc;

	memset(out, 0, sizeof(*out));
	amts_buf_addz(&d.main, "[amts]\n");
	put_key(&d.main, "sourceLanguage", d.src_lang);
	if (opt->source)
		rc = detect_in_target(&d, err);
	else if (opt->ntargets)
		rc = detect_in_source(&d, err);
	else
		rc = detect_in_one(&d, err);
	out->config = amts_arena_fmt(arena, "%s%s", d.main.p, d.targets.p);
	if (d.record.n) {
		amts_buf_reset(&d.main);
		amts_record_write(&d.main, &d.record);
		out->record = amts_arena_str(arena, amts_buf_str(&d.main));
	}
	settle(out, arena);
	amts_buf_release(&d.main);
	amts_buf_release(&d.targets);
	return rc;
}
