#ifndef BASE_GITCONF_H
#define BASE_GITCONF_H
/*
 * Git's configuration syntax (git-config(1), "CONFIGURATION FILE") from bytes.  There are
 * no includes: "include.path" is a key like any other.
 */
#include "amts/mem.h"

struct amts_gitconf_entry {
	const char *key;   /* section and name in lower case, subsection as written */
	const char *value; /* NULL for a bare "key" */
	const char *file;  /* where it stands, for messages */
	size_t line;	   /* 0: not from a file */
};

/* Entries in order; strings live in the arena.  A negative result ends the parse. */
typedef int amts_gitconf_fn(
	const struct amts_gitconf_entry *e, void *payload, struct amts_error *err);

/* AMTS_EPARSE with "file:line: ..." for what git would refuse too, and for NUL bytes. */
AMTS_MUST_CHECK int amts_gitconf_parse(struct amts_arena *arena, struct amts_str bytes,
	const char *file, amts_gitconf_fn *fn, void *payload, struct amts_error *err);

/* The value of GIT_CONFIG_PARAMETERS, in which git hands on "git -c key=value":
 * 'key'='value' or (before git 2.31) 'key=value', separated by spaces. */
AMTS_MUST_CHECK int amts_gitconf_parameters(struct amts_arena *arena, const char *text,
	amts_gitconf_fn *fn, void *payload, struct amts_error *err);

/* Lower the parts of a key that git compares so; AMTS_EUSAGE when it is no key. */
AMTS_MUST_CHECK int amts_gitconf_key(const char **out, struct amts_arena *arena,
	struct amts_str key, struct amts_error *err);

#endif
