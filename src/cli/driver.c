#include "driver.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ATTRIBUTES ".gitattributes"
#define ATTRIBUTE "merge=amts"
#define LINE "*.md " ATTRIBUTE

static const struct {
	const char *key, *value;
} settings[] = {
	{ "merge.amts.name", "merge translations with their source" },
	{ "merge.amts.driver", "git amts-sync merge-driver --marker-size=%L"
			       " -L %X -L %S -L %Y %O %A %B %P" },
	/* what git merges to get one base out of several is no translation's business */
	{ "merge.amts.recursive", "text" },
};

static const char *attributes_path(struct cli *cli, struct amts_repo *repo)
{
	return amts_arena_fmt(cli->arena, "%s" ATTRIBUTES, amts_repo_work_dir(repo)).p;
}

/* The file's bytes, "" when there is none. */
static int read_attributes(struct amts_str *out, struct cli *cli, struct amts_repo *repo,
	struct amts_error *err)
{
	int rc = cli_read(out, cli->arena, attributes_path(cli, repo), err);

	if (rc != AMTS_ENOTFOUND)
		return rc;
	*out = AMTS_STR("");
	return AMTS_OK;
}

static int has_attribute(struct amts_str attributes)
{
	return amts_str_find(attributes, AMTS_STR(ATTRIBUTE), 0) < attributes.n;
}

static int is_driver(
	const char *key, const char *value, void *payload, struct amts_error *err)
{
	(void)payload;
	(void)err;
	return value && *value && !strcmp(key, "merge.amts.driver");
}

int cli_driver_is_missing(struct cli *cli, struct amts_repo *repo)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_str attributes;

	return !read_attributes(&attributes, cli, repo, &ignored) &&
	       has_attribute(attributes) &&
	       !amts_repo_config(repo, is_driver, NULL, &ignored);
}

static int agreed(int yes)
{
	if (yes || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return yes;
	printf("\nLet git merge bring the source's changes into translated pages? "
	       "[Y/n] ");
	return cli_yes();
}

static void tell_how(void)
{
	size_t i;

	puts("\nto let git merge bring the source's changes into translated pages:\n");
	for (i = 0; i < sizeof(settings) / sizeof(*settings); i++)
		printf("  git config %s '%s'\n", settings[i].key, settings[i].value);
	puts("  echo '" LINE "' >>" ATTRIBUTES);
}

static int add_attribute(struct cli *cli, struct amts_repo *repo, struct amts_error *err)
{
	struct amts_str old;
	int rc = read_attributes(&old, cli, repo, err), ended;

	if (rc || has_attribute(old))
		return rc;
	ended = !old.n || old.p[old.n - 1] == '\n';
	rc = cli_write(attributes_path(cli, repo),
		amts_arena_fmt(cli->arena, AMTS_STR_FMT "%s" LINE "\n", AMTS_STR_ARG(old),
			ended ? "" : "\n"),
		err);
	if (!rc)
		puts("added to " ATTRIBUTES ", to be committed: " LINE);
	return rc;
}

int cli_driver_install(
	struct cli *cli, struct amts_repo *repo, int yes, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	if (!agreed(yes)) {
		tell_how();
		return AMTS_OK;
	}
	putchar('\n');
	for (i = 0; !rc && i < sizeof(settings) / sizeof(*settings); i++) {
		rc = amts_repo_set_config(repo, settings[i].key, settings[i].value, err);
		if (!rc)
			printf("set %s = %s\n", settings[i].key, settings[i].value);
	}
	return rc ? rc : add_attribute(cli, repo, err);
}
