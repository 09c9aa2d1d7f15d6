/* The glossary of a target: what its translators agreed on, beside what it says. */
#include "sync/sync.h"

/* One that cannot be read is no reason not to translate. */
static void note_failure(struct amts_sync *s, const struct amts_error *err)
{
	amts_sync_note(s, "glossary of '%s' is not used: %s", s->info.lang, err->msg);
}

struct amts_glossary *amts_sync_glossary(struct amts_sync *s)
{
	const char *path = s->target->glossary;
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_glossary *glossary = NULL;
	struct amts_arena *arena;
	struct amts_str bytes;
	struct amts_oid blob;
	int rc;

	if (!path || !*s->info.start.hex)
		return NULL;
	arena = amts_arena_new();
	rc = amts_repo_blob_at(&blob, s->tgt, &s->info.start, amts_str_z(path), &err);
	if (!rc)
		rc = amts_repo_blob(&bytes, arena, s->tgt, &blob, &err);
	if (!rc)
		rc = amts_glossary_parse(&glossary, bytes, path, s->project->cfg.src_lang,
			s->info.lang, &err);
	if (rc)
		note_failure(s, &err);
	amts_arena_free(arena);
	return glossary;
}
