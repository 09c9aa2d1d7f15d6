#ifndef NET_S3_H
#define NET_S3_H
/* Inside of the S3 client. */
#include "amts/s3.h"

struct amts_s3 {
	struct amts_aws *aws;
	struct amts_arena *arena;
	const char *base; /* address; with the bucket unless path_style */
	const char *bucket;
	int path_style;
	struct amts_s3_options o;
};

/* The request for a key (NULL: the bucket itself), in arena. */
struct amts_s3_ask {
	const char *method;
	const char *key;
	const char *query; /* encoded; NULL: none */
	const char *type;  /* Content-Type; NULL: none */
	struct amts_str body;
	int with_checksum; /* of the body, for S3 to compare */
	int repeatable;
};

void amts_s3_request(struct amts_http_request *out, struct amts_s3 *s3,
	struct amts_arena *arena, const struct amts_s3_ask *ask);
/* Send, and check the status. */
AMTS_MUST_CHECK int amts_s3_send(struct amts_http_reply *reply, struct amts_s3 *s3,
	struct amts_arena *arena, const struct amts_s3_ask *ask, struct amts_error *err);
/* "<name>=<value>", encoded, after "&" or at the start. */
void amts_s3_field(struct amts_buf *query, const char *name, struct amts_str value);

AMTS_MUST_CHECK int amts_s3_put_parts(struct amts_s3 *s3, const char *key,
	const char *type, struct amts_str body, struct amts_error *err);

#endif
