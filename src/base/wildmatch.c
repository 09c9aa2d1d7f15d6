#include "base/wildmatch.h"

#include <ctype.h>
#include <string.h>

#define MAX_PATTERN 1024

/* A pattern as a row of tokens; a set of positions in it is run over the path. */
enum token_kind {
	LITERAL,
	ANY,  /* one byte but '/' */
	SET,  /* [...] */
	STAR, /* any bytes but '/' */
	ALL,  /* any bytes */
	MAYBE /* what follows, ALL and a '/', may be left out */
};

struct token {
	enum token_kind kind;
	unsigned char byte;
	struct amts_str set; /* between the brackets */
};

struct program {
	struct token v[MAX_PATTERN + 8];
	size_t n;
};

/* Offset of the ']' that closes the bracket before at; pattern.n when there is none. */
static size_t set_end(struct amts_str s, size_t at)
{
	if (at < s.n && (s.p[at] == '!' || s.p[at] == '^'))
		at++;
	if (at < s.n && s.p[at] == ']')
		at++;
	while (at < s.n && s.p[at] != ']') {
		if (s.p[at] == '\\')
			at++;
		else if (s.p[at] == '[' && at + 1 < s.n && s.p[at + 1] == ':')
			at = amts_str_find(s, AMTS_STR(":]"), at + 2) + 1;
		at++;
	}
	return at < s.n ? at : s.n;
}

static int in_class(struct amts_str name, int c)
{
	static const struct {
		const char *name;
		int (*is)(int);
	} classes[] = { { "alnum", isalnum }, { "alpha", isalpha }, { "blank", isblank },
		{ "cntrl", iscntrl }, { "digit", isdigit }, { "graph", isgraph },
		{ "lower", islower }, { "print", isprint }, { "punct", ispunct },
		{ "space", isspace }, { "upper", isupper }, { "xdigit", isxdigit } };
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (amts_str_eq(name, amts_str_z(classes[i].name)))
			return c < 0x80 && classes[i].is(c);
	return 0;
}

static unsigned char set_byte(struct amts_str s, size_t *i)
{
	if (s.p[*i] == '\\' && *i + 1 < s.n)
		++*i;
	return (unsigned char)s.p[(*i)++];
}

static int in_set(struct amts_str s, int c)
{
	size_t i = s.n && (s.p[0] == '!' || s.p[0] == '^'), end;
	int negated = i == 1, found = 0;

	while (i < s.n) {
		unsigned char lo, hi;

		end = i + 1 < s.n && s.p[i] == '[' && s.p[i + 1] == ':'
			      ? amts_str_find(s, AMTS_STR(":]"), i + 2)
			      : s.n;
		if (end < s.n) {
			found |= in_class(amts_str_sub(s, i + 2, end), c);
			i = end + 2;
			continue;
		}
		lo = hi = set_byte(s, &i);
		if (i + 1 < s.n && s.p[i] == '-') {
			i++;
			hi = set_byte(s, &i);
		}
		found |= c >= lo && c <= hi;
	}
	return c != '/' && found != negated;
}

static void emit(struct program *prog, enum token_kind kind, int byte)
{
	prog->v[prog->n++] = (struct token){ kind, (unsigned char)byte, { NULL, 0 } };
}

/* At "*": the run of stars, special when it is a whole path component. */
static size_t compile_stars(struct program *prog, struct amts_str s, size_t i)
{
	size_t beg = i;

	while (i < s.n && s.p[i] == '*')
		i++;
	if (i - beg < 2 || (beg && s.p[beg - 1] != '/') || (i < s.n && s.p[i] != '/')) {
		emit(prog, STAR, 0);
		return i;
	}
	if (i == s.n) {
		emit(prog, ALL, 0);
		return i;
	}
	emit(prog, MAYBE, 0);
	emit(prog, ALL, 0);
	emit(prog, LITERAL, '/');
	return i + 1;
}

