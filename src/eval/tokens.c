/*
 * The tokenizers of sacreBLEU 2.6.0 (those of mteval-v13a, mteval-v14 and Tercom).  Each
 * is a sequence of global substitutions, left to right and without overlap, one after
 * another; only where they put white space matters, and that depends on their order.
 */
#include "eval/tokens.h"

#include <stdlib.h>
#include <string.h>

#include "amts/text.h"
#include "base/alloc.h"

enum step {
	STEP_END,
	STEP_TRIM_END,
	STEP_TRIM,
	STEP_SKIPPED,	 /* "<skipped>" and "-\n" go, "\n" becomes a space */
	STEP_JOIN_LINES, /* "\n-" goes, "\n" becomes a space */
	STEP_ENTITIES,
	STEP_PAD,	 /* one space at both ends */
	STEP_APART,	 /* spaces around characters of class a */
	STEP_PAIR,	 /* ab of these classes: "a b " */
	STEP_PAIR_FRONT, /* ab of these classes: " a b" */
	STEP_POSSESSIVE, /* "'s " becomes " 's " */
	STEP_DROP	 /* characters of class a go */
};

/* not_num: the class a (of STEP_PAIR) or b (of STEP_PAIR_FRONT) is all but EVAL_NUM. */
struct eval_pass {
	enum step step;
	uint32_t a, b;
	int not_num;
};

#define WESTERN                                                                          \
	{ STEP_PAIR, EVAL_NUM, EVAL_MARK, 1 },                                           \
		{ STEP_PAIR_FRONT, EVAL_MARK, EVAL_NUM, 1 },                             \
	{                                                                                \
		STEP_PAIR, EVAL_NUM, EVAL_DASH, 0                                        \
	}

static const struct eval_pass passes_13a[] = {
	{ STEP_TRIM_END, 0, 0, 0 },
	{ STEP_SKIPPED, 0, 0, 0 },
	{ STEP_ENTITIES, 0, 0, 0 },
	{ STEP_PAD, 0, 0, 0 },
	{ STEP_APART, EVAL_APART, 0, 0 },
	WESTERN,
	{ STEP_END, 0, 0, 0 },
};

static const struct eval_pass passes_zh[] = {
	{ STEP_TRIM, 0, 0, 0 },
	{ STEP_APART, EVAL_APART, 0, 0 },
	WESTERN,
	{ STEP_END, 0, 0, 0 },
};

static const struct eval_pass passes_intl[] = {
	{ STEP_TRIM_END, 0, 0, 0 },
	{ STEP_PAIR, EVAL_NUM, EVAL_MARK, 1 },
	{ STEP_PAIR_FRONT, EVAL_MARK, EVAL_NUM, 1 },
	{ STEP_APART, EVAL_APART, 0, 0 },
	{ STEP_END, 0, 0, 0 },
};

static const struct eval_pass passes_char[] = {
	{ STEP_APART, EVAL_APART, 0, 0 },
	{ STEP_END, 0, 0, 0 },
};

static const struct eval_pass passes_none[] = { { STEP_END, 0, 0, 0 } };

static const struct eval_pass passes_ter[] = {
	{ STEP_TRIM_END, 0, 0, 0 },
	{ STEP_DROP, EVAL_DROP, 0, 0 },
	{ STEP_END, 0, 0, 0 },
};

static const struct eval_pass passes_ter_normalized[] = {
	{ STEP_TRIM_END, 0, 0, 0 },
	{ STEP_JOIN_LINES, 0, 0, 0 },
	{ STEP_ENTITIES, 0, 0, 0 },
	{ STEP_PAD, 0, 0, 0 },
	{ STEP_APART, EVAL_APART, 0, 0 },
	{ STEP_POSSESSIVE, 0, 0, 0 },
	WESTERN,
	{ STEP_APART, EVAL_WIDE, 0, 0 },
	{ STEP_DROP, EVAL_DROP, 0, 0 },
	{ STEP_END, 0, 0, 0 },
};

/* ---- classes ---- */

/*
 * tokenizer_zh.py's ranges.  Those it writes '\u20000'..'\u2a6d6' and
 * '\u2f800'..'\u2fa1d' are strings of two characters in Python; compared as strings they
 * take in U+2001..U+2A6D (dashes, quotation marks, arrows, mathematical signs) and not
 * the extension they mean.
 */
