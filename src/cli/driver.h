#ifndef CLI_DRIVER_H
#define CLI_DRIVER_H
/* Making git's merge call merge-driver, in a repository that shares history with its
 * source. */
#include "cli.h"

#include "amts/config.h"

/* 1 when `.gitattributes` names the driver and the configuration does not have it: in
 * another clone of a repository that was set up. */
int cli_driver_is_missing(struct cli *cli, struct amts_repo *repo);

/*
 * Set it up: the configuration of the repository, and a line in `.gitattributes`.  Asks
 * first on a terminal; without one it is done if yes says so, else it is told how.
 */
AMTS_MUST_CHECK int cli_driver_install(
	struct cli *cli, struct amts_repo *repo, int yes, struct amts_error *err);

#endif
