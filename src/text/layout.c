#include "text/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

#define PAIR_DEPTH 32
#define INVISIBLE 0x2060 /* word joiner: UAX #29 looks through it */

int text_terminator_at(const struct text_layout *t, size_t i)
{
	UChar c = t->u[i];
	if (!text_plain_at(t, i) || (c < 0x80 && c != '.' && c != '?' && c != '!') ||
		(c >= 0x3040 && c <= 0x9fff)) /* kana and ideographs */
		return 0;
	return c < 0x80 || u_hasBinaryProperty(c, UCHAR_S_TERM);
}

/* Quotation marks whose direction their neighbours decide. */
int text_is_quote(UChar c)
{
	return c == '"' || c == '\'' || c == 0x201c || c == 0x201d || c == 0x2018 ||
	       c == 0x2019;
}

int text_opener_at(const struct text_layout *t, size_t i)
{
	if (!text_plain_at(t, i))
		return t->cls[i] == TEXT_CLS_OPEN || t->cls[i] == TEXT_CLS_BEGIN;
	UChar c = t->u[i];
	if (c < 0x80)
		return c == '(' || c == '[' || c == '{';
	int8_t type = u_charType(c);
	if (type != U_START_PUNCTUATION && type != U_INITIAL_PUNCTUATION)
		return 0;
	return !text_is_quote(c) ||
	       (i + 1 < t->n && !text_space_at(t, i + 1)); /* German closes with “ */
}

int text_closer_at(const struct text_layout *t, size_t i)
{
	if (!text_plain_at(t, i))
		return t->cls[i] == TEXT_CLS_CLOSE || t->cls[i] == TEXT_CLS_END;
	UChar c = t->u[i];
	if (c < 0x80)
		return c == ')' || c == ']' || c == '}' || c == '"' || c == '\'';
	int8_t type = u_charType(c);
	return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION ||
	       type == U_INITIAL_PUNCTUATION;
}

void text_layout_free(struct text_layout *t)
{
	free(t->u);
	free(t->off);
	free(t->mate);
	free(t->cls);
}

static void put(struct text_layout *t, UChar c, enum text_cls cls, size_t off)
{
	t->u[t->n] = c;
	t->cls[t->n] = (unsigned char)cls;
	t->off[t->n++] = (uint32_t)off;
}

static void put_placeholder(struct text_layout *t, enum text_role role, size_t off)
{
	static const struct {
		UChar as;
		enum text_cls cls;
	} v[] = { [TEXT_ROLE_WORD] = { 0x3007, TEXT_CLS_WORD },
		[TEXT_ROLE_OPEN] = { INVISIBLE, TEXT_CLS_OPEN },
		[TEXT_ROLE_CLOSE] = { ')', TEXT_CLS_CLOSE },
		[TEXT_ROLE_BEGIN] = { INVISIBLE, TEXT_CLS_BEGIN },
		[TEXT_ROLE_END] = { ')', TEXT_CLS_END },
		[TEXT_ROLE_CITE] = { 0x3007, TEXT_CLS_CITE },
		[TEXT_ROLE_SPACE] = { ' ', TEXT_CLS_TEXT } };
	put(t, v[role].as, v[role].cls, off);
}

/* Emphasis marker u[beg, end): opening, closing, or neither?  After CommonMark's flanking
 * rules; where both hold (CJK authors ignore them), what is open decides. */
static enum text_cls marker_class(
	const struct text_layout *t, size_t beg, size_t end, int is_open)
{
	int sp_before = beg == 0 || text_space_at(t, beg - 1);
	int sp_after = end == t->n || text_space_at(t, end);

	if (sp_before && sp_after)
		return TEXT_CLS_TEXT;
	if (sp_before || text_opener_at(t, beg - 1))
		return TEXT_CLS_OPEN;
	if (sp_after || text_closer_at(t, end))
		return TEXT_CLS_CLOSE;
	if (t->u[beg] == '_' && u_isalnum(t->u[beg - 1]) && u_isalnum(t->u[end]))
		return TEXT_CLS_TEXT; /* snake_case */
	return is_open ? TEXT_CLS_CLOSE : TEXT_CLS_OPEN;
}

static void mark_emphasis(struct text_layout *t)
{
	int open[3][4] = { { 0 } }; /* by character and length */
	for (size_t i = 0; i < t->n;) {
		UChar c = t->u[i];
		size_t kind = c == '*' ? 0 : c == '_' ? 1 : 2, end = i + 1;
		if ((c != '*' && c != '_' && c != '~') || !text_plain_at(t, i)) {
			i++;
			continue;
		}
		while (end < t->n && text_plain_at(t, end) && t->u[end] == c)
			end++;
		int *is_open = &open[kind][end - i < 4 ? end - i : 0];
		enum text_cls cls = marker_class(t, i, end, *is_open);
		if (cls != TEXT_CLS_TEXT)
			*is_open = cls == TEXT_CLS_OPEN;
		for (; i < end; i++) {
			t->cls[i] = (unsigned char)cls;
			if (cls != TEXT_CLS_TEXT)
				t->u[i] = cls == TEXT_CLS_OPEN ? INVISIBLE : ')';
		}
	}
}

