/*
 * Sentence boundaries: ICU proposes (UAX #29), and what real documentation needs
 * disposes. CLDR's suppressions ("@ss=standard") are left off: ICU matches them as
 * suffixes ("real." for Portuguese "l."), and they hold whole words ("In.", "PC.",
 * "Link."): in d2l-pt they cost 500 boundaries and gave none that abbrev.c does not.
 */
#include "text/sentence.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "text/abbrev.h"
#include "text/layout.h"

#define CHUNK ((size_t)1 << 20) /* bytes laid out at a time */
#define PAIR_MAX 300 /* units of a bracketed passage that holds its sentence together */

/* The sentence being read. */
struct reader {
	const struct text_layout *t;
	size_t beg;  /* its first unit */
	size_t word; /* its first unit after openers */
	size_t seen; /* units up to here were looked at for brackets */
	size_t hold; /* index of the closing bracket that must come first */
	int words;   /* a word came before seen */
};

static void look(struct reader *r, size_t end)
{
	const struct text_layout *t = r->t;
	for (; r->seen < end; r->seen++) {
		size_t mate = t->mate[r->seen];
		int link = t->cls[r->seen] == TEXT_CLS_BEGIN;
		if (mate > r->hold && (link || (r->words && mate - r->seen <= PAIR_MAX)))
			r->hold = mate;
		if (!r->words)
			r->words = t->cls[r->seen] == TEXT_CLS_WORD ||
				   u_isalnum(t->u[r->seen]);
	}
}

/* Index of the first word of what starts at i: openers and quotes passed. */
static size_t first_word(const struct text_layout *t, size_t i)
{
	while (i < t->n &&
		(text_opener_at(t, i) || (text_plain_at(t, i) && text_is_quote(t->u[i]))))
		i++;
	return i;
}

static struct reader reader_at(const struct text_layout *t, size_t beg)
{
	return (struct reader){
		.t = t, .beg = beg, .word = first_word(t, beg), .seen = beg
	};
}

/* The word of letters, digits and inner dots before unit `end`.  Returns where it begins.
 */
static size_t word_before(
	struct text_word *w, const struct text_layout *t, size_t beg, size_t end)
{
	size_t i = end, n = 0, m = 0;
	while (i > beg && end - i < 16 && text_plain_at(t, i - 1) &&
		!text_wide_at(t, i - 1) &&
		(u_isalnum(t->u[i - 1]) || t->u[i - 1] == '.' || t->u[i - 1] == '-'))
		i--;
	for (size_t k = end - i < 16 ? i : end; k < end; k++) {
		UChar32 c = t->u[k], low = u_tolower(c);
		n += text_put(w->own + n, c);
		m += text_put(w->lower + m, low);
	}
	w->own[n] = w->lower[m] = '\0';
	return i;
}

