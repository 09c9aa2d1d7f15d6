#include "amts/style.h"

#include "base/alloc.h"
#include "text/chars.h"

#include <stdlib.h>
#include <string.h>

#define LEAST 8	       /* places that tell a habit */
#define NEARLY_ALL .85 /* of them */

/* ---- a segment as characters and placeholders, with what white space is before each
 * ---- */

enum gap { GAP_NONE, GAP_BLANK, GAP_NBSP, GAP_NARROW, GAP_OTHER };

struct unit {
	UChar32 c; /* 0: a placeholder */
	size_t id; /* of it */
	struct amts_str text;
	enum gap gap;
	struct amts_str space; /* before it, as it was */
	signed char beside;    /* enum amts_style_beside, -1: none of them */
	unsigned char ideo;
};

struct units {
	struct unit *v;
	size_t n, cap;
	struct amts_str tail; /* white space at the end */
};

static signed char beside_of(size_t id, const struct amts_inline *inl, size_t ninl)
{
	static const signed char known[AMTS_INLINE_KINDS] = {
		[AMTS_INLINE_CODE] = AMTS_BESIDE_CODE,
		[AMTS_INLINE_MATH] = AMTS_BESIDE_MATH,
		[AMTS_INLINE_LINK] = -1,
		[AMTS_INLINE_IMAGE] = -1,
		[AMTS_INLINE_URL] = AMTS_BESIDE_URL,
		[AMTS_INLINE_ROLE] = AMTS_BESIDE_ROLE,
		[AMTS_INLINE_CITE] = AMTS_BESIDE_CITE,
		[AMTS_INLINE_HTML] = -1,
		[AMTS_INLINE_EXPR] = AMTS_BESIDE_EXPR,
		[AMTS_INLINE_ID] = -1,
		[AMTS_INLINE_BREAK] = -1,
	};

	return id && id <= ninl ? known[inl[id - 1].kind] : -1;
}

static int is_latin(UChar32 c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x24f && u_isalpha(c));
}

/* Between two units; white space of two kinds is none that is counted. */
static enum gap gap_of(struct amts_str space)
{
	if (!space.n)
		return GAP_NONE;
	if (amts_str_eq(space, AMTS_STR(" ")))
		return GAP_BLANK;
	if (amts_str_eq(space, AMTS_STR("\xc2\xa0")))
		return GAP_NBSP;
	return amts_str_eq(space, AMTS_STR("\xe2\x80\xaf")) ? GAP_NARROW : GAP_OTHER;
}

static void cut(
	struct units *out, struct amts_str s, const struct amts_inline *inl, size_t ninl)
{
	size_t i = 0, beg, space = 0, id, n;

	*out = (struct units){ 0 };
	while (i < s.n) {
		struct unit u = { .beside = -1 };

		beg = i;
		if ((n = text_placeholder(s, i, &id))) {
			i += n;
			u.id = id;
			u.beside = beside_of(id, inl, ninl);
		} else {
			u.c = text_next(s, &i);
			if (text_is_space(u.c))
				continue;
			u.beside = is_latin(u.c) ? AMTS_BESIDE_WORD : -1;
			u.ideo = text_is_ideo(u.c) != 0;
		}
		u.text = amts_str_sub(s, beg, i);
		u.space = amts_str_sub(s, space, beg);
		u.gap = gap_of(u.space);
		space = i;
		AMTS_VEC_PUSH(out->v, out->n, out->cap, u);
	}
	out->tail = amts_str_sub(s, space, s.n);
}

static void set_gap(struct unit *u, enum gap gap)
{
	static const struct amts_str spaces[] = { { "", 0 }, { " ", 1 },
		{ "\xc2\xa0", 2 }, { "\xe2\x80\xaf", 3 } };

	u->gap = gap;
	u->space = spaces[gap];
}

/* ---- marks ---- */

static const struct {
	UChar32 narrow, wide;
	struct amts_str text;
} marks[] = { { ',', 0xff0c, { "，", 3 } }, { '.', 0x3002, { "。", 3 } },
	{ ';', 0xff1b, { "；", 3 } }, { ':', 0xff1a, { "：", 3 } },
	{ '?', 0xff1f, { "？", 3 } }, { '!', 0xff01, { "！", 3 } } };
#define MARKS 6
enum { COMMA, STOP, COLON = 3, BRACKETS = 6, PLAIN_BRACKETS };

static const UChar32 gapped[AMTS_STYLE_GAPPED] = { ';', ':', '?', '!', 0xbb, 0xab };
enum { CLOSING = 4, OPENING };

/* The mark that c is, in *wide its width; MARKS for none. */
static size_t mark_of(UChar32 c, int *wide)
{
	size_t m;

	*wide = 1;
	if (c == 0x3001)
		return COMMA;
	if (c == 0xff0e)
		return STOP;
	for (m = 0; m < MARKS; m++) {
		*wide = c == marks[m].wide;
		if (*wide || c == marks[m].narrow)
			return m;
	}
	return MARKS;
}

