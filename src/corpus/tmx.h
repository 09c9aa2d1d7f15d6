#ifndef CORPUS_TMX_H
#define CORPUS_TMX_H
/* Inline markup of TMX segments (ph, bpt, ept, it, ut) as placeholders <x id="N"/>. */
#include "corpus/bitext.h"

enum tmx_kind { TMX_ALONE, TMX_BEGIN, TMX_END };

struct tmx_tag {
	enum tmx_kind kind;
	struct amts_str x, i;	 /* attributes; may be empty */
	struct amts_str content; /* what it stands for */
};

/* Zeroed: empty. */
struct tmx_tags {
	uint64_t *ids; /* ids[N - 1]: what placeholder N is, the same in all languages */
	size_t n, cap;
	struct tmx_open {
		uint64_t i, what;
	} * open; /* <bpt> of the segment at hand, by i */
	size_t nopen, open_cap;
	uint64_t *seen; /* in the segment at hand */
	size_t nseen, seen_cap;
};

void tmx_tags_unit(struct tmx_tags *t);	   /* a new <tu> */
void tmx_tags_segment(struct tmx_tags *t); /* a new <seg> */
/*
 * Add the placeholder of a tag.  Tags of two languages are the same when they have the
 * same x, else the same content and are as many into their segment.  Over 512 in a unit
 * give nothing.
 */
void tmx_tags_put(struct amts_buf *out, struct tmx_tags *t, const struct tmx_tag *tag);
void tmx_tags_release(struct tmx_tags *t);

#endif