/* A half-width full stop after CJK text ends its sentence whatever follows. */
static void widen_stops(struct text_layout *t)
{
	for (size_t i = 1; i < t->n; i++)
		if (t->u[i] == '.' && text_plain_at(t, i) && text_wide_at(t, i - 1) &&
			u_isalpha(t->u[i - 1]))
			t->u[i] = 0x3002;
}

/* The opening mark that goes with closing c, 0 if c closes nothing. */
static UChar mate_of(UChar c)
{
	switch (c) {
	case ')':
		return '(';
	case 0xff09:
		return 0xff08;
	case 0x201d:
		return 0x201c;
	case 0x300d:
		return 0x300c;
	case 0x300f:
		return 0x300e;
	case 0xbb:
		return 0xab;
	case 0x201c:
		return 0x201e;
	default:
		return 0;
	}
}

static int opens_pair(const struct text_layout *t, size_t i)
{
	UChar c = t->u[i];
	switch (c) {
	case '(': /* but not a slide mark (**…**) */
		return !(i + 1 < t->n && t->cls[i + 1] == TEXT_CLS_OPEN);
	case '"':
		return (i == 0 || text_space_at(t, i - 1) || text_opener_at(t, i - 1)) &&
		       i + 1 < t->n && !text_space_at(t, i + 1);
	case 0xff08:
	case 0x201c:
	case 0x201e:
	case 0x300c:
	case 0x300e:
	case 0xab:
		return 1;
	default:
		return 0;
	}
}

/* Does the bracket at `closing` close the one at `opening`? */
static int are_mates(const struct text_layout *t, size_t opening, size_t closing)
{
	if (!text_plain_at(t, opening) || !text_plain_at(t, closing))
		return t->cls[opening] == TEXT_CLS_BEGIN &&
		       t->cls[closing] == TEXT_CLS_END;
	UChar c = t->u[closing];
	return t->u[opening] == (c == '"' ? c : mate_of(c));
}

static void match_pairs(struct text_layout *t)
{
	size_t stack[PAIR_DEPTH], depth = 0;
	for (size_t i = 0; i < t->n; i++) {
		size_t d = depth;
		UChar c = t->u[i];

		if (text_plain_at(t, i) && ((c >= 'a' && c <= 'z') || c >= 0x3040) &&
			c < 0xff00)
			continue; /* the most are letters */
		if (t->cls[i] == TEXT_CLS_END || c == '"' || mate_of(c))
			while (d > 0 && !are_mates(t, stack[d - 1], i))
				d--;
		else
			d = 0;
		if (d > 0) {
			t->mate[stack[d - 1]] = (uint32_t)i;
			depth = d - 1;
		} else if (t->cls[i] == TEXT_CLS_BEGIN ||
			   (text_plain_at(t, i) && opens_pair(t, i))) {
			if (depth == PAIR_DEPTH)
				memmove(stack, stack + 1, --depth * sizeof(stack[0]));
			stack[depth++] = i;
		}
	}
}

/* The placeholder or character at byte i; returns where the next is. */
static size_t put_next(struct text_layout *t, const struct text_marked *text, size_t i)
{
	size_t at = i, id, len = 0;

	if (text->s.p[i] == '<')
		len = text_placeholder(text->s, i, &id);
	else if (text->s.p[i] >= ' ' && text->s.p[i] < 0x7f) {
		put(t, (UChar)text->s.p[i], TEXT_CLS_TEXT, i);
		return i + 1;
	}
	if (len) {
		put_placeholder(t,
			id - 1 < text->nroles ? text->roles[id - 1] : TEXT_ROLE_WORD, i);
		return i + len;
	}
	UChar32 c = text_next(text->s, &i);
	if (c < 0x20 || (c >= 0x7f && c <= 0x85) || c == 0x2028 || c == 0x2029)
		c = ' '; /* lines were joined: no line ending ends a sentence */
	if (c > 0xffff)
		put(t, U16_LEAD(c), TEXT_CLS_TEXT, at);
	put(t, c > 0xffff ? U16_TRAIL(c) : (UChar)c, TEXT_CLS_TEXT, at);
	return i;
}

void text_layout_init(struct text_layout *t, const struct text_marked *text,
	const struct text_lang *lang)
{
	size_t n = text->s.n;
	t->u = amts_malloc((n + 1) * sizeof(*t->u));
	t->off = amts_malloc((n + 1) * sizeof(*t->off));
	t->mate = amts_calloc(n + 1, sizeof(*t->mate));
	t->cls = amts_malloc(n + 1);
	t->n = 0;
	t->lang = lang;
	for (size_t i = 0; i < n;)
		i = put_next(t, text, i);
	t->off[t->n] = (uint32_t)n;
	mark_emphasis(t);
	widen_stops(t);
	match_pairs(t);
}
