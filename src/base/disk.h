#ifndef BASE_DISK_H
#define BASE_DISK_H
/* Small files that survive a kill. */
#include "amts/mem.h"

#include <sys/types.h>

/* Add what the file holds to out; AMTS_ENOTFOUND when there is none. */
AMTS_MUST_CHECK int amts_file_read(
	struct amts_buf *out, const char *path, struct amts_error *err);
/* The file holds this or what it held before, never a part, also when several processes
 * do it: the last one wins.  On the disk on return.  mode: of a new file, less the umask;
 * "path.new" is used meanwhile. */
AMTS_MUST_CHECK int amts_file_replace(
	const char *path, struct amts_str bytes, mode_t mode, struct amts_error *err);
/* Whole lines at its end, also when several processes do it; what a kill has left of a
 * line there goes first. */
AMTS_MUST_CHECK int amts_file_append(
	const char *path, struct amts_str bytes, struct amts_error *err);

/* The next line from *at on, without its end; 0 when there is no whole one. */
int amts_next_line(struct amts_str *line, struct amts_str s, size_t *at);
/* What stands before the first sep; *rest: behind it. */
struct amts_str amts_next_field(struct amts_str line, char sep, struct amts_str *rest);

#endif
