#ifndef NET_AWS_H
#define NET_AWS_H
/* Inside of the AWS client: configuration and where credentials come from. */
#include "amts/aws.h"
#include "net/awsconf.h"

struct amts_aws_keys {
	const char *id, *secret, *token; /* token NULL: none */
	int64_t expires;		 /* seconds since 1970; 0: never */
	const char *source;		 /* "the environment" */
};

struct amts_aws {
	struct amts_arena *arena; /* strings of all that follows */
	struct amts_aws_options o;
	struct amts_http *http; /* borrowed: the caller's requests */
	/* For requests that other requests wait for: one loop cannot run inside another.
	 */
	struct amts_http *own;
	const char *profile;
	struct amts_awsconf config, credentials;
	struct amts_aws_keys keys;
	int have_keys;
	int64_t skew; /* seconds the server's clock is ahead */
	int skew_adopted;
};

#define AMTS_AWS_FRESH 300 /* seconds that keys must be good for */

int64_t amts_aws_now(const struct amts_aws *aws); /* by the server's clock */
/* A variable that is set and not empty; NULL otherwise. */
const char *amts_aws_variable(const struct amts_aws *aws, const char *name);
/* It may appear in no message or trace. */
void amts_aws_secret(struct amts_aws *aws, struct amts_str value);
/* A setting of a profile: the credentials file, then the configuration file. */
const char *amts_aws_setting(
	const struct amts_aws *aws, const char *profile, const char *key);
/* A small file, whole; AMTS_ENOTFOUND when it does not exist. */
AMTS_MUST_CHECK int amts_aws_read(struct amts_str *out, struct amts_arena *arena,
	const char *path, struct amts_error *err);

/* The request for a call, signed with these keys (NULL: with those of aws_login). */
void amts_aws_signed(struct amts_http_request *out, struct amts_aws *aws,
	struct amts_arena *arena, const struct amts_aws_call *call,
	const struct amts_aws_keys *keys);
/* The region that a service's signatures are for: IAM is in one for all. */
const char *amts_aws_scope(const char *service, const char *region);
/* 1: a 200 of S3 that tells of a failure after all. */
int amts_aws_is_late_error(const struct amts_http_reply *reply);

/*
 * Sources of credentials.  AMTS_ENOTFOUND: this one is not configured, ask the next; any
 * other failure ends the search.  Strings in aws->arena.
 */
int amts_aws_find_keys(
	struct amts_aws_keys *out, struct amts_aws *aws, struct amts_error *err);

/* creds_sts.c */
void amts_aws_add_field(struct amts_buf *form, const char *name, const char *value);
/* Send a form to a service, signed with `with` (NULL: with the login's), or unsigned. */
AMTS_MUST_CHECK int amts_aws_send_form(struct amts_http_reply *reply,
	struct amts_aws *aws, struct amts_http *http, struct amts_arena *arena,
	const char *service, struct amts_str form, const struct amts_aws_keys *with,
	int is_signed, struct amts_error *err);
int amts_aws_assume_role(struct amts_aws_keys *out, struct amts_aws *aws,
	const char *profile, const struct amts_aws_keys *with, struct amts_error *err);
int amts_aws_web_identity(struct amts_aws_keys *out, struct amts_aws *aws,
	const char *profile, struct amts_error *err);

/* creds_local.c */
int amts_aws_environment(
	struct amts_aws_keys *out, struct amts_aws *aws, struct amts_error *err);
int amts_aws_file_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	const struct amts_awsconf *file, const char *kind, const char *profile,
	const char *source, struct amts_error *err);
int amts_aws_process(struct amts_aws_keys *out, struct amts_aws *aws, const char *profile,
	struct amts_error *err);

/* creds_service.c */
int amts_aws_sso(struct amts_aws_keys *out, struct amts_aws *aws, const char *profile,
	struct amts_error *err);
int amts_aws_container(
	struct amts_aws_keys *out, struct amts_aws *aws, struct amts_error *err);
int amts_aws_instance(
	struct amts_aws_keys *out, struct amts_aws *aws, struct amts_error *err);
/* The container's address: AMTS_EAUTH for hosts that may not be asked without TLS. */
int amts_aws_container_url(const char **out, struct amts_arena *arena,
	const char *relative, const char *full, struct amts_error *err);

struct amts_json;
/* Keys from an object with members of these names; AMTS_EAUTH when they are not there. */
int amts_aws_json_keys(struct amts_aws_keys *out, struct amts_aws *aws,
	const struct amts_json *object, const char *const names[4], const char *source,
	struct amts_error *err);

/* "2026-11-22T20:00:00Z", with fractions or an offset, as seconds since 1970; 0 for
 * anything else. */
int64_t amts_iso_time(const char *text);

#endif
