/*
 * What came around a part of a sentence: slide marks, a link, tags of HTML.  Word links
 * say which words of the target the words between became; the marks go around those,
 * where nothing speaks against it.
 */
#include "plan/marked.h"

#include "base/chars.h"

#include <string.h>

/*
 * Measured on the marked lines of d2l-zh and d2l-tr, all marks taken out: of 261 and 545
 * lines 41 and 251 come back as people set them, 9 and 12 but for a stop, 7 and 35 a few
 * words beside; the rest is left to people.  Without MARGIN 23 and 149 stand beside.
 */
#define NOTHING 4.0F /* weight of no link at all */
#define TIE .01	     /* for taking in words that nothing is known of */
#define COMMA .15    /* against crossing a comma */
#define CLAUSE .5    /* for the borders of a clause, where the source has them */
#define INSIDE .65   /* of what is known of a part: to stand between its marks */
#define SOME .5	     /* of a token known to be of the part, at least */
#define VAGUE 3	     /* tokens in a row of which nothing is known */
#define OTHERS .4    /* beside that: what speaks for other parts between them */
#define MARGIN .12   /* what the best place has over the second */

struct spans {
	struct amts_plan *p;
	struct row b, h, t;
	struct part_span v[SPANS_MAX];
	size_t n;
	int slides; /* the marks are of slides */
	struct links links;
	signed char *label; /* of head tokens: -1 mark, 0 outside, k + 1 in span k */
	float *mass;	    /* of target tokens, by label */
	char *word_ends;    /* of offsets in the target from its first token on */
};

/* Labels by which part a token of head is in; the parts are known. */
static void label(struct spans *x)
{
	size_t i, k;

	x->label = AMTS_NEW(x->p->arena, signed char, x->h.n + 1);
	for (k = 0; k < x->n; k++)
		for (i = x->v[k].open; i < x->v[k].close; i++)
			x->label[i] = i < x->v[k].beg || i >= x->v[k].end
					      ? -1
					      : (signed char)(k + 1);
}

static float *mass(const struct spans *x, size_t j)
{
	return &x->mass[j * (SPANS_MAX + 1)];
}

/* What the words of each part say of each target token, as shares. */
static void weigh(struct spans *x)
{
	const struct links *l = &x->links;
	size_t i, j, k;

	for (j = 0; j < x->t.n; j++) {
		float *m = mass(x, j), sum = NOTHING;

		for (i = 0; i < x->h.n; i++)
			if (x->label[i] >= 0)
				m[x->label[i]] += l->w[i * l->ntgt + j];
		for (k = 0; k <= x->n; k++)
			sum += m[k];
		for (k = 0; k <= x->n; k++)
			m[k] /= sum;
	}
}

static int is_stop(const struct row *r, size_t i)
{
	static const char *const stops[] = { ".", ":", "!", "?", ",", ";", "。", "：",
		"！", "？", "，", "；", "、" };
	size_t k;

	for (k = 0; k < sizeof(stops) / sizeof(stops[0]); k++)
		if (amts_str_eq(row_token(r, i), amts_str_z(stops[k])))
			return 1;
	return 0;
}

/* How much more the part speaks for a token than the rest of the sentence does. */
static double evidence(const struct spans *x, size_t j, size_t part)
{
	const float *m = mass(x, j);
	double e = 2 * (double)m[part + 1];
	size_t k;

	for (k = 0; k <= x->n; k++)
		e -= (double)m[k];
	return e + (is_stop(&x->t, j) ? -COMMA : TIE);
}

/* 0 when the language's dictionary fails. */
static int find_words(struct spans *x)
{
	const struct row *t = &x->t;
	struct amts_str s;
	struct amts_error err = AMTS_ERROR_INIT;
	size_t *ends, n, i;

	if (!t->n)
		return 0;
	s = amts_str_sub(t->doc->bytes, t->v[0].at.beg, t->v[t->n - 1].at.end);
	x->word_ends = AMTS_NEW(x->p->arena, char, s.n + 1);
	if (amts_word_ends(&ends, &n, x->p->arena, s, x->p->in.tgt_lang, &err))
		return 0;
	for (i = 0; i < n; i++)
		x->word_ends[ends[i]] = 1;
	return 1;
}

/* Between words: only there may a mark stand. */
static int is_border(const struct spans *x, size_t j)
{
	const struct row *t = &x->t;
	struct amts_str s = t->doc->bytes;

	if (!j || j == t->n)
		return 1;
	if ((marked_char(t, j) == '-' || marked_char(t, j - 1) == '-') &&
		marked_touch(t, j - 1))
		return 0; /* words joined by a hyphen */
	if (amts_lang_unspaced(x->p->in.tgt_lang))
		return x->word_ends[t->v[j].at.beg - x->t.v[0].at.beg];
	return amts_is_space(s.p[t->v[j].at.beg - 1]) || is_stop(t, j) ||
	       (marked_char(t, j) && strchr(")]", marked_char(t, j)) != NULL) ||
	       (marked_char(t, j - 1) && strchr("([", marked_char(t, j - 1)) != NULL);
}

