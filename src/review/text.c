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
	size_t kept_only; /* pages with nothing to see */
	struct review_counts all;
	size_t kept; /* places */
	struct amts_told_page *told;
	size_t ntold;
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

static void release(struct file *f)
{
	amts_buf_release(&f->details);
	free(f->page.notes.v);
}

static int is_listed(const struct writer *w, struct amts_str path)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (amts_str_eq(w->v[i].page.path, path))
			return 1;
	return 0;
}

static int fill_file(struct file *f, struct writer *w, const struct amts_oid *old,
	const struct amts_oid *new, struct amts_error *err)
{
	struct review_page *page = &f->page;
	int rc = read_blob(&page->before, w->arena, w->is, old, err);

	if (!rc)
		rc = read_blob(&page->after, w->arena, w->is, new, err);
	if (!rc)
		rc = review_notes_read(&page->notes, w->arena, w->is, w->told, w->ntold,
			page->path, new, err);
	if (rc)
		return rc;
	list_left(page, w->arena, amts_record_find(&w->is->record, page->path));
	return review_page(&f->details, &f->counts, page, err);
}

static int add_file(struct writer *w, struct amts_str old_path, struct amts_str path,
	const struct amts_oid *old, const struct amts_oid *new, struct amts_error *err)
{
	struct file *f = &w->v[w->n];
	int rc;

	if (is_listed(w, path) || (!file_at(w->is, path) && !file_at(w->was, old_path)))
		return AMTS_OK;
	w->n++;
	f->details = (struct amts_buf)AMTS_BUF_INIT;
	rc = read_file(f, w, old_path, path, err);
	return rc ? rc : fill_file(f, w, old, new, err);
}

/* A page that is as it was, but for what the record or the snapshot says of it. */
static int add_unchanged(struct writer *w, struct amts_str path, struct amts_error *err)
{
	const struct amts_tree_entry *e = amts_tree_find(&w->is->tgt_tree, path);

	return e ? add_file(w, path, path, &e->blob, &e->blob, err) : AMTS_OK;
}

/* Snapshots and the record are no text for people. */
static int collect(struct writer *w, struct amts_error *err)
{
	const struct amts_record *was = &w->was->record, *is = &w->is->record;
	struct amts_file_changes c;
	size_t i;
	int rc = amts_repo_diff(
		&c, w->arena, w->is->tgt, &w->from, &w->is->info.start, err);

	if (!rc)
		rc = amts_told_branch(&w->told, &w->ntold, w->arena, w->is,
			&w->is->info.start, &w->from, err);
	w->v = AMTS_NEW(w->arena, struct file, rc ? 1 : c.n + w->ntold + is->n + 1);
	for (i = 0; !rc && i < c.n; i++) {
		const struct amts_file_change *f = &c.v[i];
		struct amts_str path = f->new_path.n ? f->new_path : f->old_path;

		rc = add_file(w, f->old_path.n ? f->old_path : path, path, &f->old_blob,
			&f->new_blob, err);
	}
	for (i = 0; !rc && i < w->ntold; i++)
		rc = add_unchanged(w, w->told[i].path, err);
	for (i = 0; !rc && i < is->n; i++)
		if (is->v[i].npending && !amts_parts_owner(w->is, is->v[i].path) &&
			!amts_record_same(
				&is->v[i], amts_record_find(was, is->v[i].path)))
			rc = add_unchanged(w, is->v[i].path, err);
	return rc;
}

/* ---- what is to be said of all ---- */

static void add_engine(struct review_counts *to, const struct review_engine *from)
{
	struct review_engine *e = review_engine(to, from->name);

	if (!e)
		return;
	e->exact += from->exact;
	e->near += from->near;
	e->far += from->far;
	e->other += from->other;
}

static int by_path(const void *a, const void *b)
{
	return amts_str_cmp(
		((const struct file *)a)->page.path, ((const struct file *)b)->page.path);
}

