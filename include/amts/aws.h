#ifndef AMTS_AWS_H
#define AMTS_AWS_H
/*
 * Amazon Web Services: who we are, where the services are, signed requests.  Settings and
 * their order are those of the AWS SDKs and Tools Reference Guide.
 */
#include "amts/http.h"

struct amts_aws_options {
	/* The environment: AWS_*, HOME, ACTIONS_ID_TOKEN_REQUEST_*.  The library does not
	 * look; NULL results: not set. */
	const char *(*variable)(void *payload, const char *name);
	void *payload;
	const char *profile; /* asked for by the user: the environment's keys are passed
				over; NULL: AWS_PROFILE, "default" */
	const char *region;  /* asked for by the user; NULL: AWS_REGION,
				AWS_DEFAULT_REGION, the profile's */
};

/* Configuration, credentials, the server's clock; one thread at a time. */
struct amts_aws;

/* Reads the user's configuration files (AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE),
 * asks nobody yet.  http is borrowed and learns what is secret. */
AMTS_MUST_CHECK int amts_aws_open(struct amts_aws **out, struct amts_http *http,
	const struct amts_aws_options *options, struct amts_error *err);
void amts_aws_free(struct amts_aws *aws); /* NULL is allowed */

struct amts_http *amts_aws_http(struct amts_aws *aws);

/* AMTS_EUSAGE when none is set, or it is no region's name. */
AMTS_MUST_CHECK int amts_aws_region(
	const char **out, struct amts_aws *aws, struct amts_error *err);

/*
 * Find credentials, or renew those that end within 5 minutes.  Tried in this order: keys
 * in the environment; the profile's role (source_profile, credential_source); a web
 * identity token (AWS_WEB_IDENTITY_TOKEN_FILE, the profile's, GitHub's in an Actions job
 * with AWS_ROLE_ARN); the profile's SSO session (tokens that `aws sso login` left); the
 * shared credentials file; credential_process; the configuration file; the container's
 * service; the instance's (IMDSv2).  *source, for people, names the one that had them;
 * may be NULL. AMTS_EAUTH when there are none, or one that is configured fails.
 */
AMTS_MUST_CHECK int amts_aws_login(
	const char **source, struct amts_aws *aws, struct amts_error *err);

/* Who these credentials are: the ARN that STS tells (GetCallerIdentity, which nobody can
 * be refused). */
AMTS_MUST_CHECK int amts_aws_identity(const char **arn, struct amts_aws *aws,
	struct amts_arena *arena, struct amts_error *err);

/* The document that says who may have a role, JSON: IAM's GetRole.  AMTS_ENOTFOUND when
 * there is no such role, AMTS_EAUTH when these credentials may not ask. */
AMTS_MUST_CHECK int amts_aws_role_trust(struct amts_str *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *role_arn, struct amts_error *err);
/* Whether the policies of an identity, as amts_aws_identity has it, let it hand a role to
 * a service ("translate.amazonaws.com"), as far as IAM's SimulatePrincipalPolicy knows;
 * failures as above. */
AMTS_MUST_CHECK int amts_aws_may_pass_role(int *out, struct amts_aws *aws,
	struct amts_arena *arena, const char *who, const char *role_arn,
	const char *service, struct amts_error *err);

/*
 * The base address of a service ("translate", "s3", "sts"), without a slash at its end:
 * AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's services section and
 * endpoint_url, else the region's ("https://translate.eu-west-1.amazonaws.com", in China
 * ".amazonaws.com.cn").  *custom (may be NULL): one of the former.
 */
AMTS_MUST_CHECK int amts_aws_endpoint(const char **out, int *custom, struct amts_aws *aws,
	const char *service, struct amts_arena *arena, struct amts_error *err);

/* What to send to a service, and sign. */
struct amts_aws_call {
	const char *service; /* of the signature: "s3" */
	const char *method;
	const char *base;     /* address without path */
	struct amts_str path; /* not percent-encoded; from the slash on */
	const char *query;    /* encoded, as in an address; NULL: none */
	const struct amts_http_header *headers; /* besides Host and what signing adds */
	size_t nheaders;
	struct amts_str body;
	unsigned repeatable : 1; /* see struct amts_http_request */
};

/*
 * The request for a call: signed for each attempt with credentials that are fresh then.
 * Throttling and failures of the service are tried again, expired credentials renewed and
 * a clock that is off corrected once.  Everything lives in arena; the call is copied, its
 * body borrowed.
 */
void amts_aws_request(struct amts_http_request *out, struct amts_aws *aws,
	struct amts_arena *arena, const struct amts_aws_call *call);

/* A JSON 1.1 operation: target is "AWSShineFrontendService_20170701.TranslateText". */
AMTS_MUST_CHECK int amts_aws_json_request(struct amts_http_request *out,
	struct amts_aws *aws, struct amts_arena *arena, const char *service,
	const char *target, struct amts_str body, int repeatable, struct amts_error *err);

/* The service's name for an error reply ("NoSuchKey", "ThrottlingException"), and what it
 * says; empty strings when the reply has none. */
void amts_aws_fault(struct amts_str *code, struct amts_str *message,
	const struct amts_http_reply *reply, struct amts_arena *arena);

/*
 * AMTS_OK for 2xx, else a code for the service's error (not found, conflict, throttled,
 * too big, refused) and "METHOD URL: STATUS: <code>: <message> (request <id>)".
 */
AMTS_MUST_CHECK int amts_aws_check(struct amts_aws *aws,
	const struct amts_http_request *request, const struct amts_http_reply *reply,
	struct amts_error *err);

#endif
