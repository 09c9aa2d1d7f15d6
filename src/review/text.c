/* What stands on a review branch, as the text of a pull request. */
#include "base/alloc.h"
#include "review/review.h"
#include "sync/sync.h"

#include <stdlib.h>
#include <string.h>

/* Kept free for what stands after the details. */
#define RESERVED 1000

struct file {
	struct review_page page;
	struct amts_buf details;
	struct review_counts counts;
};

struct writer {
	struct amts_arena *arena;
	struct amts_sync *was, *is; /* where the review branch left the target's; with it
				     */
	struct amts_oid from;	    /* that commit */
	struct file *v;
	size_t n;
	size_t changed, left;
};

static const struct amts_file *file_at(const struct amts_sync *s, struct amts_str path)
{
	size_t i;

	for (i = 0; i < s->nfiles; i++)
		if (amts_str_eq(s->files[i].tgt_path, path))
			return &s->files[i];
	return NULL;
}

static int read_blob(struct amts_str *out, struct amts_arena *arena, struct amts_sync *s,
	const struct amts_oid *blob, struct amts_error *err)
{
	*out = AMTS_STR("");
	return blob->hex[0] ? amts_base_read(out, arena, s, blob, err) : AMTS_OK;
}

static void list_left(struct review_page *page, struct amts_arena *arena,
	const struct amts_record_entry *r)
{
	uint64_t *tgt, *src;
	size_t i;

	if (!r || !r->npending)
		return;
	page->left = tgt = AMTS_NEW(arena, uint64_t, r->npending);
	page->left_src = src = AMTS_NEW(arena, uint64_t, r->npending);
	page->nleft = r->npending;
	for (i = 0; i < r->npending; i++) {
		tgt[i] = r->pending[i].tgt;
		src[i] = r->pending[i].src;
	}
}

static int read_file(struct file *f, struct writer *w, struct amts_str old_path,
	struct amts_str path, struct amts_error *err)
{
	const struct amts_file *was = file_at(w->was, old_path);
	const struct amts_file *is = file_at(w->is, path);
	struct review_page *page = &f->page;
	int rc;

	page->path = path;
	page->src_lang = w->is->project->cfg.src_lang;
	page->tgt_lang = w->is->info.lang;
	rc = read_blob(&page->base, w->arena, w->was,
		was ? &was->base : &(struct amts_oid){ "" }, err);
	if (!rc)
		rc = read_blob(&page->head, w->arena, w->is,
			is ? &is->base : &(struct amts_oid){ "" }, err);
	return rc;
}

