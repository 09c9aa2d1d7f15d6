/* Faults of sentences: what the source's has and the translation's has not. */
#include "check/check.h"

#include <string.h>

#define NAME_WORDS 3	    /* so many words stay untranslated at most */
#define NEAR 3		    /* sentences before and after */
#define TERMS 8		    /* of a sentence */
#define MIN_NUMBER_DIGITS 2 /* smaller numbers are often written out */
/* A line of 30,000 numbers or formulas is searched for each of them: after so many bytes
 * of a page the rest is taken to be there.  Pages people wrote need a hundredth of it. */
#define SEARCHED_MAX ((size_t)64 << 20)

struct amts_str check_around(const struct check *c, const struct amts_bead *b)
{
	const struct amts_segments *s = c->page->tgt;
	size_t first = b->tgt_beg, last = b->tgt_end - 1, i;

	for (i = 0; i < NEAR && first && s->v[first - 1].block == s->v[first].block; i++)
		first--;
	for (i = 0;
		i < NEAR && last + 1 < s->n && s->v[last + 1].block == s->v[last].block;
		i++)
		last++;
	return amts_str_sub(c->tgt->bytes, s->v[first].at.beg, s->v[last].at.end);
}

int check_has(struct check *c, struct amts_str all, struct amts_str part)
{
	size_t at;

	if (c->searched > SEARCHED_MAX)
		return 1;
	at = amts_str_find(all, part, 0);
	c->searched += at;
	return at < all.n;
}

/* ---- numbers ---- */

/* Digits with their points and commas from s[i] on. */
static size_t number_end(struct amts_str s, size_t i)
{
	while (i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') ||
				  ((s.p[i] == '.' || s.p[i] == ',') && i + 1 < s.n &&
					  s.p[i + 1] >= '0' && s.p[i + 1] <= '9')))
		i++;
	return i;
}

static int is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
	       (unsigned char)c >= 0x80;
}

/* Digits alone: "1,000", "1.000" and "1 000" are one number in different languages. */
static struct amts_str digits(struct amts_arena *arena, struct amts_str s)
{
	char *out = AMTS_NEW(arena, char, s.n + 1);
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			out[n++] = s.p[i];
	return (struct amts_str){ out, n };
}

/* The next number of s from *i on that stands by itself; empty at the end. */
static struct amts_str next_number(struct amts_str s, size_t *i)
{
	while (*i < s.n) {
		size_t beg = *i, end = number_end(s, beg);

		if (end == beg) {
			(*i)++;
			continue;
		}
		*i = end;
		if ((!beg || !is_letter(s.p[beg - 1])) &&
			(end == s.n || !is_letter(s.p[end])))
			return amts_str_sub(s, beg, end);
	}
	return AMTS_STR("");
}

struct amts_str check_all_digits(struct amts_arena *arena, struct amts_str s)
{
	char *out = AMTS_NEW(arena, char, s.n + 1);
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		if (s.n - i >= 3 && !memcmp(s.p + i, "\xef\xbc", 2) &&
			(unsigned char)s.p[i + 2] >= 0x90 &&
			(unsigned char)s.p[i + 2] <= 0x99) {
			out[n++] = (char)(s.p[i + 2] - 0x90 + '0');
			i += 2;
		} else if (!(strchr(",. ", s.p[i]) && n && out[n - 1] >= '0' &&
				   out[n - 1] <= '9' && i + 1 < s.n &&
				   s.p[i + 1] >= '0' && s.p[i + 1] <= '9')) {
			out[n++] = s.p[i];
		}
	return (struct amts_str){ out, n };
}

/* 10,000 is 1万, 2 million is 200万 and 2 Millionen. */
static int counts_otherwise(struct check *c, struct amts_str tgt)
{
	static const char *const units[] = { "万", "億", "亿", "千", "百", "만", "억",
		"兆", "mil", "Mil", "mill" };
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (check_has(c, tgt, amts_str_z(units[i])))
			return 1;
	return 0;
}

/* x id="12" */
static int is_quoted(struct amts_str s, size_t end)
{
	return end < s.n && s.p[end] == '"';
}

static void check_numbers(struct check *c, const struct amts_bead *b)
{
	struct amts_str tgt = check_around(c, b), flat = check_all_digits(c->arena, tgt);
	size_t line = check_line(&c->tgt_lines, c->page->tgt->v[b->tgt_beg].at.beg), i;

	for (i = b->src_beg; i < b->src_end; i++) {
		const struct amts_segment *s = &c->page->src->v[i];
		struct amts_str n, d;
		size_t at = 0;

		while ((n = next_number(s->text, &at)).n) {
			d = digits(c->arena, n);
			if (d.n < MIN_NUMBER_DIGITS || is_quoted(s->text, at) ||
				check_has(c, flat, d) || counts_otherwise(c, tgt))
				continue;
			check_add(c, AMTS_CHECK_NUMBER, line,
				check_line(&c->src_lines, s->at.beg),
				"the number " AMTS_STR_FMT " of the source is missing",
				AMTS_STR_ARG(n));
		}
	}
}