static size_t gapped_of(UChar32 c)
{
	size_t m = 0;

	while (m < AMTS_STYLE_GAPPED && gapped[m] != c)
		m++;
	return m;
}

/* The mark i ends something: white space or the end follows. */
static int is_at_end(const struct units *u, size_t i)
{
	return i + 1 == u->n || u->v[i + 1].gap != GAP_NONE;
}

/* Does what stands before or after a mark have a place to look at? The unit whose gap it
 * is; SIZE_MAX for none. */
static size_t gap_at(const struct units *u, size_t i, size_t m)
{
	const struct unit *before = i ? &u->v[i - 1] : NULL;

	if (m == OPENING)
		return i + 1 < u->n ? i + 1 : SIZE_MAX;
	if (!before || before->ideo || gapped_of(before->c) < CLOSING)
		return SIZE_MAX;
	if (m < CLOSING && !is_at_end(u, i))
		return SIZE_MAX;
	return before->c && before->c < 0x80 && before->beside < 0 && before->c != ')' &&
			       before->c != '"' && before->c != '*'
		       ? SIZE_MAX
		       : i;
}

/* "(**like this**)" marks what slides show: these brackets are markup. */
static int is_slide_mark(const struct units *u, size_t open)
{
	UChar32 c = open + 2 < u->n ? u->v[open + 1].c : 0;

	return (c == '*' || c == '~') && u->v[open + 2].c == c;
}

/* Pairs of brackets by their units; of[i] is the other one, SIZE_MAX for none. */
static size_t *match_brackets(const struct units *u)
{
	size_t *of = amts_malloc((u->n + 1) * 2 * sizeof(*of));
	size_t *open = of + u->n + 1, nopen = 0, i;

	for (i = 0; i < u->n; i++) {
		UChar32 c = u->v[i].c;

		of[i] = SIZE_MAX;
		if (c == '(' || c == 0xff08)
			open[nopen++] = i;
		else if ((c == ')' || c == 0xff09) && nopen) {
			size_t from = open[--nopen];

			if (is_slide_mark(u, from))
				continue;
			of[i] = from;
			of[from] = i;
		}
	}
	return of;
}

/* sum[i]: Han characters and kana before unit i. */
static size_t *count_ideos(const struct units *u)
{
	size_t *sum = amts_malloc((u->n + 1) * sizeof(*sum)), i;

	for (sum[0] = i = 0; i < u->n; i++)
		sum[i + 1] = sum[i] + u->v[i].ideo;
	return sum;
}

/* ---- learning ---- */

static void learn_gaps(struct amts_style *s, const struct units *u)
{
	size_t i;

	for (i = 1; i < u->n; i++) {
		const struct unit *a = &u->v[i - 1], *b = &u->v[i];

		if (b->gap > GAP_BLANK)
			continue;
		if (a->ideo && b->beside >= 0)
			s->gap[b->beside][0][b->gap]++;
		else if (b->ideo && a->beside >= 0)
			s->gap[a->beside][1][b->gap]++;
	}
}

static void learn_marks(struct amts_style *s, const struct units *u)
{
	size_t i, m, at;
	int wide;

	for (i = 0; i < u->n; i++) {
		UChar32 c = u->v[i].c;

		m = mark_of(c, &wide);
		if (m < MARKS && i && u->v[i - 1].ideo)
			s->wide[m][wide]++;
		if (c == 0xff0c || c == 0x3001)
			s->comma[c == 0x3001]++;
		if (c == 0x3002 || c == 0xff0e)
			s->stop[c == 0xff0e]++;
		m = gapped_of(c);
		at = m < AMTS_STYLE_GAPPED ? gap_at(u, i, m) : SIZE_MAX;
		if (at != SIZE_MAX && u->v[at].gap < AMTS_STYLE_GAPS)
			s->before[m][u->v[at].gap]++;
	}
}

static void learn_brackets(struct amts_style *s, const struct units *u)
{
	size_t *of = match_brackets(u), *ideos = count_ideos(u), i;

	for (i = 0; i < u->n; i++)
		if (of[i] != SIZE_MAX && of[i] > i &&
			(ideos[of[i]] > ideos[i] || (i && u->v[i - 1].ideo)))
			s->wide[ideos[of[i]] > ideos[i] ? BRACKETS : PLAIN_BRACKETS]
			       [u->v[i].c != '(']++;
	free(of);
	free(ideos);
}

void amts_style_learn(struct amts_style *style, struct amts_str text,
	const struct amts_inline *inl, size_t ninl)
{
	struct units u;

	cut(&u, text, inl, ninl);
	learn_gaps(style, &u);
	learn_marks(style, &u);
	learn_brackets(style, &u);
	free(u.v);
}

/* ---- applying ---- */

/* The one of n that nearly all are; -1 for no habit, or too little to tell one. */
static int habit(const size_t *counts, size_t n)
{
	size_t sum = 0, i;

	for (i = 0; i < n; i++)
		sum += counts[i];
	for (i = 0; i < n; i++)
		if (sum >= LEAST && (double)counts[i] >= NEARLY_ALL * (double)sum)
			return (int)i;
	return -1;
}

