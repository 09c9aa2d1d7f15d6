#ifndef AMTS_S3_H
#define AMTS_S3_H
/* Objects in Amazon S3 (Amazon S3 API Reference, 2006-03-01). */
#include "amts/aws.h"

struct amts_s3_options {
	/* "https://host/bucket/key" rather than "https://bucket.host/key": 1 or -1; 0:
	 * where it must be, for custom endpoints and names with dots. */
	int path_style;
	uint64_t part_size;  /* of uploads in parts; 0: 16 MiB, grown to need at most
				10,000  parts */
	uint64_t parts_from; /* larger objects go up in parts; 0: 64 MiB */
};

/* A bucket; one thread at a time. */
struct amts_s3;

/* aws is borrowed.  AMTS_EUSAGE for what is no bucket's name. */
AMTS_MUST_CHECK int amts_s3_open(struct amts_s3 **out, struct amts_aws *aws,
	const char *bucket, const struct amts_s3_options *options,
	struct amts_error *err);
void amts_s3_free(struct amts_s3 *s3); /* NULL is allowed */

struct amts_s3_object {
	const char *key;
	const char *type; /* Content-Type, for put; NULL: application/octet-stream */
	struct amts_str body;
	int rc; /* of this one */
	struct amts_error err;
};

/* Store an object, in parts when it is large; an upload that fails is aborted, so that no
 * parts are left (and paid for). */
AMTS_MUST_CHECK int amts_s3_put(struct amts_s3 *s3, const char *key, const char *type,
	struct amts_str body, struct amts_error *err);
/* Store many small ones at once.  The first failure is returned, when all were tried. */
AMTS_MUST_CHECK int amts_s3_put_all(struct amts_s3 *s3, struct amts_s3_object *objects,
	size_t n, struct amts_error *err);

/* Over max bytes: AMTS_ETOOBIG; no such key: AMTS_ENOTFOUND. */
AMTS_MUST_CHECK int amts_s3_get(struct amts_str *body, struct amts_s3 *s3,
	struct amts_arena *arena, const char *key, size_t max, struct amts_error *err);
/* Read many at once; bodies in arena. */
AMTS_MUST_CHECK int amts_s3_get_all(struct amts_s3 *s3, struct amts_arena *arena,
	struct amts_s3_object *objects, size_t n, size_t max, struct amts_error *err);
/* Into a file, which is cut to *size. */
AMTS_MUST_CHECK int amts_s3_get_file(uint64_t *size, struct amts_s3 *s3, const char *key,
	int fd, uint64_t max, struct amts_error *err);

AMTS_MUST_CHECK int amts_s3_head(
	uint64_t *size, struct amts_s3 *s3, const char *key, struct amts_error *err);

struct amts_s3_entry {
	const char *key;
	uint64_t size;
};

/* All objects whose keys begin with prefix, in the order of their bytes.  AMTS_ETOOBIG
 * when there are more than max. */
AMTS_MUST_CHECK int amts_s3_list(struct amts_s3_entry **out, size_t *n,
	struct amts_s3 *s3, struct amts_arena *arena, const char *prefix, size_t max,
	struct amts_error *err);

/* Keys that do not exist are no failure.  The first failure is returned, when all were
 * tried. */
AMTS_MUST_CHECK int amts_s3_delete(
	struct amts_s3 *s3, const char *const *keys, size_t n, struct amts_error *err);

#endif
