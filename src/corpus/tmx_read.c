/* TMX, any version up to 1.4b, as a stream: no network, no entities, no document in
 * memory. */
#include "base/alloc.h"
#include "corpus/tmx.h"

#include <libxml/xmlreader.h>
#include <stdlib.h>
#include <string.h>

#define LANGUAGES 256 /* in one unit */
#define DEPTH 64      /* of elements */

/* One <tuv>. */
struct variant {
	char *lang;
	struct amts_pair pair; /* tgt: its text */
};

struct tmx {
	const struct bitext_reading *file;
	xmlTextReaderPtr xml;
	struct amts_error *err;
	struct amts_arena *arena; /* of the unit at hand */
	char srclang[64];	  /* of the header */
	char tu_srclang[64];
	int64_t tu_date;
	struct variant v[LANGUAGES];
	size_t n;
	struct tmx_tags tags;
	struct amts_buf text; /* of the element at hand */
};

static int fail_here(struct tmx *t, const char *what)
{
	return amts_fail(t->err, AMTS_EPARSE, "%s:%d: %s", t->file->name,
		xmlTextReaderGetParserLineNumber(t->xml), what);
}

/* libxml2's message, without its line end; the first one counts. */
static void on_error(void *payload, const xmlError *e)
{
	struct tmx *t = payload;
	const char *message = e->message ? e->message : "broken";

	if (e->level < XML_ERR_ERROR || t->err->code)
		return;
	amts_fail(t->err, AMTS_EPARSE, "%s:%d: %.*s", t->file->name, e->line,
		(int)strcspn(message, "\n"), message);
}

/* The next node: 1, 0 at the end, or a code. */
static int next_node(struct tmx *t)
{
	int rc = xmlTextReaderRead(t->xml);

	if (rc < 0 || t->err->code) {
		if (!t->err->code)
			return fail_here(t, "is no TMX");
		return t->err->code;
	}
	if (rc && xmlTextReaderNodeType(t->xml) == XML_READER_TYPE_ENTITY_REFERENCE)
		return fail_here(t, "holds an entity, which may not be");
	if (rc && xmlTextReaderDepth(t->xml) > DEPTH)
		return fail_here(t, "elements are nested too deeply");
	return rc;
}

static int is_element(struct tmx *t, const char *name)
{
	const xmlChar *here = xmlTextReaderConstLocalName(t->xml);

	return here && !strcmp((const char *)here, name);
}

static int is_text(int type)
{
	return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
	       type == XML_READER_TYPE_WHITESPACE ||
	       type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
}

static struct amts_str value(struct tmx *t)
{
	return amts_str_z((const char *)xmlTextReaderConstValue(t->xml));
}

/* An attribute in the unit's arena; "" when it is not there. */
static struct amts_str attribute(struct tmx *t, const char *name)
{
	xmlChar *v = xmlTextReaderGetAttribute(t->xml, (const xmlChar *)name);
	struct amts_str out = amts_arena_str(t->arena, amts_str_z((const char *)v));

	xmlFree(v);
	return out;
}

static void copy_attribute(char *out, size_t size, struct tmx *t, const char *name)
{
	struct amts_str s = attribute(t, name);

	if (s.n >= size)
		s.n = size - 1;
	memcpy(out, s.p, s.n);
	out[s.n] = '\0';
}

static int64_t date_here(struct tmx *t)
{
	int64_t date = bitext_date(attribute(t, "changedate"));

	return date ? date : bitext_date(attribute(t, "creationdate"));
}

/* All text in the element at hand, into t->text. */
static int read_text(struct tmx *t)
{
	int depth = xmlTextReaderDepth(t->xml), rc;

	amts_buf_reset(&t->text);
	if (xmlTextReaderIsEmptyElement(t->xml))
		return AMTS_OK;
	while ((rc = next_node(t)) == 1 && xmlTextReaderDepth(t->xml) > depth)
		if (is_text(xmlTextReaderNodeType(t->xml)))
			amts_buf_add(&t->text, value(t));
	return rc < 0 ? rc : AMTS_OK;
}

