#ifndef CLI_NET_H
#define CLI_NET_H
/* What commands that use the network have in common. */
#include "cli.h"

#include "amts/aws.h"

/*
 * HTTP as the environment says: http_proxy, https_proxy, all_proxy and no_proxy as curl
 * reads them; certificates from ca_file, else CURL_CA_BUNDLE, SSL_CERT_FILE;
 * AMTS_TRACE_CURL, a trace as git writes one for GIT_TRACE_CURL: 1, 2 or true for stderr,
 * 3 to 9 for that descriptor, an absolute path to append to a file.
 */
void cli_http_options(
	struct amts_http_options *out, struct amts_arena *arena, const char *ca_file);
AMTS_MUST_CHECK int cli_http_open(struct amts_http **out, struct cli *cli,
	const char *ca_file, struct amts_error *err);

/* getenv(3) for struct amts_aws_options. */
const char *cli_variable(void *payload, const char *name);

/* AWS as the environment and these options say (NULL: not given).  Certificates from
 * AWS_CA_BUNDLE first; *http is the caller's to free after *out. */
AMTS_MUST_CHECK int cli_aws_open(struct amts_aws **out, struct amts_http **http,
	struct cli *cli, const char *profile, const char *region, struct amts_error *err);

#endif
