/*
 * Blocks of the examples in tests/spec/ (txt files):
 *
 *     @@ name
 *     input
 *     @=
 *     FIRST-LAST kind [level] [dN] [qN] [tabs] ["text"]
 *
 * A block's lines, kind, heading level, depth, quotes, whether it stands in a tab, and
 * its text if it is translatable.  In the input → is a tab, ␍ a CR, ␀ a NUL, ␛ the byte
 * FF, · a space, ⏎ at the end nothing, with no line ending after it; in the text \n is a
 * line ending.  "test_spec FILE" prints the blocks of a file in this form.
 */
#include "amts/doc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- blocks as lines of text ------------------------------------------------ */

static size_t lines_in(const struct amts_doc *doc, struct amts_span at)
{
	struct amts_str s = amts_doc_bytes(doc, at);
	size_t i, n = 0;

	for (i = 0; i < s.n; i++)
		n += s.p[i] == '\n' ||
		     (s.p[i] == '\r' && (i + 1 == s.n || s.p[i + 1] != '\n'));
	return n + (s.n && s.p[s.n - 1] != '\n' && s.p[s.n - 1] != '\r');
}

static void add_text(struct amts_buf *out, struct amts_str s)
{
	size_t i;

	amts_buf_addz(out, " \"");
	for (i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			amts_buf_addz(out, "\\n");
		else if (s.p[i] == '\r')
			amts_buf_addz(out, "\\r");
		else
			amts_buf_addc(out, s.p[i]);
	}
	amts_buf_addc(out, '"');
}

static void add_block(
	struct amts_buf *out, const struct amts_doc *doc, const struct amts_block *b)
{
	size_t lines = lines_in(doc, b->all);

	amts_buf_addf(out, "%zu", b->line);
	if (lines > 1)
		amts_buf_addf(out, "-%zu", b->line + lines - 1);
	amts_buf_addf(out, " %s", amts_block_kind_name(b->kind));
	if (b->level)
		amts_buf_addf(out, " %u", b->level);
	if (b->depth)
		amts_buf_addf(out, " d%u", b->depth);
	if (b->quotes)
		amts_buf_addf(out, " q%u", b->quotes);
	if (b->tabs)
		amts_buf_addz(out, " tabs");
	if (!b->opaque)
		add_text(out, amts_doc_bytes(doc, b->text));
	amts_buf_addc(out, '\n');
}

/* The blocks of bytes as lines of text. */
static void blocks_of(struct amts_buf *out, struct amts_str bytes)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_doc *doc;
	size_t i;

	if (amts_doc_parse(&doc, arena, bytes, &err))
		fail_msg("%s", err.msg);
	for (i = 0; i < doc->n; i++)
		add_block(out, doc, &doc->v[i]);
	amts_arena_free(arena);
}

/* ---- examples ---------------------------------------------------------------- */

static void read_file(struct amts_buf *out, const char *path)
{
	FILE *f = fopen(path, "rb");
	char buf[4096];
	size_t n;

	if (!f)
		fail_msg("%s: cannot be read", path);
	while ((n = fread(buf, 1, sizeof(buf), f)))
		amts_buf_add(out, (struct amts_str){ buf, n });
	fclose(f);
}

static void unescape(struct amts_buf *out, struct amts_str s)
{
	static const struct {
		const char *mark;
		struct amts_str is;
	} marks[] = { { "→", { "\t", 1 } }, { "␍", { "\r", 1 } }, { "␀", { "\0", 1 } },
		{ "␛", { "\xff", 1 } }, { "·", { " ", 1 } }, { "⏎\n", { "", 0 } } };
	size_t at = 0, i;

	while (at < s.n) {
		for (i = 0; i < sizeof(marks) / sizeof(*marks); i++)
			if (amts_str_starts(
				    amts_str_sub(s, at, s.n), amts_str_z(marks[i].mark)))
				break;
		if (i < sizeof(marks) / sizeof(*marks)) {
			amts_buf_add(out, marks[i].is);
			at += strlen(marks[i].mark);
		} else {
			amts_buf_addc(out, s.p[at++]);
		}
	}
}

/* Check the example that starts after its "@@ "; returns 1 if it holds. */
static int holds(const char *path, struct amts_str example)
{
	size_t name = amts_str_find(example, AMTS_STR("\n"), 0);
	size_t sep = amts_str_find(example, AMTS_STR("\n@=\n"), name);
	struct amts_buf in = AMTS_BUF_INIT, got = AMTS_BUF_INIT;
	struct amts_str want = amts_str_trim(amts_str_sub(example, sep + 4, example.n));
	int ok;

	assert_true(sep < example.n);
	unescape(&in, amts_str_sub(example, name + 1, sep + 1));
	blocks_of(&got, amts_buf_str(&in));
	ok = amts_str_eq(amts_str_trim(amts_buf_str(&got)), want);
	if (!ok)
		print_error("%s: " AMTS_STR_FMT "\n-- want\n" AMTS_STR_FMT
			    "\n-- got\n%s\n",
			path, AMTS_STR_ARG(amts_str_sub(example, 0, name)),
			AMTS_STR_ARG(want), got.p);
	amts_buf_release(&in);
	amts_buf_release(&got);
	return ok;
}

static void examples_hold(void **state)
{
	const char *path = *state;
	struct amts_buf file = AMTS_BUF_INIT;
	struct amts_str s;
	size_t at, next, n = 0, bad = 0;

	read_file(&file, path);
	s = amts_buf_str(&file);
	for (at = amts_str_find(s, AMTS_STR("@@ "), 0); at < s.n; at = next) {
		next = amts_str_find(s, AMTS_STR("\n@@ "), at) + 1;
		bad += !holds(path, amts_str_sub(s, at + 3, next));
		n++;
	}
	amts_buf_release(&file);
	assert_true(n > 0);
	assert_int_equal(bad, 0);
}

static int print_blocks(const char *path)
{
	struct amts_buf file = AMTS_BUF_INIT, out = AMTS_BUF_INIT;

	read_file(&file, path);
	blocks_of(&out, amts_buf_str(&file));
	fputs(out.p, stdout);
	amts_buf_release(&file);
	amts_buf_release(&out);
	return 0;
}

int main(int argc, char **argv)
{
	struct CMUnitTest tests[64];
	glob_t found;
	size_t i;
	int failed;

	if (argc > 1)
		return print_blocks(argv[1]);
	if (glob("tests/spec/*.txt", 0, NULL, &found) || found.gl_pathc > 64)
		return 1;
	for (i = 0; i < found.gl_pathc; i++)
		tests[i] = (struct CMUnitTest){ found.gl_pathv[i], examples_hold, NULL,
			NULL, found.gl_pathv[i] };
	failed = _cmocka_run_group_tests("spec", tests, found.gl_pathc, NULL, NULL);
	globfree(&found);
	return failed;
}
