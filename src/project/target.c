#include "amts/config.h"

#include "project/layout.h"

#include <string.h>

const struct amts_target *amts_config_target_at(
	const struct amts_config *cfg, struct amts_str tgt_path)
{
	const struct amts_target *found = NULL;
	struct amts_arena *arena = amts_arena_new();
	struct amts_str document;
	size_t i;

	for (i = 0; !found && i < cfg->n; i++) {
		const struct amts_target *t = &cfg->targets[i];

		if (!t->url &&
			amts_layout_match(&document, arena, t->path, t->lang, tgt_path) &&
			amts_target_wants(t, amts_layout_expand(arena, cfg->source_path,
						     cfg->src_lang, document)))
			found = t;
	}
	amts_arena_free(arena);
	return found;
}

const char *amts_config_remote(
	const struct amts_config *cfg, struct amts_arena *arena, const char *url)
{
	const char *of_remote = NULL;

	if (!strchr(url, '/') && !strchr(url, ':'))
		of_remote = amts_config_get(
			cfg, amts_arena_fmt(arena, "remote.%s.url", url).p);
	return of_remote && *of_remote ? of_remote : url;
}
