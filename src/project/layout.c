#include "project/layout.h"

#include <string.h>
#include <strings.h>

static int bad_path(struct amts_str path, struct amts_error *err)
{
	return amts_fail(err, AMTS_EUSAGE,
		"not a path inside the repository: '" AMTS_STR_FMT "'",
		AMTS_STR_ARG(path));
}

int amts_path_check(struct amts_str path, struct amts_error *err)
{
	size_t beg = 0, end, i;

	for (i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < 0x20 || path.p[i] == 0x7f)
			return bad_path(path, err);
	do {
		struct amts_str part;

		end = amts_str_find(path, AMTS_STR("/"), beg);
		part = amts_str_sub(path, beg, end);
		if (!part.n || amts_str_eq(part, AMTS_STR(".")) ||
			amts_str_eq(part, AMTS_STR("..")) ||
			(part.n == 4 && !strncasecmp(part.p, ".git", 4)))
			return bad_path(path, err);
		beg = end + 1;
	} while (end < path.n);
	return AMTS_OK;
}

enum variable { LITERAL, PATH, DIR, NAME, EXT, LANG };

static const char *const names[] = { "", "{path}", "{dir}", "{name}", "{ext}", "{lang}" };

/* The next piece of a layout; *s moves behind it. */
static enum variable next_piece(struct amts_str *literal, struct amts_str *s)
{
	size_t end;
	int v;

	for (v = PATH; v <= LANG; v++) {
		if (amts_str_starts(*s, amts_str_z(names[v]))) {
			*s = amts_str_sub(*s, strlen(names[v]), s->n);
			return (enum variable)v;
		}
	}
	end = amts_str_find(*s, AMTS_STR("{"), 1);
	*literal = amts_str_sub(*s, 0, end);
	*s = amts_str_sub(*s, end, s->n);
	return LITERAL;
}

int amts_layout_check(const char *layout, struct amts_error *err)
{
	struct amts_str s = amts_str_z(layout), literal;
	int seen[LANG + 1] = { 0 };
	int rc = amts_path_check(s, err);

	while (!rc && s.n) {
		enum variable v = next_piece(&literal, &s);

		if (v == LITERAL && amts_str_find(literal, AMTS_STR("{"), 0) < literal.n)
			return amts_fail(err, AMTS_EUSAGE,
				"unknown variable in layout '%s'", layout);
		if (v != LITERAL && seen[v]++ && v != LANG)
			return amts_fail(err, AMTS_EUSAGE, "'%s' twice in layout '%s'",
				names[v], layout);
	}
	if (!rc && (seen[PATH] ? seen[DIR] || seen[NAME] || seen[EXT]
			       : !(seen[DIR] && seen[NAME] && seen[EXT])))
		rc = amts_fail(err, AMTS_EUSAGE,
			"layout '%s' needs {path}, or {dir} and {name} and {ext}",
			layout);
	return rc;
}

struct parts {
	struct amts_str v[LANG + 1];
};

static struct parts parts_of(struct amts_str document, const char *lang)
{
	size_t slash = document.n, dot = document.n;
	struct parts p;

	while (slash && document.p[slash - 1] != '/')
		slash--;
	while (dot > slash && document.p[dot - 1] != '.')
		dot--;
	dot = dot > slash + 1 ? dot - 1 : document.n; /* ".md" is a name */
	p.v[LITERAL] = AMTS_STR("");
	p.v[PATH] = document;
	p.v[DIR] = amts_str_sub(document, 0, slash ? slash - 1 : 0);
	p.v[NAME] = amts_str_sub(document, slash, dot);
	p.v[EXT] = amts_str_sub(document, dot, document.n);
	p.v[LANG] = amts_str_z(lang);
	return p;
}

