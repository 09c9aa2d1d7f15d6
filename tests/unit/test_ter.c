/* TER against its definition carried out word for word: short lines, so that no beam
 * matters. */
#include "amts/score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define WORDS 20

struct line {
	char v[WORDS + 1]; /* a letter is a word */
	int n;
};

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

/* ---- the definition ---- */

struct alignment {
	int at[WORDS]; /* for each reference word, -1 before all */
	int hyp_wrong[WORDS], ref_wrong[WORDS];
};

/* Levenshtein's table; on a tie substitution, then deletion, then insertion. */
static int distance(const struct line *h, const struct line *r, struct alignment *out)
{
	int cost[WORDS + 1][WORDS + 1];
	char op[WORDS + 1][WORDS + 1];
	int i, j;

	for (i = 0; i <= h->n; i++)
		for (j = 0; j <= r->n; j++) {
			cost[i][j] = i + j;
			op[i][j] = i ? 'd' : 'i';
			if (!i || !j)
				continue;
			cost[i][j] = cost[i - 1][j - 1] + (h->v[i - 1] != r->v[j - 1]);
			op[i][j] = h->v[i - 1] == r->v[j - 1] ? ' ' : 's';
			if (cost[i - 1][j] + 1 < cost[i][j]) {
				cost[i][j] = cost[i - 1][j] + 1;
				op[i][j] = 'd';
			}
			if (cost[i][j - 1] + 1 < cost[i][j]) {
				cost[i][j] = cost[i][j - 1] + 1;
				op[i][j] = 'i';
			}
		}
	for (i = h->n, j = r->n; out && (i || j);) {
		char how = op[i][j];

		if (how != 'd') {
			out->at[--j] = i - 1;
			out->ref_wrong[j] = how != ' ';
		}
		if (how != 'i')
			out->hyp_wrong[--i] = how != ' ';
	}
	return cost[h->n][r->n];
}

static struct line shifted(const struct line *h, int from, int len, int to)
{
	struct line rest = { { 0 }, 0 }, out = *h;
	int i, before;

	for (i = 0; i < h->n; i++)
		if (i < from || i >= from + len)
			rest.v[rest.n++] = h->v[i];
	/* words of the rest that stay before the moved ones */
	before = to > from + len ? to - len : to;
	if (before > rest.n)
		before = rest.n;
	memcpy(out.v, rest.v, (size_t)before);
	memcpy(out.v + before, h->v + from, (size_t)len);
	memcpy(out.v + before + len, rest.v + before, (size_t)(rest.n - before));
	return out;
}

static int sum(const int *v, int n)
{
	int s = 0;

	while (n--)
		s += *v++;
	return s;
}

/* The best shift by gain, length, first word, place; its gain, 0 for none. */
static int best_shift(
	struct line *out, const struct line *h, const struct line *r, int *tried)
{
	struct alignment a;
	int now = distance(h, r, &a), found = 0, best[4] = { 0 };

	for (int i = 0; i < h->n; i++)
		for (int j = 0; j < r->n; j++)
			for (int len = 1;
				len <= 10 && i + len <= h->n && j + len <= r->n &&
				h->v[i + len - 1] == r->v[j + len - 1];
				len++) {
				int last = -1;

				if (!sum(a.hyp_wrong + i, len) ||
					!sum(a.ref_wrong + j, len) ||
					(a.at[j] >= i && a.at[j] < i + len))
					continue;
				for (int k = j - 1; k < j + len; k++) {
					int to = k < 0 ? 0 : a.at[k] + 1;
					struct line s;
					int rank[4];

					if (to == last)
						continue;
					last = to;
					s = shifted(h, i, len, to);
					rank[0] = now - distance(&s, r, NULL);
					rank[1] = len;
					rank[2] = -i;
					rank[3] = -to;
					++*tried;
					for (int d = 0; d < 4; d++) {
						if (found && rank[d] == best[d])
							continue;
						if (!found || rank[d] > best[d]) {
							memcpy(best, rank, sizeof(best));
							*out = s;
							found = 1;
						}
						break;
					}
				}
				if (*tried >= 1000)
					return 0;
			}
	return found ? best[0] : 0;
}

static int edits_by_definition(struct line h, const struct line *r)
{
	struct line next = h;
	int shifts = 0, tried = 0;

	if (!r->n)
		return h.n;
	while (best_shift(&next, &h, r, &tried) > 0) {
		h = next;
		shifts++;
	}
	return shifts + distance(&h, r, NULL);
}

/* ---- ours ---- */

static void spell(struct amts_buf *out, const struct line *l)
{
	amts_buf_reset(out);
	for (int i = 0; i < l->n; i++)
		amts_buf_addf(out, "%c ", l->v[i]);
}

static int edits(const struct line *h, const struct line *r)
{
	const struct amts_score_opts opts = { .metric = AMTS_TER };
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_scorer *s = amts_scorer_new(&opts);
	struct amts_buf hyp = AMTS_BUF_INIT, ref = AMTS_BUF_INIT;
	struct amts_score score;
	struct amts_str refs;

	spell(&hyp, h);
	spell(&ref, r);
	refs = amts_buf_str(&ref);
	assert_int_equal(amts_scorer_add(s, amts_buf_str(&hyp), &refs, 1, &err), AMTS_OK);
	amts_scorer_total(&score, s);
	amts_buf_release(&hyp);
	amts_buf_release(&ref);
	amts_scorer_free(s);
	return (int)score.edits;
}

static struct line random_line(unsigned *seed, unsigned letters)
{
	struct line l = { { 0 }, (int)(next_random(seed) % (WORDS + 1)) };

	for (int i = 0; i < l.n; i++)
		l.v[i] = (char)('a' + next_random(seed) % letters);
	return l;
}

static void random_lines(void **state)
{
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		unsigned letters = 2 + next_random(&seed) % 20;
		struct line h = random_line(&seed, letters),
			    r = random_line(&seed, letters);

		assert_int_equal(edits(&h, &r), edits_by_definition(h, &r));
	}
}

/* A reference with some of its runs moved, dropped and replaced. */
static void edited_lines(void **state)
{
	unsigned seed = 2;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct line r = random_line(&seed, 22), h = r;

		for (unsigned k = next_random(&seed) % 4; h.n && k--;) {
			int from = (int)(next_random(&seed) % (unsigned)h.n);
			int len = 1 + (int)(next_random(&seed) % (unsigned)(h.n - from));

			h = shifted(
				&h, from, len, (int)(next_random(&seed) % (unsigned)h.n));
			if (next_random(&seed) % 2)
				h.v[next_random(&seed) % (unsigned)h.n] = 'x';
			if (next_random(&seed) % 3 == 0)
				h.n--;
		}
		assert_int_equal(edits(&h, &r), edits_by_definition(h, &r));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_lines),
		cmocka_unit_test(edited_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
