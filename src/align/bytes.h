#ifndef ALIGN_BYTES_H
#define ALIGN_BYTES_H
/* What is learnt, as bytes: little-endian numbers, and a hash of them all at the end. */
#include "align/vocab.h"
#include "amts/mem.h"

void bytes_put(struct amts_buf *out, uint64_t x, int bytes);
void bytes_put_double(struct amts_buf *out, double x);
void bytes_put_float(struct amts_buf *out, float x);
void bytes_put_str(struct amts_buf *out, struct amts_str s);
void bytes_put_words(struct amts_buf *out, const uint32_t *v, size_t n);
void bytes_put_vocab(struct amts_buf *out, const struct align_vocab *v);
/* The hash of all that precedes it. */
void bytes_put_end(struct amts_buf *out);

/* Bytes that are read; bad: they ended too early or made no sense. */
struct bytes {
	struct amts_str s;
	size_t at;
	int bad;
};

/* Begin to read; bad at once unless s begins with magic and ends in the right hash. */
struct bytes bytes_open(struct amts_str s, const char *magic);
uint64_t bytes_get(struct bytes *r, int bytes);
/* A number of things of at least `bytes` each: so many must be there. */
size_t bytes_get_count(struct bytes *r, size_t bytes);
double bytes_get_double(struct bytes *r);
float bytes_get_float(struct bytes *r);
struct amts_str bytes_get_str(struct bytes *r); /* of the bytes that are read */
/* Words of a sentence, numbers of a vocabulary of `most`; heap. */
uint32_t *bytes_get_words(struct bytes *r, size_t *n, uint32_t most);
/* The vocabulary's numbers in v, which may hold more: of its word k + 1; heap. */
uint32_t *bytes_get_vocab(struct bytes *r, struct align_vocab *v, uint32_t *n);

#endif
