/* Machine drafts in the style of the translation they go into. */
#include "sync/work.h"

#include "amts/style.h"

#define ENOUGH 5000 /* segments tell the habits of a translation */

static int is_by_machine(const struct amts_mt_result *r)
{
	return r->origin == AMTS_MT_MACHINE;
}

static int has_draft(const struct work *w)
{
	size_t n, i;

	if (w->rc)
		return 0;
	(void)amts_plan_requests(w->plan, &n);
	for (i = 0; i < n; i++)
		if (is_by_machine(&w->results[i]))
			return 1;
	return 0;
}

/* A document that cannot be read tells nothing. */
static void learn(
	struct amts_style *style, size_t *seen, struct amts_str bytes, const char *lang)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_arena *arena = amts_arena_new();
	struct amts_segments segs = { 0 };
	struct amts_doc *doc;
	size_t i;

	if (!amts_doc_parse(&doc, arena, bytes, &ignored) &&
		!amts_segments(&segs, arena, doc, lang, &ignored))
		for (i = 0; i < segs.n && *seen < ENOUGH; i++, ++*seen)
			amts_style_learn(
				style, segs.v[i].text, segs.v[i].inl, segs.v[i].ninl);
	amts_arena_free(arena);
}

static void set(const struct amts_style *style, struct work *w, const char *lang)
{
	struct amts_buf b = AMTS_BUF_INIT;
	size_t n, i;
	const struct amts_mt_request *r = amts_plan_requests(w->plan, &n);

	for (i = 0; i < n; i++) {
		if (!is_by_machine(&w->results[i]))
			continue;
		amts_buf_reset(&b);
		amts_style_apply(
			&b, style, lang, w->results[i].text, r[i].inl, r[i].ninl);
		w->results[i].text = amts_arena_str(w->arena, amts_buf_str(&b));
	}
	amts_buf_release(&b);
}

void amts_drafter_set_style(const struct drafter *d, struct work *v, size_t n)
{
	const char *lang = d->sync->info.lang;
	struct amts_style style = { 0 };
	size_t i, seen = 0, drafts = 0;

	for (i = 0; i < n; i++)
		drafts += has_draft(&v[i]) != 0;
	for (i = 0; drafts && i < n && seen < ENOUGH; i++)
		if (!v[i].rc)
			learn(&style, &seen, v[i].target, lang);
	for (i = 0; drafts && i < n; i++)
		if (has_draft(&v[i]))
			set(&style, &v[i], lang);
}
