/* Lines of code that are nothing but a comment, in the languages of the documents. */
#include "base/chars.h"
#include "plan/plan.h"

#include <string.h>

/* With a blank behind a hash: "#@tab" and "#include" are no comments. */
static const char *const marks[] = { "# ", "//", "/*", "* ", "-- ", "% ", "<!--", "{/*" };
static const char *const quotes[] = { "\"\"\"", "'''" };

/* Bytes of the mark that a line begins with; 0: it is no comment. */
static size_t mark_of(struct amts_str line)
{
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (amts_str_starts(line, amts_str_z(marks[i])))
			return strlen(marks[i]);
	return 0;
}

int merge3_is_comment(struct amts_str line)
{
	return mark_of(amts_str_trim(line)) > 0;
}

enum line_kind merge3_line_kind(struct amts_str line)
{
	size_t i;

	line = amts_str_trim(line);
	if (!line.n)
		return LINE_BLANK;
	for (i = 0; i < sizeof(quotes) / sizeof(*quotes); i++)
		if (amts_str_starts(line, amts_str_z(quotes[i])))
			return LINE_DOCSTRING;
	return mark_of(line) ? LINE_COMMENT : LINE_CODE;
}

size_t merge3_comment_at(struct amts_str line)
{
	static const char *const behind[] = { "# ", "//", "/*", "<!--", "{/*" };
	size_t i, k;

	for (i = 1; i < line.n; i++)
		for (k = 0; amts_is_one_of(line.p[i - 1], " \t") &&
			    k < sizeof(behind) / sizeof(*behind);
			k++)
			if (amts_str_starts(
				    amts_str_sub(line, i, line.n), amts_str_z(behind[k])))
				return i;
	return line.n;
}

struct amts_str merge3_said(struct amts_arena *arena, struct amts_str lines)
{
	struct amts_buf buf = AMTS_BUF_INIT;
	struct amts_str out;
	size_t beg, end;

	for (beg = 0; beg < lines.n; beg = end + 1) {
		struct amts_str line;

		end = amts_str_find(lines, AMTS_STR("\n"), beg);
		line = amts_str_trim(amts_str_sub(lines, beg, end));
		amts_buf_addz(&buf, beg ? " " : "");
		amts_buf_add(
			&buf, amts_str_trim(amts_str_sub(line, mark_of(line), line.n)));
	}
	out = amts_arena_str(arena, amts_buf_str(&buf));
	amts_buf_release(&buf);
	return out;
}
