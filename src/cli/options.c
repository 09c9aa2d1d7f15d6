/* Option parsing as git does it: unique prefixes, --no-x, --x=v, -xyz, options anywhere.
 */
#include "cli.h"

#include "amts/text.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

const struct cli_opt cli_common_opts[] = {
	{ CLI_OPTSTR, 0, "color", "always|auto|never", "colour the output",
		offsetof(struct cli, color_when) },
	{ CLI_TRI, 0, "progress", NULL, "show progress; by itself on a terminal only",
		offsetof(struct cli, progress_wanted) },
	{ 0 },
};

/* Where parsing stands: two tables, each with the struct its values go to. */
struct parser {
	struct cli *cli;
	const struct cli_opt *table[2];
	char *vals[2];
	int argc, i; /* argv[i] is the argument after the one looked at */
	char **argv;
	struct amts_error *err;
};

/* An option as it was found: which table, and --no- or not. */
struct found {
	const struct cli_opt *opt;
	char *val;
	int negated;
};

int cli_opt_at(const struct cli_opt *opt)
{
	return opt && (opt->name || opt->letter);
}

/* What to call an option in messages. */
static const char *label(const struct parser *p, const struct cli_opt *opt)
{
	return opt->name ? opt->name : amts_arena_fmt(p->cli->arena, "%c", opt->letter).p;
}

static int takes_value(const struct cli_opt *opt)
{
	return opt->type != CLI_FLAG && opt->type != CLI_TRI && opt->type != CLI_OPTSTR;
}

static int set_choice(
	struct parser *p, const struct cli_opt *opt, int *to, const char *value)
{
	const char *word = opt->arg;
	size_t n = strlen(value);
	int i;

	for (i = 0; word; i++) {
		const char *bar = strchr(word, '|');
		size_t len = bar ? (size_t)(bar - word) : strlen(word);

		if (len == n && !memcmp(word, value, n)) {
			*to = i;
			return AMTS_OK;
		}
		word = bar ? bar + 1 : NULL;
	}
	return amts_fail(p->err, AMTS_EUSAGE, "option '%s' wants %s, not '%s'",
		label(p, opt), opt->arg, value);
}

static int set_int(
	struct parser *p, const struct cli_opt *opt, int *to, const char *value)
{
	char *end;
	long n;

	errno = 0;
	n = strtol(value, &end, 10);
	if (end == value || *end || errno || n < 0 || n > INT_MAX || *value == '+')
		return amts_fail(p->err, AMTS_EUSAGE,
			"option '%s' wants a number, not '%s'", label(p, opt), value);
	*to = (int)n;
	return AMTS_OK;
}

static void list_add(struct amts_arena *arena, struct cli_list *list, const char *value)
{
	const char **v = AMTS_NEW(arena, const char *, list->n + 1);

	if (list->n)
		memcpy(v, list->v, list->n * sizeof(*v));
	v[list->n++] = value;
	list->v = v;
}

static void set_absent(const struct cli_opt *opt, char *at)
{
	switch (opt->type) {
	case CLI_FLAG:
	case CLI_INT:
	case CLI_CHOICE:
		*(int *)(void *)at = 0;
		break;
	case CLI_TRI:
		*(int *)(void *)at = -1;
		break;
	case CLI_STR:
	case CLI_OPTSTR:
		*(const char **)(void *)at = NULL;
		break;
	case CLI_LIST:
		((struct cli_list *)(void *)at)->n = 0;
		break;
	}
}

/* value is NULL when there is none. */
static int set(struct parser *p, const struct found *f, const char *value)
{
	char *at = f->val + f->opt->at;

	if (f->negated) {
		set_absent(f->opt, at);
		return AMTS_OK;
	}
	switch (f->opt->type) {
	case CLI_FLAG:
	case CLI_TRI:
		*(int *)(void *)at = 1;
		break;
	case CLI_INT:
		return set_int(p, f->opt, (int *)(void *)at, value);
	case CLI_CHOICE:
		return set_choice(p, f->opt, (int *)(void *)at, value);
	case CLI_STR:
		*(const char **)(void *)at = value;
		break;
	case CLI_OPTSTR:
		*(const char **)(void *)at = value ? value : "";
		break;
	case CLI_LIST:
		list_add(p->cli->arena, (struct cli_list *)(void *)at, value);
		break;
	}
	return AMTS_OK;
}

/* 2: exact, 1: name begins with the n bytes at s, 0: neither. */
static int fits(const char *name, const char *s, size_t n)
{
	if (strncmp(name, s, n) != 0)
		return 0;
	return name[n] ? 1 : 2;
}

/* Is s (n bytes) the option, its negation, or the beginning of one of them? */
static int fits_option(const struct cli_opt *opt, const char *s, size_t n, int *negated)
{
	int fit = fits(opt->name, s, n);

	*negated = 0;
	if (fit)
		return fit;
	*negated = 1;
	if (n <= 3)
		return strncmp("no-", s, n) == 0;
	return strncmp("no-", s, 3) == 0 ? fits(opt->name, s + 3, n - 3) : 0;
}

