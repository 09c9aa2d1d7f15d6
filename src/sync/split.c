/* Which pages go to which review branch. */
#include "amts/align.h"
#include "base/alloc.h"
#include "sync/sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LONGEST_NAME 100

/* A page that wants a branch. */
struct stray {
	struct amts_str page, folder;
	size_t lines;
};

/* A branch, open already or to be made. */
struct pile {
	const char *name;
	struct amts_str folder; /* the last page's */
	struct amts_str *pages; /* new ones; heap */
	size_t n, cap;
	size_t lines;
	int closed; /* takes no page of another folder */
};

struct splitting {
	struct amts_sync *sync;
	const struct amts_split *how;
	struct amts_arena *arena;
	struct stray *strays;
	size_t nstrays;
	struct pile *piles; /* the open ones first */
	size_t npiles, cap, nopen;
	struct amts_map folders; /* of pages in review: pile by folder */
};

static struct amts_str folder_of(struct amts_str path)
{
	size_t n = path.n;

	while (n && path.p[n - 1] != '/')
		n--;
	return amts_str_sub(path, 0, n ? n - 1 : 0);
}

static uint64_t key_of(struct amts_str s)
{
	return amts_str_hash(s, AMTS_HASH_SEED);
}

/* ---- how much there is to read ---- */

static int count_lines(size_t *lines, struct amts_arena *arena, struct amts_sync *s,
	const struct amts_oid *old, const struct amts_oid *new, struct amts_error *err)
{
	struct amts_str before = AMTS_STR(""), after = AMTS_STR("");
	struct amts_diff_part *v;
	size_t i, n;
	int rc = old->hex[0] ? amts_base_read(&before, arena, s, old, err) : AMTS_OK;

	if (!rc && new->hex[0])
		rc = amts_base_read(&after, arena, s, new, err);
	n = rc ? 0 : amts_diff_lines(&v, arena, before, after);
	for (i = 0; i < n; i++)
		*lines += v[i].op != AMTS_DIFF_SAME;
	return rc;
}

static int add_stray(
	struct splitting *x, const struct amts_file *f, struct amts_error *err)
{
	struct stray *t = &x->strays[x->nstrays++];
	struct amts_arena *arena = amts_arena_new();
	static const struct amts_oid none = { "" };
	int gone = f->state == AMTS_FILE_DELETED, rc;

	*t = (struct stray){ f->new_path, folder_of(f->new_path), 1 };
	rc = count_lines(
		&t->lines, arena, x->sync, &f->base, gone ? &none : &f->head, err);
	amts_arena_free(arena);
	return rc;
}

/* A page in review counts for the branch that has it. */
static int add_reviewed(struct splitting *x, size_t pile, const struct amts_file *f,
	struct amts_error *err)
{
	const struct amts_tree_entry *e =
		amts_tree_find(&x->sync->branch_tree, f->tgt_path);
	struct amts_arena *arena = amts_arena_new();
	int rc = count_lines(&x->piles[pile].lines, arena, x->sync,
		e ? &e->blob : &(struct amts_oid){ "" }, &f->target, err);

	amts_map_add(&x->folders, key_of(folder_of(f->tgt_path)), pile);
	amts_arena_free(arena);
	return rc;
}

/* The open branch that has the page: its pile, or SIZE_MAX. */
static size_t pile_of(const struct splitting *x, const struct amts_file *f)
{
	const struct amts_sync *s = x->sync;
	const struct amts_branch *b = amts_parts_owner(s, f->tgt_path);
	size_t i;

	if (!b)
		b = amts_parts_owner(s, f->new_path);
	for (i = 0; i < x->nopen; i++)
		if (!strcmp(x->piles[i].name, b ? b->name : ""))
			break;
	if (b || amts_parts_has(s, f->tgt_path) || amts_parts_has(s, f->new_path))
		return i < x->nopen ? i : SIZE_MAX;
	return SIZE_MAX;
}

static int collect(struct splitting *x, struct amts_error *err)
{
	struct amts_sync *s = x->sync;
	size_t i, pile;
	int rc = AMTS_OK;

	x->strays = amts_calloc(s->nfiles + 1, sizeof(*x->strays));
	for (i = 0; !rc && i < s->nfiles; i++) {
		const struct amts_file *f = &s->files[i];

		pile = pile_of(x, f);
		if (pile != SIZE_MAX)
			rc = add_reviewed(x, pile, f, err);
		else if (amts_sync_has_work(s, f) &&
			 amts_sync_wants(f, x->how->paths, x->how->npaths))
			rc = add_stray(x, f, err);
	}
	return rc;
}

/* ---- piles ---- */

/* What git allows in the name of a branch, and shells and file systems too: where those
 * do not tell letters by case, neither does git, which keeps a branch in a file. */
static const char *name_of(struct splitting *x, struct amts_str folder)
{
	struct amts_buf b = AMTS_BUF_INIT;
	const char *name;
	size_t i, number = 1;

	for (i = 0; i < folder.n; i++) {
		char c = folder.p[i];
		int plain = (c >= '0' && c <= '9') ||
			    ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' ||
			    (unsigned char)c >= 0x80;

		if (b.n >= LONGEST_NAME && ((unsigned char)c & 0xc0) != 0x80)
			break; /* not inside a character */
		if (plain)
			amts_buf_addc(&b, c);
		else if (b.n && b.p[b.n - 1] != '-')
			amts_buf_addc(&b, '-');
	}
	if (!b.n)
		amts_buf_addz(&b, "top");
	name = amts_arena_z(x->arena, amts_buf_str(&b));
	for (i = 0; i < x->npiles; i++)
		if (!strcasecmp(x->piles[i].name, name)) {
			name = amts_arena_fmt(x->arena, "%s-%zu", b.p, ++number).p;
			i = SIZE_MAX; /* from the first one again */
		}
	amts_buf_release(&b);
	return name;
}

