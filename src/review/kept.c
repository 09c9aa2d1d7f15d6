/*
 * Reviews as they are kept in the git directory, a line a review and engine:
 *
 *	tip landed time part source left engine drafts as-is edits words
 *
 * with TAB between; "-" for an empty field.  It is ours alone: what cannot be read is
 *found again, as far as the branches are there.
 */
#include "base/alloc.h"
#include "base/disk.h"
#include "review/review.h"
#include "sync/sync.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 11

const char *review_file(struct amts_arena *arena, struct amts_sync *s)
{
	return amts_arena_fmt(arena, "%samts/reviews-%s",
		amts_repo_common_dir(s->project->repo), s->info.lang)
		.p;
}

static struct amts_str text(struct amts_arena *arena, const char *field)
{
	return strcmp(field, "-") ? amts_arena_str(arena, amts_str_z(field))
				  : AMTS_STR("");
}

static size_t count(const char *field)
{
	return (size_t)strtoull(field, NULL, 10);
}

static void read_oid(struct amts_oid *out, const char *field)
{
	snprintf(out->hex, sizeof(out->hex), "%s", field);
}

static void add_drafts(
	struct amts_review_outcome *o, struct amts_arena *arena, char *const *f)
{
	struct amts_review_drafts *v =
		AMTS_NEW(arena, struct amts_review_drafts, o->n + 1);

	if (!strcmp(f[6], "-"))
		return;
	if (o->n)
		memcpy(v, o->v, o->n * sizeof(*v));
	v[o->n++] = (struct amts_review_drafts){ text(arena, f[6]), count(f[7]),
		count(f[8]), count(f[9]), count(f[10]) };
	o->v = v;
}

void review_load(struct amts_review_outcome **out, size_t *n, struct amts_arena *arena,
	const char *path)
{
	FILE *file = fopen(path, "r");
	char line[1024], *f[FIELDS], *save;
	size_t i, cap = 0;

	*out = NULL;
	*n = 0;
	while (file && fgets(line, sizeof(line), file)) {
		struct amts_review_outcome o = { .fresh = 0 };

		for (i = 0; i < FIELDS; i++)
			if (!(f[i] = strtok_r(i ? NULL : line, "\t\n", &save)))
				break;
		if (i < FIELDS)
			continue;
		read_oid(&o.tip, f[0]);
		if (!*n || !amts_oid_eq(&(*out)[*n - 1].tip, &o.tip)) {
			read_oid(&o.landed, f[1]);
			o.time = strtoll(f[2], NULL, 10);
			o.part = text(arena, f[3]);
			o.source = text(arena, f[4]);
			o.left = count(f[5]);
			AMTS_VEC_PUSH(*out, *n, cap, o);
		}
		add_drafts(&(*out)[*n - 1], arena, f);
	}
	if (file)
		fclose(file);
}

static void put_review(struct amts_buf *out, const struct amts_review_outcome *o)
{
	static const struct amts_review_drafts none = { .engine = { "-", 1 } };
	size_t i;

	for (i = 0; i < (o->n ? o->n : 1); i++) {
		const struct amts_review_drafts *d = o->n ? &o->v[i] : &none;

		amts_buf_addf(out,
			"%s\t%s\t%" PRId64 "\t" AMTS_STR_FMT "\t" AMTS_STR_FMT
			"\t%zu\t" AMTS_STR_FMT "\t%zu\t%zu\t%zu\t%zu\n",
			o->tip.hex, o->landed.hex, o->time,
			AMTS_STR_ARG(o->part.n ? o->part : AMTS_STR("-")),
			AMTS_STR_ARG(o->source.n ? o->source : AMTS_STR("-")), o->left,
			AMTS_STR_ARG(d->engine), d->drafts, d->as_is, d->edits, d->words);
	}
}

void review_keep(const char *path, const struct amts_review_outcome *v, size_t n)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_buf out = AMTS_BUF_INIT;
	size_t i, some = 0;

	for (i = 0; i < n; i++) {
		some += v[i].fresh != 0;
		put_review(&out, &v[i]);
	}
	if (some)
		(void)!amts_file_replace(path, amts_buf_str(&out), 0666, &ignored);
	amts_buf_release(&out);
}
