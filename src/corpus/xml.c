#include "corpus/xml.h"

#include <stdint.h>
#include <string.h>

#define DEPTH 64 /* of elements */

int xml_fail(struct xml *x, const char *what)
{
	return amts_fail(&x->error, AMTS_EPARSE, "%s:%d: %s", x->name,
		xmlTextReaderGetParserLineNumber(x->reader), what);
}

/* libxml2's message, without its line end and the function that it begins with at times;
 * the first one counts. */
static void on_error(void *payload, const xmlError *e)
{
	struct xml *x = payload;
	const char *message = e->message ? e->message : "broken";
	const char *colon = strstr(message, ": ");

	if (e->level < XML_ERR_ERROR || x->error.code)
		return;
	if (!strncmp(message, "xml", 3) && colon)
		message = colon + 2;
	amts_fail(&x->error, AMTS_EPARSE, "%s:%d: %.*s", x->name, e->line,
		(int)strcspn(message, "\n"), message);
}

int xml_open(
	struct xml *x, struct amts_str bytes, const char *name, struct amts_error *err)
{
	x->name = name;
	x->error = (struct amts_error){ AMTS_OK, "" };
	x->reader = NULL;
	if (bytes.n <= INT32_MAX)
		x->reader = xmlReaderForMemory(bytes.p ? bytes.p : "", (int)bytes.n, NULL,
			NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
	if (!x->reader)
		return amts_fail(err, AMTS_ETOOBIG, "%s: too large", name);
	xmlTextReaderSetStructuredErrorHandler(
		x->reader, (xmlStructuredErrorFunc)(void (*)(void))on_error, x);
	return AMTS_OK;
}

void xml_close(struct xml *x)
{
	xmlFreeTextReader(x->reader);
}

int xml_next(struct xml *x)
{
	int rc = xmlTextReaderRead(x->reader);

	if (rc < 0 && !x->error.code)
		return xml_fail(x, "is no XML");
	if (x->error.code)
		return x->error.code;
	if (rc && xmlTextReaderNodeType(x->reader) == XML_READER_TYPE_ENTITY_REFERENCE)
		return xml_fail(x, "holds an entity, which may not be");
	if (rc && xmlTextReaderDepth(x->reader) > DEPTH)
		return xml_fail(x, "elements are nested too deeply");
	return rc;
}

int xml_is(struct xml *x, const char *name)
{
	const xmlChar *here = xmlTextReaderConstLocalName(x->reader);

	return here && !strcmp((const char *)here, name);
}

int xml_is_element(struct xml *x)
{
	return xmlTextReaderNodeType(x->reader) == XML_READER_TYPE_ELEMENT;
}

int xml_is_text(struct xml *x)
{
	int type = xmlTextReaderNodeType(x->reader);

	return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
	       type == XML_READER_TYPE_WHITESPACE ||
	       type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
}

struct amts_str xml_value(struct xml *x)
{
	return amts_str_z((const char *)xmlTextReaderConstValue(x->reader));
}

struct amts_str xml_attribute(struct xml *x, struct amts_arena *arena, const char *name)
{
	xmlChar *v = xmlTextReaderGetAttribute(x->reader, (const xmlChar *)name);
	struct amts_str out = amts_arena_str(arena, amts_str_z((const char *)v));

	xmlFree(v);
	return out;
}

int xml_text(struct amts_buf *out, struct xml *x)
{
	int depth = xmlTextReaderDepth(x->reader), rc;

	amts_buf_reset(out);
	if (xmlTextReaderIsEmptyElement(x->reader))
		return AMTS_OK;
	while ((rc = xml_next(x)) == 1 && xmlTextReaderDepth(x->reader) > depth)
		if (xml_is_text(x))
			amts_buf_add(out, xml_value(x));
	return rc < 0 ? rc : AMTS_OK;
}
