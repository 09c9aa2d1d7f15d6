#ifndef MD_TABLE_H
#define MD_TABLE_H
#include "amts/base.h"

/* Rows of GitHub Flavored Markdown tables (GFM 4.10); row is one line without its ending.
 */

size_t md_table_cells(struct amts_str row);

/* The cells between the pipes, white space and all: spans of row, the first max of them.
 * Returns how many there are. */
size_t md_table_split(struct amts_span *cells, size_t max, struct amts_str row);

/* Number of columns of a delimiter row ("| --- | :-: |"); 0 if it is none. */
size_t md_table_delimiter(struct amts_str row);

#endif
