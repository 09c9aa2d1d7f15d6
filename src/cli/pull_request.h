#ifndef CLI_PULL_REQUEST_H
#define CLI_PULL_REQUEST_H
/* After a sync: its review branch pushed, and a pull request for it. */
#include "project.h"

/* Push the branch of a language; says what it did unless quiet. */
AMTS_MUST_CHECK int cli_push(struct amts_sync *sync, int quiet, struct amts_error *err);
/* Open or update the pull request of a review branch.  The service comes from the
 * remote's url, amts.forge and amts.forgeRepository; tokens from GITHUB_TOKEN or GH_TOKEN
 * (or GITHUB_APP_ID and GITHUB_APP_KEY), GITLAB_TOKEN, GITEA_TOKEN; GITHUB_API_URL and
 * CI_API_V4_URL say where it is. */
AMTS_MUST_CHECK int cli_pull_request(struct cli *cli, struct amts_project *project,
	const struct amts_sync_info *branch, int quiet, struct amts_error *err);

#endif
