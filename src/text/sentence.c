/*
 * Sentence boundaries: ICU proposes (UAX #29 with CLDR suppressions), and what real
 * documentation needs disposes.  Text is laid out as UTF-16 with each placeholder and
 * each emphasis marker as one unit of a class that UAX #29 treats rightly: a word is a
 * letter without case, a closer is a closing bracket, an opener is invisible.
 */
#include "text/sentence.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "text/abbrev.h"
#include "text/chars.h"
#include "text/lang.h"

#define CHUNK ((size_t)1 << 20) /* bytes laid out at a time */
#define PAIR_MAX 300 /* units of a bracketed passage that holds its sentence together */
#define PAIR_DEPTH 32

enum cls { CLS_TEXT, CLS_WORD, CLS_OPEN, CLS_CLOSE, CLS_CITE };

/* One chunk. */
struct layout {
	UChar *u;
	uint32_t
		*off; /* offset of each unit in the chunk's bytes; off[n] is its length */
	uint32_t *mate; /* of an opening bracket: index of its closing one; else 0 */
	unsigned char *cls;
	size_t n;
	const struct text_lang *lang;
};

static void layout_free(struct layout *t)
{
	free(t->u);
	free(t->off);
	free(t->mate);
	free(t->cls);
}

static void put(struct layout *t, UChar c, enum cls cls, size_t off)
{
	t->u[t->n] = c;
	t->cls[t->n] = (unsigned char)cls;
	t->off[t->n++] = (uint32_t)off;
}

static void put_placeholder(struct layout *t, enum text_role role, size_t off)
{
	static const UChar as[] = { 0x3007, 0x2060, ')', 0x3007, ' ' };
	static const enum cls cls[] = { CLS_WORD, CLS_OPEN, CLS_CLOSE, CLS_CITE,
		CLS_TEXT };
	put(t, as[role], cls[role], off);
}

/* ---- layout ---------------------------------------------------------------- */

static int is_text(const struct layout *t, size_t i)
{
	return t->cls[i] == CLS_TEXT;
}

static int space_at(const struct layout *t, size_t i)
{
	return is_text(t, i) && text_is_space(t->u[i]);
}

static int wide_at(const struct layout *t, size_t i)
{
	return is_text(t, i) && (U16_IS_SURROGATE(t->u[i]) ? 0 : text_is_wide(t->u[i]));
}

static int terminator_at(const struct layout *t, size_t i)
{
	UChar c = t->u[i];
	if (!is_text(t, i) || (c < 0x80 && c != '.' && c != '?' && c != '!'))
		return 0;
	return c < 0x80 || u_hasBinaryProperty(c, UCHAR_S_TERM);
}

/* Quotation marks whose direction their neighbours decide. */
static int is_quote(UChar c)
{
	return c == '"' || c == '\'' || c == 0x201c || c == 0x201d || c == 0x2018 ||
	       c == 0x2019;
}

static int opener_at(const struct layout *t, size_t i)
{
	if (!is_text(t, i))
		return t->cls[i] == CLS_OPEN;
	UChar c = t->u[i];
	if (c < 0x80)
		return c == '(' || c == '[' || c == '{';
	int8_t type = u_charType(c);
	if (type != U_START_PUNCTUATION && type != U_INITIAL_PUNCTUATION)
		return 0;
	return !is_quote(c) ||
	       (i + 1 < t->n && !space_at(t, i + 1)); /* German closes with “ */
}

static int closer_at(const struct layout *t, size_t i)
{
	if (!is_text(t, i))
		return t->cls[i] == CLS_CLOSE;
	UChar c = t->u[i];
	if (c < 0x80)
		return c == ')' || c == ']' || c == '}' || c == '"' || c == '\'';
	int8_t type = u_charType(c);
	return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION ||
	       type == U_INITIAL_PUNCTUATION;
}

