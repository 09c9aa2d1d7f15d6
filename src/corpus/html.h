#ifndef CORPUS_HTML_H
#define CORPUS_HTML_H
/* Paragraphs of a web page. */
#include "amts/mem.h"

/* Add a line for each paragraph. */
void html_paragraphs(struct amts_buf *out, struct amts_str bytes);

#endif