/* The pages that differ; snapshots and the record are no text for people. */
static int collect(struct writer *w, struct amts_error *err)
{
	struct amts_file_changes c;
	size_t i;
	int rc = amts_repo_diff(
		&c, w->arena, w->is->tgt, &w->from, &w->is->info.start, err);

	w->v = AMTS_NEW(w->arena, struct file, c.n + 1);
	for (i = 0; !rc && i < c.n; i++) {
		struct amts_str path =
			c.v[i].new_path.n ? c.v[i].new_path : c.v[i].old_path;
		struct file *f = &w->v[w->n];

		if (!file_at(w->is, path) &&
			!(c.v[i].old_path.n && file_at(w->was, c.v[i].old_path)))
			continue;
		w->n++;
		f->details = (struct amts_buf)AMTS_BUF_INIT;
		rc = read_file(
			f, w, c.v[i].old_path.n ? c.v[i].old_path : path, path, err);
		if (!rc)
			rc = read_blob(
				&f->page.before, w->arena, w->is, &c.v[i].old_blob, err);
		if (!rc)
			rc = read_blob(
				&f->page.after, w->arena, w->is, &c.v[i].new_blob, err);
		if (rc)
			break;
		list_left(&f->page, w->arena, amts_record_find(&w->is->record, path));
		rc = review_page(&f->details, &f->counts, &f->page, err);
		w->changed += f->counts.changed;
		w->left += f->counts.left;
	}
	return rc;
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* In a cell, where Markdown reads what stands between HTML's tags. */
static void put_path(struct amts_buf *out, struct amts_str path)
{
	size_t i, beg = 0;

	for (i = 0; i < path.n; i++) {
		if (!path.p[i] || !strchr("|*_[]`~\\", path.p[i]))
			continue;
		review_escape(out, amts_str_sub(path, beg, i));
		amts_buf_addf(out, "&#%d;", path.p[i]);
		beg = i + 1;
	}
	review_escape(out, amts_str_sub(path, beg, path.n));
}

static void put_table(struct amts_buf *out, const struct writer *w)
{
	size_t i;

	amts_buf_addz(out, "| page | places changed | left to you |\n|---|---|---|\n");
	for (i = 0; i < w->n; i++) {
		amts_buf_addz(out, "| <code>");
		put_path(out, w->v[i].page.path);
		amts_buf_addf(out, "</code> | %zu | %zu |\n", w->v[i].counts.changed,
			w->v[i].counts.left);
	}
	amts_buf_addz(out, "\n");
}

static void put_head(struct amts_buf *out, const struct writer *w)
{
	const struct amts_sync_info *info = &w->is->info;

	amts_buf_addf(out,
		"Brings the translation `%s` to `%s` %.7s: %zu place%s changed in %zu "
		"page%s, %zu left to you.\n\n",
		info->lang, info->source_name, info->source.hex, w->changed,
		plural(w->changed), w->n, plural(w->n), w->left);
	amts_buf_addz(out,
		"What needs no translation (code, links, numbers, moves) was carried "
		"over; "
		"drafts come from the translation memory or an engine, see the commits' "
		"messages for where each is from. A place left to you still says what "
		"the "
		"source said before: translate it here, on this branch. Commits that you "
		"add stay, and your wording is kept when the source changes "
		"elsewhere.\n\n");
}

static void put_details(struct amts_buf *out, const struct writer *w, size_t max)
{
	size_t i, skipped = 0;

	for (i = 0; i < w->n; i++) {
		const struct file *f = &w->v[i];

		if (!f->details.n)
			continue;
		if (out->n + f->details.n + 300 + f->page.path.n + RESERVED > max) {
			skipped++;
			continue;
		}
		amts_buf_addz(out, "<details><summary><code>");
		review_escape(out, f->page.path);
		amts_buf_addf(out, "</code>: %zu changed, %zu left to you</summary>\n\n",
			f->counts.changed, f->counts.left);
		amts_buf_add(out, amts_buf_str(&f->details));
		amts_buf_addz(out, "\n</details>\n");
	}
	if (skipped)
		amts_buf_addf(out,
			"\nThe details of %zu page%s did not fit: see the messages of "
			"their "
			"commits, or run `git amts-sync diff`.\n",
			skipped, plural(skipped));
}

static void write_text(struct amts_review_text *out, struct writer *w,
	struct amts_arena *arena, size_t max)
{
	const struct amts_sync_info *info = &w->is->info;
	struct amts_buf b = AMTS_BUF_INIT;

	out->files = w->n;
	out->title = amts_arena_fmt(arena, "Sync %s with %s %.7s%s%s (%zu page%s)",
		info->lang, info->source_name, info->source.hex, *info->part ? ": " : "",
		info->part, w->n, plural(w->n));
	put_head(&b, w);
	put_table(&b, w);
	if (b.n + RESERVED > max) { /* more pages than fit in a table */
		amts_buf_reset(&b);
		put_head(&b, w);
	}
	put_details(&b, w, max);
	out->body = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
}

int amts_review_text(struct amts_review_text *out, struct amts_arena *arena,
	struct amts_project *project, const char *lang, const char *part, size_t max,
	struct amts_error *err)
{
	struct writer w = { .arena = amts_arena_new() };
	size_t i;
	int rc = amts_sync_open_part(&w.is, project, lang, AMTS_SYNC_OFFLINE,
		&(struct amts_part){ .name = part }, err);

	if (!rc)
		w.from = w.is->bring.parted.hex[0] ? w.is->bring.parted
						   : w.is->info.target;
	if (!rc)
		rc = amts_sync_open_at(
			&w.was, project, lang, AMTS_SYNC_OFFLINE, &w.from, err);
	if (!rc)
		rc = collect(&w, err);
	if (!rc)
		write_text(out, &w, arena, max);
	for (i = 0; i < w.n; i++)
		amts_buf_release(&w.v[i].details);
	amts_sync_free(w.was);
	amts_sync_free(w.is);
	amts_arena_free(w.arena);
	return rc;
}
