/* JSON output: versioned objects, always valid UTF-8. */
#include "cli.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

/* cJSON reports a failed allocation by NULL everywhere; here it ends the program. */
static void *must_malloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p) {
		fputs("fatal: out of memory\n", stderr);
		_Exit(128);
	}
	return p;
}

struct cJSON *cli_json_object(void)
{
	cJSON_Hooks hooks = { must_malloc, free };
	cJSON *object;

	cJSON_InitHooks(&hooks);
	object = cJSON_CreateObject();
	cli_json_int(object, "version", 1);
	return object;
}

size_t cli_utf8_length(struct amts_str s)
{
	const unsigned char *u = (const unsigned char *)s.p;
	size_t n = u[0] < 0x80	 ? 1
		   : u[0] < 0xc2 ? 0
		   : u[0] < 0xe0 ? 2
		   : u[0] < 0xf0 ? 3
				 : 4,
	       i;

	if (!n || n > s.n || u[0] > 0xf4)
		return 0;
	for (i = 1; i < n; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
	}
	if ((u[0] == 0xe0 && u[1] < 0xa0) || (u[0] == 0xed && u[1] > 0x9f) ||
		(u[0] == 0xf0 && u[1] < 0x90) || (u[0] == 0xf4 && u[1] > 0x8f))
		return 0;
	return n;
}

void cli_json_str(struct cJSON *object, const char *key, struct amts_str s)
{
	struct amts_buf b = AMTS_BUF_INIT;
	size_t i = 0;

	while (i < s.n) {
		size_t n = cli_utf8_length(amts_str_sub(s, i, s.n));

		if (n && s.p[i])
			amts_buf_add(&b, amts_str_sub(s, i, i + n));
		else
			amts_buf_addz(&b, "\xef\xbf\xbd");
		i += n ? n : 1;
	}
	cJSON_AddStringToObject(object, key, b.p);
	amts_buf_release(&b);
}

void cli_json_int(struct cJSON *object, const char *key, size_t n)
{
	cJSON_AddNumberToObject(object, key, (double)n);
}

static char *text_of(struct cJSON *json)
{
	char *text = cJSON_PrintUnformatted(json);

	cJSON_Delete(json);
	return text;
}

int cli_json_print(struct cJSON *json, struct amts_error *err)
{
	char *text = text_of(json);

	if (!text)
		return amts_fail(err, AMTS_ETOOBIG, "JSON of over 2 GiB");
	puts(text);
	free(text);
	return AMTS_OK;
}

int cli_json_write(const char *path, struct cJSON *json, struct amts_error *err)
{
	char *text = text_of(json);
	int rc;

	if (!text)
		return amts_fail(err, AMTS_ETOOBIG, "JSON of over 2 GiB");
	rc = cli_write(path, amts_str_z(text), err);
	free(text);
	return rc;
}
