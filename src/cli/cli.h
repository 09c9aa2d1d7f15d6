#ifndef CLI_H
#define CLI_H
/*
 * The framework of the command line.  A command is one file, cmd_<name>.c, and one entry
 * in the table of main.c; parsing, -h and completion come from its option table. A
 * command reads its inputs, calls the library (include/amts/ and nothing else) and
 * prints: results on stdout with stdio, everything else on stderr.
 */
#include "amts/mem.h"

#include <stdio.h>

struct cJSON;
struct cli;

enum cli_opt_type {
	CLI_FLAG,   /* int: 1; 0 after --no-x */
	CLI_TRI,    /* int: 1; -1 after --no-x; 0 when not given */
	CLI_INT,    /* int: a decimal number, not negative */
	CLI_CHOICE, /* int: index of the word in arg, "first|second"; the first by default
		     */
	CLI_STR,    /* const char *; NULL when not given */
	CLI_OPTSTR, /* const char *: "" for --x, "v" for --x=v; NULL when not given */
	CLI_LIST    /* struct cli_list: every value given, in order */
};

struct cli_list {
	const char **v;
	size_t n;
};

/* One option: where its value goes in the command's option struct, and how it is
 * explained.  A table ends with { 0 }. */
struct cli_opt {
	enum cli_opt_type type;
	char letter;	  /* 0: long form only */
	const char *name; /* long form without dashes; NULL: the letter only */
	const char *arg;  /* what to call the value in -h; for CLI_CHOICE the words
			     themselves */
	const char *help;
	size_t at; /* offsetof(struct ..., member) */
};

enum cli_group {
	CLI_MAIN,     /* day to day */
	CLI_DATA,     /* translations as data */
	CLI_PLUMBING, /* for scripts */
	CLI_HIDDEN
};

struct cli_command {
	const char *name;
	enum cli_group group;
	const char *summary;  /* a line without full stop, for the list of commands */
	const char *usage;    /* what follows "git amts-sync <name> "; a line a form */
	const char *about;    /* some lines under the usage in -h */
	const char *examples; /* lines, each indented by two spaces; NULL for none */
	const struct cli_opt *opts; /* NULL for none */
	size_t opts_size;	    /* of the option struct, zeroed before parsing */
	int min_args, max_args;	    /* positional arguments; max_args -1: no limit */

	/*
	 * Returns the exit code, or a negative amts_status with err filled: AMTS_EUSAGE
	 * ends with 129, anything else with 128 and "fatal: <message>".
	 */
	int (*run)(struct cli *cli, const void *opts, int argc, char **argv,
		struct amts_error *err);
};

/* What every command has. */
struct cli {
	struct amts_arena *arena; /* lives until the program ends */
	const char *program;	  /* argv[0] */
	const struct cli_command *cmd;
	const struct cli_command *const
		*commands;	/* the whole table, NULL after the last */
	const char *color_when; /* --color[=when] */
	int progress_wanted;	/* --[no-]progress: 1, -1, 0 */
	int color;		/* colour on stdout */
	long pager;		/* its process id; 0: none */
};

/* ---- options.c ---- */

extern const struct cli_opt
	cli_common_opts[];		   /* into struct cli; every command has them */
int cli_opt_at(const struct cli_opt *opt); /* 0 at the end of a table, and for NULL */
/* A price, as --max-cost has it; 0 for NULL. */
AMTS_MUST_CHECK int cli_price(
	double *out, const char *option, const char *s, struct amts_error *err);

/*
 * Parse argv[1..argc) for cli->cmd into opts; positional arguments are moved to the front
 * of argv and counted in *nargs.  1: -h was asked for; AMTS_EUSAGE.
 */
AMTS_MUST_CHECK int cli_parse(void *opts, int *nargs, struct cli *cli, int argc,
	char **argv, struct amts_error *err);

/* AMTS_EUSAGE for what is no language tag (BCP 47), and for two letters that are no
 * language. */
AMTS_MUST_CHECK int cli_check_lang(const char *tag, struct amts_error *err);

/* ---- help.c ---- */

void cli_help(const struct cli *cli);	    /* -h of cli->cmd, on stdout */
void cli_overview(const struct cli *cli);   /* -h of the whole, on stdout */
void cli_usage_hint(const struct cli *cli); /* after a usage error, on stderr */
int cli_man(const struct cli *cli);	    /* --help: does not return on success */
int cli_list_completions(const struct cli *cli, const char *command); /* exit code */
/* The command that name may have been meant to be; NULL for none. */
const char *cli_similar(const struct cli *cli, const char *name);

/* ---- terminal.c ---- */

