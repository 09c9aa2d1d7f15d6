/* TMX, any version up to 1.4b, as a stream: no network, no entities, no document in
 * memory. */
#include "base/alloc.h"
#include "corpus/tmx.h"
#include "corpus/xml.h"

#include <stdlib.h>
#include <string.h>

#define LANGUAGES 256 /* in one unit */

/* One <tuv>. */
struct variant {
	char *lang;
	struct amts_pair pair; /* tgt: its text */
};

struct tmx {
	const struct bitext_reading *file;
	struct xml xml;
	struct amts_arena *arena; /* of the unit at hand */
	char srclang[64];	  /* of the header */
	char tu_srclang[64];
	int64_t tu_date;
	struct variant v[LANGUAGES];
	size_t n;
	struct tmx_tags tags;
	struct amts_buf text; /* of the element at hand */
};

static int depth_here(struct tmx *t)
{
	return xmlTextReaderDepth(t->xml.reader);
}

static int is_empty(struct tmx *t)
{
	return xmlTextReaderIsEmptyElement(t->xml.reader);
}

static struct amts_str attribute(struct tmx *t, const char *name)
{
	return xml_attribute(&t->xml, t->arena, name);
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

static int read_prop(struct tmx *t, struct amts_pair *p)
{
	struct amts_str type = attribute(t, "type"), s;
	int rc = xml_text(&t->text, &t->xml);

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

	tag.kind = xml_is(&t->xml, "bpt")   ? TMX_BEGIN
		   : xml_is(&t->xml, "ept") ? TMX_END
					    : TMX_ALONE;
	if ((rc = xml_text(&t->text, &t->xml)))
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
	return xml_is(&t->xml, "ph") || xml_is(&t->xml, "bpt") ||
	       xml_is(&t->xml, "ept") || xml_is(&t->xml, "it") || xml_is(&t->xml, "ut");
}

/* Text with placeholders; <hi> only says how it looks. */
static int read_seg(struct tmx *t, struct variant *v)
{
	int depth = depth_here(t), rc = 1;
	struct amts_buf out = AMTS_BUF_INIT;

	tmx_tags_segment(&t->tags);
	if (!is_empty(t))
		while ((rc = xml_next(&t->xml)) == 1 && depth_here(t) > depth) {
			if (xml_is_text(&t->xml))
				amts_buf_add(&out, xml_value(&t->xml));
			else if (xml_is_element(&t->xml) && is_tag(t) &&
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
	int depth = depth_here(t), rc = 1;
	struct amts_str lang = attribute(t, "xml:lang");
	struct variant *v = &t->v[t->n];
	int64_t date = date_here(t);

	if (!lang.n) /* as TMX 1.1 has it */
		lang = attribute(t, "lang");
	if (!lang.n)
		return xml_fail(&t->xml, "a <tuv> without xml:lang");
	if (t->n == LANGUAGES)
		return xml_fail(&t->xml, "a <tu> with too many languages");
	t->n++;
	v->lang = amts_arena_z(t->arena, lang);
	v->pair = *unit;
	v->pair.date = date ? date : t->tu_date;
	if (is_empty(t))
		return AMTS_OK;
	while ((rc = xml_next(&t->xml)) == 1 && depth_here(t) > depth) {
		if (!xml_is_element(&t->xml))
			continue;
		rc = xml_is(&t->xml, "seg")    ? read_seg(t, v)
		     : xml_is(&t->xml, "prop") ? read_prop(t, &v->pair)
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
		rc = bitext_pair(t->file, t->v[src].lang, t->v[i].lang, &t->v[i].pair,
			&t->xml.error);
	}
	return rc;
}

static int read_unit(struct tmx *t)
{
	int depth = depth_here(t), rc = 1;
	struct amts_pair unit = { .score = 1 };

	copy_attribute(t->tu_srclang, sizeof(t->tu_srclang), t, "srclang");
	t->tu_date = date_here(t);
	t->n = 0;
	tmx_tags_unit(&t->tags);
	if (is_empty(t))
		return AMTS_OK;
	while ((rc = xml_next(&t->xml)) == 1 && depth_here(t) > depth) {
		if (!xml_is_element(&t->xml))
			continue;
		rc = xml_is(&t->xml, "tuv")    ? read_variant(t, &unit)
		     : xml_is(&t->xml, "prop") ? read_prop(t, &unit)
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

	if (!depth_here(t) && !xml_is(&t->xml, "tmx"))
		return xml_fail(&t->xml, "is no TMX");
	t->arena = amts_arena_new();
	if (xml_is(&t->xml, "header"))
		copy_attribute(t->srclang, sizeof(t->srclang), t, "srclang");
	else if (xml_is(&t->xml, "tu"))
		rc = read_unit(t);
	amts_arena_free(t->arena);
	return rc;
}

int bitext_read_tmx(
	const struct bitext_reading *file, struct amts_str bytes, struct amts_error *err)
{
	struct tmx *t = amts_calloc(1, sizeof(*t));
	int rc = xml_open(&t->xml, bytes, file->name, err);

	t->file = file;
	t->text = (struct amts_buf)AMTS_BUF_INIT;
	while (!rc && (rc = xml_next(&t->xml)) == 1)
		rc = xml_is_element(&t->xml) ? read_element(t) : AMTS_OK;
	if (rc < 0 && t->xml.reader)
		*err = t->xml.error;
	xml_close(&t->xml);
	tmx_tags_release(&t->tags);
	amts_buf_release(&t->text);
	free(t);
	return rc;
}
