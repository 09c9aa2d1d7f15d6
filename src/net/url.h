#ifndef NET_URL_H
#define NET_URL_H
/* Addresses, RFC 3986. */
#include "amts/mem.h"

/* Percent-encode all but A-Z a-z 0-9 - _ . ~ and the bytes of `keep`, in upper-case hex.
 */
void amts_url_encode(struct amts_buf *out, struct amts_str s, const char *keep);
/* %XX into bytes; what is no escape stays as it is. */
void amts_url_decode(struct amts_buf *out, struct amts_str s);

struct amts_url {
	struct amts_str scheme; /* "https" */
	struct amts_str user;	/* "name:password", mostly empty */
	struct amts_str host;	/* with brackets around an IPv6 address */
	struct amts_str port;	/* empty: the scheme's */
	struct amts_str path;	/* from the slash on; may be empty */
	struct amts_str query;	/* without the question mark */
};

/* Parts of an absolute http or https URL, borrowed from it.  AMTS_EUSAGE for anything
 * else, and for spaces and control characters; the message shows no password or query. */
AMTS_MUST_CHECK int amts_url_split(
	struct amts_url *out, struct amts_str url, struct amts_error *err);

/* What the Host header says: the port only where it is not the scheme's. */
struct amts_str amts_url_authority(const struct amts_url *url, struct amts_arena *arena);

/* Scheme, host and port are the same. */
int amts_url_same_origin(const struct amts_url *a, const struct amts_url *b);

/* For messages: without user, query and fragment. */
struct amts_str amts_url_plain(struct amts_str url, struct amts_arena *arena);

#endif