static struct pile *new_pile(struct splitting *x, const char *name)
{
	struct pile p = { .name = name };

	AMTS_VEC_PUSH(x->piles, x->npiles, x->cap, p);
	return &x->piles[x->npiles - 1];
}

static int has_room(const struct splitting *x, const struct pile *p, size_t lines)
{
	return x->how->by_folder || p->lines + lines <= x->how->lines;
}

static void put(struct pile *p, const struct stray *t)
{
	AMTS_VEC_PUSH(p->pages, p->n, p->cap, t->page);
	p->folder = t->folder;
	p->lines += t->lines;
}

/* Lines of the strays from i on that are in one folder; *end: behind the last. */
static size_t folder_lines(const struct splitting *x, size_t i, size_t *end)
{
	size_t lines = 0;

	for (*end = i; *end < x->nstrays &&
		       amts_str_eq(x->strays[*end].folder, x->strays[i].folder);
		++*end)
		lines += x->strays[*end].lines;
	return lines;
}

/* The pile that a folder begins with: the last new one, if all of it fits. */
static struct pile *first_pile(struct splitting *x, size_t i, size_t lines)
{
	struct pile *last = x->npiles > x->nopen ? &x->piles[x->npiles - 1] : NULL;

	if (last && !last->closed && !x->how->by_folder && has_room(x, last, lines))
		return last;
	return new_pile(x, name_of(x, x->strays[i].folder));
}

static void place_folder(struct splitting *x, size_t beg, size_t end, size_t lines)
{
	size_t i, known = amts_map_get(&x->folders, key_of(x->strays[beg].folder));
	struct pile *p = NULL;
	int cut = 0;

	for (i = beg; i < end; i++) {
		const struct stray *t = &x->strays[i];

		if (known != AMTS_MAP_NONE && has_room(x, &x->piles[known], t->lines)) {
			put(&x->piles[known], t);
			lines -= t->lines;
			continue;
		}
		if (!p) {
			p = first_pile(x, i, lines);
		} else if (p->n && !has_room(x, p, t->lines)) {
			p = new_pile(x, name_of(x, t->folder));
			cut = 1;
		}
		put(p, t);
	}
	if (p)
		p->closed = cut;
}

static int by_folder(const void *x, const void *y)
{
	const struct stray *a = x, *b = y;
	int c = amts_str_cmp(a->folder, b->folder);

	return c ? c : amts_str_cmp(a->page, b->page);
}

static void place_all(struct splitting *x)
{
	size_t i, end, lines, total = 0;
	int only = !x->nopen || (x->nopen == 1 && !*x->piles[0].name);

	for (i = 0; i < x->nstrays; i++)
		total += x->strays[i].lines;
	if (x->nopen && only)
		total += x->piles[0].lines;
	if (only && !x->how->by_folder && total <= x->how->lines) {
		if (!x->nopen)
			new_pile(x, "");
		for (i = 0; i < x->nstrays; i++)
			put(&x->piles[0], &x->strays[i]);
		return;
	}
	if (x->nstrays)
		qsort(x->strays, x->nstrays, sizeof(*x->strays), by_folder);
	for (i = 0; i < x->nstrays; i = end) {
		lines = folder_lines(x, i, &end);
		place_folder(x, i, end, lines);
	}
}

/* ---- */

static void list_open(struct splitting *x)
{
	const struct amts_sync *s = x->sync;
	size_t i;

	if (!amts_oid_eq(&s->info.start, &s->info.target))
		new_pile(x, "");
	for (i = 0; i < s->parts.nothers; i++)
		new_pile(x, s->parts.others[i].name);
	x->nopen = x->npiles;
}

static void list_parts(struct amts_part **out, size_t *n, struct splitting *x)
{
	struct amts_part *v = AMTS_NEW(x->arena, struct amts_part, x->npiles + 1);
	size_t i, k;

	for (i = 0; i < x->npiles; i++) {
		const struct pile *p = &x->piles[i];
		struct amts_str *pages = AMTS_NEW(x->arena, struct amts_str, p->n + 1);

		for (k = 0; k < p->n; k++)
			pages[k] = amts_arena_str(x->arena, p->pages[k]);
		v[i] = (struct amts_part){ amts_arena_z(x->arena, amts_str_z(p->name)),
			pages, p->n, 0, x->sync };
	}
	*n = x->npiles;
	*out = v;
}

/* One branch takes what no other has. */
static void take_rest(struct amts_part *v, size_t *n, struct amts_sync *s)
{
	size_t i;

	for (i = 0; i < *n; i++)
		if (!*v[i].name)
			break;
	if (i == *n)
		v[(*n)++] = (struct amts_part){ .name = "", .whole = s };
	v[i].rest = 1;
}

int amts_sync_parts(struct amts_part **out, size_t *n, struct amts_arena *arena,
	struct amts_sync *s, const struct amts_split *how, struct amts_error *err)
{
	struct splitting x = { .sync = s, .how = how, .arena = arena };
	size_t i;
	int rc = AMTS_OK;

	list_open(&x);
	if (how->lines || how->by_folder) {
		rc = amts_base_infer(s, how->progress, err);
		if (!rc)
			rc = amts_parts_know_mine(s, err);
		if (!rc)
			rc = collect(&x, err);
		if (!rc)
			place_all(&x);
	}
	list_parts(out, n, &x);
	if (!how->lines && !how->by_folder)
		take_rest(*out, n, s);
	for (i = 0; i < x.npiles; i++)
		free(x.piles[i].pages);
	free(x.piles);
	free(x.strays);
	amts_map_release(&x.folders);
	return rc;
}
