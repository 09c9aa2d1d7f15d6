/* Front matter: YAML between --- or TOML between +++ at the very start. */
#include "md/lines.h"
#include "md/parser.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Keys whose value is shown to readers (Hugo, Jekyll, Docusaurus, VitePress). */
static const char *const text_keys[] = { "title", "description", "subtitle", "summary",
	"linktitle", "link_title", "sidebar_label", "sidebartitle", "heading", "tagline",
	"excerpt", "abstract", "shorttitle", "lead" };

struct front {
	struct amts_str in;
	char fence;	       /* '-' or '+' */
	size_t beg, end, next; /* the line */
};

static int next_line(struct front *f)
{
	f->beg = f->next;
	if (f->beg >= f->in.n)
		return 0;
	f->next = md_line_end(f->in, f->beg, &f->end);
	return 1;
}

static struct amts_str body(const struct front *f)
{
	return amts_str_sub(f->in, f->beg, md_trim_end(f->in, f->beg, f->end));
}

static int is_fence(const struct front *f)
{
	struct amts_str s = body(f);

	return s.n == 3 && s.p[0] == f->fence && s.p[1] == f->fence && s.p[2] == f->fence;
}

/* Offset after the key and its ':' or '=' at the start of the line; 0 if there is none.
 */
static size_t key_end(const struct front *f, struct amts_str *key)
{
	struct amts_str s = body(f);
	size_t i = 0;

	while (i < s.n && (isalnum((unsigned char)s.p[i]) || strchr("_-.\"'", s.p[i])) &&
		s.p[i])
		i++;
	*key = amts_str_sub(s, 0, i);
	i = md_skip_blanks(s, i);
	if (!key->n || i >= s.n || s.p[i] != (f->fence == '-' ? ':' : '='))
		return 0;
	i++;
	return f->fence == '-' && i < s.n && s.p[i] != ' ' && s.p[i] != '\t' ? 0
									     : f->beg + i;
}

/* What may stand between the fences at the start of a line, other than a key. */
static int is_other_line(const struct front *f)
{
	struct amts_str s = body(f);

	return !s.n || strchr("# \t-[]{}\"'", s.p[0]);
}

/* 1 if everything up to a closing fence looks like keys and values: a document may also
 * just start with a rule. */
static int is_front_matter(struct front f)
{
	struct amts_str key;
	size_t keys = 0;

	while (next_line(&f)) {
		if (is_fence(&f))
			return keys > 0;
		if (key_end(&f, &key))
			keys++;
		else if (!is_other_line(&f))
			return 0;
	}
	return 0;
}

static int is_text_key(struct amts_str key)
{
	size_t i;

	for (i = 0; i < sizeof(text_keys) / sizeof(*text_keys); i++)
		if (strlen(text_keys[i]) == key.n &&
			!strncasecmp(text_keys[i], key.p, key.n))
			return 1;
	return 0;
}

/* The value in [beg, end): without quotes, or the lines of a block scalar ("|", ">-"). */
static struct amts_span value(struct amts_str in, size_t beg, size_t end)
{
	struct amts_str s = amts_str_sub(in, 0, end);

	beg = md_skip_blanks(s, beg);
	end = md_trim_end(s, beg, end);
	if (beg < end && strchr("|>", in.p[beg]) && in.p[beg]) {
		while (beg < end && in.p[beg] != '\n' && in.p[beg] != '\r')
			beg++;
		while (beg < end && strchr(" \t\r\n", in.p[beg]))
			beg++;
	} else if (end - beg >= 2 && strchr("\"'", in.p[beg]) &&
		   in.p[end - 1] == in.p[beg]) {
		beg++;
		end--;
	}
	return (struct amts_span){ beg, end };
}

static void emit_fence(struct md_parser *p, const struct front *f)
{
	md_emit(p, &(struct md_emit){ .kind = AMTS_BLOCK_FRONT_MATTER,
			   .beg = f->beg,
			   .next = f->next,
			   .content = { f->beg, f->end } });
}

/* The entry that starts on the line of f, with its further lines; moves f to its last
 * one. */
static void emit_entry(struct md_parser *p, struct front *f)
{
	struct md_emit e = { .kind = AMTS_BLOCK_FRONT_MATTER, .beg = f->beg };
	struct amts_str key, other;
	size_t colon = key_end(f, &key);
	struct front ahead = *f;

	while (next_line(&ahead) && !is_fence(&ahead) && !key_end(&ahead, &other))
		if (body(&ahead).n) /* empty lines are of the entry only between its lines
				     */
			*f = ahead;
	e.next = f->next;
	e.content = (struct amts_span){ e.beg, md_trim_end(f->in, e.beg, f->end) };
	if (colon && is_text_key(key))
		e.text = value(f->in, colon, e.content.end);
	md_emit(p, &e);
}

void md_front_matter(struct md_parser *p)
{
	struct front f = { .in = p->in, .next = p->next };

	if (!next_line(&f) || !strchr("-+", f.in.p[f.beg]) || !f.in.p[f.beg])
		return;
	f.fence = f.in.p[f.beg];
	if (!is_fence(&f) || !is_front_matter(f))
		return;
	p->doc->dialects |= AMTS_DIALECT_FRONT_MATTER;
	emit_fence(p, &f);
	while (next_line(&f) && !is_fence(&f))
		if (body(&f).n)
			emit_entry(p, &f);
	emit_fence(p, &f);
	p->next = f.next;
}
