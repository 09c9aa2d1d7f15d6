#include "text/english.h"

#include <string.h>

#define WORD_MAX 40 /* bytes of a word that has another spelling */
#define STEM_MAX 12 /* of a contraction */

/* ---- contractions -------------------------------------------------------------- */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
}

static int is_letter(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

static int is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static size_t apostrophe(struct amts_str s, size_t at)
{
	struct amts_str rest = amts_str_sub(s, at, s.n);

	if (amts_str_starts(rest, AMTS_STR("'")))
		return 1;
	return amts_str_starts(rest, AMTS_STR("’")) ? strlen("’") : 0;
}

static int is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(word, *list))
			return 1;
	return 0;
}

/* What the part behind the apostrophe stands for, by what stands before it; `other` is
 * its second meaning. */
static const char *written_out(const char *stem, const char *tail, int other)
{
	static const char *const subjects[] = { "i", "you", "he", "she", "it", "we",
		"they", "that", "there", "this", "who", "what", NULL };
	static const char *const is[] = { "he", "she", "it", "that", "there", "here",
		"what", "who", "where", "when", "how", "why", NULL };
	static const char *const not [] = { "is", "are", "was", "were", "do", "does",
		"did", "has", "have", "had", "could", "would", "should", "might", "must",
		"need", NULL };

	if (!strcmp(tail, "s") && !strcmp(stem, "let"))
		return " us";
	if (!strcmp(tail, "s") && is_one_of(stem, is))
		return other ? " has" : " is";
	if (!strcmp(tail, "m") && !strcmp(stem, "i"))
		return " am";
	if (!strcmp(tail, "t") && stem[0] && stem[strlen(stem) - 1] == 'n') {
		char verb[STEM_MAX + 1];

		memcpy(verb, stem, strlen(stem));
		verb[strlen(stem) - 1] = '\0';
		return is_one_of(verb, not ) || !strcmp(stem, "can") ||
				       !strcmp(stem, "won")
			       ? " not"
			       : NULL;
	}
	if (!is_one_of(stem, subjects))
		return NULL;
	return !strcmp(tail, "re")   ? " are"
	       : !strcmp(tail, "ve") ? " have"
	       : !strcmp(tail, "ll") ? " will"
	       : !strcmp(tail, "d")  ? (other ? " had" : " would")
				     : NULL;
}

/* The contraction at the beginning of s: its two parts, lower case, and its length. */
static size_t cut(char *stem, char *tail, struct amts_str s)
{
	size_t i, k, mark;

	for (i = 0; i < s.n && is_letter(s.p[i]) && !apostrophe(s, i); i++) {
		if (i == STEM_MAX)
			return 0;
		stem[i] = lower(s.p[i]);
	}
	stem[i] = '\0';
	mark = apostrophe(s, i);
	if (!i || !mark)
		return 0;
	for (i += mark, k = 0; k < 2 && i < s.n && is_letter(s.p[i]); k++)
		tail[k] = lower(s.p[i++]);
	tail[k] = '\0';
	return i < s.n && is_letter(s.p[i]) ? 0 : i;
}

size_t text_english_contraction(struct amts_str s)
{
	char stem[STEM_MAX + 1], tail[3];
	size_t n = cut(stem, tail, s);

	return n && written_out(stem, tail, 0) ? n : 0;
}

/* ---- spelling ------------------------------------------------------------------ */

static const struct {
	const char *from, *to;
} words[] = { { "cannot", "can not" }, { "grey", "gray" }, { "programme", "program" },
	{ "programmes", "programs" }, { "judgement", "judgment" },
	{ "judgements", "judgments" }, { "artefact", "artifact" },
	{ "artefacts", "artifacts" }, { "defence", "defense" }, { "offence", "offense" },
	{ "licence", "license" }, { "licences", "licenses" }, { "practise", "practice" },
	{ "practised", "practiced" }, { "practising", "practicing" },
	{ "sceptical", "skeptical" }, { "ageing", "aging" }, { "whilst", "while" },
	{ "amongst", "among" }, { "towards", "toward" }, { "afterwards", "afterward" },
	{ "backwards", "backward" }, { "forwards", "forward" }, { "upwards", "upward" },
	{ "downwards", "downward" }, { "learnt", "learned" }, { "spelt", "spelled" },
	{ "burnt", "burned" }, { "fulfil", "fulfill" }, { "skilful", "skillful" },
	{ "vs", "versus" }, { "ok", "okay" } };

/* British endings; at least `stem` letters stand before them, so that "four" and "for"
 * stay two words. */
static const struct {
	const char *from, *to;
	size_t stem;
} endings[] = { { "ise", "ize", 3 }, { "ised", "ized", 3 }, { "ises", "izes", 3 },
	{ "ising", "izing", 3 }, { "iser", "izer", 3 }, { "isers", "izers", 3 },
	{ "isation", "ization", 3 }, { "isations", "izations", 3 }, { "yse", "yze", 3 },
	{ "ysed", "yzed", 3 }, { "ysing", "yzing", 3 }, { "tre", "ter", 2 },
	{ "tres", "ters", 2 }, { "tred", "tered", 2 }, { "bre", "ber", 2 },
	{ "bres", "bers", 2 }, { "ogue", "og", 3 }, { "ogues", "ogs", 3 } };

