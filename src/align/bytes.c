#include "align/bytes.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

void bytes_put(struct amts_buf *out, uint64_t x, int bytes)
{
	char v[8];

	for (int k = 0; k < bytes; k++, x >>= 8)
		v[k] = (char)(x & 0xff);
	amts_buf_add(out, (struct amts_str){ v, (size_t)bytes });
}

void bytes_put_double(struct amts_buf *out, double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	bytes_put(out, bits, 8);
}

void bytes_put_float(struct amts_buf *out, float x)
{
	uint32_t bits;

	memcpy(&bits, &x, sizeof(bits));
	bytes_put(out, bits, 4);
}

void bytes_put_str(struct amts_buf *out, struct amts_str s)
{
	bytes_put(out, s.n, 4);
	amts_buf_add(out, s);
}

void bytes_put_words(struct amts_buf *out, const uint32_t *v, size_t n)
{
	bytes_put(out, n, 4);
	for (size_t k = 0; k < n; k++)
		bytes_put(out, v[k], 4);
}

void bytes_put_vocab(struct amts_buf *out, const struct align_vocab *v)
{
	uint64_t *hash = amts_malloc((size_t)v->n * sizeof(*hash));

	for (size_t s = 0; s < v->slots; s++)
		if (v->id[s])
			hash[v->id[s] - 1] = v->key[s];
	bytes_put(out, v->n, 4);
	for (uint32_t k = 0; k < v->n; k++)
		bytes_put(out, hash[k], 8);
	free(hash);
}

void bytes_put_end(struct amts_buf *out)
{
	bytes_put(out, amts_str_hash(amts_buf_str(out), AMTS_HASH_SEED), 8);
}

/* ---- reading -------------------------------------------------------------------- */

struct bytes bytes_open(struct amts_str s, const char *magic)
{
	struct bytes end = { s, s.n - 8, 0 };
	struct bytes r = { s, strlen(magic), 0 };

	if (s.n < r.at + 8 || !amts_str_starts(s, amts_str_z(magic)) ||
		bytes_get(&end, 8) !=
			amts_str_hash(amts_str_sub(s, 0, s.n - 8), AMTS_HASH_SEED))
		r.bad = 1;
	return r;
}

uint64_t bytes_get(struct bytes *r, int bytes)
{
	uint64_t x = 0;

	if (r->bad || r->s.n - r->at < (size_t)bytes) {
		r->bad = 1;
		return 0;
	}
	for (int k = 0; k < bytes; k++)
		x |= (uint64_t)(unsigned char)r->s.p[r->at++] << 8 * k;
	return x;
}

size_t bytes_get_count(struct bytes *r, size_t bytes)
{
	size_t n = (size_t)bytes_get(r, 4);

	if (n > (r->s.n - r->at) / bytes)
		r->bad = 1;
	return r->bad ? 0 : n;
}

double bytes_get_double(struct bytes *r)
{
	uint64_t bits = bytes_get(r, 8);
	double x;

	memcpy(&x, &bits, sizeof(x));
	if (!(x > -1e9 && x < 1e9))
		r->bad = 1;
	return x;
}

float bytes_get_float(struct bytes *r)
{
	uint32_t bits = (uint32_t)bytes_get(r, 4);
	float x;

	memcpy(&x, &bits, sizeof(x));
	if (!(x > -1e9F && x < 1e9F))
		r->bad = 1;
	return x;
}

struct amts_str bytes_get_str(struct bytes *r)
{
	size_t n = bytes_get_count(r, 1), at = r->at;

	if (r->bad)
		return AMTS_STR("");
	r->at += n;
	return amts_str_sub(r->s, at, at + n);
}

uint32_t *bytes_get_words(struct bytes *r, size_t *n, uint32_t most)
{
	uint32_t *v;

	*n = bytes_get_count(r, 4);
	v = amts_malloc(*n * sizeof(*v));
	for (size_t k = 0; k < *n; k++) {
		v[k] = (uint32_t)bytes_get(r, 4);
		if (!v[k] || v[k] > most)
			r->bad = 1;
	}
	return v;
}

uint32_t *bytes_get_vocab(struct bytes *r, struct align_vocab *v, uint32_t *n)
{
	uint32_t *to;

	*n = (uint32_t)bytes_get_count(r, 8);
	to = amts_malloc(*n * sizeof(*to));
	for (uint32_t k = 0; k < *n; k++)
		to[k] = align_vocab_add(v, bytes_get(r, 8));
	return to;
}
