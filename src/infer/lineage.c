#include "infer/lineage.h"

#include "base/alloc.h"
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#define MAX_RENAMES 8 /* links followed in either direction */

struct event {
	size_t state;
	const struct amts_file_change *change;
};

/* Part of a history in which each commit is the parent of the next. */
struct run {
	size_t beg, end;
	size_t parent; /* state before beg, or AMTS_HISTORY_ROOT */
};

struct amts_lineage {
	struct amts_repo *repo;
	const struct amts_history *history;
	struct amts_arena *arena; /* of renames */
	struct amts_map paths;	  /* hash of the path: index into first */
	size_t npaths;
	size_t *first; /* events of path p: events[first[p]] up to events[first[p + 1]] */
	struct event *events;
	struct run *runs;
	size_t nruns, cap_runs;
	struct amts_map renames; /* state: index into diffs */
	struct amts_file_changes *diffs;
	size_t ndiffs, cap_diffs;
};

static struct amts_str path_of(const struct amts_file_change *c)
{
	return c->new_path.n ? c->new_path : c->old_path;
}

static uint64_t path_key(struct amts_str path)
{
	return amts_str_hash(path, AMTS_HASH_SEED);
}

static void find_runs(struct amts_lineage *lin)
{
	const struct amts_history *h = lin->history;
	size_t i;

	for (i = 0; i < h->n; i++) {
		if (!i || h->v[i].parent != i - 1) {
			struct run r = { i, i, h->v[i].parent };

			AMTS_VEC_PUSH(lin->runs, lin->nruns, lin->cap_runs, r);
		}
		lin->runs[lin->nruns - 1].end = i + 1;
	}
}

/* Count the events of each path, then put them in order of path and state. */
static void index_events(struct amts_lineage *lin)
{
	const struct amts_history *h = lin->history;
	size_t i, j, n = 0, *next;

	for (i = 0; i < h->n; i++)
		n += h->v[i].changes.n;
	lin->events = amts_calloc(n + 1, sizeof(*lin->events));
	lin->first = amts_calloc(n + 2, sizeof(*lin->first));
	for (i = 0; i < h->n; i++)
		for (j = 0; j < h->v[i].changes.n; j++) {
			uint64_t key = path_key(path_of(&h->v[i].changes.v[j]));
			size_t p = amts_map_add(&lin->paths, key, lin->npaths);

			lin->npaths += p == lin->npaths;
			lin->first[p + 1]++;
		}
	for (i = 0; i < lin->npaths; i++)
		lin->first[i + 1] += lin->first[i];
	next = amts_calloc(lin->npaths + 1, sizeof(*next));
	memcpy(next, lin->first, lin->npaths * sizeof(*next));
	for (i = 0; i < h->n; i++)
		for (j = 0; j < h->v[i].changes.n; j++) {
			const struct amts_file_change *c = &h->v[i].changes.v[j];
			size_t p = amts_map_get(&lin->paths, path_key(path_of(c)));

			lin->events[next[p]++] = (struct event){ i, c };
		}
	free(next);
}

void amts_lineage_new(struct amts_lineage **out, struct amts_repo *repo,
	const struct amts_history *history)
{
	struct amts_lineage *lin = amts_calloc(1, sizeof(*lin));

	lin->repo = repo;
	lin->history = history;
	lin->arena = amts_arena_new();
	find_runs(lin);
	index_events(lin);
	*out = lin;
}

void amts_lineage_free(struct amts_lineage *lin)
{
	if (!lin)
		return;
	amts_arena_free(lin->arena);
	amts_map_release(&lin->paths);
	amts_map_release(&lin->renames);
	free(lin->first);
	free(lin->events);
	free(lin->runs);
	free(lin->diffs);
	free(lin);
}

/* States in which one path had one blob. */
struct piece {
	struct amts_states at;
	struct amts_str path;
	const struct amts_oid *blob;
};
struct pieces {
	struct piece *v;
	size_t n, cap;
};

static const struct amts_oid *blob_at(const struct pieces *ps, size_t state)
{
	size_t lo = 0, hi = ps->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (state < ps->v[mid].at.beg)
			hi = mid;
		else if (state >= ps->v[mid].at.end)
			lo = mid + 1;
		else
			return ps->v[mid].blob;
	}
	return NULL;
}

static void add_piece(struct pieces *ps, size_t beg, size_t end, struct amts_str path,
	const struct amts_oid *blob)
{
	struct piece p = { { beg, end }, path, blob };

	if (blob && beg < end)
		AMTS_VEC_PUSH(ps->v, ps->n, ps->cap, p);
}

/* The states of one path, renames not followed; *events is NULL for an unknown path. */
static void pieces_of(struct pieces *ps, const struct event **events, size_t *n,
	const struct amts_lineage *lin, struct amts_str path)
{
	size_t p = amts_map_get(&lin->paths, path_key(path)), r;
	const struct event *e, *end;

	ps->n = 0;
	*n = 0;
	*events = NULL;
	if (p == AMTS_MAP_NONE)
		return;
	e = *events = lin->events + lin->first[p];
	*n = lin->first[p + 1] - lin->first[p];
	end = e + *n;
	for (r = 0; r < lin->nruns; r++) {
		const struct run *run = &lin->runs[r];
		const struct amts_oid *blob = NULL;
		size_t beg = run->beg;

		if (run->parent != AMTS_HISTORY_ROOT)
			blob = blob_at(ps, run->parent);
		for (; e < end && e->state < run->end; e++) {
			add_piece(ps, beg, e->state, path, blob);
			beg = e->state;
			blob = e->change->new_path.n ? &e->change->new_blob : NULL;
		}
		add_piece(ps, beg, run->end, path, blob);
	}
}

