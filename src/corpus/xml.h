#ifndef CORPUS_XML_H
#define CORPUS_XML_H
/* XML of strangers, node by node: no network, no entities, no document in memory. */
#include "amts/mem.h"

#include <libxml/xmlreader.h>

struct xml {
	xmlTextReaderPtr reader;
	const char *name;	 /* of the file */
	struct amts_error error; /* the first */
};

/* AMTS_ETOOBIG over 2 GiB.  x stays where it is until xml_close. */
AMTS_MUST_CHECK int xml_open(
	struct xml *x, struct amts_str bytes, const char *name, struct amts_error *err);
void xml_close(struct xml *x);

/* The next node: 1, 0 at the end, or a code with x->error filled. */
int xml_next(struct xml *x);
int xml_fail(struct xml *x, const char *what); /* AMTS_EPARSE at the node at hand */

int xml_is(struct xml *x, const char *name); /* the element's name, without prefix */
int xml_is_element(struct xml *x);	     /* at its beginning */
int xml_is_text(struct xml *x);
struct amts_str xml_value(struct xml *x);
/* An attribute, in arena; "" when it is not there. */
struct amts_str xml_attribute(struct xml *x, struct amts_arena *arena, const char *name);
/* All text in the element at hand, into out, which is emptied. */
AMTS_MUST_CHECK int xml_text(struct amts_buf *out, struct xml *x);

#endif