/* The end of what has one spelling, or 0. */
static size_t ends_with(const char *w, size_t n, const char *ending)
{
	size_t k = strlen(ending);

	return n > k && !memcmp(w + n - k, ending, k) ? n - k : 0;
}

static int is_vowel(char c)
{
	return c && strchr("aeiouy", c) != NULL;
}

/* "labelled" is "labeled", but "filled" is not "filed": two syllables before it. */
static size_t doubled_l(const char *w, size_t n)
{
	static const char *const tails[] = { "lled", "lling", "ller", "llers", "llable" };
	size_t i, k, at = 0, groups = 0;

	for (i = 0; i < sizeof(tails) / sizeof(*tails) && !at; i++)
		at = ends_with(w, n, tails[i]);
	for (k = 0; k < at; k++)
		groups += is_vowel(w[k]) && (!k || !is_vowel(w[k - 1]));
	return groups > 1 ? at : 0;
}

static void put_spelling(struct amts_buf *out, const char *w, size_t n)
{
	size_t i, at;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (n == strlen(words[i].from) && !memcmp(w, words[i].from, n)) {
			amts_buf_addz(out, words[i].to);
			return;
		}
	for (i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		at = ends_with(w, n, endings[i].from);
		if (at < endings[i].stem)
			continue;
		amts_buf_add(out, (struct amts_str){ w, at });
		amts_buf_addz(out, endings[i].to);
		return;
	}
	at = doubled_l(w, n);
	for (i = 0; i < n; i++) {
		if (i > 1 && n - i >= 3 && !memcmp(w + i, "our", 3)) {
			amts_buf_addz(out, "or");
			i += 2;
		} else if (!at || i != at) {
			amts_buf_addc(out, w[i]);
		}
	}
}

/* ---- runs ---------------------------------------------------------------------- */

static int is_capitals(struct amts_str s)
{
	size_t i;

	for (i = 0; i < s.n && is_capital(s.p[i]); i++)
		;
	return i == s.n && s.n > 1;
}

static void put_plain(struct amts_buf *out, struct amts_str s)
{
	char w[WORD_MAX];
	size_t i;

	amts_buf_addc(out, ' ');
	if (s.n > WORD_MAX || is_capitals(s)) {
		amts_buf_add(out, s);
		return;
	}
	for (i = 0; i < s.n; i++)
		w[i] = lower(s.p[i]);
	put_spelling(out, w, s.n);
}

/* "e.g" is two letters here. */
static void put_word(struct amts_buf *out, struct amts_str s, int other)
{
	char stem[STEM_MAX + 1], tail[3];
	const char *rest =
		s.n && cut(stem, tail, s) == s.n ? written_out(stem, tail, other) : NULL;
	size_t beg, end;

	if (rest) {
		if (!strcmp(stem, "won"))
			amts_buf_addz(out, " will");
		else
			amts_buf_addf(out, " %.*s",
				(int)strlen(stem) -
					(!strcmp(tail, "t") && strcmp(stem, "can")),
				stem);
		amts_buf_addz(out, rest);
		return;
	}
	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR("."), beg);
		if (end > beg)
			put_plain(out, amts_str_sub(s, beg, end));
	}
}

static void replace(struct amts_buf *out, struct amts_str s)
{
	static const struct {
		const char *from, *to;
	} phrases[] = { { " e g ", " for example " }, { " i e ", " " },
		{ " w r t ", " with respect to " }, { " a ", " " }, { " an ", " " },
		{ " the ", " " }, { " that ", " " }, { " to ", " " }, { " is ", " " },
		{ " are ", " " }, { " be ", " " } };
	size_t i, k, n;

	for (i = 0; i < s.n; i += n) {
		n = 1;
		for (k = 0; k < sizeof(phrases) / sizeof(*phrases); k++)
			if (amts_str_starts(
				    amts_str_sub(s, i, s.n), amts_str_z(phrases[k].from)))
				break;
		if (k == sizeof(phrases) / sizeof(*phrases)) {
			amts_buf_addc(out, s.p[i]);
			continue;
		}
		/* the last space begins the next word */
		n = strlen(phrases[k].from) - 1;
		amts_buf_add(out,
			(struct amts_str){ phrases[k].to, strlen(phrases[k].to) - 1 });
	}
}

static void write_run(struct amts_buf *out, const struct amts_str *v, size_t n, int other)
{
	struct amts_buf raw = AMTS_BUF_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		put_word(&raw, v[i], other);
	amts_buf_addc(&raw, ' ');
	replace(out, amts_buf_str(&raw));
	amts_buf_release(&raw);
}

int text_english_same(
	const struct amts_str *a, size_t na, const struct amts_str *b, size_t nb)
{
	int i, same = 0;

	for (i = 0; i < 4 && !same; i++) {
		struct amts_buf x = AMTS_BUF_INIT, y = AMTS_BUF_INIT;

		write_run(&x, a, na, i & 1);
		write_run(&y, b, nb, i >> 1);
		same = amts_str_eq(amts_buf_str(&x), amts_buf_str(&y));
		amts_buf_release(&x);
		amts_buf_release(&y);
	}
	return same;
}
