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
};

/* ---- project.c ---- */

/* url as git would be given it: relative paths are relative to the project. */
const char *amts_project_url(
	struct amts_project *project, struct amts_arena *arena, const char *url);

/* A file at the top of the project's work tree, AMTS_ENOTFOUND without; links are not
 * followed, for they may lead out of it. */
int amts_project_read(struct amts_str *out, struct amts_arena *arena,
	const struct amts_project *project, const char *name, struct amts_error *err);

const char *amts_url_from(struct amts_arena *arena, const char *root, const char *url);
/* Last part of a url without ".git". */
const char *amts_url_name(struct amts_arena *arena, const char *url);

/* ---- config.c ---- */

/* AMTS_EUSAGE for what `.amts` does not take as a language. */
int amts_config_check_lang(const char *lang, struct amts_error *err);

#endif
