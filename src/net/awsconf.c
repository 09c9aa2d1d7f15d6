#include "net/awsconf.h"

#include "base/alloc.h"
#include "base/chars.h"

#include <stdlib.h>
#include <string.h>

struct reader {
	struct amts_awsconf_entry *v; /* heap */
	size_t n, cap;
	struct amts_arena *arena;
	const char *file;
	size_t line;
	const char *section;
	int may_nest; /* the last line was "key =", with nothing after it */
	const char *parent;
};

/* What precedes a "#" or ";" that follows white space. */
static struct amts_str without_comment(struct amts_str s)
{
	size_t i;

	for (i = 1; i < s.n; i++)
		if ((s.p[i] == '#' || s.p[i] == ';') && amts_is_space(s.p[i - 1]))
			return amts_str_trim(amts_str_sub(s, 0, i));
	return s;
}

/* "[ profile  my dev ]" and "[profile "my dev"]" are "profile my dev". */
static int read_section(struct reader *r, struct amts_str line, struct amts_error *err)
{
	size_t end = amts_str_find(line, AMTS_STR("]"), 0), space;
	struct amts_str kind, name;

	if (end == line.n)
		return amts_fail(
			err, AMTS_EPARSE, "%s:%zu: ']' missing", r->file, r->line);
	kind = amts_str_trim(amts_str_sub(line, 1, end));
	for (space = 0; space < kind.n && !amts_is_space(kind.p[space]);)
		space++;
	name = amts_str_trim(amts_str_sub(kind, space, kind.n));
	kind = amts_str_sub(kind, 0, space);
	if (name.n > 1 && (name.p[0] == '"' || name.p[0] == '\'') &&
		name.p[name.n - 1] == name.p[0])
		name = amts_str_sub(name, 1, name.n - 1);
	r->section = amts_arena_fmt(r->arena, AMTS_STR_FMT "%s" AMTS_STR_FMT,
		AMTS_STR_ARG(kind), name.n ? " " : "", AMTS_STR_ARG(name))
			     .p;
	r->may_nest = 0;
	r->parent = NULL;
	return AMTS_OK;
}

static char *lower(struct amts_arena *arena, struct amts_str s)
{
	char *z = amts_arena_z(arena, s), *c;

	for (c = z; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
	return z;
}

static void add(struct reader *r, const char *key, struct amts_str value)
{
	struct amts_awsconf_entry e = { r->section, key, amts_arena_z(r->arena, value) };

	AMTS_VEC_PUSH(r->v, r->n, r->cap, e);
}

static int read_setting(
	struct reader *r, struct amts_str line, int nested, struct amts_error *err)
{
	size_t eq = amts_str_find(line, AMTS_STR("="), 0);
	struct amts_str value = amts_str_trim(amts_str_sub(line, eq + 1, line.n));
	const char *key = lower(r->arena, amts_str_trim(amts_str_sub(line, 0, eq)));

	if (eq == line.n || !*key)
		return amts_fail(
			err, AMTS_EPARSE, "%s:%zu: no setting", r->file, r->line);
	if (!r->section)
		return amts_fail(err, AMTS_EPARSE, "%s:%zu: a setting before any section",
			r->file, r->line);
	value = without_comment(value);
	if (value.n && (value.p[0] == '#' || value.p[0] == ';'))
		value.n = 0;
	if (nested)
		key = amts_arena_fmt(r->arena, "%s.%s", r->parent, key).p;
	else
		r->parent = key;
	add(r, key, value);
	r->may_nest = nested || !value.n;
	return AMTS_OK;
}

static int read_line(struct reader *r, struct amts_str raw, struct amts_error *err)
{
	int indented = raw.n && (raw.p[0] == ' ' || raw.p[0] == '\t');
	struct amts_str line = amts_str_trim(raw);

	if (!line.n || line.p[0] == '#' || line.p[0] == ';')
		return AMTS_OK;
	if (line.p[0] == '[' && !indented)
		return read_section(r, line, err);
	if (indented && r->parent && !r->may_nest)
		return AMTS_OK; /* goes on with a value that we have no use for */
	return read_setting(r, line, indented && r->may_nest, err);
}

int amts_awsconf_parse(struct amts_awsconf *out, struct amts_arena *arena,
	struct amts_str bytes, const char *file, struct amts_error *err)
{
	struct reader r = { .arena = arena, .file = file };
	size_t beg, end;
	int rc = AMTS_OK;

	if (amts_str_starts(bytes, AMTS_STR("\xef\xbb\xbf")))
		bytes = amts_str_sub(bytes, 3, bytes.n);
	for (beg = 0; !rc && beg < bytes.n; beg = end + 1) {
		end = amts_str_find(bytes, AMTS_STR("\n"), beg);
		r.line++;
		rc = read_line(&r, amts_str_sub(bytes, beg, end), err);
	}
	out->v = AMTS_NEW(arena, struct amts_awsconf_entry, r.n + 1);
	out->n = r.n;
	if (r.n)
		memcpy(out->v, r.v, r.n * sizeof(*r.v));
	free(r.v);
	return rc;
}

static int is_section(const char *section, const char *kind, const char *name)
{
	if (kind) {
		size_t n = strlen(kind);

		if (strncmp(section, kind, n) != 0 || section[n] != ' ')
			return 0;
		section += n + 1;
	}
	return !strcmp(section, name);
}

const char *amts_awsconf_get(const struct amts_awsconf *conf, const char *kind,
	const char *name, const char *key)
{
	size_t i;

	for (i = conf->n; i > 0; i--)
		if (!strcmp(conf->v[i - 1].key, key) &&
			is_section(conf->v[i - 1].section, kind, name))
			return conf->v[i - 1].value;
	return NULL;
}

/* One word from *p on; 0 for a quote left open. */
static int read_word(struct amts_buf *word, const char **p)
{
	char quote = 0;

	for (; **p && (quote || !amts_is_space(**p)); ++*p) {
		char c = **p;

		if (c == quote)
			quote = 0;
		else if (!quote && (c == '"' || c == '\''))
			quote = c;
		else if (c == '\\' && quote != '\'' && (*p)[1])
			amts_buf_addc(word, *++*p);
		else
			amts_buf_addc(word, c);
	}
	return !quote;
}

int amts_awsconf_words(const char *const **out, struct amts_arena *arena,
	const char *text, struct amts_error *err)
{
	const char **v = AMTS_NEW(arena, const char *, strlen(text) + 2);
	size_t n = 0;

	for (;;) {
		struct amts_buf word = AMTS_BUF_INIT;
		int closed;

		while (amts_is_space(*text))
			text++;
		if (!*text)
			break;
		closed = read_word(&word, &text);
		v[n++] = amts_arena_z(arena, amts_buf_str(&word));
		amts_buf_release(&word);
		if (!closed)
			return amts_fail(
				err, AMTS_EPARSE, "a quote is left open in a command");
	}
	*out = v;
	return AMTS_OK;
}
