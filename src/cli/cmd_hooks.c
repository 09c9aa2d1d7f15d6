/* git amts-sync hooks: put them into a repository, and take them away. */
#include "cli.h"
#include "project.h"

#include "amts/hooks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(const char *name, const char *path, enum amts_hook_done done)
{
	static const char *const what[] = { [AMTS_HOOK_WRITTEN] = "written",
		[AMTS_HOOK_CHAINED] = "written; the hook that was there is called first",
		[AMTS_HOOK_ADDED] = "a line added",
		[AMTS_HOOK_THERE] = "there already",
		[AMTS_HOOK_REMOVED] = "removed",
		[AMTS_HOOK_ABSENT] = "not there",
		[AMTS_HOOK_LEFTHOOK] = "lefthook's, not touched; add to lefthook.yml:" };

	printf("%s: %s: %s\n", name, path, what[done]);
	if (done == AMTS_HOOK_LEFTHOOK)
		printf("\n  %s:\n    commands:\n      amts:\n"
		       "        run: git amts-sync hook -- %s {0}\n"
		       "        use_stdin: true\n\n",
			name, name);
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	int install = !strcmp(argv[0], "install"), rc;
	struct amts_project *project;
	size_t i;

	(void)opts;
	(void)argc;
	if (!install && strcmp(argv[0], "uninstall") != 0)
		return amts_fail(err, AMTS_EUSAGE,
			"'%s' is neither install nor uninstall", argv[0]);
	rc = cli_project_open(&project, cli, err);
	if (rc)
		return rc;
	for (i = 0; !rc && i < AMTS_HOOKS; i++) {
		const char *name = amts_hook_names[i];
		const char *path =
			amts_hook_path(cli->arena, project, name, getenv("HOME"));
		enum amts_hook_done done;

		rc = install ? amts_hook_install(&done, path, name, err)
			     : amts_hook_uninstall(&done, path, name, err);
		if (!rc)
			say(name, path, done);
	}
	amts_project_free(project);
	return rc;
}

const struct cli_command cmd_hooks = {
	.name = "hooks",
	.group = CLI_MAIN,
	.summary = "install or uninstall git's hooks",
	.usage = "install\nuninstall",
	.about =
		"pre-push: in the repository of the source says which translations a "
		"push "
		"makes stale,\n"
		"in that of a translation checks what is pushed.  post-merge: says what "
		"a "
		"merge made\n"
		"stale, or drafts it; in a translation learns from what was merged.  "
		"Hooks "
		"that are\n"
		"there already are called first.  AMTS_SKIP_HOOKS=1 turns them off once.",
	.examples = "  git amts-sync hooks install\n"
		    "  git config amts.hooks.prePush block\n"
		    "  git config amts.hooks.postMerge sync",
	.min_args = 1,
	.max_args = 1,
	.run = run,
};