static const struct eval_range chinese[] = {
	{ 0x2001, 0x2a6d },
	{ 0x2e80, 0x2fdf },
	{ 0x2ff0, 0x303f },
	{ 0x3100, 0x312f },
	{ 0x31a0, 0x31ef },
	{ 0x3200, 0x4db5 },
	{ 0x4e00, 0x9fbb },
	{ 0xf900, 0xfa2d },
	{ 0xfa30, 0xfa6a },
	{ 0xfa70, 0xfad9 },
	{ 0xfe10, 0xfe1f },
	{ 0xfe30, 0xfe4f },
	{ 0xff00, 0xffef },
};

/* tokenizer_ter.py's ideographs (its "\u3200-\u3f22" is meant to end at U+32FF) and the
 * punctuation set with them. */
static const struct eval_range ter_wide[] = {
	{ 0x2e80, 0x2eff },
	{ 0x3001, 0x3002 },
	{ 0x3008, 0x3011 },
	{ 0x3014, 0x301f },
	{ 0x30fb, 0x30fb },
	{ 0x31c0, 0x31ef },
	{ 0x3200, 0x4dbf },
	{ 0x4e00, 0x9fff },
	{ 0xf900, 0xfaff },
	{ 0xfe30, 0xfe4f },
	{ 0xff01, 0xff02 },
	{ 0xff08, 0xff09 },
	{ 0xff0c, 0xff0c },
	{ 0xff0e, 0xff0e },
	{ 0xff1a, 0xff1b },
	{ 0xff1f, 0xff1f },
	{ 0xff61, 0xff65 },
};

static const struct eval_range ter_wide_punct[] = {
	{ 0x3001, 0x3002 },
	{ 0x3008, 0x3011 },
	{ 0x3014, 0x301f },
	{ 0x30fb, 0x30fb },
	{ 0xff01, 0xff02 },
	{ 0xff08, 0xff09 },
	{ 0xff0c, 0xff0c },
	{ 0xff0e, 0xff0e },
	{ 0xff1a, 0xff1b },
	{ 0xff1f, 0xff1f },
	{ 0xff61, 0xff65 },
};

#define IN(c, ranges) eval_in_ranges(c, ranges, sizeof(ranges) / sizeof(*(ranges)))

/* [{-~[-` -&(-+:-@/] of all three; that it sets spaces apart too changes nothing. */
static uint32_t class_western(uint32_t c)
{
	if (c >= 128)
		return eval_class_space(c);
	if (c >= '0' && c <= '9')
		return EVAL_NUM;
	if (c == '.' || c == ',')
		return EVAL_MARK;
	if (c == '-')
		return EVAL_DASH;
	if (c == '\n')
		return EVAL_SPACE | EVAL_ESCAPE;
	if (c == '&' || c == '<')
		return EVAL_APART | EVAL_ESCAPE;
	if ((c >= '{' && c <= '~') || (c >= '[' && c <= '`') || (c > ' ' && c <= '&') ||
		(c >= '(' && c <= '+') || (c >= ':' && c <= '@') || c == '/')
		return EVAL_APART;
	return eval_class_space(c);
}

static uint32_t class_zh(uint32_t c)
{
	if (c >= 0x4e00 && c <= 0x9fbb)
		return EVAL_APART;
	return class_western(c) | (IN(c, chinese) ? EVAL_APART : 0);
}

static uint32_t class_char(uint32_t c)
{
	return eval_class_space(c) | EVAL_APART;
}

static uint32_t class_intl(uint32_t c)
{
	switch (amts_char_group(c)) {
	case AMTS_CHAR_NUMBER:
		return EVAL_NUM;
	case AMTS_CHAR_PUNCT:
		return EVAL_MARK;
	case AMTS_CHAR_SYMBOL:
		return EVAL_APART;
	case AMTS_CHAR_OTHER:
		break;
	}
	return eval_class_space(c);
}

/* What chrF++ takes from the ends of words: string.punctuation of Python. */
static uint32_t class_chrf(uint32_t c)
{
	int letter = (c | 32) >= 'a' && (c | 32) <= 'z', digit = c >= '0' && c <= '9';

	return c > ' ' && c < 127 && !letter && !digit ? EVAL_MARK : eval_class_space(c);
}

