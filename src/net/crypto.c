#include "net/crypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <stdlib.h>
#include <time.h>

/* Fails only when memory runs out, or in an OpenSSL that was built to sign nothing. */
static void must(int ok)
{
	if (!ok)
		abort();
}

void amts_sha256(unsigned char out[AMTS_SHA256_SIZE], struct amts_str s)
{
	must(EVP_Digest(s.n ? s.p : "", s.n, out, NULL, EVP_sha256(), NULL));
}

void amts_hmac_sha256(
	unsigned char out[AMTS_SHA256_SIZE], struct amts_str key, struct amts_str s)
{
	unsigned int n = 0;

	must(HMAC(EVP_sha256(), key.n ? key.p : "", (int)key.n,
		     (const unsigned char *)(s.n ? s.p : ""), s.n, out, &n) != NULL);
}

void amts_hex(char *out, const unsigned char *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < n; i++) {
		out[2 * i] = digits[p[i] >> 4];
		out[2 * i + 1] = digits[p[i] & 15];
	}
	out[2 * n] = '\0';
}

void amts_sha256_hex(char out[AMTS_SHA256_HEX], struct amts_str s)
{
	unsigned char digest[AMTS_SHA256_SIZE];

	amts_sha256(digest, s);
	amts_hex(out, digest, sizeof(digest));
}

void amts_sha1_hex(char out[41], struct amts_str s)
{
	unsigned char digest[20];

	must(EVP_Digest(s.n ? s.p : "", s.n, digest, NULL, EVP_sha1(), NULL));
	amts_hex(out, digest, sizeof(digest));
}

void amts_base64(struct amts_buf *out, const unsigned char *p, size_t n)
{
	size_t i;

	/* Pieces of a multiple of three bytes join without padding. */
	for (i = 0; i < n; i += 768) {
		unsigned char text[1025];
		size_t part = n - i < 768 ? n - i : 768;
		int len = EVP_EncodeBlock(text, p + i, (int)part);

		amts_buf_add(out, (struct amts_str){ (const char *)text, (size_t)len });
	}
}

void amts_base64url(struct amts_buf *out, const unsigned char *p, size_t n)
{
	size_t i, from = out->n;

	amts_base64(out, p, n);
	for (i = from; i < out->n; i++)
		if (out->p[i] == '+')
			out->p[i] = '-';
		else if (out->p[i] == '/')
			out->p[i] = '_';
	while (out->n > from && out->p[out->n - 1] == '=')
		out->p[--out->n] = '\0';
}

static EVP_PKEY *read_key(struct amts_str pem)
{
	BIO *bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	EVP_PKEY *key;

	must(bio != NULL);
	key = PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)"");
	BIO_free(bio);
	return key;
}

int amts_sign_rs256(struct amts_buf *out, struct amts_str what, struct amts_str key,
	struct amts_error *err)
{
	EVP_PKEY *k = read_key(key);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char sig[1024]; /* keys of up to 8192 bits */
	size_t n = sizeof(sig);
	int ok = k && EVP_PKEY_base_id(k) == EVP_PKEY_RSA &&
		 (size_t)EVP_PKEY_size(k) <= n &&
		 EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, k) == 1 &&
		 EVP_DigestSign(ctx, sig, &n, (const unsigned char *)what.p, what.n) == 1;

	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(k);
	if (!ok)
		return amts_fail(err, AMTS_EUSAGE, "not a private RSA key in PEM");
	amts_buf_addc(out, '.');
	amts_base64url(out, sig, n);
	return AMTS_OK;
}

uint64_t amts_random(void)
{
	uint64_t x = 0;
	struct timespec now;

	if (RAND_bytes((unsigned char *)&x, sizeof(x)) == 1)
		return x;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15ULL;
}