static int read_prop(struct tmx *t, struct amts_pair *p)
{
	struct amts_str type = attribute(t, "type"), s;
	int rc = read_text(t);

	if (rc)
		return rc;
	s = amts_str_trim(amts_buf_str(&t->text));
	if (amts_str_eq(type, AMTS_STR("file")))
		p->path = amts_arena_str(t->arena, s);
	else if (amts_str_eq(type, AMTS_STR("prev")))
		p->before = amts_arena_str(t->arena, s);
	else if (amts_str_eq(type, AMTS_STR("x-commit")))
		p->commit = amts_arena_str(t->arena, s);
	else if (amts_str_eq(type, AMTS_STR("x-score")))
		p->score = bitext_score(s);
	else if (amts_str_eq(type, AMTS_STR("x-draft")))
		p->draft = 1;
	return AMTS_OK;
}

/* Markup inside a segment: its content is what the tool that wrote it calls it. */
static int read_tag(struct tmx *t, struct amts_buf *out)
{
	struct tmx_tag tag = { .x = attribute(t, "x"), .i = attribute(t, "i") };
	unsigned id;
	int rc;

	tag.kind = is_element(t, "bpt")	  ? TMX_BEGIN
		   : is_element(t, "ept") ? TMX_END
					  : TMX_ALONE;
	if ((rc = read_text(t)))
		return rc;
	tag.content = amts_str_trim(amts_buf_str(&t->text));
	if (tag.content.n && bitext_holder(tag.content, 0, &id) == tag.content.n)
		amts_buf_add(out, tag.content);
	else
		tmx_tags_put(out, &t->tags, &tag);
	return AMTS_OK;
}

static int is_tag(struct tmx *t)
{
	return is_element(t, "ph") || is_element(t, "bpt") || is_element(t, "ept") ||
	       is_element(t, "it") || is_element(t, "ut");
}

/* Text with placeholders; <hi> only says how it looks. */
static int read_seg(struct tmx *t, struct variant *v)
{
	int depth = xmlTextReaderDepth(t->xml), rc = 1;
	struct amts_buf out = AMTS_BUF_INIT;

	tmx_tags_segment(&t->tags);
	if (!xmlTextReaderIsEmptyElement(t->xml))
		while ((rc = next_node(t)) == 1 && xmlTextReaderDepth(t->xml) > depth) {
			int type = xmlTextReaderNodeType(t->xml);

			if (is_text(type))
				amts_buf_add(&out, value(t));
			else if (type == XML_READER_TYPE_ELEMENT && is_tag(t) &&
				 (rc = read_tag(t, &out)))
				break;
		}
	if (rc >= 0)
		v->pair.tgt = amts_arena_str(t->arena, amts_buf_str(&out));
	amts_buf_release(&out);
	return rc < 0 ? rc : AMTS_OK;
}

static int read_variant(struct tmx *t, const struct amts_pair *unit)
{
	int depth = xmlTextReaderDepth(t->xml), rc = 1;
	struct amts_str lang = attribute(t, "xml:lang");
	struct variant *v = &t->v[t->n];
	int64_t date = date_here(t);

	if (!lang.n) /* as TMX 1.1 has it */
		lang = attribute(t, "lang");
	if (!lang.n)
		return fail_here(t, "a <tuv> without xml:lang");
	if (t->n == LANGUAGES)
		return fail_here(t, "a <tu> with too many languages");
	t->n++;
	v->lang = amts_arena_z(t->arena, lang);
	v->pair = *unit;
	v->pair.date = date ? date : t->tu_date;
	if (xmlTextReaderIsEmptyElement(t->xml))
		return AMTS_OK;
	while ((rc = next_node(t)) == 1 && xmlTextReaderDepth(t->xml) > depth) {
		if (xmlTextReaderNodeType(t->xml) != XML_READER_TYPE_ELEMENT)
			continue;
		rc = is_element(t, "seg")    ? read_seg(t, v)
		     : is_element(t, "prop") ? read_prop(t, &v->pair)
					     : AMTS_OK;
		if (rc)
			break;
	}
	return rc < 0 ? rc : AMTS_OK;
}