enum cli_color { CLI_RESET, CLI_BOLD, CLI_DIM, CLI_RED, CLI_GREEN, CLI_YELLOW, CLI_CYAN };
const char *cli_color(const struct cli *cli, enum cli_color c); /* "" without colour */

/* Decide on colour: --color, NO_COLOR, TERM, color.ui, terminal. */
AMTS_MUST_CHECK int cli_color_init(struct cli *cli, struct amts_error *err);
/* Long human output follows: on a terminal, send stdout through the user's pager. */
void cli_pager(struct cli *cli);
/* Flush stdout and wait for the pager.  Output that could not be written is an error. */
AMTS_MUST_CHECK int cli_finish(struct cli *cli, struct amts_error *err);
/* The answer to a question that ends in "[Y/n] "; asked again until it is one of these.
 * The end of input is no. */
int cli_yes(void);
/* Text from a document, with control characters and what is not UTF-8 made harmless for
 * terminals. */
void cli_put_text(struct amts_str s);
void cli_put_text_to(FILE *out, struct amts_str s);
/* Output for other programs: as it is, but harmless when stdout is a terminal. */
void cli_put_data(struct amts_str s);
/* "<kind>: <message>" on stderr, in one line, harmless too. */
void cli_say(const char *kind, const char *message);
void cli_warn(const char *fmt, ...) AMTS_PRINTF(1, 2); /* "warning: ..." */

/*
 * Progress as git shows it, "Aligning:  43% (12/29)", on stderr when that is a terminal
 * and the work has taken a second.  One at a time; total 0: only counts.
 */
struct cli_progress;
struct cli_progress *cli_progress_start(struct cli *cli, const char *title, size_t total);
void cli_progress_step(struct cli_progress *p, size_t done);
void cli_progress_stop(struct cli_progress *p); /* NULL is allowed */

/* ---- file.c ---- */

/* Whole file, "-" for stdin, into arena. */
AMTS_MUST_CHECK int cli_read(struct amts_str *out, struct amts_arena *arena,
	const char *path, struct amts_error *err);
/* Warn when bytes are not UTF-8: where, and that this part is not looked at. */
void cli_warn_of_bytes(const char *path, struct amts_str bytes);
/*
 * Put bytes at path whole or not at all: temporary file beside it, fsync, rename; mode
 * kept, symbolic links followed.  What is no regular file (/dev/stdout, a pipe) is
 * written to.
 */
AMTS_MUST_CHECK int cli_write(
	const char *path, struct amts_str bytes, struct amts_error *err);

/* ---- json.c ---- */

/* An object with "version": 1. */
struct cJSON *cli_json_object(void);
/* Bytes of the UTF-8 sequence at the beginning of s, which is not empty (RFC 3629,
 * section 4); 0 when it is none. */
size_t cli_utf8_length(struct amts_str s);
/* Add s, with U+FFFD in place of bytes that are not UTF-8. */
void cli_json_str(struct cJSON *object, const char *key, struct amts_str s);
void cli_json_int(struct cJSON *object, const char *key, size_t n);
/* Print on stdout with a line end, and free. */
AMTS_MUST_CHECK int cli_json_print(struct cJSON *json, struct amts_error *err);
/* Write as a file, and free. */
AMTS_MUST_CHECK int cli_json_write(
	const char *path, struct cJSON *json, struct amts_error *err);

/* ---- env.c ---- */

/* git -c, GIT_CONFIG_*, GIT_AUTHOR_*, the cache's folder, for include/amts/config.h. */
struct amts_env;
AMTS_MUST_CHECK int cli_env(
	struct amts_env *out, struct amts_arena *arena, struct amts_error *err);

/* ---- text_diff.c ---- */

/* What new has that old has not and the other way round, word by word, on one line of
 * stdout; white space of any kind is the same. */
void cli_put_word_diff(const struct cli *cli, struct amts_str old, struct amts_str new);
/* The changed lines with two around them, or all when none is, each after margin. */
void cli_put_line_diff(const struct cli *cli, const char *margin, struct amts_str old,
	struct amts_str new);

/* ---- the commands, a file each ---- */

extern const struct cli_command cmd_align;
extern const struct cli_command cmd_amazon;
extern const struct cli_command cmd_check;
extern const struct cli_command cmd_diff;
extern const struct cli_command cmd_eval;
extern const struct cli_command cmd_hook;
extern const struct cli_command cmd_hooks;
extern const struct cli_command cmd_init;
extern const struct cli_command cmd_memory;
extern const struct cli_command cmd_merge_driver;
extern const struct cli_command cmd_merge_file;
extern const struct cli_command cmd_pairs;
extern const struct cli_command cmd_parse;
extern const struct cli_command cmd_score;
extern const struct cli_command cmd_status;
extern const struct cli_command cmd_sync;

#endif
