/*
 * What all translated documents of a target teach about its language pair.  A lesson is
 * kept by the blobs it is from, and the lexicon by its lessons; both depend on nothing
 * else, so a run gives the same whether the file was there, was damaged, or is of an
 * earlier state.  Nor do they depend on what earlier runs put on the review branch or
 * inferred: what people have merged teaches, from the source that their branch tells, so
 * that a run after a run finds nothing new to do.  The file is whole at any time, and the
 * last process to write it wins.
 */
#include "align/bytes.h"
#include "align/parallel.h"
#include "amts/text.h"
#include "base/alloc.h"
#include "base/disk.h"
#include "base/folder.h"
#include "base/map.h"
#include "sync/sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC "amts lexicon 1\n"
/* More documents than this add little: those whose paths have the smallest hashes are
 * taken, so that a new one displaces one at most. */
#define DOCUMENTS_MAX 600

/* A document pair and what it teaches. */
struct pupil {
	const struct amts_file *file;
	uint64_t order; /* hash of its path */
	uint64_t key;	/* of both blobs */
	struct amts_str lesson;
	struct amts_buf made; /* the lesson, when it was not kept */
	int rc;
};

struct school {
	struct amts_sync *sync;
	struct pupil *v; /* heap */
	size_t n;
	struct amts_buf file; /* as it was read */
	uint64_t set;	      /* of all keys */
	int failed;	      /* some document could not be read */
};

static int cmp_pupil(const void *x, const void *y)
{
	const struct pupil *a = x, *b = y;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return amts_str_cmp(a->file->tgt_path, b->file->tgt_path);
}

static uint64_t key_of(const struct amts_file *f)
{
	return amts_str_hash(amts_str_z(f->target.hex),
		amts_str_hash(amts_str_z(f->base.hex), AMTS_HASH_SEED));
}

/* The documents that are translated, from a source that is known. */
static void enrol(struct school *c)
{
	struct amts_sync *s = c->sync;

	c->v = amts_calloc(s->nfiles + 1, sizeof(*c->v));
	for (size_t i = 0; i < s->nfiles; i++) {
		const struct amts_file *f = &s->files[i];

		if (!f->base.hex[0] || !f->target.hex[0] ||
			amts_oid_eq(&f->base, &f->target))
			continue;
		c->v[c->n++] = (struct pupil){ .file = f,
			.order = amts_str_hash(f->tgt_path, AMTS_HASH_SEED),
			.key = key_of(f),
			.made = AMTS_BUF_INIT };
	}
	qsort(c->v, c->n, sizeof(*c->v), cmp_pupil);
	if (c->n > DOCUMENTS_MAX)
		c->n = DOCUMENTS_MAX;
	c->set = AMTS_HASH_SEED;
	for (size_t i = 0; i < c->n; i++)
		c->set = c->set * 31 + c->v[i].key;
}

/* ---- the file -------------------------------------------------------------------- */

static struct amts_str path_of(struct amts_sync *s)
{
	return amts_arena_fmt(s->arena, "%samts/lexicon-%s",
		amts_repo_common_dir(s->project->repo), s->info.lang);
}

/* What the contents depend on besides the documents. */
static struct amts_str version(struct amts_sync *s)
{
	return amts_arena_fmt(s->arena, "%s %s %s %s", AMTS_VERSION, amts_text_version(),
		s->project->cfg.src_lang, s->info.lang);
}

static void read_file(struct amts_buf *out, const char *path)
{
	FILE *f = fopen(path, "rb");
	char block[1 << 16];
	size_t n;

	while (f && (n = fread(block, 1, sizeof(block), f)) > 0)
		amts_buf_add(out, (struct amts_str){ block, n });
	if (f)
		fclose(f);
}

/* The lexicon, if it is of the same lessons; else the lessons that were kept. */
static struct amts_aligner *recall(struct school *c)
{
	struct amts_sync *s = c->sync;
	struct bytes r = bytes_open(amts_buf_str(&c->file), MAGIC);
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_aligner *al;
	struct amts_map kept = { 0 };
	struct amts_str taught;
	uint64_t set;
	size_t n;

	if (!amts_str_eq(bytes_get_str(&r), version(s)))
		return NULL;
	set = bytes_get(&r, 8);
	taught = bytes_get_str(&r);
	if (!r.bad && set == c->set &&
		!amts_aligner_load(
			&al, taught, s->project->cfg.src_lang, s->info.lang, &ignored))
		return al;
	for (size_t i = 0; i < c->n; i++)
		amts_map_add(&kept, c->v[i].key, i);
	for (n = bytes_get_count(&r, 12); n && !r.bad; n--) {
		size_t at = amts_map_get(&kept, bytes_get(&r, 8));
		struct amts_str lesson = bytes_get_str(&r);

		if (at != AMTS_MAP_NONE)
			c->v[at].lesson = lesson;
	}
	amts_map_release(&kept);
	return NULL;
}

