/*
 * Which segs hold a word.
 *
 * Row (seg / 65536, word hash, seg / 8192 % 8) of table posting is a list of three-byte
 * entries: 13 bits of seg % 8192 and 11 bits of the seg's weight.  Adding is an append,
 * wherever the seg stands, and the length of the lists is the word's frequency.  Segs
 * come first in the key so that a batch writes to one end of the table, not all over it;
 * words before the last three bits, so that a look-up reads few places.
 *
 * Look-up: two segments within distance d share all but d / STORE_WORD_WEIGHT of their
 * words, so whatever is similar enough holds one of any d / STORE_WORD_WEIGHT + 1 words
 * of the query (prefix filtering: Chaudhuri, Ganti and Kaushik 2006).  The rarest are
 * taken; more while they are cheap, because the number of shared words bounds the score.
 */
#include "base/alloc.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_BITS 13 /* of a seg's id: its place in a row */
#define PART_BITS 3   /* then the row's place among the word's */
#define WORD_BITS 44
#define AREA_BITS (BLOCK_BITS + PART_BITS)
#define PART_MASK (((int64_t)1 << PART_BITS) - 1)
#define WEIGHT_BITS 11
#define WEIGHT_MAX ((1u << WEIGHT_BITS) - 1)
#define ENTRY_BYTES 3

/* Entries read by one look-up: always allowed, and as long as lists are needed for
 * completeness.  Segments of common words only, in a big memory, may lose candidates. */
#define READ_CHEAP 50000
#define READ_MAX 400000
#define SAMPLED_AREAS 4
#define FLUSH_AT ((size_t)1 << 21)
#define SHORT_SORT 48

#define DIGIT_BITS 11 /* of the sort before a flush */
#define DIGIT_MASK (((uint64_t)1 << DIGIT_BITS) - 1)

/* A word's rows in area 0. */
static int64_t word_row(uint64_t hash, int64_t direction)
{
	uint64_t h = (hash ^ (uint64_t)direction) * 0x9e3779b97f4a7c15ULL;

	return (int64_t)(h >> (64 - WORD_BITS) << PART_BITS);
}

static int64_t area_row(int64_t area)
{
	return area << (WORD_BITS + PART_BITS);
}

static int64_t seg_row(int64_t seg)
{
	return area_row(seg >> AREA_BITS) | (seg >> BLOCK_BITS & PART_MASK);
}

