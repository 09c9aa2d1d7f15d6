#ifndef NET_SIGV4_H
#define NET_SIGV4_H
/*
 * AWS Signature Version 4 (IAM User Guide, "AWS Signature Version 4 for API requests"),
 * in a header and in the query.  Pure: no clock, no environment.
 */
#include "amts/http.h"

enum amts_sigv4_flags {
	/* Dot segments and repeated slashes are resolved; every service but S3 does. */
	AMTS_SIGV4_NORMALIZE = 1,
	/* The path is encoded a second time; every service but S3 does. */
	AMTS_SIGV4_DOUBLE = 2,
	/* The payload's hash is sent, and signed, as a header: S3 demands it. */
	AMTS_SIGV4_SEND_HASH = 4,
	/* The session token is sent but not signed; a few services want it so. */
	AMTS_SIGV4_TOKEN_APART = 8
};

#define AMTS_SIGV4_UNSIGNED "UNSIGNED-PAYLOAD"

struct amts_sigv4_request {
	const char *id, *secret, *token; /* token NULL: none */
	const char *region, *service;
	int64_t time; /* seconds since 1970 */
	unsigned flags;
	const char *method;
	struct amts_str path;  /* not percent-encoded; "" is "/" */
	struct amts_str query; /* as in the URL; escapes may be missing */
	const struct amts_http_header *headers; /* all are signed, "host" among them */
	size_t nheaders;
	const char *payload_hash; /* hex of SHA-256, or AMTS_SIGV4_UNSIGNED */
	long expires;		  /* in the query only: seconds it is valid */
};

/* Each step of the computation, in the arena. */
struct amts_sigv4 {
	struct amts_str canonical_request, string_to_sign;
	struct amts_str signature; /* hex */
	/* In a header: what to send besides the signed ones. */
	struct amts_http_header add[4];
	size_t nadd;
	/* In the query: the whole of it. */
	struct amts_str query;
};

void amts_sigv4_header(struct amts_sigv4 *out, struct amts_arena *arena,
	const struct amts_sigv4_request *request);
void amts_sigv4_query(struct amts_sigv4 *out, struct amts_arena *arena,
	const struct amts_sigv4_request *request);

#endif
