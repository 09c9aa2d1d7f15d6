#ifndef PROJECT_PROJECT_H
#define PROJECT_PROJECT_H
/* The repository with the configuration. */
#include "amts/sync.h"

struct amts_project {
	struct amts_arena *arena;
	struct amts_repo *repo;
	const char *root; /* folder that relative urls are relative to */
	struct amts_config cfg;
	const struct amts_env *env;
	struct amts_beyond *beyond; /* of the source; NULL until it is asked for */
};

/* ---- project.c ---- */

/* A file at the top of the project's work tree, AMTS_ENOTFOUND without; links are not
 * followed, for they may lead out of it. */
int amts_project_read(struct amts_str *out, struct amts_arena *arena,
	const struct amts_project *project, const char *name, struct amts_error *err);

/* The remote of the project's own repository that review branches are pushed to:
 * amts.remote, else "origin". */
const char *amts_project_remote(const struct amts_project *project);

/* ---- url.c ---- */

/* url as git would be given it: remotes by their name, relative paths from the top of the
 * project.  AMTS_EFAIL for a path below it that links lead out, and for a bare repository
 * among the project's files. */
AMTS_MUST_CHECK int amts_project_url(const char **out, struct amts_project *project,
	struct amts_arena *arena, const char *url, struct amts_error *err);

/* AMTS_EUSAGE for what a file from strangers may not name: absolute paths and
 * those more than two folders up, file urls, and urls with a password; beyond what
 * amts_repo_check_url refuses. */
AMTS_MUST_CHECK int amts_url_check_shared(const char *url, struct amts_error *err);

/* A path, absolute or relative to the folder root, written in the shortest way from
 * there; anything else, and paths that have nothing in common with root, as they are. */
const char *amts_url_relative(
	struct amts_arena *arena, const char *root, const char *url);

/* A relative path as seen from root; anything else as it is. */
const char *amts_url_from(struct amts_arena *arena, const char *root, const char *url);
/* Last part of a url without ".git". */
const char *amts_url_name(struct amts_arena *arena, const char *url);

/* ---- config.c ---- */

/* AMTS_EUSAGE for what `.amts` does not take as a language. */
int amts_config_check_lang(const char *lang, struct amts_error *err);

#endif
