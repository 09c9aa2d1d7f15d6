#include "net/xml.h"

#include <limits.h>
#include <string.h>

#include <libxml/parser.h>

static const xmlNode *as_node(const struct amts_xml_element *e)
{
	return (const xmlNode *)e;
}

static const struct amts_xml_element *find(const xmlNode *n, const char *name)
{
	for (; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && !strcmp((const char *)n->name, name))
			break;
	return (const struct amts_xml_element *)n;
}

int amts_xml_parse(struct amts_xml **out, struct amts_str text, const char *what,
	struct amts_error *err)
{
	xmlDoc *doc = NULL;

	*out = NULL;
	if (text.n && text.n < INT_MAX)
		doc = xmlReadMemory(text.p, (int)text.n, NULL, NULL,
			XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
				XML_PARSE_NOCDATA);
	if (doc && (doc->intSubset || doc->extSubset || !xmlDocGetRootElement(doc))) {
		xmlFreeDoc(doc);
		doc = NULL;
	}
	if (!doc)
		return amts_fail(err, AMTS_EPARSE, "%s: bad XML", what);
	*out = (struct amts_xml *)doc;
	return AMTS_OK;
}

void amts_xml_free(struct amts_xml *doc)
{
	if (doc)
		xmlFreeDoc((xmlDoc *)doc);
}

const struct amts_xml_element *amts_xml_root(const struct amts_xml *doc)
{
	return (const struct amts_xml_element *)xmlDocGetRootElement((xmlDoc *)doc);
}

int amts_xml_is(const struct amts_xml_element *e, const char *name)
{
	return e && !strcmp((const char *)as_node(e)->name, name);
}

const struct amts_xml_element *amts_xml_child(
	const struct amts_xml_element *e, const char *name)
{
	return e ? find(as_node(e)->children, name) : NULL;
}

const struct amts_xml_element *amts_xml_next(
	const struct amts_xml_element *e, const char *name)
{
	return find(as_node(e)->next, name);
}

const char *amts_xml_text(
	const struct amts_xml_element *e, const char *name, struct amts_arena *arena)
{
	const struct amts_xml_element *child = amts_xml_child(e, name);
	struct amts_buf text = AMTS_BUF_INIT;
	const xmlNode *n;
	char *z;

	for (n = child ? as_node(child)->children : NULL; n; n = n->next)
		if (n->type == XML_TEXT_NODE)
			amts_buf_addz(&text, (const char *)n->content);
	z = amts_arena_z(arena, amts_buf_str(&text));
	amts_buf_release(&text);
	return z;
}

void amts_xml_escape(struct amts_buf *out, struct amts_str s)
{
	size_t beg, end;

	for (beg = 0; beg < s.n; beg = end + 1) {
		end = amts_str_find(s, AMTS_STR("\r"), beg);
		amts_buf_add_html(out, amts_str_sub(s, beg, end));
		if (end < s.n)
			amts_buf_addz(out, "&#13;");
	}
}