static int64_t first_seg(int64_t row)
{
	return row >> (WORD_BITS + PART_BITS) << AREA_BITS | (row & PART_MASK)
								     << BLOCK_BITS;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Most segments are short; a call of qsort for each is felt in an import. */
static void sort_rows(int64_t *v, size_t n)
{
	size_t i, j;

	if (n > SHORT_SORT)
		qsort(v, n, sizeof(*v), by_number);
	for (i = 1; i < n && n <= SHORT_SORT; i++) {
		int64_t x = v[i];

		for (j = i; j && v[j - 1] > x; j--)
			v[j] = v[j - 1];
		v[j] = x;
	}
}

/* Rows of the distinct words, at most STORE_FUZZY_WORDS of them. */
static size_t word_rows(int64_t *rows, int64_t direction, const struct store_words *words)
{
	size_t i, n = 0, m = 0;

	for (i = 0; i < words->n && n < STORE_FUZZY_WORDS; i++)
		if (words->v[i].kind == STORE_WORD_TEXT)
			rows[n++] = word_row(words->v[i].hash, direction);
	sort_rows(rows, n);
	for (i = 0; i < n; i++)
		if (!m || rows[m - 1] != rows[i])
			rows[m++] = rows[i];
	return m;
}

int store_postings_add(struct amts_memory *mem, int64_t direction, int64_t seg,
	const struct store_words *words, struct amts_error *err)
{
	int64_t rows[STORE_FUZZY_WORDS];
	unsigned weight = words->weight < WEIGHT_MAX ? words->weight : WEIGHT_MAX;
	size_t i, n;

	if (words->n > STORE_FUZZY_WORDS)
		return AMTS_OK;
	n = word_rows(rows, direction, words);
	AMTS_VEC_ROOM(mem->wait, mem->nwait, mem->wait_cap, n);
	for (i = 0; i < n; i++) {
		mem->wait[mem->nwait].row = rows[i] | seg_row(seg);
		mem->wait[mem->nwait].entry =
			(uint32_t)(seg & ((1 << BLOCK_BITS) - 1)) << WEIGHT_BITS | weight;
		mem->nwait++;
	}
	return mem->nwait < FLUSH_AT ? AMTS_OK : store_postings_flush(mem, err);
}

/* One pass of the sort: by one digit of the row, stable.  0 if all have the same there.
 */
static int sort_pass(struct store_posting *to, const struct store_posting *v, size_t n,
	unsigned shift, size_t *count)
{
	size_t i, sum = 0;

	memset(count, 0, sizeof(*count) << DIGIT_BITS);
	for (i = 0; i < n; i++)
		count[(uint64_t)v[i].row >> shift & DIGIT_MASK]++;
	if (count[(uint64_t)v[0].row >> shift & DIGIT_MASK] == n)
		return 0;
	for (i = 0; i <= DIGIT_MASK; i++) {
		size_t here = count[i];

		count[i] = sum;
		sum += here;
	}
	for (i = 0; i < n; i++)
		to[count[(uint64_t)v[i].row >> shift & DIGIT_MASK]++] = v[i];
	return 1;
}

/* By row, lowest digits first: a tenth of the time of a sort that compares, and of an
 * import. */
static void sort_by_row(struct store_posting *v, size_t n)
{
	struct store_posting *other = amts_malloc(n * sizeof(*v)), *from = v, *to = other;
	size_t *count = amts_malloc(sizeof(*count) << DIGIT_BITS);
	unsigned shift;

	for (shift = 0; shift < 64; shift += DIGIT_BITS)
		if (sort_pass(to, from, n, shift, count)) {
			struct store_posting *swap = from;

			from = to;
			to = swap;
		}
	if (from != v)
		memcpy(v, from, n * sizeof(*v));
	free(count);
	free(other);
}

/* Append one run of postings with the same row. */
static int write_run(struct amts_memory *mem, const struct store_posting *v, size_t n,
	struct amts_error *err)
{
	unsigned char list[ENTRY_BYTES << BLOCK_BITS];
	sqlite3_stmt *st = store_sql(mem, SQL_POSTING_ADD, err);
	size_t i;

	if (!st)
		return err->code;
	for (i = 0; i < n; i++) {
		list[3 * i] = (unsigned char)(v[i].entry >> 16);
		list[3 * i + 1] = (unsigned char)(v[i].entry >> 8);
		list[3 * i + 2] = (unsigned char)v[i].entry;
	}
	sqlite3_bind_int64(st, 1, v->row);
	sqlite3_bind_blob64(st, 2, list, ENTRY_BYTES * n, SQLITE_STATIC);
	return store_step(mem, st, err);
}

int store_postings_flush(struct amts_memory *mem, struct amts_error *err)
{
	struct store_posting *v = mem->wait;
	size_t i, j, n = mem->nwait;
	int rc = AMTS_OK;

	if (n)
		sort_by_row(v, n);
	for (i = 0; i < n && !rc; i = j) {
		for (j = i + 1; j < n && j - i < 1 << BLOCK_BITS && v[j].row == v[i].row;
			j++)
			;
		rc = write_run(mem, v + i, j - i, err);
	}
	mem->nwait = 0;
	return rc;
}

/* ---- look-up ---- */

struct word_list {
	int64_t row;
	size_t n; /* entries of all its rows, about */
};

/* A seg with a word in common. */
struct touched {
	int64_t seg;
	unsigned weight;
};

struct scan {
	struct amts_memory *mem;
	struct touched *v;
	size_t n, cap;
	int64_t last; /* greatest seg there is */
};

/* Bind the word's rows in an area; NULL with err set on failure. */
static sqlite3_stmt *rows_of(struct amts_memory *mem, enum store_sql id, int64_t row,
	int64_t area, struct amts_error *err)
{
	sqlite3_stmt *st = store_sql(mem, id, err);

	if (st) {
		sqlite3_bind_int64(st, 1, row | area_row(area));
		sqlite3_bind_int64(st, 2, row | area_row(area) | PART_MASK);
	}
	return st;
}

/* About how many segs hold the word: in a big memory some areas speak for all. */
static int list_size(struct word_list *list, const struct scan *s, struct amts_error *err)
{
	int64_t areas = (s->last >> AREA_BITS) + 1, area;
	int64_t step = areas / SAMPLED_AREAS + 1;
	int rc;

	for (area = areas - 1; area >= 0; area -= step) {
		sqlite3_stmt *st =
			rows_of(s->mem, SQL_POSTING_SIZE, list->row, area, err);

		if (!st)
			return err->code;
		if ((rc = store_step(s->mem, st, err)) < 0)
			return rc;
		list->n += (size_t)(sqlite3_column_int64(st, 0) / ENTRY_BYTES * step);
		sqlite3_reset(st);
	}
	return AMTS_OK;
}

static int by_size(const void *a, const void *b)
{
	const struct word_list *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Count a row's entries; what a damaged row says about segs that do not exist is ignored.
 */
static void scan_row(struct scan *s, int64_t first, const unsigned char *list, size_t n)
{
	unsigned char *count = s->mem->count;
	size_t i;

	AMTS_VEC_ROOM(s->v, s->n, s->cap, n);
	for (i = 0; i < n; i++, list += ENTRY_BYTES) {
		uint32_t e = (uint32_t)list[0] << 16 | (uint32_t)list[1] << 8 | list[2];
		int64_t seg = first | e >> WEIGHT_BITS;

		if (seg > s->last)
			continue;
		if (!count[seg])
			s->v[s->n++] = (struct touched){ seg, e & WEIGHT_MAX };
		if (count[seg] < 255)
			count[seg]++;
	}
}

static int scan_list(struct scan *s, int64_t row, struct amts_error *err)
{
	int64_t area;
	int rc;

	for (area = 0; area <= s->last >> AREA_BITS; area++) {
		sqlite3_stmt *st = rows_of(s->mem, SQL_POSTING_GET, row, area, err);

		if (!st)
			return err->code;
		while ((rc = store_step(s->mem, st, err)) == 1) {
			struct amts_str list = store_column(st, 1);

			scan_row(s, first_seg(sqlite3_column_int64(st, 0)),
				(const unsigned char *)list.p, list.n / ENTRY_BYTES);
		}
		if (rc)
			return rc;
	}
	return AMTS_OK;
}

/* Read the lists, rarest first: `need` of them, and more while it is cheap. */
static int scan_lists(size_t *scanned, struct scan *s, const struct word_list *lists,
	size_t n, size_t need, struct amts_error *err)
{
	size_t i, read = 0;
	int rc = AMTS_OK;

	for (i = 0; i < n && !rc; i++) {
		read += lists[i].n;
		if (read > (i < need ? READ_MAX : READ_CHEAP))
			break;
		rc = scan_list(s, lists[i].row, err);
	}
	*scanned = i;
	return rc;
}

/* The most that a seg's score can be: each scanned word that is missing costs a word, and
 * a difference in weight costs as much. */
static double bound_of(
	const struct scan *s, const struct touched *t, size_t scanned, unsigned weight)
{
	unsigned most = t->weight > weight ? t->weight : weight;
	unsigned cost = most - (t->weight < weight ? t->weight : weight);
	size_t shared = s->mem->count[t->seg];
	size_t missing = scanned > shared ? scanned - shared : 0;

	if (missing * STORE_WORD_WEIGHT > cost)
		cost = (unsigned)missing * STORE_WORD_WEIGHT;
	return cost < most ? 1 - (double)cost / most : 0;
}

/* The best STORE_CANDIDATES of those that can reach min_score, best first. */
static size_t choose(struct store_candidate *best, const struct scan *s, size_t scanned,
	unsigned weight, double min_score)
{
	size_t i, j, n = 0;

	for (i = 0; i < s->n; i++) {
		double bound = bound_of(s, &s->v[i], scanned, weight);

		if (bound < min_score - 1e-9 ||
			(n == STORE_CANDIDATES && bound <= best[n - 1].bound))
			continue;
		if (n < STORE_CANDIDATES)
			n++;
		for (j = n - 1; j && best[j - 1].bound < bound; j--)
			best[j] = best[j - 1];
		best[j] = (struct store_candidate){ s->v[i].seg, bound };
	}
	return n;
}

static int count_room(struct scan *s, struct amts_error *err)
{
	struct amts_memory *mem = s->mem;
	sqlite3_stmt *st = store_sql(mem, SQL_SEG_LAST, err);
	int rc = st ? store_step(mem, st, err) : err->code;

	if (rc < 0)
		return rc;
	s->last = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	if ((size_t)s->last >= mem->count_cap) {
		free(mem->count);
		mem->count_cap = (size_t)s->last + (size_t)s->last / 4 + 1024;
		mem->count = amts_calloc(mem->count_cap, 1);
	}
	return AMTS_OK;
}

static int size_lists(struct word_list *lists, size_t *n, const struct scan *s,
	int64_t direction, const struct store_words *words, struct amts_error *err)
{
	int64_t rows[STORE_FUZZY_WORDS];
	size_t i;
	int rc = AMTS_OK;

	*n = word_rows(rows, direction, words);
	for (i = 0; i < *n && !rc; i++) {
		lists[i] = (struct word_list){ rows[i], 0 };
		rc = list_size(&lists[i], s, err);
	}
	qsort(lists, *n, sizeof(*lists), by_size);
	return rc;
}

int store_candidates(struct store_candidate *out, size_t *n, struct amts_memory *mem,
	int64_t direction, const struct store_words *words, double min_score,
	struct amts_error *err)
{
	struct scan s = { mem, NULL, 0, 0, 0 };
	struct word_list lists[STORE_FUZZY_WORDS];
	size_t i, nlists, scanned = 0, need;
	int rc;

	*n = 0;
	if (words->n > STORE_FUZZY_WORDS)
		return AMTS_OK;
	if ((rc = count_room(&s, err)) ||
		(rc = size_lists(lists, &nlists, &s, direction, words, err)))
		return rc;
	/* the longest segment that is similar enough has weight / min_score */
	need = (size_t)((1 / min_score - 1) * words->weight / STORE_WORD_WEIGHT) + 1;
	rc = scan_lists(&scanned, &s, lists, nlists, need, err);
	if (!rc)
		*n = choose(out, &s, scanned, words->weight, min_score);
	for (i = 0; i < s.n; i++)
		mem->count[s.v[i].seg] = 0;
	free(s.v);
	return rc;
}
