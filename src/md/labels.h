#ifndef MD_LABELS_H
#define MD_LABELS_H
#include "amts/doc.h"

/* Fill doc->labels from its link definitions: the last step of parsing. */
void md_labels_collect(struct amts_doc *doc, struct amts_arena *arena);

/* Is label (without brackets) that of a link definition of doc? */
int md_label_known(const struct amts_doc *doc, struct amts_str label);

#endif
