#ifndef NET_XML_H
#define NET_XML_H
/* Replies in XML, from strangers: no document types, no entities of their own, nothing is
 * fetched, and nesting is limited by libxml2 (256 deep). */
#include "amts/mem.h"

struct amts_xml;	 /* a document */
struct amts_xml_element; /* borrowed from it */

/* AMTS_EPARSE naming `what` for what is not well-formed, or has a document type. */
AMTS_MUST_CHECK int amts_xml_parse(struct amts_xml **out, struct amts_str text,
	const char *what, struct amts_error *err);
void amts_xml_free(struct amts_xml *doc); /* NULL is allowed */

const struct amts_xml_element *amts_xml_root(const struct amts_xml *doc);
/* Names are local: without a prefix, in any name space. */
int amts_xml_is(const struct amts_xml_element *e, const char *name);
/* The first child of that name; NULL for none, and when e is NULL. */
const struct amts_xml_element *amts_xml_child(
	const struct amts_xml_element *e, const char *name);
/* The next sibling of that name; NULL for none. */
const struct amts_xml_element *amts_xml_next(
	const struct amts_xml_element *e, const char *name);
/* The text right inside of the child of that name; "" for none. */
const char *amts_xml_text(
	const struct amts_xml_element *e, const char *name, struct amts_arena *arena);

/* Text for an element's content. */
void amts_xml_escape(struct amts_buf *out, struct amts_str s);

#endif
