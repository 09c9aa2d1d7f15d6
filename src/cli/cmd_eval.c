/* git amts-sync eval: what the program is worth, measured on a project's own history. */
#include "cli.h"
#include "eval.h"
#include "project.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct cli_opt options[] = {
	{ CLI_CHOICE, 0, "format", "text|json|markdown|csv", "how to print",
		offsetof(struct eval_opts, format) },
	{ CLI_LIST, 0, "lang", "lang", "only this language; may be given several times",
		offsetof(struct eval_opts, langs) },
	{ CLI_FLAG, 0, "offline", NULL, "do not fetch repositories given by url",
		offsetof(struct eval_opts, offline) },
	{ CLI_INT, 0, "sample", "n", "pairs: print so many, drawn at random; 10",
		offsetof(struct eval_opts, sample) },
	{ CLI_INT, 0, "seed", "n", "pairs: draw others",
		offsetof(struct eval_opts, seed) },
	{ CLI_STR, 0, "src-lang", "lang", "pairs: language of the first side",
		offsetof(struct eval_opts, src_lang) },
	{ CLI_STR, 0, "tgt-lang", "lang", "pairs: language of the second side",
		offsetof(struct eval_opts, tgt_lang) },
	{ CLI_LIST, 0, "article", "path",
		"articles: hold this one out; may be given several times",
		offsetof(struct eval_opts, articles) },
	{ CLI_CHOICE, 0, "preset", "none|d2l",
		"articles: five of Dive into Deep Learning",
		offsetof(struct eval_opts, preset) },
	{ CLI_CHOICE, 0, "engine", "memory|amazon|none", "articles: who translates",
		offsetof(struct eval_opts, engine) },
	{ CLI_STR, 0, "max-cost", "price",
		"articles: send nothing to an engine that would cost more",
		offsetof(struct eval_opts, max_cost) },
	{ CLI_FLAG, 0, "reverse", NULL, "articles: translate into the source's language",
		offsetof(struct eval_opts, reverse) },
	{ CLI_STR, 0, "html", "file", "articles: write a page with tables and bars, too",
		offsetof(struct eval_opts, html) },
	{ 0 },
};

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	if (!strcmp(argv[0], "replay"))
		return eval_replay(cli, opts, argc - 1, argv + 1, err);
	if (!strcmp(argv[0], "pairs"))
		return eval_pairs(cli, opts, argc - 1, argv + 1, err);
	if (!strcmp(argv[0], "articles"))
		return eval_articles(cli, opts, argc - 1, argv + 1, err);
	return amts_fail(err, AMTS_EUSAGE, "unknown evaluation '%s'", argv[0]);
}

const struct cli_command cmd_eval = {
	.name = "eval",
	.group = CLI_DATA,
	.summary = "measure what the program saves, and how good parallel data is",
	.usage = "replay [--format <format>] [--lang <lang>]... [--] [<path>...]\n"
		 "pairs [--format <format>] [--sample <n>] [--seed <n>] <file of pairs>\n"
		 "articles [<options>] (--article <path>... | --preset <name>)",
	.about = "replay:   each time that people brought a translation up to date, what "
		 "the program\n"
		 "          would have made of the same change, without any engine, "
		 "against "
		 "what\n"
		 "          they committed\n"
		 "pairs:    how good a file of parallel data is\n"
		 "articles: articles translated without parallel data, with pairs of "
		 "paragraphs and\n"
		 "          with pairs of sentences that have nothing of them, against "
		 "people's\n"
		 "          translation",
	.examples = "  git amts-sync eval replay --format markdown\n"
		    "  git amts-sync eval pairs --sample 20 zh.tmx\n"
		    "  git amts-sync eval articles --article guide/start.md --html "
		    "start.html",
	.opts = options,
	.opts_size = sizeof(struct eval_opts),
	.min_args = 1,
	.max_args = -1,
	.run = run,
};
