/* TBX (ISO 30042): <termEntry><langSet><tig><term>, since 2019 <conceptEntry><langSec>
 * <termSec><term>. */
#include "corpus/bitext.h"
#include "corpus/terms.h"
#include "corpus/xml.h"

#include <string.h>

#define TERMS 32 /* of one language in one entry; further ones are passed over */

struct tbx {
	struct xml xml;
	struct amts_glossary *g;
	int side; /* of the language at hand: 0 source, 1 target, -1 another */
	struct amts_str v[2][TERMS];
	size_t n[2];
	size_t line;
	struct amts_buf text;
};

static void end_entry(struct tbx *t)
{
	size_t i, k;

	for (i = 0; i < t->n[0]; i++)
		for (k = 0; k < t->n[1]; k++)
			terms_add(t->g, t->v[0][i], t->v[1][k], t->line);
	t->n[0] = t->n[1] = 0;
	t->side = -1;
}

static void begin_language(struct tbx *t)
{
	struct amts_str lang = xml_attribute(&t->xml, t->g->arena, "xml:lang");

	t->side = !lang.n				     ? -1
		  : bitext_same_lang(lang.p, t->g->src_lang) ? 0
		  : bitext_same_lang(lang.p, t->g->tgt_lang) ? 1
							     : -1;
}

static int read_term(struct tbx *t)
{
	int side = t->side, rc = xml_text(&t->text, &t->xml);

	if (rc || side < 0 || t->n[side] == TERMS)
		return rc;
	t->v[side][t->n[side]++] =
		amts_arena_str(t->g->arena, amts_str_trim(amts_buf_str(&t->text)));
	return AMTS_OK;
}

static int read_element(struct tbx *t)
{
	struct xml *x = &t->xml;

	if (xml_is(x, "termEntry") || xml_is(x, "conceptEntry")) {
		end_entry(t);
		t->line = (size_t)xmlTextReaderGetParserLineNumber(x->reader);
	} else if (xml_is(x, "langSet") || xml_is(x, "langSec")) {
		begin_language(t);
	} else if (xml_is(x, "term")) {
		return read_term(t);
	}
	return AMTS_OK;
}

int terms_read_tbx(struct amts_glossary *g, struct amts_str bytes, const char *name,
	struct amts_error *err)
{
	struct tbx t = { .g = g, .side = -1, .text = AMTS_BUF_INIT };
	int rc = xml_open(&t.xml, bytes, name, err);

	if (rc)
		return rc;
	while ((rc = xml_next(&t.xml)) == 1)
		if (xml_is_element(&t.xml) && (rc = read_element(&t)))
			break;
	end_entry(&t);
	if (rc < 0)
		*err = t.xml.error;
	xml_close(&t.xml);
	amts_buf_release(&t.text);
	return rc;
}
