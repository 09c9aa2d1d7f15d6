#ifndef AMTS_CONFIG_H
#define AMTS_CONFIG_H
/*
 * What to translate from where: the committed file `.amts`, above it git's configuration,
 * above that what `git -c` and the environment say.
 *
 * The committed file is data from strangers.  It may hold
 *
 *	amts.sourceLanguage, amts.source, amts.sourceBranch, amts.sourcePath,
 *	amts.include, amts.exclude (several), amts.engine,
 *	target.<lang>.{url,branch,path,snapshot,engine,glossary,include,exclude,
 *		newFiles,deletedFiles,strictness,formality,brevity}
 *
 * and nothing else: no program, endpoint, credential, or path out of the repository.
 * Other repositories are named by a path, at most two folders up, or an https, http, ssh
 * or git url without a password.  Git's own configuration may override the same as
 *amts.<key> and amts.<lang>.<key>, with any path or url; its other keys are for
 *amts_config_get.
 */
#include "amts/repo.h"

#define AMTS_CONFIG_FILE ".amts"

/* Patterns as in .gitignore (without "!"). */
struct amts_patterns {
	const char **v;
	size_t n;
};

struct amts_target {
	const char *lang;     /* BCP 47 */
	const char *url;      /* repository; NULL: the one that holds the configuration */
	const char *branch;   /* NULL: its default branch */
	const char *path;     /* layout of translations, see amts/sync.h; "{path}" */
	const char *snapshot; /* layout of the sources they were made from; NULL: none */
	const char *engine;   /* "memory" */
	const char *glossary; /* path in the target repository, or NULL */
	const char *new_files; /* what becomes of a new source file: "source", put in to
				  be translated, or "none" */
	const char *deleted_files; /* what becomes of a translation when its source is
				      gone: "keep" or "remove" */
	const char *strictness;	   /* small edits of the source that wait for people like
				      others: a list for amts_small_edits_parse; "none" */
	const char *formality; /* "formal", "informal" or NULL: of engines that ask */
	const char *brevity;   /* "true": short drafts, from engines that know how */
	struct amts_patterns include, exclude; /* of source paths; its own and amts.* */
};

struct amts_setting {
	const char *key;   /* canonical: section and name in lower case */
	const char *value; /* NULL: bare key */
};

struct amts_config {
	const char *src_lang; /* "en" */
	const char *source;   /* repository; NULL: the one that holds the configuration */
	const char *source_branch;   /* NULL: its default branch */
	const char *source_path;     /* layout of sources; "{path}" */
	struct amts_target *targets; /* in order of the file */
	size_t n;
	struct amts_setting *all; /* git's configuration, the strongest last */
	size_t nall;
	const char **odd; /* keys of it that look like ours and mean nothing */
	size_t nodd;
};

/* What the environment says.  The library does not look: programs hand it in. */
struct amts_http_options;
struct amts_env {
	const char *config_parameters; /* GIT_CONFIG_PARAMETERS or NULL */
	const char *const *config_keys,
		*const *config_values; /* GIT_CONFIG_KEY_n, _VALUE_n */
	size_t nconfig;		       /* GIT_CONFIG_COUNT */
	const char *config_system;    /* GIT_CONFIG_SYSTEM, "" for GIT_CONFIG_NOSYSTEM, or
					 NULL */
	const char *config_global;    /* GIT_CONFIG_GLOBAL or NULL */
	struct amts_ident ident;      /* GIT_AUTHOR_NAME… */
	const char *cache_dir;	      /* for copies of remote repositories */
	struct amts_repo_place place; /* GIT_DIR… */
	const struct amts_http_options *http; /* proxies…; NULL: plain */
	const char *(*variable)(
		void *payload, const char *name); /* AWS_*…; may be NULL */
};

/*
 * The configuration of a repository; strings live in the arena.  committed: the bytes of
 * `.amts`.  AMTS_EPARSE names file:line, or the key of git's configuration.
 */
AMTS_MUST_CHECK int amts_config_load(struct amts_config *out, struct amts_arena *arena,
	struct amts_repo *repo, struct amts_str committed, const struct amts_env *env,
	struct amts_error *err);

/* Git's configuration and the overrides only; *out has no targets.  For `init`. */
AMTS_MUST_CHECK int amts_config_load_user(struct amts_config *out,
	struct amts_arena *arena, struct amts_repo *repo, const struct amts_env *env,
	struct amts_error *err);

/* The strongest value of a key of git's configuration ("amts.amazon.region"); NULL when
 * it is not set, "" for a bare key. */
const char *amts_config_get(const struct amts_config *cfg, const char *key);
/* The same as git takes it for true or false; a key that is not set is false, a bare one
 * true.  AMTS_EUSAGE for what is neither. */
AMTS_MUST_CHECK int amts_config_bool(
	int *out, const struct amts_config *cfg, const char *key, struct amts_error *err);
/* git-config(1), "Values": 1 for true, yes, on and numbers but 0, 0 for false, no, off, 0
 * and "", -1 for anything else. */
int amts_config_is_true(const char *value);

/* NULL when there is no such target. */
const struct amts_target *amts_config_target(
	const struct amts_config *cfg, const char *lang);

/* The url of a remote of the repository, when `url` is the name of one ("upstream"). */
const char *amts_config_remote(
	const struct amts_config *cfg, struct amts_arena *arena, const char *url);

/* The first target of this repository that has this file for a translation; NULL when
 * none has. */
const struct amts_target *amts_config_target_at(
	const struct amts_config *cfg, struct amts_str tgt_path);

/* 1 when the target wants this source file translated. */
int amts_target_wants(const struct amts_target *target, struct amts_str src_path);

/* Who commits: env, then author.*, committer.*, user.* of the configuration. */
void amts_config_ident(struct amts_ident *out, const struct amts_config *cfg,
	const struct amts_env *env);

#endif
