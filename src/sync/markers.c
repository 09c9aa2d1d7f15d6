#include "sync/markers.h"

#include <string.h>

#define MARKER_SIZE 7

/* The marker that a line is: '<', '|', '=' or '>'; 0 for none.  Nested ones are longer.
 */
static int marker_of(struct amts_str line)
{
	size_t n = 0;

	if (!line.n || !strchr("<|=>", line.p[0]))
		return 0;
	while (n < line.n && line.p[n] == line.p[0])
		n++;
	if (n < MARKER_SIZE)
		return 0;
	line = amts_str_sub(line, n, line.n);
	return line.n == 0 || line.p[0] == ' ' || line.p[0] == '\r' ? line.p[-1] : 0;
}

int amts_has_markers(struct amts_str s)
{
	size_t beg, end;
	int open = 0;

	for (beg = 0; beg < s.n; beg = end + 1) {
		int marker;

		end = amts_str_find(s, AMTS_STR("\n"), beg);
		marker = marker_of(amts_str_sub(s, beg, end));
		if (marker == '>' && open)
			return 1;
		open |= marker == '<';
	}
	return 0;
}
