#ifndef CLI_PROJECT_H
#define CLI_PROJECT_H
/* What commands on a configured repository have in common. */
#include "cli.h"

#include "amts/sync.h"

/* The project around the current folder; env lives in cli's arena. */
AMTS_MUST_CHECK int cli_project_open(
	struct amts_project **out, struct cli *cli, struct amts_error *err);

/* The languages asked for, each checked to be a target; all targets when none was. */
AMTS_MUST_CHECK int cli_project_langs(struct cli_list *out, struct cli *cli,
	const struct amts_project *project, const struct cli_list *asked,
	struct amts_error *err);

/* Pathspecs as the library's patterns: relative to the current folder, "*" alone
 * anywhere. */
AMTS_MUST_CHECK int cli_project_paths(struct cli_list *out, struct cli *cli,
	struct amts_project *project, int argc, char **argv, struct amts_error *err);

/* Nothing to say unless one of the paths, given as argv, is of no file in any of these
 * languages: AMTS_ENOTFOUND.  What cannot be opened is for the caller to find out. */
AMTS_MUST_CHECK int cli_project_check_paths(struct amts_project *project,
	const struct cli_list *langs, const struct cli_list *patterns, char **argv,
	int offline, struct amts_error *err);

/* What to call a file: where its translation is, or will be. */
struct amts_str cli_file_path(const struct amts_file *f);
/* A warning for each note of a sync, up to some. */
void cli_warn_of_notes(const struct amts_sync *sync);
/* A warning for each document that could not be done. */
void cli_warn_of_failures(const struct amts_sync_result *result);

/* The library's progress as the command line's: cli_meter_step is amts_progress.fn, with
 * a meter for its payload; end with cli_progress_stop(m.p). */
struct cli_meter {
	struct cli *cli;
	struct cli_progress *p;
	const char *what;
};
void cli_meter_step(void *meter, const char *what, size_t done, size_t total);

/* "refs/heads/amts/zh" without "refs/heads/". */
const char *cli_branch_name(const char *ref);

/* A path as git prints it: quoted when it holds control characters, quotes or
 * backslashes. */
void cli_quote_path(struct amts_buf *out, struct amts_str path);
void cli_put_path(struct amts_str path); /* on stdout */

#endif