static void compile(struct program *prog, struct amts_str s)
{
	size_t i = 0;

	while (i < s.n) {
		int c = (unsigned char)s.p[i++];

		if (c == '*') {
			i = compile_stars(prog, s, i - 1);
		} else if (c == '?') {
			emit(prog, ANY, 0);
		} else if (c == '[') {
			emit(prog, SET, 0);
			prog->v[prog->n - 1].set = amts_str_sub(s, i, set_end(s, i));
			i = set_end(s, i) + 1;
		} else {
			if (c == '\\' && i < s.n)
				c = (unsigned char)s.p[i++];
			emit(prog, LITERAL, c);
		}
	}
}

static int takes(const struct token *t, int c)
{
	switch (t->kind) {
	case LITERAL:
		return c == t->byte;
	case SET:
		return in_set(t->set, c);
	case ALL:
		return 1;
	case MAYBE:
		return 0;
	default:
		return c != '/';
	}
}

/* Positions reachable without a byte. */
static void close_over(const struct program *prog, unsigned char *on)
{
	size_t i;

	for (i = 0; i < prog->n; i++) {
		if (!on[i])
			continue;
		if (prog->v[i].kind == STAR || prog->v[i].kind == ALL ||
			prog->v[i].kind == MAYBE)
			on[i + 1] = 1;
		if (prog->v[i].kind == MAYBE)
			on[i + 3] = 1;
	}
}

/* Whole path, or a folder above it unless it stops at files. */
static int run(const struct program *prog, struct amts_str path, int folders_only)
{
	unsigned char a[MAX_PATTERN + 9] = { 1 }, b[MAX_PATTERN + 9], *on = a, *to = b,
				      *swap;
	size_t i, k;

	close_over(prog, on);
	for (k = 0; k < path.n; k++) {
		int c = (unsigned char)path.p[k];

		if (c == '/' && k && on[prog->n])
			return 1;
		memset(to, 0, prog->n + 1);
		for (i = 0; i < prog->n; i++) {
			if (!on[i] || !takes(&prog->v[i], c))
				continue;
			if (prog->v[i].kind == STAR || prog->v[i].kind == ALL)
				to[i] = 1;
			else
				to[i + 1] = 1;
		}
		close_over(prog, to);
		swap = on;
		on = to;
		to = swap;
	}
	return on[prog->n] && !folders_only;
}

int amts_wildmatch(struct amts_str pattern, struct amts_str path)
{
	struct program prog;
	int folders_only = pattern.n && pattern.p[pattern.n - 1] == '/';

	prog.n = 0;
	if (folders_only)
		pattern.n--;
	if (amts_str_find(pattern, AMTS_STR("/"), 0) == pattern.n) {
		emit(&prog, MAYBE, 0);
		emit(&prog, ALL, 0);
		emit(&prog, LITERAL, '/');
	}
	compile(&prog, amts_str_starts(pattern, AMTS_STR("/"))
			       ? amts_str_sub(pattern, 1, pattern.n)
			       : pattern);
	return run(&prog, path, folders_only);
}

int amts_wildmatch_check(struct amts_str pattern, struct amts_error *err)
{
	size_t i;

	if (pattern.n > MAX_PATTERN)
		return amts_fail(
			err, AMTS_EUSAGE, "pattern of over %d bytes", MAX_PATTERN);
	if (!pattern.n || pattern.p[0] == '!' || amts_str_eq(pattern, AMTS_STR("/")))
		return amts_fail(err, AMTS_EUSAGE, "not a pattern: '" AMTS_STR_FMT "'",
			AMTS_STR_ARG(pattern));
	for (i = 0; i < pattern.n; i++) {
		if (pattern.p[i] == '\\')
			i++;
		else if (pattern.p[i] == '[')
			i = set_end(pattern, i + 1);
		if (i == pattern.n)
			return amts_fail(err, AMTS_EUSAGE,
				"unfinished pattern: '" AMTS_STR_FMT "'",
				AMTS_STR_ARG(pattern));
	}
	return AMTS_OK;
}