/* Brackets, quotes, stars and links inside [beg, end) have their partners there. */
static int is_balanced(const struct row *t, size_t beg, size_t end)
{
	static const char *const pairs[][2] = { { "（", "）" }, { "“", "”" },
		{ "‘", "’" }, { "「", "」" }, { "『", "』" }, { "《", "》" },
		{ "«", "»" } };
	int open[sizeof(pairs) / sizeof(*pairs)] = { 0 };
	size_t i, k, stars = 0, links = 0, quotes = 0;
	int round = 0;

	for (i = beg; i < end; i++) {
		struct amts_str s = row_token(t, i);

		if (marked_char(t, i) == '*' && i + 1 < end &&
			marked_char(t, i + 1) == '*')
			return 0; /* bold text ends bold text */
		stars += marked_char(t, i) == '*';
		quotes += marked_char(t, i) == '"';
		round += (marked_char(t, i) == '(') - (marked_char(t, i) == ')');
		for (k = 0; k < sizeof(pairs) / sizeof(*pairs); k++)
			open[k] += amts_str_eq(s, amts_str_z(pairs[k][0])) -
				   amts_str_eq(s, amts_str_z(pairs[k][1]));
		links += t->hash[i] == ROW_OPEN;
		if (t->v[i].open != NONE && links-- == 0)
			return 0;
		if (round < 0)
			return 0;
		for (k = 0; k < sizeof(pairs) / sizeof(*pairs); k++)
			if (open[k] < 0)
				return 0;
	}
	for (k = 0; k < sizeof(pairs) / sizeof(*pairs); k++)
		if (open[k])
			return 0;
	return !(stars % 2) && !(quotes % 2) && !links && !round;
}

/* At the beginning of the sentence or after a comma; at its end or before one. */
static int begins_clause(const struct row *r, size_t i)
{
	return !i || is_stop(r, i - 1);
}

static int ends_clause(const struct row *r, size_t i)
{
	return i == r->n || is_stop(r, i) || is_stop(r, i - 1);
}

/* What speaks for a part of the target that begins at i: a clause, as in the source. */
static double start_bonus(const struct spans *x, size_t i, int clause)
{
	return clause && begins_clause(&x->t, i) ? CLAUSE : 0;
}

static double end_bonus(const struct spans *x, size_t i, int clause)
{
	return clause && ends_clause(&x->t, i) ? CLAUSE : 0;
}

/* The run of target tokens that the part speaks for most. */
static int best_run(struct spans *x, size_t part)
{
	struct part_span *s = &x->v[part];
	int begins = begins_clause(&x->h, s->open);
	int ends = ends_clause(&x->h, s->close) || is_stop(&x->h, s->end - 1);
	size_t i, j;
	double best = 0, second = 0;

	for (i = 0; i < x->t.n; i++) {
		double sum, now;

		if (!is_border(x, i) || is_stop(&x->t, i))
			continue;
		sum = start_bonus(x, i, begins);
		for (j = i; j < x->t.n; j++) {
			sum += evidence(x, j, part);
			now = sum + end_bonus(x, j + 1, ends);
			if (now <= second || !is_border(x, j + 1) || is_stop(&x->t, j) ||
				!is_balanced(&x->t, i, j + 1))
				continue;
			if (now <= best) {
				second = now;
				continue;
			}
			second = best;
			best = now;
			s->tbeg = i;
			s->tend = j + 1;
		}
	}
	return best > 0 && best - second >= MARGIN;
}

/* A single word before the first comma of the run, or behind the last, belongs to another
 * clause, unless that begins or ends with it. */
static void mend(const struct spans *x, struct part_span *s)
{
	size_t beg = s->tbeg + 1, end = s->tend - 1;

	while (beg < s->tend && !is_border(x, beg))
		beg++;
	if (beg + 1 < s->tend && is_stop(&x->t, beg) && !begins_clause(&x->t, s->tbeg))
		s->tbeg = beg + 1;
	while (end > s->tbeg && !is_border(x, end))
		end--;
	if (end > s->tbeg + 1 && is_stop(&x->t, end - 1) && !ends_clause(&x->t, s->tend))
		s->tend = end - 1;
}

/* Is little of the part outside of its run, and little of the rest inside? */
static int is_clear(const struct spans *x, size_t part)
{
	const struct part_span *s = &x->v[part];
	double in = 0, all = 0, other = 0;
	size_t j, k;

	for (j = 0; j < x->t.n; j++) {
		int inside = j >= s->tbeg && j < s->tend;

		all += (double)mass(x, j)[part + 1];
		if (!inside)
			continue;
		in += (double)mass(x, j)[part + 1];
		for (k = 0; k <= x->n; k++)
			other += k == part + 1 ? 0 : (double)mass(x, j)[k];
	}
	return in >= SOME && in >= INSIDE * all && other <= OTHERS * in;
}

/* A full stop inside of the marks stays inside; full-width stops stand outside, as people
 * set them where only a part is marked. */
