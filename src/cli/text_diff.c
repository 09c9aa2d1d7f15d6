/* Two texts as one: word by word, [-gone-]{+new+}, or line by line; in colour, red and
 * green. */
#include "cli.h"

#include "amts/align.h"

#include <stdio.h>

void cli_put_word_diff(const struct cli *cli, struct amts_str old, struct amts_str new)
{
	static const char *const open[] = { "", "[-", "{+" }, *const close[] = { "", "-]",
		"+}" };
	static const enum cli_color color[] = { CLI_RESET, CLI_RED, CLI_GREEN };
	struct amts_arena *arena = amts_arena_new();
	struct amts_diff_part *v;
	size_t i, n = amts_diff_words(&v, arena, old, new);

	for (i = 0; i < n; i++) {
		int plain = !cli->color || v[i].op == AMTS_DIFF_SAME;

		fputs(plain ? open[v[i].op] : cli_color(cli, color[v[i].op]), stdout);
		cli_put_text(v[i].text);
		fputs(plain ? close[v[i].op] : cli_color(cli, CLI_RESET), stdout);
	}
	amts_arena_free(arena);
}

#define CONTEXT 2 /* unchanged lines shown around changed ones */

static int is_near_change(const struct amts_diff_part *v, size_t n, size_t at)
{
	size_t i = at < CONTEXT ? 0 : at - CONTEXT;

	for (; i < n && i <= at + CONTEXT; i++) {
		if (v[i].op != AMTS_DIFF_SAME)
			return 1;
	}
	return 0;
}

void cli_put_line_diff(const struct cli *cli, const char *margin, struct amts_str old,
	struct amts_str new)
{
	static const enum cli_color color[] = { CLI_RESET, CLI_RED, CLI_GREEN };
	struct amts_arena *arena = amts_arena_new();
	struct amts_diff_part *v;
	size_t i, n = amts_diff_lines(&v, arena, old, new);
	int changed = !amts_str_eq(old, new);

	for (i = 0; i < n; i++) {
		if (changed && !is_near_change(v, n, i))
			continue;
		printf("%s%s%c", margin, cli_color(cli, color[v[i].op]), " -+"[v[i].op]);
		cli_put_text(v[i].text);
		printf("%s\n", cli_color(cli, CLI_RESET));
	}
	amts_arena_free(arena);
}
