/*
 * A library to preload: kills the process at the DIE_AT-th time that it changes the name
 * of a file below "amts/amazon", or removes one; before it does with DIE=before, else
 * after.  Every record of a journal is written so.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static int done;

/* 1: now. */
static int is_time(const char *path)
{
	const char *at = getenv("DIE_AT");

	return at && strstr(path, "amts/amazon") && ++done == atoi(at);
}

static void die(int now, const char *when)
{
	const char *wanted = getenv("DIE");

	if (now && !strcmp(wanted ? wanted : "after", when))
		raise(SIGKILL);
}

int rename(const char *from, const char *to)
{
	int (*real)(const char *, const char *);
	int rc, now = is_time(to);

	*(void **)&real = dlsym(RTLD_NEXT, "rename");
	die(now, "before");
	rc = real(from, to);
	die(now, "after");
	return rc;
}

int unlink(const char *path)
{
	int (*real)(const char *);
	int rc, now = is_time(path);

	*(void **)&real = dlsym(RTLD_NEXT, "unlink");
	die(now, "before");
	rc = real(path);
	die(now, "after");
	return rc;
}