/* Emphasis marker u[beg, end): opening, closing, or neither?  After CommonMark's flanking
 * rules, with what is still open deciding where both hold (or CJK authors ignore them).
 */
static enum cls marker_class(
	const struct layout *t, size_t beg, size_t end, const size_t open[3], size_t kind)
{
	int sp_before = beg == 0 || space_at(t, beg - 1);
	int sp_after = end == t->n || space_at(t, end);

	if (sp_before && sp_after)
		return CLS_TEXT;
	if (sp_before || (opener_at(t, beg - 1) && t->u[beg - 1] != '*'))
		return CLS_OPEN;
	if (sp_after)
		return CLS_CLOSE;
	if (kind == 1 && u_isalnum(t->u[beg - 1]) && u_isalnum(t->u[end]))
		return CLS_TEXT; /* snake_case */
	return open[kind] == end - beg ? CLS_CLOSE : CLS_OPEN;
}

static void mark_emphasis(struct layout *t)
{
	size_t open[3] = { 0, 0, 0 }; /* lengths of the last opening run of * _ ~ */
	for (size_t i = 0; i < t->n;) {
		UChar c = t->u[i];
		size_t kind = c == '*' ? 0 : c == '_' ? 1 : 2, end = i + 1;
		if (!is_text(t, i) || (c != '*' && c != '_' && c != '~')) {
			i++;
			continue;
		}
		while (end < t->n && is_text(t, end) && t->u[end] == c)
			end++;
		enum cls cls = marker_class(t, i, end, open, kind);
		if (cls == CLS_OPEN)
			open[kind] = end - i;
		else if (cls == CLS_CLOSE)
			open[kind] = 0;
		for (; i < end; i++) {
			t->cls[i] = (unsigned char)cls;
			if (cls != CLS_TEXT)
				t->u[i] = cls == CLS_OPEN ? 0x2060 : ')';
		}
	}
}

/* A half-width full stop after CJK text ends its sentence whatever follows. */
static void widen_stops(struct layout *t)
{
	for (size_t i = 1; i < t->n; i++)
		if (t->u[i] == '.' && is_text(t, i) && wide_at(t, i - 1) &&
			u_isalpha(t->u[i - 1]))
			t->u[i] = 0x3002;
}

/* The opening mark that goes with closing c, 0 if c closes nothing. */
static UChar mate_of(UChar c)
{
	static const UChar pairs[][2] = { { '(', ')' }, { 0xff08, 0xff09 },
		{ 0x201c, 0x201d }, { 0x300c, 0x300d }, { 0x300e, 0x300f },
		{ 0xab, 0xbb }, { 0x201e, 0x201c } };
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i][1] == c)
			return pairs[i][0];
	return 0;
}

