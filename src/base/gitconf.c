#include "base/gitconf.h"

#include <string.h>

/* Locale has no say in a file format. */
static int is_alpha(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int is_word(int c)
{
	return is_alpha(c) || (c >= '0' && c <= '9') || c == '-';
}

static int is_blank(int c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}

static char lower(int c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

struct parser {
	struct amts_arena *arena;
	struct amts_str in;
	const char *file;
	size_t at, line;
	struct amts_buf section; /* with the final '.' once a header was read */
	struct amts_buf text;	 /* key or value being read */
	amts_gitconf_fn *fn;
	void *payload;
};

/* Next byte, CRLF read as LF; -1 at the end. */
static int peek(struct parser *p)
{
	if (p->at >= p->in.n)
		return -1;
	if (p->in.p[p->at] == '\r' && p->at + 1 < p->in.n && p->in.p[p->at + 1] == '\n')
		return '\n';
	return (unsigned char)p->in.p[p->at];
}

static int next(struct parser *p)
{
	int c = peek(p);

	if (c < 0)
		return c;
	p->at += p->in.p[p->at] == '\r' && c == '\n' ? 2 : 1;
	p->line += c == '\n';
	return c;
}

static int bad(struct parser *p, size_t line, const char *what, struct amts_error *err)
{
	return amts_fail(err, AMTS_EPARSE, "%s:%zu: %s", p->file, line, what);
}

static void skip_line(struct parser *p)
{
	int c;

	do {
		c = next(p);
	} while (c >= 0 && c != '\n');
}

/* After the opening quote of [section "sub"]. */
static int subsection(struct parser *p, struct amts_error *err)
{
	size_t line = p->line;
	int c;

	while ((c = next(p)) != '"') {
		if (c == '\\')
			c = next(p);
		if (c < 0 || c == '\n')
			return bad(p, line, "unfinished section name", err);
		amts_buf_addc(&p->section, (char)c);
	}
	if (next(p) != ']')
		return bad(p, line, "']' missing after section name", err);
	amts_buf_addc(&p->section, '.');
	return AMTS_OK;
}

static int section(struct parser *p, struct amts_error *err)
{
	size_t line = p->line;
	int c;

	amts_buf_reset(&p->section);
	while (is_word(c = next(p)) || c == '.')
		amts_buf_addc(&p->section, lower(c));
	if (!p->section.n)
		return bad(p, line, "bad section name", err);
	if (c == ']') {
		amts_buf_addc(&p->section, '.');
		return AMTS_OK;
	}
	if (!is_blank(c))
		return bad(p, line, "bad section name", err);
	while (is_blank(c))
		c = next(p);
	if (c != '"')
		return bad(p, line, "bad section name", err);
	amts_buf_addc(&p->section, '.');
	return subsection(p, err);
}

static int escape(struct parser *p, size_t line, struct amts_error *err)
{
	static const char from[] = "tbn\"\\", to[] = "\t\b\n\"\\";
	int c = next(p);
	const char *at;

	if (c < 0 || c == '\n')
		return AMTS_OK;
	at = c > 0 ? strchr(from, c) : NULL;
	if (!at)
		return bad(p, line, "bad escape in value", err);
	amts_buf_addc(&p->text, to[at - from]);
	return AMTS_OK;
}

/* What follows '='.  White space around a value goes, within it stays. */
static int value(struct parser *p, struct amts_error *err)
{
	size_t line = p->line, keep = 0;
	int c, quoted = 0, rc;

	amts_buf_reset(&p->text);
	while ((c = next(p)) >= 0 && (c != '\n' || quoted)) {
		if (c == '\n')
			return bad(p, line, "unfinished quote in value", err);
		if (!quoted && (c == '#' || c == ';')) {
			skip_line(p);
			break;
		}
		if (!quoted && is_blank(c)) {
			if (p->text.n)
				amts_buf_addc(&p->text, (char)c);
			continue;
		}
		if (c == '"') {
			quoted = !quoted;
		} else if (c != '\\') {
			amts_buf_addc(&p->text, (char)c);
		} else if ((rc = escape(p, line, err))) {
			return rc;
		}
		keep = p->text.n;
	}
	if (quoted)
		return bad(p, line, "unfinished quote in value", err);
	p->text.n = keep;
	p->text.p[keep] = '\0';
	return AMTS_OK;
}

static int entry(struct parser *p, struct amts_error *err)
{
	struct amts_gitconf_entry e = { NULL, NULL, p->file, p->line };
	int rc;

	if (!p->section.n)
		return bad(p, p->line, "key outside of a section", err);
	if (!is_alpha(peek(p)))
		return bad(p, p->line, "bad line", err);
	amts_buf_reset(&p->text);
	while (is_word(peek(p)))
		amts_buf_addc(&p->text, lower(next(p)));
	e.key = amts_arena_fmt(p->arena, "%s%s", p->section.p, p->text.p).p;
	while (is_blank(peek(p)))
		next(p);
	if (peek(p) == '=') {
		next(p);
		rc = value(p, err);
		if (rc)
			return rc;
		e.value = amts_arena_str(p->arena, amts_buf_str(&p->text)).p;
	} else if (peek(p) == '#' || peek(p) == ';') {
		skip_line(p);
	} else if (peek(p) >= 0 && next(p) != '\n') {
		return bad(p, e.line, "'=' missing after key", err);
	}
	return p->fn(&e, p->payload, err);
}

static int parse(struct parser *p, struct amts_error *err)
{
	int rc = AMTS_OK;

	if (amts_str_starts(p->in, AMTS_STR("\xef\xbb\xbf")))
		p->at = 3;
	while (!rc && p->at < p->in.n) {
		int c = peek(p);

		if (c == '\n' || is_blank(c)) {
			next(p);
		} else if (c == '#' || c == ';') {
			skip_line(p);
		} else if (c == '[') {
			next(p);
			rc = section(p, err);
		} else {
			rc = entry(p, err);
		}
	}
	return rc;
}

int amts_gitconf_parse(struct amts_arena *arena, struct amts_str bytes, const char *file,
	amts_gitconf_fn *fn, void *payload, struct amts_error *err)
{
	struct parser p = { .arena = arena,
		.in = bytes,
		.file = file,
		.line = 1,
		.section = AMTS_BUF_INIT,
		.text = AMTS_BUF_INIT,
		.fn = fn,
		.payload = payload };
	size_t i, line = 1;
	int rc;

	for (i = 0; i < bytes.n; i++) {
		line += bytes.p[i] == '\n';
		if (!bytes.p[i])
			return bad(&p, line, "NUL byte", err);
	}
	rc = parse(&p, err);
	amts_buf_release(&p.section);
	amts_buf_release(&p.text);
	return rc;
}

int amts_gitconf_key(const char **out, struct amts_arena *arena, struct amts_str key,
	struct amts_error *err)
{
	size_t first = amts_str_find(key, AMTS_STR("."), 0), last = key.n, i;
	char *copy = amts_arena_z(arena, key);

	while (last && key.p[last - 1] != '.')
		last--;
	if (!first || first == key.n || last == key.n || !is_alpha(key.p[last]))
		return amts_fail(err, AMTS_EUSAGE, "not a configuration key: '%s'", copy);
	for (i = 0; i < key.n; i++) {
		if (i > first && i < last - 1)
			continue;
		if (!is_word(key.p[i]) && key.p[i] != '.')
			return amts_fail(
				err, AMTS_EUSAGE, "not a configuration key: '%s'", copy);
		copy[i] = lower(key.p[i]);
	}
	*out = copy;
	return AMTS_OK;
}

/* One word as the shell would quote it: 'it'\''s'. */
static const char *unquote(struct amts_buf *out, const char *s)
{
	amts_buf_reset(out);
	if (*s++ != '\'')
		return NULL;
	for (;;) {
		while (*s && *s != '\'')
			amts_buf_addc(out, *s++);
		if (!*s++)
			return NULL;
		if (s[0] != '\\' || (s[1] != '\'' && s[1] != '!') || s[2] != '\'')
			return s;
		amts_buf_addc(out, s[1]);
		s += 3;
	}
}

/* One setting; *text moves behind it. */
static int parameter(struct amts_gitconf_entry *e, struct amts_arena *arena,
	const char **text, struct amts_buf *word, struct amts_error *err)
{
	struct amts_str key;
	const char *s = unquote(word, *text);
	size_t eq;

	if (!s)
		return amts_fail(err, AMTS_EPARSE, "bad GIT_CONFIG_PARAMETERS");
	key = amts_arena_str(arena, amts_buf_str(word));
	if (*s == '=') {
		s++; /* and nothing more: a bare key */
		if (*s == '\'') {
			s = unquote(word, s);
			if (!s)
				return amts_fail(
					err, AMTS_EPARSE, "bad GIT_CONFIG_PARAMETERS");
			e->value = amts_arena_str(arena, amts_buf_str(word)).p;
		} else if (*s && *s != ' ') {
			return amts_fail(err, AMTS_EPARSE, "bad GIT_CONFIG_PARAMETERS");
		}
	} else if ((eq = amts_str_find(key, AMTS_STR("="), 0)) < key.n) {
		e->value = key.p + eq + 1;
		key.n = eq;
	}
	*text = s;
	return amts_gitconf_key(&e->key, arena, key, err);
}

int amts_gitconf_parameters(struct amts_arena *arena, const char *text,
	amts_gitconf_fn *fn, void *payload, struct amts_error *err)
{
	struct amts_buf word = AMTS_BUF_INIT;
	int rc = AMTS_OK;

	while (!rc) {
		struct amts_gitconf_entry e = { NULL, NULL, "command line", 0 };

		while (*text == ' ')
			text++;
		if (!*text)
			break;
		rc = parameter(&e, arena, &text, &word, err);
		if (!rc)
			rc = fn(&e, payload, err);
	}
	amts_buf_release(&word);
	return rc;
}