static uint32_t class_ter_asian(uint32_t c)
{
	return class_western(c) | (IN(c, ter_wide) ? EVAL_WIDE : 0);
}

static uint32_t class_ter_no_punct(uint32_t c)
{
	return class_western(c) |
	       (c && c < 128 && strchr(".,?:;!\"()", (int)c) ? EVAL_DROP : 0);
}

static uint32_t class_ter_asian_no_punct(uint32_t c)
{
	return class_ter_asian(c) | class_ter_no_punct(c) |
	       (IN(c, ter_wide_punct) ? EVAL_DROP : 0);
}

/* ---- set-up ---- */

static void init_ter(struct eval_tokenizer *t, const struct amts_score_opts *o)
{
	t->passes = o->ter_normalized ? passes_ter_normalized : passes_ter;
	t->lowercase = !o->ter_cased;
	eval_classes_init(&t->classes, o->ter_asian && o->ter_no_punct
					       ? class_ter_asian_no_punct
				       : o->ter_asian	 ? class_ter_asian
				       : o->ter_no_punct ? class_ter_no_punct
							 : class_western);
}

void eval_tokenizer_init(struct eval_tokenizer *t, const struct amts_score_opts *opts)
{
	static const struct {
		const struct eval_pass *passes;
		uint32_t (*class_of)(uint32_t c);
	} bleu[] = {
		[AMTS_BLEU_13A] = { passes_13a, class_western },
		[AMTS_BLEU_ZH] = { passes_zh, class_zh },
		[AMTS_BLEU_CHAR] = { passes_char, class_char },
		[AMTS_BLEU_INTL] = { passes_intl, class_intl },
		[AMTS_BLEU_NONE] = { passes_none, eval_class_space },
	};

	memset(t, 0, sizeof(*t));
	t->lower = (struct amts_buf)AMTS_BUF_INIT;
	t->lowercase = opts->lowercase;
	switch (opts->metric) {
	case AMTS_BLEU:
		t->passes = bleu[opts->tokens].passes;
		eval_classes_init(&t->classes, bleu[opts->tokens].class_of);
		break;
	case AMTS_CHRF:
		t->passes = passes_none;
		eval_classes_init(&t->classes, class_chrf);
		break;
	case AMTS_TER:
		init_ter(t, opts);
		break;
	}
}

void eval_tokenizer_release(struct eval_tokenizer *t)
{
	free(t->line.v);
	free(t->spare.v);
	amts_buf_release(&t->lower);
}

/* ---- passes ---- */

#define BLANK (' ' | EVAL_SPACE)

/* Room in spare for a line with up to `more` characters beside each of its own. */
static uint32_t *begin(struct eval_tokenizer *t, size_t more)
{
	t->spare.n = 0;
	AMTS_VEC_ROOM(t->spare.v, t->spare.n, t->spare.cap, t->line.n * (1 + more) + 2);
	return t->spare.v;
}

/* What was written up to `end` of spare is the line now. */
static void finish(struct eval_tokenizer *t, const uint32_t *end)
{
	struct eval_chars made = t->spare;

	made.n = (size_t)(end - made.v);
	made.seen = t->line.seen;
	t->spare = t->line;
	t->line = made;
}

static void apart(struct eval_tokenizer *t, uint32_t class)
{
	const uint32_t *c = t->line.v, *end = c + t->line.n;
	uint32_t *out;

	if (!(t->line.seen & class))
		return;
	out = begin(t, 2);
	for (; c < end; c++) {
		if (*c & class) {
			*out++ = BLANK;
			*out++ = *c;
			*out++ = BLANK;
		} else {
			*out++ = *c;
		}
	}
	finish(t, out);
}

/* STEP_PAIR: flip_a, STEP_PAIR_FRONT: flip_b is the class bit whose absence is asked for.
 */
static void pair(struct eval_tokenizer *t, const struct eval_pass *pass)
{
	const uint32_t *c = t->line.v, *end = c + t->line.n;
	int front = pass->step == STEP_PAIR_FRONT;
	uint32_t flip_a = pass->not_num && !front ? pass->a : 0;
	uint32_t flip_b = pass->not_num && front ? pass->b : 0;
	uint32_t *out;

	if (!(t->line.seen & (front ? pass->a : pass->b)))
		return;
	out = begin(t, 1);
	for (; c < end; c++) {
		if (c + 1 < end && (c[0] ^ flip_a) & pass->a &&
			(c[1] ^ flip_b) & pass->b) {
			if (front)
				*out++ = BLANK;
			*out++ = *c++;
			*out++ = BLANK;
			*out++ = *c;
			if (!front)
				*out++ = BLANK;
		} else {
			*out++ = *c;
		}
	}
	finish(t, out);
}

