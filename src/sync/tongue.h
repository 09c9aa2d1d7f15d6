#ifndef SYNC_TONGUE_H
#define SYNC_TONGUE_H
/* In which of two languages a text is written, judged by its words alone. */
#include "base/map.h"

#include "amts/mem.h"

/* The words of documents of one language. */
struct amts_tongue {
	const char *lang; /* how words are cut: that of the translation */
	struct amts_map known;
};

AMTS_MUST_CHECK int amts_tongue_add(
	struct amts_tongue *w, struct amts_str document, struct amts_error *err);
void amts_tongue_release(struct amts_tongue *w);

/* How much of a document's text stands in sentences of whose words less than a third are
 * known, 0..1; 0 when it has no text.  Latin words alone are no sentence of a language that
 * is written otherwise. */
AMTS_MUST_CHECK int amts_tongue_foreign(double *share, const struct amts_tongue *w,
	struct amts_str document, struct amts_error *err);

#endif
