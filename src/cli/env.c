/* The environment, which the library does not read, as the library takes it. */
#include "cli.h"
#include "net.h"

#include "amts/config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char *numbered(struct amts_arena *arena, const char *prefix, size_t i)
{
	return getenv(amts_arena_fmt(arena, "%s_%zu", prefix, i).p);
}

/* GIT_CONFIG_COUNT pairs of GIT_CONFIG_KEY_n and GIT_CONFIG_VALUE_n (git-config(1)). */
static int read_pairs(
	struct amts_env *out, struct amts_arena *arena, struct amts_error *err)
{
	const char *count = getenv("GIT_CONFIG_COUNT");
	const char **keys, **values;
	char *end = NULL;
	unsigned long n = count && *count ? strtoul(count, &end, 10) : 0;
	size_t i;

	if (!count || !*count)
		return AMTS_OK;
	if (*end || n > INT_MAX)
		return amts_fail(
			err, AMTS_EUSAGE, "bogus count in GIT_CONFIG_COUNT: '%s'", count);
	if (n && !numbered(arena, "GIT_CONFIG_KEY", n - 1))
		return amts_fail(err, AMTS_EUSAGE, "missing GIT_CONFIG_KEY_%lu", n - 1);
	keys = AMTS_NEW(arena, const char *, n + 1);
	values = AMTS_NEW(arena, const char *, n + 1);
	for (i = 0; i < n; i++) {
		keys[i] = numbered(arena, "GIT_CONFIG_KEY", i);
		values[i] = numbered(arena, "GIT_CONFIG_VALUE", i);
		if (!keys[i] || !values[i])
			return amts_fail(err, AMTS_EUSAGE, "missing GIT_CONFIG_%s_%zu",
				keys[i] ? "VALUE" : "KEY", i);
	}
	out->config_keys = keys;
	out->config_values = values;
	out->nconfig = n;
	return AMTS_OK;
}

/* $XDG_CACHE_HOME/amts, ~/.cache/amts (XDG base directory specification); NULL without
 * both. */
static const char *cache_dir(struct amts_arena *arena)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (cache && *cache == '/')
		return amts_arena_fmt(arena, "%s/amts", cache).p;
	return home && *home ? amts_arena_fmt(arena, "%s/.cache/amts", home).p : NULL;
}

int cli_env(struct amts_env *out, struct amts_arena *arena, struct amts_error *err)
{
	struct amts_http_options *http = AMTS_NEW(arena, struct amts_http_options, 1);
	const char *ca_file = getenv("AWS_CA_BUNDLE");
	const char *nosystem = getenv("GIT_CONFIG_NOSYSTEM");

	cli_http_options(http, arena, ca_file && *ca_file ? ca_file : NULL);
	if (nosystem && amts_config_is_true(nosystem) < 0)
		return amts_fail(err, AMTS_EUSAGE,
			"bad boolean environment value '%s' for 'GIT_CONFIG_NOSYSTEM'",
			nosystem);
	*out = (struct amts_env){
		.config_parameters = getenv("GIT_CONFIG_PARAMETERS"),
		.config_system = nosystem && amts_config_is_true(nosystem)
					 ? ""
					 : getenv("GIT_CONFIG_SYSTEM"),
		.config_global = getenv("GIT_CONFIG_GLOBAL"),
		.ident = { getenv("GIT_AUTHOR_NAME"), getenv("GIT_AUTHOR_EMAIL"),
			getenv("GIT_COMMITTER_NAME"), getenv("GIT_COMMITTER_EMAIL") },
		.cache_dir = cache_dir(arena),
		.place = { getenv("GIT_DIR"), getenv("GIT_WORK_TREE"),
			getenv("GIT_CEILING_DIRECTORIES") },
		.http = http,
		.variable = cli_variable,
	};
	return read_pairs(out, arena, err);
}