static int opens_pair(const struct layout *t, size_t i)
{
	UChar c = t->u[i];
	switch (c) {
	case '(': /* but not a slide mark (**…**) */
		return !(i + 1 < t->n && t->cls[i + 1] == CLS_OPEN);
	case '"':
		return (i == 0 || space_at(t, i - 1) || opener_at(t, i - 1)) &&
		       i + 1 < t->n && !space_at(t, i + 1);
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

static void match_pairs(struct layout *t)
{
	size_t stack[PAIR_DEPTH], depth = 0;
	for (size_t i = 0; i < t->n; i++) {
		if (!is_text(t, i))
			continue;
		UChar want = t->u[i] == '"' ? '"' : mate_of(t->u[i]);
		size_t d = depth;
		while (want && d > 0 && t->u[stack[d - 1]] != want)
			d--;
		if (want && d > 0) {
			t->mate[stack[d - 1]] = (uint32_t)i;
			depth = d - 1;
		} else if (opens_pair(t, i)) {
			if (depth == PAIR_DEPTH)
				memmove(stack, stack + 1, --depth * sizeof(stack[0]));
			stack[depth++] = i;
		}
	}
}

static void layout_init(struct layout *t, struct amts_str s, const struct text_lang *lang,
	const unsigned char *roles, size_t nroles)
{
	t->u = amts_malloc((s.n + 1) * sizeof(*t->u));
	t->off = amts_malloc((s.n + 1) * sizeof(*t->off));
	t->mate = amts_calloc(s.n + 1, sizeof(*t->mate));
	t->cls = amts_malloc(s.n + 1);
	t->n = 0;
	t->lang = lang;
	for (size_t i = 0; i < s.n;) {
		size_t at = i, id, len;
		if (s.p[i] == '<' && (len = text_placeholder(s, i, &id)) != 0) {
			put_placeholder(
				t, id - 1 < nroles ? roles[id - 1] : TEXT_ROLE_WORD, i);
			i += len;
			continue;
		}
		UChar32 c;
		U8_NEXT_OR_FFFD((const uint8_t *)s.p, i, s.n, c);
		if (c < 0x20 || (c >= 0x7f && c <= 0x85) || c == 0x2028 || c == 0x2029)
			c = ' '; /* lines were joined: no line ending ends a sentence */
		if (c > 0xffff)
			put(t, U16_LEAD(c), CLS_TEXT, at);
		put(t, c > 0xffff ? U16_TRAIL(c) : (UChar)c, CLS_TEXT, at);
	}
	t->off[t->n] = (uint32_t)s.n;
	mark_emphasis(t);
	widen_stops(t);
	match_pairs(t);
}

/* ---- boundaries -------------------------------------------------------------- */

/* The sentence being read. */
struct reader {
	const struct layout *t;
	size_t beg;  /* its first unit */
	size_t word; /* its first unit after openers */
	size_t seen; /* units up to here were looked at for brackets */
	size_t hold; /* index of the closing bracket that must come first */
	int words;   /* a word came before seen */
};

static void look(struct reader *r, size_t end)
{
	const struct layout *t = r->t;
	for (; r->seen < end; r->seen++) {
		size_t mate = t->mate[r->seen];
		if (mate && r->words && mate - r->seen <= PAIR_MAX && mate > r->hold)
			r->hold = mate;
		if (t->cls[r->seen] == CLS_WORD || u_isalnum(t->u[r->seen]))
			r->words = 1;
	}
}

/* Index of the first word of what starts at i: openers and quotes passed. */
static size_t first_word(const struct layout *t, size_t i)
{
	while (i < t->n && (opener_at(t, i) || (is_text(t, i) && is_quote(t->u[i]))))
		i++;
	return i;
}

static struct reader reader_at(const struct layout *t, size_t beg)
{
	return (struct reader){
		.t = t, .beg = beg, .word = first_word(t, beg), .seen = beg
	};
}

/* The word of letters, digits and inner dots before unit `end`, as lower-cased UTF-8;
 * empty if it is too long to be an abbreviation.  Returns where it begins. */
static size_t word_before(
	char *out, size_t cap, const struct layout *t, size_t beg, size_t end)
{
	size_t i = end, n = 0;
	while (i > beg && end - i < 16 && is_text(t, i - 1) && !wide_at(t, i - 1) &&
		(u_isalnum(t->u[i - 1]) || t->u[i - 1] == '.' || t->u[i - 1] == '-'))
		i--;
	for (size_t k = i; k < end && n + 4 < cap; k++) {
		UChar32 c = u_tolower(t->u[k]);
		U8_APPEND_UNSAFE((uint8_t *)out, n, c);
	}
	out[end - i < 16 ? n : 0] = '\0';
	return i;
}

static void word_after(char *out, size_t cap, const struct layout *t, size_t i)
{
	size_t n = 0;
	for (; i < t->n && n + 1 < cap && is_text(t, i) && t->u[i] < 0x80 &&
		u_isalpha(t->u[i]);
		i++)
		out[n++] = (char)t->u[i];
	out[n] = '\0';
}

/* i. iv. 1. 12. 1.2. a. */
static int is_enumerator(const char *w)
{
	size_t n = strlen(w);
	if (n == 1)
		return 1;
	return n > 0 &&
	       (strspn(w, "0123456789.") == n ? n <= 6 : n <= 4 && strspn(w, "ivx") == n);
}

/* A capital letter and a full stop that belong to a name: "J. Smith", "Donald E. Knuth".
 */
static int is_initial(const struct layout *t, size_t at, size_t next)
{
	char after[16];

	if (!u_isupper(t->u[at]) || t->u[at] == 'I' || next >= t->n ||
		!is_text(t, next) || !u_isupper(t->u[next]))
		return 0;
	word_after(after, sizeof(after), t, next);
	return !text_is_starter(after);
}

/* "3. Oktober", but not "Abb. 3. Danach". */
static int is_ordinal(const struct reader *r, size_t at, const char *w)
{
	size_t n = strlen(w), i = at;
	while (i > r->beg && space_at(r->t, i - 1))
		i--;
	return n <= 2 && strspn(w, "0123456789") == n &&
	       (i == r->beg || r->t->u[i - 1] != '.');
}

/* Does the word before the single full stop at `stop` only end in it as abbreviations do?
 */
static int is_abbreviated(const struct reader *r, size_t stop, size_t next)
{
	const struct layout *t = r->t;
	const char *lang = t->lang->primary;
	char w[64];
	size_t at = word_before(w, sizeof(w), t, r->beg, stop);

	if (w[0] == '\0')
		return 0;
	if (r->word >= at && is_enumerator(w))
		return 1;
	if (text_abbrev_always(lang, w))
		return 1;
	if (next < t->n &&
		(t->cls[next] != CLS_TEXT || u_isdigit(t->u[next]) || t->u[next] == '(' ||
			t->u[next] == '[') &&
		text_abbrev_number(lang, w))
		return 1;
	if (t->lang->ordinal_dot && is_ordinal(r, at, w))
		return 1;
	return stop - at == 1 && is_initial(t, at, next);
}

/*
 * ICU broke between unit `end` (closers passed, white space not) and `next`, after the
 * terminator before unit `term`.  1 if a sentence ends there.
 */
static int is_boundary(struct reader *r, size_t term, size_t end, size_t next)
{
	const struct layout *t = r->t;
	size_t stop = term - 1, before = stop, word = first_word(t, next);
	int adjacent = next == end;

	look(r, end);
	if (end <= r->hold || (adjacent && end == r->hold + 1))
		return 0;
	for (size_t i = term; adjacent && i < end; i++)
		if (is_text(t, i) &&
			(is_quote(t->u[i]) || t->u[i] == 0x300d || t->u[i] == 0x300f))
			return 0; /* “…？”我们问 */
	if (t->u[stop] >= 0x80)
		return 1;

	while (before > r->beg && terminator_at(t, before - 1))
		before--;
	int wide = before > r->beg && wide_at(t, before - 1);
	if (adjacent && !wide && !wide_at(t, next))
		return 0;
	if (!wide && word < t->n && is_text(t, word) && u_islower(t->u[word]))
		return 0;
	return !(t->u[stop] == '.' && before == stop && is_abbreviated(r, stop, word));
}

/* Where the sentence before ICU's boundary b really ends: openers and white space there
 * belong to the next one; citations after a full stop belong to this one. */
static size_t real_end(const struct reader *r, size_t b)
{
	size_t e = b;
	while (e > r->beg && (space_at(r->t, e - 1) || opener_at(r->t, e - 1)))
		e--;
	return e;
}

static size_t skip_space(const struct layout *t, size_t i)
{
	while (i < t->n && space_at(t, i))
		i++;
	return i;
}

static size_t skip_cites(const struct layout *t, size_t end)
{
	size_t e = end, i = skip_space(t, end);
	while (i < t->n && t->cls[i] == CLS_CITE) {
		e = i + 1;
		while (e < t->n && (closer_at(t, e) || terminator_at(t, e)))
			e++;
		i = skip_space(t, e);
	}
	if (e == end || i == t->n)
		return e;
	/* A citation that is the subject of the next sentence: "[1] shows that" */
	return is_text(t, i) && (u_islower(t->u[i]) || t->u[i] == ',') ? end : e;
}

struct ends {
	size_t *v;
	size_t n, cap;
};

/* Boundaries of one chunk that begins at byte base; `last` if the text ends with it.
 * Returns bytes dealt with: the rest, an unfinished sentence, is for the next chunk. */
static size_t read_chunk(struct ends *out, const struct layout *t, UBreakIterator *it,
	size_t base, int last)
{
	struct reader r = reader_at(t, skip_space(t, 0));
	size_t done = 0;

	for (int32_t b = ubrk_next(it); b != UBRK_DONE; b = ubrk_next(it)) {
		size_t end = real_end(&r, (size_t)b), term = end;
		if (end <= r.beg)
			continue;
		size_t next = skip_space(t, end);
		if (next >= t->n)
			break;
		while (term > r.beg && closer_at(t, term - 1))
			term--;
		if (term == r.beg || !terminator_at(t, term - 1))
			continue;
		if (!is_boundary(&r, term, end, next))
			continue;
		end = skip_cites(t, end);
		next = skip_space(t, end);
		if (next >= t->n)
			break;
		AMTS_VEC_PUSH(out->v, out->n, out->cap, base + t->off[end]);
		done = t->off[next];
		r = reader_at(t, next);
	}
	size_t end = t->n;
	while (end > r.beg && space_at(t, end - 1))
		end--;
	if (!last && done > 0)
		return done;
	if (end > r.beg)
		AMTS_VEC_PUSH(out->v, out->n, out->cap, base + t->off[end]);
	return t->off[t->n];
}

/* Length of the first chunk of s: whole characters and placeholders. */
static size_t chunk_length(struct amts_str s)
{
	if (s.n <= CHUNK)
		return s.n;
	size_t n = CHUNK;
	while (n > CHUNK / 2 && s.p[n] != ' ' && s.p[n] != '\n')
		n--;
	if (n > CHUNK / 2)
		return n;
	for (n = CHUNK; n > CHUNK - 32 && s.p[n] != '<'; n--)
		;
	if (s.p[n] != '<')
		n = CHUNK;
	U8_SET_CP_START((const uint8_t *)s.p, 0, n);
	return n;
}

int text_sentences(size_t **ends, size_t *n, struct amts_arena *arena,
	struct amts_str text, const char *lang, const unsigned char *roles, size_t nroles,
	struct amts_error *err)
{
	struct text_lang *l = text_lang_get(lang);
	struct ends v = { NULL, 0, 0 };
	int rc = AMTS_OK;

	for (size_t base = 0; base < text.n && rc == AMTS_OK;) {
		struct amts_str rest = amts_str_sub(text, base, text.n);
		size_t len = chunk_length(rest);
		struct layout t;
		layout_init(&t, amts_str_sub(rest, 0, len), l, roles, nroles);
		UBreakIterator *it = text_lang_sentences(l, t.u, t.n, err);
		if (it)
			base += read_chunk(&v, &t, it, base, len == rest.n);
		else
			rc = AMTS_EFAIL;
		layout_free(&t);
	}
	*n = rc == AMTS_OK ? v.n : 0;
	*ends = AMTS_NEW(arena, size_t, *n);
	if (*n)
		memcpy(*ends, v.v, *n * sizeof(**ends));
	free(v.v);
	return rc;
}

int amts_sentences(size_t **ends, size_t *n, struct amts_arena *arena,
	struct amts_str text, const char *lang, struct amts_error *err)
{
	return text_sentences(ends, n, arena, text, lang, NULL, 0, err);
}
