#include "driver.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ATTRIBUTES ".gitattributes"
#define ATTRIBUTE "merge=amts"

/* Of pages; a line each in `.gitattributes` where the repository has such files. */
static const char *const endings[] = { ".md", ".mdx", ".markdown" };

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

static int has_ending(const struct amts_tree *tree, const char *ending)
{
	size_t i;

	for (i = 0; i < tree->n; i++)
		if (amts_str_ends(tree->v[i].path, amts_str_z(ending)))
			return 1;
	return 0;
}

/* The lines that call the driver: for the files of HEAD, markdown's usual ending when
 * there are none. */
static struct amts_str lines_for(struct cli *cli, struct amts_repo *repo)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_tree tree = { NULL, 0 };
	struct amts_buf b = AMTS_BUF_INIT;
	struct amts_oid head;
	struct amts_str lines;
	size_t i;

	if (amts_repo_resolve(&head, repo, "HEAD", &ignored) ||
		amts_repo_tree(&tree, cli->arena, repo, &head, &ignored))
		tree.n = 0;
	for (i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (has_ending(&tree, endings[i]))
			amts_buf_addf(&b, "*%s " ATTRIBUTE "\n", endings[i]);
	if (!b.n)
		amts_buf_addf(&b, "*%s " ATTRIBUTE "\n", endings[0]);
	lines = amts_arena_str(cli->arena, amts_buf_str(&b));
	amts_buf_release(&b);
	return lines;
}

/* Each line of lines with something around it. */
static void print_lines(struct amts_str lines, const char *before, const char *after)
{
	size_t beg, end;

	for (beg = 0; beg < lines.n; beg = end + 1) {
		end = amts_str_find(lines, AMTS_STR("\n"), beg);
		printf("%s" AMTS_STR_FMT "%s\n", before,
			AMTS_STR_ARG(amts_str_sub(lines, beg, end)), after);
	}
}

static void tell_how(struct cli *cli, struct amts_repo *repo)
{
	size_t i;

	puts("\nto let git merge bring the source's changes into translated pages:\n");
	for (i = 0; i < sizeof(settings) / sizeof(*settings); i++)
		printf("  git config %s '%s'\n", settings[i].key, settings[i].value);
	print_lines(lines_for(cli, repo), "  echo '", "' >>" ATTRIBUTES);
}

static int add_attribute(struct cli *cli, struct amts_repo *repo, struct amts_error *err)
{
	struct amts_str old, lines = lines_for(cli, repo);
	int rc = read_attributes(&old, cli, repo, err), ended;

	if (rc || has_attribute(old))
		return rc;
	ended = !old.n || old.p[old.n - 1] == '\n';
	rc = cli_write(attributes_path(cli, repo),
		amts_arena_fmt(cli->arena, AMTS_STR_FMT "%s" AMTS_STR_FMT,
			AMTS_STR_ARG(old), ended ? "" : "\n", AMTS_STR_ARG(lines)),
		err);
	if (!rc)
		print_lines(lines, "added to " ATTRIBUTES ", to be committed: ", "");
	return rc;
}

int cli_driver_install(
	struct cli *cli, struct amts_repo *repo, int yes, struct amts_error *err)
{
	size_t i;
	int rc = AMTS_OK;

	if (!agreed(yes)) {
		tell_how(cli, repo);
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
