#ifndef FORGE_APP_H
#define FORGE_APP_H
/* Tokens of a GitHub App. */
#include "forge/forge.h"

/* Sign as the app (JSON Web Token, RFC 7519, RS256), look up where it is installed for
 * the repository, and fetch a token for that repository alone into f->token; it is good
 * for an hour. */
AMTS_MUST_CHECK int forge_app_token(struct amts_forge *f,
	const struct amts_forge_options *options, struct amts_error *err);

#endif
