#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H
/* Running another program: an argument vector, never a shell string. */
#include "amts/mem.h"

/*
 * Run argv[0] (looked up in PATH) with no input and wait for it.  What it writes is added
 * to out and messages; what passes their `max` is read and dropped.  *status is the exit
 * code, 128 + signal when it was killed.  AMTS_ENOTFOUND when the program does not exist,
 * AMTS_EFAIL when it cannot be started.  Variables that point git at a repository are
 * removed from the environment, since hooks inherit them and another repository may be
 * meant; its messages are not translated.
 */
AMTS_MUST_CHECK int amts_process_run(int *status, struct amts_buf *out,
	struct amts_buf *messages, const char *const *argv, struct amts_error *err);

#endif
