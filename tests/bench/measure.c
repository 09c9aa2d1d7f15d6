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

/* Milliseconds; memory is raised to the run's peak.  Ends the program when the command
 * fails. */
static double run(char **argv, long *memory)
{
	double start = now(), took;
	struct rusage usage;
	int status;
	pid_t pid = fork();

	if (pid == 0)
		become(argv);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid) {
		perror("measure");
		exit(2);
	}
	took = now() - start;
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
		fprintf(stderr, "measure: '%s' failed\n", argv[0]);
		exit(1);
	}
#ifdef __APPLE__
	usage.ru_maxrss /= 1024; /* bytes there */
#endif
	if (usage.ru_maxrss > *memory)
		*memory = usage.ru_maxrss;
	return took;
}

int main(int argc, char **argv)
{
	long runs = 1, memory = 0;
	double best = 0;
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
		double took = run(argv + first, &memory);

		if (best == 0 || took < best)
			best = took;
	}
	printf("%.1f %ld\n", best, memory);
	return 0;
}
