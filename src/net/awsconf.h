#ifndef NET_AWSCONF_H
#define NET_AWSCONF_H
/*
 * The configuration files of the AWS SDKs ("Shared config and credentials files" in their
 * reference guide): sections in brackets, key = value, whole-line comments with # or ;,
 * and those after a space; indented lines under an empty value are its own settings.
 */
#include "amts/mem.h"

struct amts_awsconf_entry {
	const char *section; /* "default", "profile dev", "sso-session corp" */
	const char *key;     /* in lower case; "s3.endpoint_url" for an indented one */
	const char *value;
};

struct amts_awsconf {
	struct amts_awsconf_entry *v; /* in the arena */
	size_t n;
};

/* AMTS_EPARSE with "file:line: ..." for lines that are none of these. */
AMTS_MUST_CHECK int amts_awsconf_parse(struct amts_awsconf *out, struct amts_arena *arena,
	struct amts_str bytes, const char *file, struct amts_error *err);

/* The last value of a key of "<kind> <name>", or of "<name>" with kind NULL; NULL when it
 * is not set. */
const char *amts_awsconf_get(const struct amts_awsconf *conf, const char *kind,
	const char *name, const char *key);

/* Words of a command line as a POSIX shell splits them, without expansion of anything;
 * ends with NULL.  AMTS_EPARSE for a quote left open. */
AMTS_MUST_CHECK int amts_awsconf_words(const char *const **out, struct amts_arena *arena,
	const char *text, struct amts_error *err);

#endif
