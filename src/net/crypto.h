#ifndef NET_CRYPTO_H
#define NET_CRYPTO_H
/* Digests and encodings as Amazon and forges use them. */
#include "amts/mem.h"

#define AMTS_SHA256_SIZE 32
#define AMTS_SHA256_HEX 65 /* with the NUL */

void amts_sha256(unsigned char out[AMTS_SHA256_SIZE], struct amts_str s);
void amts_hmac_sha256(
	unsigned char out[AMTS_SHA256_SIZE], struct amts_str key, struct amts_str s);
/* Lower case, NUL terminated; out has 2 · n + 1 bytes. */
void amts_hex(char *out, const unsigned char *p, size_t n);
void amts_sha256_hex(char out[AMTS_SHA256_HEX], struct amts_str s);
void amts_sha1_hex(char out[41], struct amts_str s);
void amts_base64(struct amts_buf *out, const unsigned char *p, size_t n);
/* RFC 4648, section 5, without padding: what JSON Web Tokens use. */
void amts_base64url(struct amts_buf *out, const unsigned char *p, size_t n);
/* Add "." and the signature of what is signed (RSASSA-PKCS1-v1_5 with SHA-256, RS256 of RFC
 * 7518) in base64url.  key: PEM.  AMTS_EUSAGE when that is no private RSA key. */
AMTS_MUST_CHECK int amts_sign_rs256(struct amts_buf *out, struct amts_str what,
	struct amts_str key, struct amts_error *err);
/* 64 random bits; not for keys. */
uint64_t amts_random(void);

#endif