struct amts_str amts_layout_expand(struct amts_arena *arena, const char *layout,
	const char *lang, struct amts_str document)
{
	struct amts_str s = amts_str_z(layout), piece, out;
	struct parts p = parts_of(document, lang);
	struct amts_buf b = AMTS_BUF_INIT;

	while (s.n) {
		enum variable v = next_piece(&piece, &s);

		if (v != LITERAL)
			piece = p.v[v];
		if (v == DIR && !piece.n && amts_str_starts(s, AMTS_STR("/")))
			s = amts_str_sub(s, 1, s.n);
		amts_buf_add(&b, piece);
	}
	out = amts_arena_str(arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return out;
}

#define MAX_PIECES 16
#define MAX_FILE 4096

struct matcher {
	struct amts_arena *arena;
	const char *layout, *lang;
	struct amts_str file, document;
	struct {
		enum variable v;
		struct amts_str literal;
	} pieces[MAX_PIECES];
	size_t n;
	struct amts_str found[LANG + 1];
};

/* All pieces have a value: does the document they name have this file? */
static int is_right(struct matcher *m)
{
	struct amts_str *f = m->found;

	if (f[PATH].n)
		m->document = f[PATH];
	else
		m->document = amts_arena_fmt(m->arena,
			AMTS_STR_FMT "%s" AMTS_STR_FMT AMTS_STR_FMT, AMTS_STR_ARG(f[DIR]),
			f[DIR].n ? "/" : "", AMTS_STR_ARG(f[NAME]), AMTS_STR_ARG(f[EXT]));
	return amts_str_eq(
		amts_layout_expand(m->arena, m->layout, m->lang, m->document), m->file);
}

static int match_from(struct matcher *m, size_t piece, size_t at);

static int match_fixed(struct matcher *m, size_t piece, size_t at, struct amts_str text)
{
	struct amts_str rest = amts_str_sub(m->file, at, m->file.n);

	return amts_str_starts(rest, text) && match_from(m, piece + 1, at + text.n);
}

/* An empty {dir} takes the '/' after it along. */
static int match_no_dir(struct matcher *m, size_t piece, size_t at)
{
	struct amts_str after =
		piece + 1 < m->n ? m->pieces[piece + 1].literal : AMTS_STR("");

	m->found[DIR] = AMTS_STR("");
	if (!amts_str_starts(after, AMTS_STR("/")))
		return match_from(m, piece + 1, at);
	after = amts_str_sub(after, 1, after.n);
	return match_fixed(m, piece + 1, at, after);
}

/* Depth is bounded by the pieces of a layout; each variable tries its ends, longest
 * first. */
static int match_from(struct matcher *m, size_t piece, size_t at)
{
	enum variable v;
	size_t end;

	if (piece == m->n)
		return at == m->file.n && is_right(m);
	v = m->pieces[piece].v;
	if (v == LITERAL || v == LANG)
		return match_fixed(m, piece, at,
			v == LANG ? amts_str_z(m->lang) : m->pieces[piece].literal);
	for (end = m->file.n; end > at; end--) {
		struct amts_str value = amts_str_sub(m->file, at, end);

		if (v == EXT && value.p[0] != '.')
			break;
		if ((v == NAME || v == EXT) && memchr(value.p, '/', value.n))
			continue;
		m->found[v] = value;
		if (match_from(m, piece + 1, end))
			return 1;
	}
	m->found[v] = AMTS_STR("");
	if (v == DIR)
		return match_no_dir(m, piece, at);
	return v == EXT && match_from(m, piece + 1, at);
}

int amts_layout_match(struct amts_str *document, struct amts_arena *arena,
	const char *layout, const char *lang, struct amts_str file)
{
	struct matcher m = {
		.arena = arena, .layout = layout, .lang = lang, .file = file
	};
	struct amts_str s = amts_str_z(layout);

	if (file.n > MAX_FILE)
		return 0;
	while (s.n && m.n < MAX_PIECES) {
		m.pieces[m.n].v = next_piece(&m.pieces[m.n].literal, &s);
		m.n++;
	}
	if (s.n || !match_from(&m, 0, 0))
		return 0;
	*document = amts_arena_str(arena, m.document);
	return 1;
}