/* The variant to take for the source; t->n for none. */
static size_t source_of(const struct tmx *t)
{
	const char *want = t->file->src_lang ? t->file->src_lang
			   : *t->tu_srclang  ? t->tu_srclang
					     : t->srclang;
	size_t i;

	if (!*want || !strcmp(want, "*all*"))
		return 0;
	for (i = 0; i < t->n && !bitext_same_lang(t->v[i].lang, want); i++)
		;
	return i;
}

static int hand_on(struct tmx *t)
{
	size_t src = source_of(t), i;
	int rc = AMTS_OK;

	for (i = 0; i < t->n && src < t->n && !rc; i++) {
		if (i == src)
			continue;
		t->v[i].pair.src = t->v[src].pair.tgt;
		rc = bitext_pair(
			t->file, t->v[src].lang, t->v[i].lang, &t->v[i].pair, t->err);
	}
	return rc;
}

static int read_unit(struct tmx *t)
{
	int depth = xmlTextReaderDepth(t->xml), rc = 1;
	struct amts_pair unit = { .score = 1 };

	copy_attribute(t->tu_srclang, sizeof(t->tu_srclang), t, "srclang");
	t->tu_date = date_here(t);
	t->n = 0;
	tmx_tags_unit(&t->tags);
	if (xmlTextReaderIsEmptyElement(t->xml))
		return AMTS_OK;
	while ((rc = next_node(t)) == 1 && xmlTextReaderDepth(t->xml) > depth) {
		if (xmlTextReaderNodeType(t->xml) != XML_READER_TYPE_ELEMENT)
			continue;
		rc = is_element(t, "tuv")    ? read_variant(t, &unit)
		     : is_element(t, "prop") ? read_prop(t, &unit)
					     : AMTS_OK;
		if (rc)
			break;
	}
	return rc < 0 ? rc : hand_on(t);
}

/* What the element at hand, somewhere above the units, says. */
static int read_element(struct tmx *t)
{
	int rc = AMTS_OK;

	if (!xmlTextReaderDepth(t->xml) && !is_element(t, "tmx"))
		return fail_here(t, "is no TMX");
	t->arena = amts_arena_new();
	if (is_element(t, "header"))
		copy_attribute(t->srclang, sizeof(t->srclang), t, "srclang");
	else if (is_element(t, "tu"))
		rc = read_unit(t);
	amts_arena_free(t->arena);
	return rc;
}

int bitext_read_tmx(
	const struct bitext_reading *file, struct amts_str bytes, struct amts_error *err)
{
	struct amts_error own = { AMTS_OK, "" };
	struct tmx *t = amts_calloc(1, sizeof(*t));
	int rc;

	t->file = file;
	t->err = &own;
	t->text = (struct amts_buf)AMTS_BUF_INIT;
	t->xml = bytes.n > INT32_MAX
			 ? NULL
			 : xmlReaderForMemory(bytes.p ? bytes.p : "", (int)bytes.n, NULL,
				   NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
	if (!t->xml) {
		rc = amts_fail(err, AMTS_ETOOBIG, "%s: too large", file->name);
	} else {
		xmlTextReaderSetStructuredErrorHandler(
			t->xml, (xmlStructuredErrorFunc)(void (*)(void))on_error, t);
		while ((rc = next_node(t)) == 1)
			if (xmlTextReaderNodeType(t->xml) == XML_READER_TYPE_ELEMENT &&
				(rc = read_element(t)))
				break;
		if (rc < 0)
			*err = own;
	}
	xmlFreeTextReader(t->xml);
	tmx_tags_release(&t->tags);
	amts_buf_release(&t->text);
	free(t);
	return rc;
}
