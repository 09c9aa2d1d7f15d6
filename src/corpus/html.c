/* A page as a stream of tags: no tree, no network. */
#include "corpus/html.h"
#include "amts/text.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)1 << 20)

enum element {
	BLOCK,
	INLINE,
	CONTENT, /* where the article is */
	DROPPED, /* a block that is not to be read */
	SKIPPED, /* the same inside a paragraph */
	BREAK
};

/* Sorted.  HTML Living Standard, sections 4.3 to 4.12; what is not here is a block. */
static const struct {
	const char *name;
	enum element is;
} elements[] = {
	{ "a", INLINE },
	{ "abbr", INLINE },
	{ "acronym", INLINE },
	{ "article", CONTENT },
	{ "aside", DROPPED },
	{ "audio", DROPPED },
	{ "b", INLINE },
	{ "bdi", INLINE },
	{ "bdo", INLINE },
	{ "big", INLINE },
	{ "br", BREAK },
	{ "button", DROPPED },
	{ "canvas", DROPPED },
	{ "cite", INLINE },
	{ "code", INLINE },
	{ "data", INLINE },
	{ "del", SKIPPED },
	{ "dfn", INLINE },
	{ "em", INLINE },
	{ "font", INLINE },
	{ "footer", DROPPED },
	{ "form", DROPPED },
	{ "head", DROPPED },
	{ "i", INLINE },
	{ "iframe", DROPPED },
	{ "img", INLINE },
	{ "ins", INLINE },
	{ "kbd", INLINE },
	{ "label", INLINE },
	{ "main", CONTENT },
	{ "mark", INLINE },
	{ "math", DROPPED },
	{ "nav", DROPPED },
	{ "noscript", DROPPED },
	{ "object", DROPPED },
	{ "pre", DROPPED },
	{ "q", INLINE },
	{ "rp", SKIPPED },
	{ "rt", SKIPPED },
	{ "ruby", INLINE },
	{ "s", INLINE },
	{ "samp", INLINE },
	{ "script", DROPPED },
	{ "select", DROPPED },
	{ "small", INLINE },
	{ "span", INLINE },
	{ "strike", INLINE },
	{ "strong", INLINE },
	{ "style", DROPPED },
	{ "sub", INLINE },
	{ "sup", INLINE },
	{ "svg", DROPPED },
	{ "template", DROPPED },
	{ "textarea", DROPPED },
	{ "time", INLINE },
	{ "tt", INLINE },
	{ "u", INLINE },
	{ "var", INLINE },
	{ "video", DROPPED },
	{ "wbr", INLINE },
};

struct page {
	struct amts_buf all,
		content;      /* paragraphs: of the page, of <main> and <article> */
	struct amts_buf text; /* of the paragraph at hand */
	size_t dropped;	      /* elements open since the first that is dropped */
	size_t in_content;
	int breaks; /* <br> one after the other */
};

static enum element element_of(const xmlChar *name)
{
	size_t lo = 0, hi = sizeof(elements) / sizeof(*elements);

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int order = strcmp((const char *)name, elements[mid].name);

		if (!order)
			return elements[mid].is;
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return BLOCK;
}

static int is_one_of(const char *s, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(s, *words))
			return 1;
	return 0;
}

/* Parts of the page that its attributes say are not its text. */
static int is_aside(const xmlChar **attributes)
{
	static const char *const roles[] = { "navigation", "banner", "contentinfo",
		"search", "complementary", "menu", "toolbar", NULL };
	size_t i;

	for (i = 0; attributes && attributes[i]; i += 2) {
		const char *name = (const char *)attributes[i];
		const char *value =
			attributes[i + 1] ? (const char *)attributes[i + 1] : "";

		if (!strcmp(name, "hidden") ||
			(!strcmp(name, "aria-hidden") && !strcmp(value, "true")) ||
			(!strcmp(name, "role") && is_one_of(value, roles)))
			return 1;
	}
	return 0;
}

static void end_paragraph(struct page *p)
{
	struct amts_str s = amts_str_trim(amts_buf_str(&p->text));

	if (s.n) {
		amts_buf_add(&p->all, s);
		amts_buf_addc(&p->all, '\n');
	}
	if (s.n && p->in_content) {
		amts_buf_add(&p->content, s);
		amts_buf_addc(&p->content, '\n');
	}
	amts_buf_reset(&p->text);
	p->breaks = 0;
}

static void add_blank(struct page *p)
{
	if (p->text.n && p->text.p[p->text.n - 1] != ' ')
		amts_buf_addc(&p->text, ' ');
}

static void on_start(void *payload, const xmlChar *name, const xmlChar **attributes)
{
	struct page *p = payload;
	enum element is = element_of(name);

	if (p->dropped || is == DROPPED || is == SKIPPED || is_aside(attributes)) {
		if (!p->dropped && is != INLINE && is != SKIPPED)
			end_paragraph(p);
		p->dropped++;
	} else if (is == BREAK) {
		add_blank(p);
		if (++p->breaks == 2)
			end_paragraph(p);
	} else if (is != INLINE) {
		end_paragraph(p);
		p->in_content += is == CONTENT;
	}
}

static void on_end(void *payload, const xmlChar *name)
{
	struct page *p = payload;
	enum element is = element_of(name);

	if (p->dropped) {
		p->dropped--;
	} else if (is == BLOCK || is == CONTENT) {
		end_paragraph(p);
		if (is == CONTENT && p->in_content)
			p->in_content--;
	}
}

static void on_text(void *payload, const xmlChar *text, int n)
{
	struct page *p = payload;
	const char *s = (const char *)text;
	int i, from = 0;

	if (p->dropped)
		return;
	for (i = 0; i < n; i++) {
		if ((unsigned char)s[i] > ' ') {
			p->breaks = 0;
			continue;
		}
		amts_buf_add(&p->text, (struct amts_str){ s + from, (size_t)(i - from) });
		add_blank(p);
		from = i + 1;
	}
	amts_buf_add(&p->text, (struct amts_str){ s + from, (size_t)(n - from) });
}

/* What is valid UTF-8 is UTF-8, whatever it says; else libxml2 finds out. */
static void parse(struct page *p, struct amts_str bytes)
{
	htmlSAXHandler sax = { .startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text };
	xmlCharEncoding encoding = amts_utf8_fault(bytes) == bytes.n
					   ? XML_CHAR_ENCODING_UTF8
					   : XML_CHAR_ENCODING_NONE;
	htmlParserCtxtPtr html =
		htmlCreatePushParserCtxt(&sax, p, NULL, 0, NULL, encoding);
	size_t at, n;

	if (!html)
		return;
	htmlCtxtUseOptions(html,
		HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
			HTML_PARSE_RECOVER |
			(encoding == XML_CHAR_ENCODING_UTF8 ? HTML_PARSE_IGNORE_ENC : 0));
	for (at = 0; at < bytes.n; at += n) {
		n = bytes.n - at < CHUNK ? bytes.n - at : CHUNK;
		htmlParseChunk(html, bytes.p + at, (int)n, 0);
	}
	htmlParseChunk(html, "", 0, 1);
	htmlFreeParserCtxt(html);
}

void html_paragraphs(struct amts_buf *out, struct amts_str bytes)
{
	struct page p = {
		.all = AMTS_BUF_INIT, .content = AMTS_BUF_INIT, .text = AMTS_BUF_INIT
	};

	parse(&p, bytes);
	end_paragraph(&p);
	amts_buf_add(out, amts_buf_str(p.content.n ? &p.content : &p.all));
	amts_buf_release(&p.all);
	amts_buf_release(&p.content);
	amts_buf_release(&p.text);
}