/* Pages with nothing to see are counted only. */
static void sum_up(struct writer *w)
{
	size_t i, k, n = 0;

	for (i = 0; i < w->n; i++) {
		struct file f = w->v[i];

		w->kept += f.page.notes.kept;
		w->all.drafted += f.counts.drafted;
		w->all.carried += f.counts.carried;
		w->all.people += f.counts.people;
		w->all.left += f.counts.left;
		for (k = 0; k < f.counts.nengines; k++)
			add_engine(&w->all, &f.counts.engines[k]);
		if (f.counts.drafted + f.counts.carried + f.counts.people +
			f.counts.left) {
			w->v[n++] = f;
			continue;
		}
		w->kept_only++;
		release(&f);
	}
	w->n = n;
	if (n)
		qsort(w->v, n, sizeof(*w->v), by_path);
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* As code, in a cell too, or where that cannot hold it between HTML's tags. */
static void put_name(struct amts_buf *out, struct amts_str name)
{
	size_t i, beg = 0;

	for (i = 0; i < name.n && (unsigned char)name.p[i] >= 0x20; i++)
		if (name.p[i] == '|' || name.p[i] == '`')
			break;
	if (i == name.n) {
		amts_buf_addf(out, "`" AMTS_STR_FMT "`", AMTS_STR_ARG(name));
		return;
	}
	amts_buf_addz(out, "<code>");
	for (i = 0; i < name.n; i++) {
		if (!name.p[i] || !strchr("|*_[]`~\\", name.p[i]))
			continue;
		review_escape(out, amts_str_sub(name, beg, i));
		amts_buf_addf(out, "&#%d;", name.p[i]);
		beg = i + 1;
	}
	review_escape(out, amts_str_sub(name, beg, name.n));
	amts_buf_addz(out, "</code>");
}

static void put_table(struct amts_buf *out, const struct writer *w)
{
	size_t i;

	amts_buf_addz(out, "| page | drafted | carried over | kept | left to you |\n"
			   "|---|---:|---:|---:|---:|\n");
	for (i = 0; i < w->n; i++) {
		const struct file *f = &w->v[i];

		amts_buf_addz(out, "| ");
		put_name(out, f->page.path);
		amts_buf_addf(out, " | %zu | %zu | %zu | %zu |\n", f->counts.drafted,
			f->counts.carried, f->page.notes.kept, f->counts.left);
	}
	amts_buf_addc(out, '\n');
}

static void put_part(struct amts_buf *out, size_t n, const char *what, int *some)
{
	if (n)
		amts_buf_addf(out, "%s%zu %s", (*some)++ ? ", " : ": ", n, what);
}

/* "Drafts by `memory`: 3 of the same text, 2 of text 90 % alike and more." */
static void put_engines(struct amts_buf *out, const struct writer *w)
{
	size_t i;

	for (i = 0; i < w->all.nengines; i++) {
		const struct review_engine *e = &w->all.engines[i];
		int some = 0;

		amts_buf_addz(out, "Drafts by ");
		put_name(out, e->name);
		put_part(out, e->exact, "of the same text", &some);
		put_part(out, e->near, "of text 90 % alike and more", &some);
		put_part(out, e->far, "of text less alike", &some);
		put_part(out, e->other, "machine translated", &some);
		amts_buf_addz(out, ".\n");
	}
	if (w->all.nengines)
		amts_buf_addc(out, '\n');
}

static void put_head(struct amts_buf *out, const struct writer *w)
{
	const struct amts_sync_info *info = &w->is->info;

	amts_buf_addf(out,
		"Brings the translation `%s` to `%s` %.7s: %zu drafted, %zu carried "
		"over, "
		"%zu kept, **%zu left to you**",
		info->lang, info->source_name, info->source.hex, w->all.drafted,
		w->all.carried, w->kept, w->all.left);
	if (w->all.people)
		amts_buf_addf(out, "; %zu changed by people", w->all.people);
	amts_buf_addz(out, ".\n\n");
	amts_buf_addz(out, "- **drafted**: new wording from the translation memory or an "
			   "engine; check "
			   "it.\n"
			   "- **carried over**: what needs no translation (code, links, "
			   "numbers, marks, "
			   "moves).\n"
			   "- **kept**: the source changed in nothing that shows in the "
			   "translation.\n"
			   "- **left to you**: the page still says what the source said "
			   "before. Translate "
			   "it here, on this branch.\n\n"
			   "Commits that you add stay, and your wording is kept when the "
			   "source changes "
			   "elsewhere.\n\n");
}

static void put_kept_only(struct amts_buf *out, const struct writer *w)
{
	if (w->kept_only)
		amts_buf_addf(out,
			"In %zu more page%s the source changed in nothing that shows in "
			"the "
			"translation; why is in the messages of their commits.\n\n",
			w->kept_only, plural(w->kept_only));
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
		amts_buf_addf(out,
			"</code>: %zu drafted, %zu carried over, %zu left to "
			"you</summary>\n\n",
			f->counts.drafted, f->counts.carried, f->counts.left);
		amts_buf_add(out, amts_buf_str(&f->details));
		amts_buf_addz(out, "\n</details>\n");
	}
	if (skipped)
		amts_buf_addf(out,
			"\nThe details of %zu page%s did not fit: see the messages of "
			"their "
			"commits, or let `git amts-sync sync --split` make a pull "
			"request a chapter.\n",
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
	put_engines(&b, w);
	put_kept_only(&b, w);
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
	if (!rc) {
		sum_up(&w);
		write_text(out, &w, arena, max);
	}
	for (i = 0; i < w.n; i++)
		release(&w.v[i]);
	amts_sync_free(w.was);
	amts_sync_free(w.is);
	amts_arena_free(w.arena);
	return rc;
}