/* The other end of a rename that a commit made of path; empty for none. */
static int renamed(struct amts_str *out, struct amts_lineage *lin, size_t state,
	struct amts_str path, int back, struct amts_error *err)
{
	const struct amts_history_commit *c = &lin->history->v[state];
	size_t d = amts_map_add(&lin->renames, state, lin->ndiffs), i;
	int rc;

	*out = AMTS_STR("");
	if (c->parent == AMTS_HISTORY_ROOT)
		return AMTS_OK;
	if (d == lin->ndiffs) {
		struct amts_file_changes diff;

		rc = amts_repo_diff(&diff, lin->arena, lin->repo,
			&lin->history->v[c->parent].id, &c->id, err);
		if (rc)
			return rc;
		AMTS_VEC_PUSH(lin->diffs, lin->ndiffs, lin->cap_diffs, diff);
	}
	for (i = 0; i < lin->diffs[d].n; i++) {
		const struct amts_file_change *f = &lin->diffs[d].v[i];

		if (f->kind == AMTS_CHANGE_RENAMED &&
			amts_str_eq(back ? f->new_path : f->old_path, path))
			*out = back ? f->old_path : f->new_path;
	}
	return AMTS_OK;
}

/* Where to look for a rename: the first appearance, or the last disappearance in the
 * first run. */
static size_t turning_point(
	const struct amts_lineage *lin, const struct event *e, size_t n, int back)
{
	size_t i;

	if (back)
		return n && e[0].change->kind == AMTS_CHANGE_ADDED ? e[0].state
								   : AMTS_HISTORY_ROOT;
	for (i = n; i-- > 0;)
		if (e[i].state < lin->runs[0].end)
			return e[i].change->kind == AMTS_CHANGE_DELETED
				       ? e[i].state
				       : AMTS_HISTORY_ROOT;
	return AMTS_HISTORY_ROOT;
}

/* Add what stands before (back) or after the states of path under other names. */
static int follow(struct pieces *all, struct amts_lineage *lin, struct amts_str path,
	int back, struct amts_error *err)
{
	struct pieces ps = { NULL, 0, 0 };
	const struct event *e;
	size_t n, i, hop, turn;
	int rc = AMTS_OK;

	pieces_of(&ps, &e, &n, lin, path);
	for (hop = 0; hop < MAX_RENAMES && !rc; hop++) {
		turn = turning_point(lin, e, n, back);
		if (turn == AMTS_HISTORY_ROOT)
			break;
		rc = renamed(&path, lin, turn, path, back, err);
		if (rc || !path.n)
			break;
		pieces_of(&ps, &e, &n, lin, path);
		for (i = 0; i < ps.n; i++) {
			struct piece *p = &ps.v[i];
			size_t beg = !back && p->at.beg < turn ? turn : p->at.beg;
			size_t end = back && p->at.end > turn ? turn : p->at.end;

			add_piece(all, beg, end, p->path, p->blob);
		}
	}
	free(ps.v);
	return rc;
}

static int by_state(const void *x, const void *y)
{
	const struct piece *a = x, *b = y;

	return a->at.beg < b->at.beg ? -1 : a->at.beg > b->at.beg;
}

/* Each version changed the one that stood in the state before, or else (the file was gone
 * for a while) the last one known. */
static void link_versions(struct amts_versions *vs, const struct amts_history *h,
	const struct pieces *ps, const struct amts_map *blobs)
{
	size_t v;

	for (v = 0; v < vs->n; v++) {
		size_t parent = h->v[vs->v[v].alive[0].beg].parent;
		const struct amts_oid *blob =
			parent == AMTS_HISTORY_ROOT ? NULL : blob_at(ps, parent);

		vs->v[v].before = v ? v - 1 : 0;
		if (blob && amts_map_get(blobs, amts_oid_key(blob)) < v)
			vs->v[v].before = amts_map_get(blobs, amts_oid_key(blob));
	}
}

/* One version a blob: count the pieces of each, then hand them out. */
static void group(struct amts_versions *out, struct amts_arena *arena,
	const struct amts_history *history, const struct pieces *ps)
{
	struct amts_map blobs = { NULL, 0, 0 };
	size_t i;

	out->v = AMTS_NEW(arena, struct amts_version, ps->n);
	out->n = 0;
	for (i = 0; i < ps->n; i++) {
		size_t b = amts_map_add(&blobs, amts_oid_key(ps->v[i].blob), out->n);

		out->n += b == out->n;
		out->v[b].nalive++;
	}
	for (i = 0; i < ps->n; i++) {
		struct amts_version *v =
			&out->v[amts_map_get(&blobs, amts_oid_key(ps->v[i].blob))];

		if (!v->alive) {
			v->blob = *ps->v[i].blob;
			v->path = amts_arena_str(arena, ps->v[i].path);
			v->alive = AMTS_NEW(arena, struct amts_states, v->nalive);
			v->nalive = 0;
		}
		v->alive[v->nalive++] = ps->v[i].at;
	}
	link_versions(out, history, ps, &blobs);
	amts_map_release(&blobs);
}

int amts_lineage_of(struct amts_versions *out, struct amts_arena *arena,
	struct amts_lineage *lin, struct amts_str path, struct amts_error *err)
{
	struct pieces all = { NULL, 0, 0 };
	const struct event *e;
	size_t n;
	int rc;

	pieces_of(&all, &e, &n, lin, path);
	rc = follow(&all, lin, path, 1, err);
	if (!rc)
		rc = follow(&all, lin, path, 0, err);
	if (!rc) {
		if (all.n)
			qsort(all.v, all.n, sizeof(*all.v), by_state);
		group(out, arena, lin->history, &all);
	}
	free(all.v);
	return rc;
}
