/*
 * measure [-n RUNS] COMMAND [ARG...]: run it with its output thrown away and print the
 * best wall time in milliseconds and the peak memory in KiB of these runs: "<ms> <KiB>".
 */
#define _DEFAULT_SOURCE /* wait4 */
#define _DARWIN_C_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void become(char **argv)
{
	int null = open("/dev/null", O_WRONLY);

	dup2(null, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execvp(argv[0], argv);
	_exit(127);
}

struct cost {
	double wall, processor; /* milliseconds */
	long memory;		/* KiB */
};

static double milliseconds(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

/* Ends the program when the command fails. */
static struct cost run(char **argv)
{
	double start = now();
	struct rusage usage;
	struct cost c;
	int status;
	pid_t pid = fork();

	if (pid == 0)
		become(argv);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid) {
		perror("measure");
		exit(2);
	}
	c.wall = now() - start;
	c.processor = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
	c.memory = usage.ru_maxrss;
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
		fprintf(stderr, "measure: '%s' failed\n", argv[0]);
		exit(1);
	}
#ifdef __APPLE__
	c.memory /= 1024; /* bytes there */
#endif
	return c;
}

int main(int argc, char **argv)
{
	struct cost best = { 0 };
	long runs = 1;
	int first = 1;

	if (argc > 2 && !strcmp(argv[1], "-n")) {
		runs = strtol(argv[2], NULL, 10);
		first = 3;
	}
	if (first >= argc || runs < 1) {
		fputs("usage: measure [-n RUNS] COMMAND [ARG...]\n", stderr);
		return 2;
	}
	while (runs-- > 0) {
		struct cost c = run(argv + first);
		long peak = c.memory > best.memory ? c.memory : best.memory;

		if (best.wall == 0 || c.wall < best.wall)
			best = c;
		best.memory = peak;
	}
	printf("%.1f %.1f %ld\n", best.wall, best.processor, best.memory);
	return 0;
}