/* ---- glossary ---- */

static void check_terms(struct check *c, const struct amts_bead *b)
{
	const struct amts_term *terms[TERMS];
	struct amts_str tgt = check_around(c, b);
	size_t line = check_line(&c->tgt_lines, c->page->tgt->v[b->tgt_beg].at.beg), i, k,
	       n;

	for (i = b->src_beg; c->page->glossary && i < b->src_end; i++) {
		const struct amts_segment *s = &c->page->src->v[i];

		n = amts_glossary_broken(terms, TERMS, c->page->glossary, s->text, tgt);
		for (k = 0; k < n; k++) {
			struct amts_buf said = AMTS_BUF_INIT;

			amts_glossary_say(&said, terms[k]);
			check_add(c, AMTS_CHECK_GLOSSARY, line,
				check_line(&c->src_lines, s->at.beg), "%s", said.p);
			amts_buf_release(&said);
		}
	}
}

/* ---- untranslated ---- */

/* Words between spaces that have letters: a path is one. */
static size_t count_words(struct amts_str s)
{
	size_t i, n = 0;
	int in = 0;

	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '<') { /* a placeholder is no word */
			i = amts_str_find(s, AMTS_STR(">"), i);
		} else if (s.p[i] == ' ') {
			in = 0;
		} else if (!in && ((s.p[i] >= 'a' && s.p[i] <= 'z') ||
					  (s.p[i] >= 'A' && s.p[i] <= 'Z') ||
					  (unsigned char)s.p[i] >= 0x80)) {
			in = 1;
			n++;
		}
	}
	return n;
}

/* "TinyMemBench on Broadwell E5-2690v4": every word of more than three letters begins
 * with a capital or is no word. */
static int is_name(struct amts_str s)
{
	size_t i, beg;

	for (i = 0; i < s.n; i++) {
		for (beg = i; i < s.n && s.p[i] != ' ';)
			i++;
		if (i - beg > 3 && s.p[beg] >= 'a' && s.p[beg] <= 'z')
			return 0;
	}
	return 1;
}

/* Titles of pages elsewhere, and names of things, stay as they are; a heading in capitals
 * is none. */
static int may_stay(const struct check *c, const struct amts_segment *s)
{
	enum amts_block_kind kind = c->src->v[s->block].kind;
	struct amts_str raw = amts_str_trim(amts_doc_bytes(c->src, s->at));

	if (kind == AMTS_BLOCK_HTML)
		return 1;
	if (raw.n && raw.p[0] == '[' && raw.p[raw.n - 1] == ')' &&
		amts_str_find(raw, AMTS_STR(")"), 0) + 1 == raw.n)
		return 1;
	return kind != AMTS_BLOCK_HEADING && is_name(s->text);
}

static int is_untranslated(const struct check *c, const struct amts_bead *b)
{
	const struct amts_segment *s = &c->page->src->v[b->src_beg];
	const struct amts_segment *t = &c->page->tgt->v[b->tgt_beg];

	return b->src_end - b->src_beg == 1 && b->tgt_end - b->tgt_beg == 1 &&
	       s->letters && amts_str_eq(s->text, t->text) &&
	       count_words(s->text) > NAME_WORDS && !may_stay(c, s);
}

static int is_compared(const struct amts_bead *b)
{
	return b->score >= CHECK_SURE && b->src_beg < b->src_end &&
	       b->tgt_beg < b->tgt_end;
}

/* Sentences in the source language one by one, or, when most are, the page. */
static void check_untranslated(struct check *c)
{
	const struct amts_alignment *a = c->page->sentences;
	size_t i, n = 0, left = 0;

	for (i = 0; i < a->n; i++)
		if (is_compared(&a->v[i])) {
			n++;
			left += is_untranslated(c, &a->v[i]) != 0;
		}
	if (left * 2 > n) {
		check_add(c, AMTS_CHECK_UNTRANSLATED, 1, 1,
			"the page is not translated: %zu of %zu sentences", left, n);
		return;
	}
	for (i = 0; i < a->n && left; i++) {
		struct amts_span s, t;

		if (!is_compared(&a->v[i]) || !is_untranslated(c, &a->v[i]))
			continue;
		s = c->page->src->v[a->v[i].src_beg].at;
		t = c->page->tgt->v[a->v[i].tgt_beg].at;
		check_add(c, AMTS_CHECK_UNTRANSLATED, check_line(&c->tgt_lines, t.beg),
			check_line(&c->src_lines, s.beg), "not translated: " AMTS_STR_FMT,
			AMTS_STR_ARG(amts_doc_bytes(c->tgt, t)));
	}
}

void check_sentences(struct check *c)
{
	const struct amts_alignment *a = c->page->sentences;
	size_t i;

	for (i = 0; i < a->n; i++)
		if (is_compared(&a->v[i])) {
			check_placeholders(c, &a->v[i]);
			check_numbers(c, &a->v[i]);
			check_terms(c, &a->v[i]);
		}
	check_untranslated(c);
}
