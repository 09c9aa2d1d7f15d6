/* The translations of a target as parallel data. */
#include "infer/woven.h"
#include "sync/markers.h"
#include "sync/revisions.h"
#include "sync/sync.h"

static int read_blob(struct amts_str *out, struct amts_arena *arena,
	const struct amts_oid *blob, int side, void *payload, struct amts_error *err)
{
	struct amts_sync *s = payload;
	struct amts_str src, tgt;
	int woven = 0, rc;

	if (side)
		rc = amts_repo_blob(out, arena, s->tgt, blob, err);
	else
		rc = amts_base_read(out, arena, s, blob, err);
	if (!rc && side)
		rc = amts_woven(&woven, &src, &tgt, arena, *out, err);
	if (woven)
		*out = side == AMTS_BLOB_WOVEN ? src : tgt;
	else if (!rc && side && amts_has_markers(*out))
		*out = AMTS_STR(""); /* two texts in one: another revision has chosen */
	return rc;
}

static int harvest(struct amts_harvest_input *in, size_t *fresh, struct amts_arena *arena,
	struct amts_sync *s, struct amts_memory *mem, int present,
	const struct amts_progress *progress, struct amts_error *err)
{
	struct amts_revision *v;
	int rc = present ? amts_sync_lexicon(s, err) : AMTS_OK;

	*in = (struct amts_harvest_input){ .src_lang = s->project->cfg.src_lang,
		.tgt_lang = s->info.lang,
		.read = read_blob,
		.payload = s,
		.present = present,
		.progress = progress };
	in->lexicon = s->lexicon;
	if (!rc)
		rc = amts_revisions_find(&v, &in->n, arena, s, err);
	if (rc)
		return rc;
	in->v = v;
	return amts_corpus_harvest(fresh, mem, in, err);
}

int amts_sync_harvest(struct amts_sync *s, struct amts_memory *mem,
	const struct amts_progress *progress, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_harvest_input in;
	size_t fresh;
	int rc = harvest(&in, &fresh, arena, s, mem, 1, progress, err);

	amts_arena_free(arena);
	return rc;
}

const char *amts_sync_memory_path(struct amts_sync *s)
{
	const char *dir = amts_repo_common_dir(s->project->repo);

	return amts_arena_fmt(s->arena, "%s" AMTS_MEMORY_PATH, dir).p;
}

/* A damaged memory makes place for a new one, which the history fills. */
static int replace_memory(
	struct amts_memory **out, struct amts_sync *s, struct amts_error *err)
{
	const char *path = amts_sync_memory_path(s);
	int rc = amts_memory_set_aside(path, err);

	if (s->whole)
		s->whole->harvested = 0;
	if (rc)
		return rc;
	amts_sync_note(s,
		"translation memory '%s' was damaged and is filled anew from the "
		"history; "
		"what it was is in '%s" AMTS_MEMORY_ASIDE "'",
		path, path);
	return amts_memory_open(out, path, err);
}

int amts_sync_open_memory(
	struct amts_memory **out, struct amts_sync *s, struct amts_error *err)
{
	int rc = amts_memory_open(out, amts_sync_memory_path(s), err);

	return rc == AMTS_EPARSE ? replace_memory(out, s, err) : rc;
}

int amts_sync_mend_memory(
	struct amts_memory **mem, struct amts_sync *s, struct amts_error *err)
{
	if (!amts_memory_is_damaged(*mem))
		return err->code;
	amts_memory_free(*mem);
	*mem = NULL;
	return replace_memory(mem, s, err);
}

int amts_sync_corpus(struct amts_corpus *out, struct amts_arena *arena,
	struct amts_sync *sync, enum amts_unit unit, const struct amts_progress *progress,
	struct amts_error *err)
{
	struct amts_harvest_input in;
	struct amts_memory *mem;
	size_t fresh;
	int rc = amts_sync_open_memory(&mem, sync, err);

	if (rc == AMTS_EFAIL) /* a repository that may only be looked at */
		rc = amts_memory_open(&mem, NULL, err);
	if (rc)
		return rc;
	rc = amts_base_infer(sync, progress, err);
	if (!rc)
		rc = harvest(&in, &fresh, arena, sync, mem, 0, progress, err);
	if (rc && !(rc = amts_sync_mend_memory(&mem, sync, err)))
		rc = harvest(&in, &fresh, arena, sync, mem, 0, progress, err);
	if (!rc)
		rc = amts_corpus_of_history(out, arena, mem, &in, unit, err);
	amts_memory_free(mem);
	return rc;
}

int amts_sync_learn(size_t *fresh, struct amts_sync *sync,
	const struct amts_progress *progress, struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_harvest_input in;
	struct amts_memory *mem;
	int rc = amts_sync_open_memory(&mem, sync, err);

	if (!rc) {
		rc = amts_base_infer(sync, progress, err);
		if (!rc)
			rc = harvest(&in, fresh, arena, sync, mem, 0, progress, err);
		if (rc && !(rc = amts_sync_mend_memory(&mem, sync, err)))
			rc = harvest(&in, fresh, arena, sync, mem, 0, progress, err);
		amts_memory_free(mem);
	}
	amts_arena_free(arena);
	return rc;
}