static void pad(struct eval_tokenizer *t)
{
	uint32_t *out = begin(t, 0);

	out[0] = BLANK;
	memcpy(out + 1, t->line.v, t->line.n * sizeof(*out));
	out[t->line.n + 1] = BLANK;
	finish(t, out + t->line.n + 2);
}

static void drop(struct eval_tokenizer *t, uint32_t class)
{
	size_t n = 0;

	for (size_t i = 0; i < t->line.n; i++)
		if (!(t->line.v[i] & class))
			t->line.v[n++] = t->line.v[i];
	t->line.n = n;
}

static void possessive(struct eval_tokenizer *t)
{
	const uint32_t *c = t->line.v, *end = c + t->line.n;
	uint32_t *out = begin(t, 1);

	for (; c < end; c++) {
		if (*c == '\'' && c + 2 < end && c[1] == 's' && c[2] == BLANK)
			*out++ = BLANK;
		*out++ = *c;
	}
	finish(t, out);
}

/* Replace each `from` (ASCII) by the character `to`, by nothing if that is 0. */
static void replace(struct eval_tokenizer *t, const char *from, char to)
{
	const size_t len = strlen(from);
	struct eval_chars *line = &t->line;
	size_t n = 0, i = 0, k;

	while (i < line->n) {
		for (k = 0; k < len && i + k < line->n; k++)
			if ((line->v[i + k] & EVAL_CODE_POINT) != (unsigned char)from[k])
				break;
		if (k < len) {
			line->v[n++] = line->v[i++];
			continue;
		}
		if (to) {
			line->v[n] =
				(unsigned char)to | t->classes.ascii[(unsigned char)to];
			line->seen |= line->v[n++] & ~EVAL_CODE_POINT;
		}
		i += len;
	}
	line->n = n;
}

static void entities(struct eval_tokenizer *t)
{
	replace(t, "&quot;", '"');
	replace(t, "&amp;", '&');
	replace(t, "&lt;", '<');
	replace(t, "&gt;", '>');
}

static void escapes(struct eval_tokenizer *t, enum step step)
{
	if (!(t->line.seen & EVAL_ESCAPE))
		return;
	if (step == STEP_ENTITIES) {
		entities(t);
		return;
	}
	if (step == STEP_SKIPPED) {
		replace(t, "<skipped>", 0);
		replace(t, "-\n", 0);
	} else {
		replace(t, "\n-", 0);
	}
	replace(t, "\n", ' ');
}

static void run_pass(struct eval_tokenizer *t, const struct eval_pass *pass)
{
	switch (pass->step) {
	case STEP_END:
		break;
	case STEP_TRIM_END:
	case STEP_TRIM:
		eval_chars_trim(&t->line, pass->step == STEP_TRIM);
		break;
	case STEP_SKIPPED:
	case STEP_JOIN_LINES:
	case STEP_ENTITIES:
		escapes(t, pass->step);
		break;
	case STEP_PAD:
		pad(t);
		break;
	case STEP_APART:
		apart(t, pass->a);
		break;
	case STEP_PAIR:
	case STEP_PAIR_FRONT:
		pair(t, pass);
		break;
	case STEP_POSSESSIVE:
		possessive(t);
		break;
	case STEP_DROP:
		drop(t, pass->a);
		break;
	}
}

int eval_tokenize(struct eval_tokenizer *t, struct amts_str s, struct amts_error *err)
{
	if (t->lowercase) {
		int rc;

		amts_buf_reset(&t->lower);
		rc = amts_text_lower(&t->lower, s, err);
		if (rc)
			return rc;
		s = amts_buf_str(&t->lower);
	}
	eval_chars_of(&t->line, s, &t->classes);
	for (const struct eval_pass *p = t->passes; p->step != STEP_END; p++)
		run_pass(t, p);
	return AMTS_OK;
}
