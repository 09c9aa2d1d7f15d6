#include "base/folder.h"

#include "base/alloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int amts_is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

static int make_folder(const char *path, struct amts_error *err)
{
	int cause = mkdir(path, 0777) ? errno : 0;

	if (!cause || amts_is_folder(path))
		return AMTS_OK;
	return amts_fail(
		err, AMTS_EFAIL, "cannot create folder '%s': %s", path, strerror(cause));
}

int amts_make_folders(struct amts_str path, struct amts_error *err)
{
	char *copy = amts_calloc(path.n + 1, 1), c;
	int rc = AMTS_OK;

	if (path.n)
		memcpy(copy, path.p, path.n);
	for (size_t i = 1; !rc && i <= path.n; i++)
		if (i == path.n || copy[i] == '/') {
			c = copy[i];
			copy[i] = '\0';
			rc = make_folder(copy, err);
			copy[i] = c;
		}
	free(copy);
	return rc;
}
