#ifndef MT_DISK_H
#define MT_DISK_H
/* Small files that survive a kill. */
#include "amts/mem.h"

/* Add what the file holds to out; AMTS_ENOTFOUND when there is none. */
AMTS_MUST_CHECK int mt_file_read(
	struct amts_buf *out, const char *path, struct amts_error *err);
/* The file holds this or what it held before, never a part; on the disk on return. */
AMTS_MUST_CHECK int mt_file_replace(
	const char *path, struct amts_str bytes, struct amts_error *err);
/* Whole lines at its end, also when several processes do it; what a kill has left of a
 * line there goes first. */
AMTS_MUST_CHECK int mt_file_append(
	const char *path, struct amts_str bytes, struct amts_error *err);

/* The next line from *at on, without its end; 0 when there is no whole one. */
int mt_next_line(struct amts_str *line, struct amts_str s, size_t *at);
/* What stands before the first sep; *rest: behind it. */
struct amts_str mt_field(struct amts_str line, char sep, struct amts_str *rest);

#endif