static void take_stop(struct spans *x, struct part_span *s)
{
	if (s->tend < x->t.n && is_stop(&x->h, s->end - 1) && is_stop(&x->t, s->tend) &&
		!amts_lang_unspaced(x->p->in.tgt_lang))
		s->tend++;
}

static int is_unknown(const struct spans *x, size_t j)
{
	const float *m = mass(x, j);
	double sum = 0;
	size_t k;

	for (k = 0; k <= x->n; k++)
		sum += (double)m[k];
	return sum < .2;
}

/* Words around a border of which nothing is known: it may be at each of them. */
static int is_vague(const struct spans *x, size_t j)
{
	size_t beg = j, end = j;

	while (beg && is_unknown(x, beg - 1) && !is_stop(&x->t, beg - 1))
		beg--;
	while (end < x->t.n && is_unknown(x, end) && !is_stop(&x->t, end))
		end++;
	return end - beg > VAGUE && !begins_clause(&x->t, j) && !ends_clause(&x->t, j);
}

static int overlap(const struct spans *x)
{
	size_t i, k;

	for (i = 0; i < x->n; i++)
		for (k = 0; k < i; k++)
			if (x->v[i].tbeg < x->v[k].tend && x->v[k].tbeg < x->v[i].tend)
				return 1;
	return 0;
}

static struct amts_str mark_text(const struct row *r, size_t beg, size_t end)
{
	return amts_str_sub(r->doc->bytes, r->v[beg].at.beg, r->v[end - 1].at.end);
}

static const struct part_span *next_span(const struct spans *x, size_t from)
{
	const struct part_span *s = NULL;
	size_t k;

	for (k = 0; k < x->n; k++)
		if (x->v[k].tbeg >= from && (!s || x->v[k].tbeg < s->tbeg))
			s = &x->v[k];
	return s;
}

static void write(struct amts_str *out, const struct spans *x, const struct sentence *tgt)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	const struct part_span *s;
	size_t at = tgt->at.beg, from = 0;
	struct amts_str bytes = tgt->doc->bytes;

	for (; (s = next_span(x, from)); from = s->tend) {
		size_t beg = x->t.v[s->tbeg].at.beg, end = x->t.v[s->tend - 1].at.end;

		amts_buf_add(&buf, amts_str_sub(bytes, at, beg));
		amts_buf_add(&buf, mark_text(&x->h, s->open, s->beg));
		amts_buf_add(&buf, amts_str_sub(bytes, beg, end));
		amts_buf_add(&buf, mark_text(&x->h, s->end, s->close));
		at = end;
	}
	amts_buf_add(&buf, amts_str_sub(bytes, at, tgt->at.end));
	*out = amts_arena_str(x->p->arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
}

/* Marks around all of the sentence go around all of it; others where the links say. */
static int place(struct spans *x, size_t k)
{
	struct part_span *s = &x->v[k];

	if (!x->slides && !s->open && s->close == x->h.n) {
		s->tbeg = 0;
		s->tend = x->t.n;
		return 1;
	}
	if (!best_run(x, k))
		return 0;
	mend(x, s);
	return is_balanced(&x->t, s->tbeg, s->tend) && is_clear(x, k) &&
	       !is_vague(x, s->tbeg) && !is_vague(x, s->tend);
}

/* The marked parts of head; TOKENS_DONE when there are some that the target lacks. */
static enum tokens_result find_parts(struct spans *x)
{
	size_t there = marked_slides(&x->t);

	if (!x->slides && (x->h.n > LINKS_MAX || x->t.n > LINKS_MAX))
		return TOKENS_FAILED; /* to look for them is quadratic */
	if (!x->slides)
		x->n = marked_by_inlines(x->v, x->p->arena, &x->b, &x->h, &x->t);
	else if (there && there == marked_slides(&x->h))
		return TOKENS_ALREADY;
	else if (!there && !marked_slides(&x->b))
		x->n = marked_by_slides(x->v, &x->h);
	return x->n ? TOKENS_DONE : TOKENS_FAILED;
}

enum tokens_result spans_carry(struct amts_str *out, struct amts_plan *p,
	enum sentence_change change, const struct sentence *base,
	const struct sentence *head, const struct sentence *tgt)
{
	struct spans x = { .p = p, .slides = change == CHANGE_MARKS };
	enum tokens_result found;
	size_t k;

	row_make(&x.b, p->arena, base);
	row_make(&x.h, p->arena, head);
	row_make(&x.t, p->arena, tgt);
	found = find_parts(&x);
	if (found != TOKENS_DONE)
		return found;
	if (!find_words(&x) || !links_make(&x.links, p, &x.h, &x.t))
		return TOKENS_FAILED;
	label(&x);
	x.mass = AMTS_NEW(p->arena, float, (x.t.n + 1) * (SPANS_MAX + 1));
	weigh(&x);
	for (k = 0; k < x.n; k++)
		if (!place(&x, k))
			return TOKENS_FAILED;
	if (overlap(&x))
		return TOKENS_FAILED;
	for (k = 0; k < x.n && x.slides; k++)
		take_stop(&x, &x.v[k]);
	write(out, &x, tgt);
	return TOKENS_DONE;
}