static void word_after(char *out, size_t cap, const struct text_layout *t, size_t i)
{
	size_t n = 0;
	for (; i < t->n && n + 1 < cap && text_plain_at(t, i) && t->u[i] < 0x80 &&
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

/* Capital letters with dots between: "J", "H.G", "U.S". */
static int is_capitals(const struct text_layout *t, size_t beg, size_t end)
{
	for (size_t i = beg; i < end; i++)
		if ((i - beg) % 2 ? t->u[i] != '.' : !u_isupper(t->u[i]))
			return 0;
	return (end - beg) % 2 == 1;
}

/* Is what stands before unit `at` part of a name too: a capitalised word, an initial, a
 * comma of a list of names, the start of the sentence? */
static int after_name(const struct reader *r, size_t at)
{
	const struct text_layout *t = r->t;
	size_t i = at;
	while (i > r->word && text_space_at(t, i - 1))
		i--;
	if (i <= r->word || t->u[i - 1] == '.' || t->u[i - 1] == ',')
		return 1;
	while (i > r->word && text_plain_at(t, i - 1) && u_isalpha(t->u[i - 1]))
		i--;
	return u_isupper(t->u[i]) != 0;
}

/* Initials that belong to a name or a word: "J. Smith", "Donald E. Knuth", "U.S. Army".
 */
static int is_initial(const struct reader *r, size_t at, size_t stop, size_t next)
{
	const struct text_layout *t = r->t;
	char after[16];

	if (!is_capitals(t, at, stop) || (stop - at == 1 && t->u[at] == 'I') ||
		next >= t->n || !text_plain_at(t, next) || !u_isupper(t->u[next]))
		return 0;
	word_after(after, sizeof(after), t, next);
	if (text_is_starter(after))
		return 0;
	return strcmp(t->lang->primary, "en") == 0 || after_name(r, at);
}

/* "3. Oktober", but not "Abb. 3. Danach". */
static int is_ordinal(const struct reader *r, size_t at, const char *w)
{
	size_t n = strlen(w), i = at;
	while (i > r->beg && text_space_at(r->t, i - 1))
		i--;
	return n <= 2 && strspn(w, "0123456789") == n &&
	       (i == r->beg || r->t->u[i - 1] != '.');
}

/* Does the word before the single full stop at `stop` only end in it as abbreviations do?
 */
static int is_abbreviated(const struct reader *r, size_t stop, size_t next)
{
	const struct text_layout *t = r->t;
	const char *lang = t->lang->primary;
	struct text_word word;
	const char *w = word.lower;
	size_t at = word_before(&word, t, r->beg, stop);

	if (w[0] == '\0')
		return 0;
	if (r->word >= at && is_enumerator(w))
		return 1;
	if (text_abbrev_always(lang, &word))
		return 1;
	if (next < t->n &&
		(t->cls[next] != TEXT_CLS_TEXT || u_isdigit(t->u[next]) ||
			t->u[next] == '(' || t->u[next] == '[') &&
		text_abbrev_number(lang, &word))
		return 1;
	if (t->lang->ordinal_dot && is_ordinal(r, at, w))
		return 1;
	return is_initial(r, at, stop, next);
}

/*
 * ICU broke between unit `end` (closers passed, white space not) and `next`, after the
 * terminator before unit `term`.  1 if a sentence ends there.
 */
static int is_boundary(struct reader *r, size_t term, size_t end, size_t next)
{
	const struct text_layout *t = r->t;
	size_t stop = term - 1, before = stop, word = first_word(t, next);
	int adjacent = next == end;

	look(r, end);
	if (end <= r->hold || (adjacent && end == r->hold + 1))
		return 0;
	for (size_t i = term; adjacent && i < end; i++)
		if (text_plain_at(t, i) && (text_is_quote(t->u[i]) || t->u[i] == 0x300d ||
						   t->u[i] == 0x300f))
			return 0; /* “…？”我们问 */
	if (t->u[stop] >= 0x80)
		return 1;

	while (before > r->beg && text_terminator_at(t, before - 1))
		before--;
	int wide = before > r->beg && text_wide_at(t, before - 1);
	if (adjacent && !wide && !text_wide_at(t, next))
		return 0;
	if (!wide && word < t->n && text_plain_at(t, word) && u_islower(t->u[word]))
		return 0;
	return !(t->u[stop] == '.' && before == stop && is_abbreviated(r, stop, word));
}

/* Where the sentence before ICU's boundary b really ends: openers and white space there
 * belong to the next one; citations after a full stop belong to this one. */
static size_t real_end(const struct reader *r, size_t b)
{
	size_t e = b;
	while (e > r->beg && (text_space_at(r->t, e - 1) || text_opener_at(r->t, e - 1)))
		e--;
	return e;
}

static size_t skip_space(const struct text_layout *t, size_t i)
{
	while (i < t->n && text_space_at(t, i))
		i++;
	return i;
}

static size_t skip_cites(const struct text_layout *t, size_t end)
{
	size_t e = end, i = skip_space(t, end);
	while (i < t->n && t->cls[i] == TEXT_CLS_CITE) {
		e = i + 1;
		while (e < t->n && (text_closer_at(t, e) || text_terminator_at(t, e)))
			e++;
		i = skip_space(t, e);
	}
	if (e == end || i == t->n)
		return e;
	/* A citation that is the subject of the next sentence: "[1] shows that" */
	return text_plain_at(t, i) && (u_islower(t->u[i]) || t->u[i] == ',') ? end : e;
}

struct ends {
	size_t *v;
	size_t n, cap;
};

static void add_end(struct ends *out, size_t end)
{
	AMTS_VEC_PUSH(out->v, out->n, out->cap, end);
}

/* Does a sentence end at ICU's boundary b?  Then *end is where, *next where another
 * begins. */
static int ends_at(struct reader *r, size_t b, size_t *end, size_t *next)
{
	const struct text_layout *t = r->t;
	size_t e = real_end(r, b), term = e, n = skip_space(t, e);

	if (e <= r->beg || n >= t->n)
		return 0;
	while (term > r->beg && text_closer_at(t, term - 1))
		term--;
	if (term == r->beg || !text_terminator_at(t, term - 1) ||
		!is_boundary(r, term, e, n))
		return 0;
	*end = skip_cites(t, e);
	*next = skip_space(t, *end);
	return *next < t->n;
}

/* Does anything stand behind a terminator?  If not, there is no need to ask ICU. */
static int may_end_inside(const struct text_layout *t)
{
	size_t i = 0;

	while (i < t->n && !text_terminator_at(t, i))
		i++;
	return skip_space(t, i + 1) < t->n;
}

/* Boundaries of one chunk that begins at byte base; `last` if the text ends with it.
 * it may be NULL where there are none.  Returns bytes dealt with: the rest, an unfinished
 * sentence, is for the next chunk. */
static size_t read_chunk(struct ends *out, const struct text_layout *t,
	UBreakIterator *it, size_t base, int last)
{
	struct reader r = reader_at(t, skip_space(t, 0));
	size_t done = 0, end, next;

	for (int32_t b = 0; it && (b = ubrk_next(it)) != UBRK_DONE;) {
		if (!ends_at(&r, (size_t)b, &end, &next))
			continue;
		add_end(out, base + t->off[end]);
		done = t->off[next];
		r = reader_at(t, next);
	}
	if (!last && done > 0)
		return done;
	end = t->n;
	while (end > r.beg && text_space_at(t, end - 1))
		end--;
	if (end > r.beg)
		add_end(out, base + t->off[end]);
	return t->off[t->n];
}

/* Length of the first chunk of s: whole characters and placeholders. */
static size_t chunk_length(struct amts_str s)
{
	if (s.n <= CHUNK)
		return s.n;
	size_t n = CHUNK;
	while (n > CHUNK / 2 && (s.p[n] != ' ' || memcmp(s.p + n - 2, "<x", 2) == 0))
		n--;
	if (n > CHUNK / 2)
		return n;
	for (n = CHUNK; n > CHUNK - 32 && s.p[n] != '<'; n--)
		;
	if (s.p[n] != '<')
		n = CHUNK;
	while (((unsigned char)s.p[n] & 0xc0) == 0x80 && n > CHUNK - 4)
		n--;
	return n;
}

/* Bytes of the character at p that no sentence ends at: ASCII but for its terminators,
 * most ideographs, a comma between them; 0: it may be one. */
static size_t inner_bytes(const unsigned char *p, size_t left)
{
	if (*p < 0x80)
		return *p >= ' ' && *p != '.' && *p != '?' && *p != '!';
	if (left > 2 && ((*p >= 0xe4 && *p <= 0xe8) || !memcmp(p, "\xef\xbc\x8c", 3)))
		return 3;
	return 0;
}

/* Is it one sentence whatever the rules say, with no terminator but in its last byte?
 * Most are, and need not be laid out.  *end: where it ends. */
static int is_one(size_t *end, struct amts_str s)
{
	size_t i = 0, len;

	while (s.n && s.p[s.n - 1] == ' ')
		s.n--;
	if (!s.n || s.n > CHUNK || s.p[s.n - 1] == '>' ||
		(unsigned char)s.p[s.n - 1] <= ' ')
		return 0;
	while (i + 1 < s.n &&
		(len = inner_bytes((const unsigned char *)s.p + i, s.n - i)) > 0)
		i += len;
	*end = s.n;
	return i == s.n || (i + 1 == s.n && (unsigned char)s.p[i] < 0x80);
}

int text_sentences(size_t **ends, size_t *n, struct amts_arena *arena,
	const struct text_marked *text, const char *lang, struct amts_error *err)
{
	struct text_lang *l = text_lang_get(lang);
	struct ends v = { NULL, 0, 0 };
	size_t end;
	int rc = AMTS_OK;

	if (is_one(&end, text->s)) {
		*ends = AMTS_NEW(arena, size_t, 1);
		**ends = end;
		*n = 1;
		return AMTS_OK;
	}
	for (size_t base = 0; base < text->s.n && rc == AMTS_OK;) {
		struct text_marked part = *text;
		size_t left = text->s.n - base;
		struct text_layout t;
		part.s = amts_str_sub(text->s, base, text->s.n);
		part.s.n = chunk_length(part.s);
		text_layout_init(&t, &part, l);
		int ask = may_end_inside(&t);
		UBreakIterator *it = ask ? text_lang_sentences(l, t.u, t.n, err) : NULL;
		if (it || !ask)
			base += read_chunk(&v, &t, it, base, part.s.n == left);
		else
			rc = AMTS_EFAIL;
		text_layout_free(&t);
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
	struct text_marked m = { .s = text };
	return text_sentences(ends, n, arena, &m, lang, err);
}
