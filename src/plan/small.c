/* Small edits of the source, which a translation usually need not follow. */
#include "plan/row.h"

#include <string.h>

static const char *const names[] = { "punctuation", "case", "article", "typo",
	"wording" };
#define NAMES (sizeof(names) / sizeof(*names))

static int parse_name(unsigned *out, struct amts_str s, struct amts_error *err)
{
	size_t i;

	if (amts_str_eq(s, AMTS_STR("all")))
		*out |= AMTS_SMALL_ALL;
	for (i = 0; i < NAMES; i++)
		if (amts_str_eq(s, amts_str_z(names[i])))
			*out |= 1u << i;
	return *out || amts_str_eq(s, AMTS_STR("none"))
		       ? AMTS_OK
		       : amts_fail(err, AMTS_EUSAGE,
				 "no kind of small edit: '" AMTS_STR_FMT "'",
				 AMTS_STR_ARG(s));
}

int amts_small_edits_parse(unsigned *out, const char *list, struct amts_error *err)
{
	struct amts_str s = amts_str_z(list);
	size_t beg, end;
	int rc = AMTS_OK;

	*out = 0;
	for (beg = 0; !rc && beg <= s.n; beg = end + 1) {
		unsigned one = 0;

		end = amts_str_find(s, AMTS_STR(","), beg);
		rc = parse_name(&one, amts_str_trim(amts_str_sub(s, beg, end)), err);
		*out |= one;
	}
	return rc;
}

const char *small_edits_reason(struct amts_arena *arena, unsigned kinds)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	const char *out;
	size_t i;

	for (i = 0; i < NAMES; i++)
		if (kinds & 1u << i)
			amts_buf_addf(&buf, "%s%s", buf.n ? ", " : "", names[i]);
	out = amts_arena_fmt(arena,
		"small edit of the source (" AMTS_STR_FMT "): nothing to translate",
		AMTS_STR_ARG(amts_buf_str(&buf)))
		      .p;
	amts_buf_release(&buf);
	return out;
}

static size_t next_of(const struct row *r, size_t i, size_t end,
	int (*wanted)(const struct row *, size_t))
{
	while (i < end && !wanted(r, i))
		i++;
	return i;
}

static int is_mark(const struct row *r, size_t i)
{
	return r->v[i].kind == T_PUNCT;
}

static int is_article(const struct row *r, size_t i)
{
	return r->v[i].kind == T_WORD && row_is_article(r, i);
}

static int is_word(const struct row *r, size_t i)
{
	return r->v[i].kind == T_WORD && !row_is_article(r, i);
}

/* How tokens of a kind differ between the sides of a hunk. */
enum likeness { SAME, BUT_CASE, OTHER };

static enum likeness compare(const struct row *b, const struct row *h,
	const struct hunk *k, int (*wanted)(const struct row *, size_t))
{
	size_t i = next_of(b, k->b0, k->b1, wanted), j = next_of(h, k->h0, k->h1, wanted);
	enum likeness is = SAME;

	while (i < k->b1 && j < k->h1) {
		if (!row_same_but_case(row_token(b, i), row_token(h, j)))
			return OTHER;
		if (b->hash[i] != h->hash[j])
			is = BUT_CASE;
		i = next_of(b, i + 1, k->b1, wanted);
		j = next_of(h, j + 1, k->h1, wanted);
	}
	return i >= k->b1 && j >= k->h1 ? is : OTHER;
}

static size_t count(const struct row *r, size_t i, size_t end,
	int (*wanted)(const struct row *, size_t))
{
	size_t n = 0;

	for (i = next_of(r, i, end, wanted); i < end; i = next_of(r, i + 1, end, wanted))
		n++;
	return n;
}

unsigned row_small_edits(const struct row *b, const struct row *h, const struct hunk *k)
{
	static const unsigned article[] = { 0, AMTS_SMALL_CASE, AMTS_SMALL_ARTICLE };
	static const unsigned word[] = { 0, AMTS_SMALL_CASE, AMTS_SMALL_TYPO };
	enum likeness words = compare(b, h, k, is_word);

	if (words == OTHER &&
		count(b, k->b0, k->b1, is_word) != count(h, k->h0, k->h1, is_word) &&
		row_same_english(b, h, k))
		return AMTS_SMALL_WORDING;
	return article[compare(b, h, k, is_article)] | word[words] |
	       (compare(b, h, k, is_mark) == SAME ? 0 : AMTS_SMALL_PUNCTUATION);
}

static struct sentence block_sentence(
	struct amts_arena *arena, const struct amts_doc *doc, size_t i)
{
	struct sentence s = { doc, doc->v[i].text, NULL, 0 };
	struct amts_inline *v;

	amts_doc_inlines(&v, &s.ninl, arena, doc, &doc->v[i], s.at);
	s.inl = v;
	return s;
}

unsigned amts_small_edits_between(struct amts_arena *arena, const struct amts_doc *base,
	size_t i, const struct amts_doc *head, size_t j)
{
	struct sentence b, h;
	unsigned kinds;

	if (base->v[i].opaque || head->v[j].opaque ||
		base->v[i].kind != head->v[j].kind ||
		base->v[i].level != head->v[j].level)
		return 0;
	b = block_sentence(arena, base, i);
	h = block_sentence(arena, head, j);
	if (tokens_change(arena, &b, &h, &kinds) != CHANGE_SMALL)
		return 0;
	return kinds & SMALL_UNSURE ? 0 : kinds; /* only the translation can tell */
}
