/* git amts-sync parse: the blocks of one document. */
#include "cli.h"

#include "amts/doc.h"

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdio.h>

#define DEEPEST 8  /* indentation that the human form shows */
#define EXCERPT 56 /* bytes of a block's first line in the human form */

struct parse_opts {
	int json;
};

static const struct cli_opt options[] = {
	{ CLI_FLAG, 0, "json", NULL, "one JSON object; spans are byte offsets",
		offsetof(struct parse_opts, json) },
	{ 0 },
};

static struct cJSON *block_json(const struct amts_block *b)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "kind", amts_block_kind_name(b->kind));
	cli_json_int(o, "beg", b->all.beg);
	cli_json_int(o, "end", b->all.end);
	cli_json_int(o, "line", b->line);
	cli_json_int(o, "depth", b->depth);
	cli_json_int(o, "level", b->level);
	cJSON_AddBoolToObject(o, "opaque", b->opaque);
	cli_json_int(o, "text_beg", b->text.beg);
	cli_json_int(o, "text_end", b->text.end);
	return o;
}

static int print_json(const struct amts_doc *doc, struct amts_error *err)
{
	cJSON *o = cli_json_object();
	cJSON *dialects = cJSON_AddArrayToObject(o, "dialects");
	cJSON *blocks = cJSON_AddArrayToObject(o, "blocks");
	size_t i;

	for (i = 0; i < AMTS_DIALECTS; i++) {
		if (doc->dialects & 1U << i)
			cJSON_AddItemToArray(
				dialects, cJSON_CreateString(amts_dialect_name(1U << i)));
	}
	for (i = 0; i < doc->n; i++)
		cJSON_AddItemToArray(blocks, block_json(&doc->v[i]));
	return cli_json_print(o, err);
}

/* The beginning of the block's first line, cut between characters. */
static struct amts_str excerpt(const struct amts_doc *doc, const struct amts_block *b)
{
	struct amts_str s = amts_doc_bytes(doc, b->opaque ? b->all : b->text);
	size_t n = amts_str_find(s, AMTS_STR("\n"), 0);

	if (n > EXCERPT) {
		n = EXCERPT;
		while (n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
	}
	return amts_str_trim(amts_str_sub(s, 0, n));
}

static void print_block(
	const struct cli *cli, const struct amts_doc *doc, const struct amts_block *b)
{
	int indent = 2 * (int)(b->depth < DEEPEST ? b->depth : DEEPEST);
	char level[16] = "";

	if (b->level)
		snprintf(level, sizeof(level), " %u", b->level);
	printf("%6zu  %*s%s%s%s%s ", b->line, indent, "",
		cli_color(cli, b->opaque ? CLI_DIM : CLI_BOLD),
		amts_block_kind_name(b->kind), level, cli_color(cli, CLI_RESET));
	cli_put_text(excerpt(doc, b));
	putchar('\n');
}

static int run(
	struct cli *cli, const void *opts, int argc, char **argv, struct amts_error *err)
{
	const struct parse_opts *o = opts;
	struct amts_str bytes;
	struct amts_doc *doc;
	size_t i;
	int rc;

	(void)argc;
	rc = cli_read(&bytes, cli->arena, argv[0], err);
	if (!rc)
		rc = amts_doc_parse(&doc, cli->arena, bytes, err);
	if (rc)
		return rc;
	if (o->json)
		return print_json(doc, err);
	cli_pager(cli);
	for (i = 0; i < doc->n; i++)
		print_block(cli, doc, &doc->v[i]);
	return 0;
}

const struct cli_command cmd_parse = {
	.name = "parse",
	.group = CLI_PLUMBING,
	.summary = "show the blocks of a markdown file",
	.usage = "[--json] <file>",
	.about = "Shows the blocks that a markdown file is made of: line, kind, and how "
		 "each begins.\n"
		 "Blocks and the gaps between them make up the file exactly. '-' is "
		 "standard input.",
	.examples = "  git amts-sync parse README.md\n"
		    "  git amts-sync parse --json - <README.md",
	.opts = options,
	.opts_size = sizeof(struct parse_opts),
	.min_args = 1,
	.max_args = 1,
	.run = run,
};
