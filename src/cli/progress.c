/* Progress on stderr in git's form. */
#include "cli.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define QUIET_FOR 1.0 /* seconds before the first line */
#define EVERY 0.1     /* seconds between lines */

struct cli_progress {
	const char *title;
	size_t total, done;
	double next; /* when to show again, seconds of the monotonic clock */
	int on, shown;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct cli_progress *cli_progress_start(struct cli *cli, const char *title, size_t total)
{
	struct cli_progress *p = AMTS_NEW(cli->arena, struct cli_progress, 1);

	p->title = title;
	p->total = total;
	p->on = cli->progress_wanted > 0 ||
		(!cli->progress_wanted && isatty(STDERR_FILENO));
	p->next = now() + (cli->progress_wanted > 0 ? 0 : QUIET_FOR);
	return p;
}

static void show(struct cli_progress *p, const char *end)
{
	if (p->total)
		fprintf(stderr, "%s: %3zu%% (%zu/%zu)%s", p->title,
			p->done * 100 / p->total, p->done, p->total, end);
	else
		fprintf(stderr, "%s: %zu%s", p->title, p->done, end);
	p->shown = 1;
}

void cli_progress_step(struct cli_progress *p, size_t done)
{
	double t;

	p->done = done;
	if (!p->on || (t = now()) < p->next)
		return;
	p->next = t + EVERY;
	show(p, "\r");
}

void cli_progress_stop(struct cli_progress *p)
{
	if (p && p->shown)
		show(p, ", done.\n");
}
