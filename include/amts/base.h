#ifndef AMTS_BASE_H
#define AMTS_BASE_H
/*
 * Vocabulary of every module: status codes, errors, borrowed bytes.
 *
 * Functions that can fail return AMTS_OK (0) or a negative code and take their
 * outputs first and a caller-owned struct amts_error last.  The origin of a
 * failure writes the message; callers above may only prefix a place.
 * Out of memory ends the program, so no allocation returns NULL.
 */
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define AMTS_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define AMTS_MUST_CHECK __attribute__((warn_unused_result))
#else
#define AMTS_PRINTF(f, a)
#define AMTS_MUST_CHECK
#endif

/* Codes say what the caller can do; the message says what happened. */
enum amts_status {
	AMTS_OK = 0,
	AMTS_EFAIL = -1,     /* nothing the caller can do but report it */
	AMTS_ENOTFOUND = -2, /* the named thing does not exist */
	AMTS_EPARSE = -3,    /* malformed input; the message has file:line */
	AMTS_EUSAGE = -4,    /* bad option, key or value given by the user */
	AMTS_ECONFLICT = -5, /* a ref or file moved under us; plan again */
	AMTS_ERETRY = -6,    /* transient (a lock, 429, 5xx); safe to repeat */
	AMTS_EAUTH = -7,     /* credentials missing or refused */
	AMTS_ETOOBIG = -8,   /* over a documented size limit */
	AMTS_ECOST = -9	     /* over the caller's limit of cost, or no price is known */
};

/* Lives on the caller's stack; never allocates; untouched on success. */
struct amts_error {
	enum amts_status code;
	char msg[512]; /* one line, lower case, no full stop, no newline */
};

#define AMTS_ERROR_INIT                                                                  \
	{                                                                                \
		AMTS_OK, ""                                                              \
	}

/* Record a failure and return code, so that "return amts_fail(...)" works. */
int amts_fail(struct amts_error *err, enum amts_status code, const char *fmt, ...)
	AMTS_PRINTF(3, 4);

/* Put "<prefix>: " before the message; returns err->code. */
int amts_error_prefix(struct amts_error *err, const char *fmt, ...) AMTS_PRINTF(2, 3);

/* Borrowed bytes, valid as long as what they point into; pass by value.  UTF-8 unless
 * said otherwise, not NUL terminated.  p may be NULL when n is 0. */
struct amts_str {
	const char *p;
	size_t n; /* bytes */
};

#define AMTS_STR(lit) ((struct amts_str){ (lit), sizeof(lit) - 1 })
#define AMTS_STR_FMT "%.*s"
#define AMTS_STR_ARG(s) (int)(s).n, (s).p

struct amts_str amts_str_z(const char *zstr); /* NULL gives the empty string */
int amts_str_eq(struct amts_str a, struct amts_str b);
int amts_str_cmp(struct amts_str a, struct amts_str b); /* bytewise, shorter first */
int amts_str_starts(struct amts_str s, struct amts_str prefix);
int amts_str_ends(struct amts_str s, struct amts_str suffix);
struct amts_str amts_str_sub(struct amts_str s, size_t beg, size_t end); /* clamped */
/* 1 when zstr is a decimal number ("-2", "0.5", ".5", "1e-3") and nothing else, not too
 * big.  Numbers are read and written with a point: nothing here sets a locale, and a
 * program that does must leave LC_NUMERIC alone. */
int amts_str_number(double *out, const char *zstr);
struct amts_str amts_str_trim(struct amts_str s); /* ASCII white space, both ends */
/* Offset of the first needle in s at or after from; s.n if none. */
size_t amts_str_find(struct amts_str s, struct amts_str needle, size_t from);
/* No text, as git tells it: NUL among the first 8000 bytes (xdiff-interface.c). */
int amts_str_is_binary(struct amts_str s);
/* 64-bit FNV-1a (Fowler, Noll, Vo; IETF draft-eastlake-fnv), continued from seed
 * (AMTS_HASH_SEED to start). */
#define AMTS_HASH_SEED 0xcbf29ce484222325ULL
uint64_t amts_str_hash(struct amts_str s, uint64_t seed);
static inline uint64_t amts_hash_byte(uint64_t hash, unsigned char c)
{
	return (hash ^ c) * 0x100000001b3ULL;
}

/* Half-open byte range [beg, end) of one document's bytes. */
struct amts_span {
	size_t beg;
	size_t end;
};

/* Called now and then from the calling thread; total 0: unknown. */
struct amts_progress {
	void (*fn)(void *payload, const char *what, size_t done, size_t total);
	void *payload;
};

#endif