struct setter {
	const struct amts_style *s;
	struct units u;
	int full; /* the language has full-width marks */
};

static int is_wide_here(const struct setter *x, size_t m)
{
	const size_t *n = x->s->wide[m];

	if (m != PLAIN_BRACKETS && n[0] + n[1] < LEAST)
		return x->full;
	return habit(n, 2) == 1;
}

static void widen(struct setter *x, size_t i, struct amts_str text)
{
	struct unit *u = x->u.v;

	u[i].text = text;
	u[i].c = 0xff0c; /* whichever: a full-width mark */
	set_gap(&u[i], GAP_NONE);
	if (i + 1 < x->u.n)
		set_gap(&u[i + 1], GAP_NONE);
	else
		x->u.tail = (struct amts_str){ 0 };
}

static struct amts_str mark_text(const struct setter *x, size_t m)
{
	if (m == COMMA && x->s->comma[1] > x->s->comma[0])
		return AMTS_STR("、");
	if (m == STOP && x->s->stop[1] > x->s->stop[0])
		return AMTS_STR("．");
	return marks[m].text;
}

/* Does the narrow mark i belong to the Han text around it? */
static int is_of_text(const struct setter *x, size_t i, size_t m)
{
	const struct unit *before = &x->u.v[i - 1], *after = &x->u.v[i + 1];
	int last = i + 1 == x->u.n;

	if (before->c == x->u.v[i].c || (!last && after->c == x->u.v[i].c))
		return 0; /* "..." and "::" */
	if (before->ideo)
		return last || after->gap != GAP_NONE || after->ideo || !after->c;
	if (last) /* "PyTorch." at the end of Chinese; "3." and "e.g." are no ends */
		return m != COMMA &&
		       (m != STOP || before->c >= 0x80 || !before->c ||
			       (before->beside >= 0 &&
				       !(before->c >= '0' && before->c <= '9')));
	return m != STOP && after->ideo && after->gap != GAP_NONE;
}

static void set_marks(struct setter *x, size_t nideos)
{
	size_t i, m;
	int wide;

	for (i = 1; nideos && i < x->u.n; i++) {
		m = mark_of(x->u.v[i].c, &wide);
		if (m < MARKS && !wide && is_wide_here(x, m) && is_of_text(x, i, m))
			widen(x, i, mark_text(x, m));
	}
}

static void set_brackets(struct setter *x)
{
	size_t *of = match_brackets(&x->u), *ideos = count_ideos(&x->u), i;

	for (i = 0; i < x->u.n; i++) {
		size_t to = of[i], m;

		if (to == SIZE_MAX || to < i || x->u.v[i].c != '(' || x->u.v[to].c != ')')
			continue;
		m = ideos[to] > ideos[i] ? BRACKETS : PLAIN_BRACKETS;
		if (!is_wide_here(x, m) ||
			(m == PLAIN_BRACKETS && !(i && x->u.v[i - 1].ideo)))
			continue;
		widen(x, i, AMTS_STR("（"));
		widen(x, to, AMTS_STR("）"));
	}
	free(of);
	free(ideos);
}

static void set_gaps(struct setter *x)
{
	size_t i;

	for (i = 1; i < x->u.n; i++) {
		const struct unit *a = &x->u.v[i - 1];
		struct unit *b = &x->u.v[i];
		int how = -1;

		if (b->gap > GAP_BLANK)
			continue;
		if (a->ideo && b->beside >= 0)
			how = habit(x->s->gap[b->beside][0], 2);
		else if (b->ideo && a->beside >= 0)
			how = habit(x->s->gap[a->beside][1], 2);
		if (how >= 0)
			set_gap(b, how ? GAP_BLANK : GAP_NONE);
	}
}

static void set_spaced_marks(struct setter *x)
{
	size_t i, m, at;
	int how;

	for (i = 0; i < x->u.n; i++) {
		m = gapped_of(x->u.v[i].c);
		at = m < AMTS_STYLE_GAPPED ? gap_at(&x->u, i, m) : SIZE_MAX;
		if (at == SIZE_MAX)
			continue;
		how = habit(x->s->before[m], AMTS_STYLE_GAPS);
		if (how >= 0)
			set_gap(&x->u.v[at], (enum gap)how);
	}
}

void amts_style_apply(struct amts_buf *out, const struct amts_style *style,
	const char *lang, struct amts_str draft, const struct amts_inline *inl,
	size_t ninl)
{
	struct setter x = { .s = style,
		.full = !strncmp(lang, "zh", 2) || !strncmp(lang, "ja", 2) };
	size_t i, nideos = 0;

	cut(&x.u, draft, inl, ninl);
	for (i = 0; i < x.u.n; i++)
		nideos += x.u.v[i].ideo;
	set_marks(&x, nideos);
	set_brackets(&x);
	set_gaps(&x);
	set_spaced_marks(&x);
	for (i = 0; i < x.u.n; i++) {
		amts_buf_add(out, x.u.v[i].space);
		amts_buf_add(out, x.u.v[i].text);
	}
	amts_buf_add(out, x.u.tail);
	free(x.u.v);
}