/* A cache: where it cannot be written, the next run learns again. */
static void keep(struct school *c, const struct amts_aligner *al)
{
	struct amts_str path = path_of(c->sync);
	struct amts_buf out = AMTS_BUF_INIT, taught = AMTS_BUF_INIT;
	struct amts_error ignored = AMTS_ERROR_INIT;
	size_t dir = path.n;

	while (path.p[dir - 1] != '/')
		dir--;
	if (amts_aligner_save(&taught, al, &ignored) ||
		amts_make_folders(amts_str_sub(path, 0, dir - 1), &ignored)) {
		amts_buf_release(&taught);
		return;
	}
	amts_buf_addz(&out, MAGIC);
	bytes_put_str(&out, version(c->sync));
	bytes_put(&out, c->set, 8);
	bytes_put_str(&out, amts_buf_str(&taught));
	bytes_put(&out, c->n, 4);
	for (size_t i = 0; i < c->n; i++) {
		bytes_put(&out, c->v[i].key, 8);
		bytes_put_str(&out, c->v[i].lesson);
	}
	bytes_put_end(&out);
	if (!out.over)
		(void)!amts_file_replace(path.p, amts_buf_str(&out), 0666, &ignored);
	amts_buf_release(&taught);
	amts_buf_release(&out);
}

/* ---- lessons ---------------------------------------------------------------------- */

static int read_pair(struct amts_str *base, struct amts_str *target,
	struct amts_arena *arena, struct amts_sync *s, const struct amts_file *f,
	struct amts_error *err)
{
	int rc;

	pthread_mutex_lock(&s->lock);
	rc = amts_base_read(base, arena, s, &f->base, err);
	if (!rc)
		rc = amts_repo_blob(target, arena, s->tgt, &f->target, err);
	pthread_mutex_unlock(&s->lock);
	return rc;
}

static int segments(struct amts_segments *out, struct amts_arena *arena,
	struct amts_str bytes, const char *lang, struct amts_error *err)
{
	struct amts_doc *doc;
	int rc = amts_doc_parse(&doc, arena, bytes, err);

	return rc ? rc : amts_segments(out, arena, doc, lang, err);
}

static void make_lesson(void *ctx, size_t i)
{
	struct school *c = ctx;
	struct pupil *p = &c->v[i];
	const char *src_lang = c->sync->project->cfg.src_lang;
	const char *tgt_lang = c->sync->info.lang;
	struct amts_arena *arena;
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_str base, target;
	struct amts_segments src, tgt;

	if (p->lesson.n)
		return;
	arena = amts_arena_new();
	p->rc = read_pair(&base, &target, arena, c->sync, p->file, &ignored);
	if (!p->rc)
		p->rc = segments(&src, arena, base, src_lang, &ignored);
	if (!p->rc)
		p->rc = segments(&tgt, arena, target, tgt_lang, &ignored);
	if (!p->rc)
		p->rc = amts_lesson(&p->made, &src, &tgt, src_lang, tgt_lang, &ignored);
	if (!p->rc)
		p->lesson = amts_buf_str(&p->made);
	amts_arena_free(arena);
}

/* A document that cannot be read teaches nothing; its plan will say why. */
static void drop_failed(struct school *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].rc)
			amts_buf_release(&c->v[i].made);
		else
			c->v[n++] = c->v[i];
	c->failed = n < c->n;
	c->n = n;
}

static int teach(struct amts_aligner **out, struct school *c, struct amts_error *err)
{
	struct amts_str *lessons;
	int rc;

	align_parallel(0, c->n, make_lesson, c);
	drop_failed(c);
	lessons = amts_malloc((c->n + 1) * sizeof(*lessons));
	for (size_t i = 0; i < c->n; i++)
		lessons[i] = c->v[i].lesson;
	rc = amts_aligner_taught(out, lessons, c->n, c->sync->project->cfg.src_lang,
		c->sync->info.lang, 0, err);
	free(lessons);
	return rc;
}

/* Kept lessons that make no sense although the file was whole are made again. */
static int teach_again(
	struct amts_aligner **out, struct school *c, struct amts_error *err)
{
	for (size_t i = 0; i < c->n; i++)
		c->v[i].lesson = amts_buf_str(&c->v[i].made);
	return teach(out, c, err);
}

static int learn(struct amts_aligner **out, struct amts_sync *s, struct amts_error *err)
{
	struct school c = { .sync = s, .file = AMTS_BUF_INIT };
	int rc = AMTS_OK;

	enrol(&c);
	if (c.n) {
		read_file(&c.file, path_of(s).p);
		*out = recall(&c);
	}
	if (c.n && !*out) {
		rc = teach(out, &c, err);
		if (rc == AMTS_EPARSE)
			rc = teach_again(out, &c, err);
		if (!rc && !c.failed)
			keep(&c, *out);
	}
	for (size_t i = 0; i < c.n; i++)
		amts_buf_release(&c.v[i].made);
	amts_buf_release(&c.file);
	free(c.v);
	return rc;
}

static int learn_of_people(struct amts_sync *s, struct amts_error *err)
{
	struct amts_sync *people = NULL;
	int rc = AMTS_OK;

	if (!amts_oid_eq(&s->info.start, &s->info.target) || s->parts.nothers ||
		s->inferred)
		rc = amts_sync_open(&people, s->project, s->target->lang,
			AMTS_SYNC_OFFLINE | AMTS_SYNC_REVIEWED, err);
	if (!rc)
		rc = learn(&s->lexicon, people ? people : s, err);
	amts_sync_free(people);
	return rc;
}

int amts_sync_lexicon(struct amts_sync *s, struct amts_error *err)
{
	struct amts_sync *whole = s->whole ? s->whole : s;
	int rc = whole->lexicon ? AMTS_OK : learn_of_people(whole, err);

	s->lexicon = whole->lexicon;
	return rc;
}