static int find_long(struct found *out, struct parser *p, const char *s, size_t n)
{
	struct found second = { 0 };
	int t;

	out->opt = NULL;
	for (t = 0; t < 2; t++) {
		const struct cli_opt *opt;

		for (opt = p->table[t]; cli_opt_at(opt); opt++) {
			struct found f = { opt, p->vals[t], 0 };
			int fit = opt->name ? fits_option(opt, s, n, &f.negated) : 0;

			if (fit == 2) {
				*out = f;
				return AMTS_OK;
			}
			if (fit && out->opt)
				second = f;
			else if (fit)
				*out = f;
		}
	}
	if (!out->opt)
		return amts_fail(
			p->err, AMTS_EUSAGE, "unknown option '--%.*s'", (int)n, s);
	if (second.opt)
		return amts_fail(p->err, AMTS_EUSAGE,
			"ambiguous option '--%.*s' (could be --%s%s or --%s%s)", (int)n,
			s, out->negated ? "no-" : "", out->opt->name,
			second.negated ? "no-" : "", second.opt->name);
	return AMTS_OK;
}

/* The argument after the option, as its value. */
static int next_value(const char **out, struct parser *p, const struct cli_opt *opt)
{
	if (p->i >= p->argc)
		return amts_fail(p->err, AMTS_EUSAGE, "option '%s' requires a value",
			label(p, opt));
	*out = p->argv[p->i++];
	return AMTS_OK;
}

static int parse_long(struct parser *p, const char *s)
{
	const char *eq = strchr(s, '='), *value = eq ? eq + 1 : NULL;
	struct found f = { 0 };
	int rc = find_long(&f, p, s, eq ? (size_t)(eq - s) : strlen(s));

	if (rc || !f.opt)
		return rc;
	if (value && (f.negated || f.opt->type == CLI_FLAG || f.opt->type == CLI_TRI))
		return amts_fail(p->err, AMTS_EUSAGE, "option '%s%s' takes no value",
			f.negated ? "no-" : "", f.opt->name);
	if (!value && !f.negated && takes_value(f.opt)) {
		rc = next_value(&value, p, f.opt);
		if (rc)
			return rc;
	}
	return set(p, &f, value);
}

static int find_short(struct found *out, struct parser *p, char letter)
{
	int t;

	for (t = 0; t < 2; t++) {
		const struct cli_opt *opt;

		for (opt = p->table[t]; cli_opt_at(opt); opt++) {
			if (opt->letter == letter) {
				*out = (struct found){ opt, p->vals[t], 0 };
				return AMTS_OK;
			}
		}
	}
	return amts_fail(p->err, AMTS_EUSAGE, "unknown switch '%c'", letter);
}

/* A cluster such as -nv, -ofile, -o file.  1: it asks for help. */
static int parse_short(struct parser *p, const char *s)
{
	for (; *s; s++) {
		struct found f = { 0 };
		const char *value = NULL;
		int rc;

		if (*s == 'h')
			return 1;
		rc = find_short(&f, p, *s);
		if (rc || !f.opt)
			return rc;
		if (takes_value(f.opt)) {
			value = s + 1;
			if (!*value)
				rc = next_value(&value, p, f.opt);
		}
		if (!rc)
			rc = set(p, &f, value);
		if (rc || value)
			return rc;
	}
	return AMTS_OK;
}

static int check_count(const struct cli_command *cmd, int n, struct amts_error *err)
{
	if (n < cmd->min_args)
		return amts_fail(err, AMTS_EUSAGE, "too few arguments");
	if (cmd->max_args >= 0 && n > cmd->max_args)
		return amts_fail(err, AMTS_EUSAGE, "too many arguments");
	return AMTS_OK;
}

int cli_parse(void *opts, int *nargs, struct cli *cli, int argc, char **argv,
	struct amts_error *err)
{
	struct parser p = { cli, { cli->cmd->opts, cli_common_opts },
		{ opts, (char *)cli }, argc, 1, argv, err };
	int only_args = 0, n = 0, rc = AMTS_OK;

	while (!rc && p.i < argc) {
		char *a = argv[p.i++];

		if (only_args || a[0] != '-' || !a[1])
			argv[n++] = a;
		else if (!strcmp(a, "--"))
			only_args = 1;
		else if (!strcmp(a, "--help"))
			rc = cli_man(cli);
		else if (a[1] == '-')
			rc = parse_long(&p, a + 2);
		else
			rc = parse_short(&p, a + 1);
	}
	*nargs = n;
	return rc ? rc : check_count(cli->cmd, n, err);
}

/* Up to eight letters, or digits too, but one at least. */
static int is_subtag(struct amts_str s, int digits)
{
	static const char allowed[] = "0123456789abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(digits ? allowed : allowed + 10, s.p[i]))
			return 0;
	return s.n > 0 && s.n <= 8;
}

int cli_check_lang(const char *tag, struct amts_error *err)
{
	struct amts_str s = amts_str_z(tag), part;
	size_t end = amts_str_find(s, AMTS_STR("-"), 0), beg;
	int fine;

	part = amts_str_sub(s, 0, end);
	fine = is_subtag(part, 0) && part.n > 1 &&
	       (part.n > 2 || amts_lang_is_known(part));
	for (beg = end; fine && beg < s.n; beg = end) {
		end = amts_str_find(s, AMTS_STR("-"), beg + 1);
		fine = is_subtag(amts_str_sub(s, beg + 1, end), 1);
	}
	return fine ? AMTS_OK
		    : amts_fail(err, AMTS_EUSAGE,
			      "not a language: '%s' (want a tag such as zh or pt-BR)",
			      tag);
}

int cli_price(double *out, const char *option, const char *s, struct amts_error *err)
{
	*out = 0;
	if (s && (!amts_str_number(out, s) || !(*out > 0 && *out <= 1e9)))
		return amts_fail(err, AMTS_EUSAGE, "%s: not a price: '%s'", option, s);
	return AMTS_OK;
}
