#include "md/table.h"

#include <string.h>

/* The row without its outer pipes. */
static struct amts_str inner(struct amts_str row)
{
	row = amts_str_trim(row);
	if (row.n && row.p[0] == '|')
		row = amts_str_sub(row, 1, row.n);
	if (row.n && row.p[row.n - 1] == '|' && (row.n < 2 || row.p[row.n - 2] != '\\'))
		row.n--;
	return row;
}

size_t md_table_split(struct amts_span *cells, size_t max, struct amts_str row)
{
	struct amts_str s = inner(row);
	size_t off = s.n ? (size_t)(s.p - row.p) : 0, beg = 0, n = 0, i;

	for (i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] == '\\' && i + 1 < s.n) {
			i++;
		} else if (i == s.n || s.p[i] == '|') {
			if (n < max)
				cells[n] = (struct amts_span){ off + beg, off + i };
			n++;
			beg = i + 1;
		}
	}
	return n;
}

size_t md_table_cells(struct amts_str row)
{
	return md_table_split(NULL, 0, row);
}

/* ":---:" with any number of dashes but none. */
static int is_delimiter_cell(struct amts_str cell)
{
	size_t i;

	cell = amts_str_trim(cell);
	if (cell.n && cell.p[0] == ':')
		cell = amts_str_sub(cell, 1, cell.n);
	if (cell.n && cell.p[cell.n - 1] == ':')
		cell.n--;
	for (i = 0; i < cell.n; i++)
		if (cell.p[i] != '-')
			return 0;
	return cell.n > 0;
}

size_t md_table_delimiter(struct amts_str row)
{
	size_t beg = 0, n = 0;

	if (!row.n || !memchr(row.p, '|', row.n))
		return 0;
	row = inner(row);
	while (beg <= row.n) {
		size_t end = amts_str_find(row, AMTS_STR("|"), beg);

		if (!is_delimiter_cell(amts_str_sub(row, beg, end)))
			return 0;
		n++;
		beg = end + 1;
	}
	return n;
}
