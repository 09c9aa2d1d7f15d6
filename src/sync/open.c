#include "base/alloc.h"
#include "sync/conflicted.h"
#include "sync/sync.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_side(struct amts_repo **out, int *own, struct amts_sync *s,
	const char *key, const char *url, int offline, struct amts_error *err)
{
	const char *full;
	int rc;

	*own = url != NULL;
	*out = s->project->repo;
	if (!url)
		return AMTS_OK;
	*out = NULL;
	rc = amts_project_url(&full, s->project, s->arena, url, err);
	if (!rc)
		rc = amts_repo_mirror(
			out, full, s->project->env->cache_dir, offline, err);
	if (rc == AMTS_ENOTFOUND)
		return amts_error_prefix(
			err, "%s of '" AMTS_CONFIG_FILE "' or git config", key);
	if (!rc)
		rc = amts_repo_set_config_files(*out, s->project->env->config_system,
			s->project->env->config_global, err);
	return rc;
}

/* Here it is the one that is checked out; nobody knows what is elsewhere. */
static const char *branch_of(
	struct amts_sync *s, struct amts_repo *repo, int elsewhere, const char *branch)
{
	return branch || !elsewhere ? branch : amts_repo_default_branch(s->arena, repo);
}

static int find_heads(struct amts_sync *s, struct amts_error *err)
{
	const struct amts_config *cfg = &s->project->cfg;
	struct amts_commit_info info;
	int rc = amts_repo_branch(&s->info.source, s->src,
		branch_of(s, s->src, s->own_src, cfg->source_branch), err);

	if (!rc)
		rc = amts_repo_commit_info(&info, s->arena, s->src, &s->info.source, err);
	if (rc == AMTS_ENOTFOUND && cfg->source_branch)
		return amts_error_prefix(
			err, "source (sourceBranch in '" AMTS_CONFIG_FILE "')");
	if (rc)
		return amts_error_prefix(err, "source");
	s->info.source_time = info.time;
	if (s->info.target.hex[0]) /* amts_sync_open_at */
		return AMTS_OK;
	rc = amts_repo_branch(&s->info.target, s->tgt,
		branch_of(s, s->tgt, s->own_tgt, s->target->branch), err);
	return rc ? amts_error_prefix(err, "target '%s'", s->target->lang) : AMTS_OK;
}

/* What init proposed counts before it is committed. */
static int read_new_record(
	struct amts_str *bytes, struct amts_sync *s, struct amts_error *err)
{
	int rc = AMTS_ENOTFOUND;

	*bytes = AMTS_STR("");
	if (!s->own_tgt)
		rc = amts_project_read(
			bytes, s->arena, s->project, AMTS_RECORD_FILE, err);
	return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
}

static int read_record(struct amts_sync *s, struct amts_error *err)
{
	const struct amts_tree_entry *e =
		amts_tree_find(&s->tgt_tree, AMTS_STR(AMTS_RECORD_FILE));
	struct amts_str bytes;
	int rc = e ? amts_repo_blob(&bytes, s->arena, s->tgt, &e->blob, err)
		   : read_new_record(&bytes, s, err);

	if (!rc)
		rc = amts_record_parse(&s->record, s->arena, bytes, err);
	return rc;
}

static int read_trees(struct amts_sync *s, struct amts_error *err)
{
	int rc = amts_repo_tree(&s->src_tree, s->arena, s->src, &s->info.source, err);

	if (!rc)
		rc = amts_repo_tree(&s->tgt_tree, s->arena, s->tgt, &s->info.start, err);
	if (rc || amts_oid_eq(&s->info.start, &s->info.target))
		s->branch_tree = s->tgt_tree;
	else
		rc = amts_repo_tree(
			&s->branch_tree, s->arena, s->tgt, &s->info.target, err);
	if (!rc)
		rc = amts_bring_plan(s, err);
	if (!rc && s->bring.from.hex[0])
		s->tgt_tree = s->bring.merged;
	return rc;
}

static int open_all(struct amts_sync *s, unsigned flags, struct amts_error *err)
{
	const struct amts_config *cfg = &s->project->cfg;
	int offline = (flags & AMTS_SYNC_OFFLINE) != 0,
	    at = s->info.target.hex[0] != '\0', alone;
	int rc = open_side(&s->src, &s->own_src, s, "source", cfg->source, offline, err);

	if (!rc)
		rc = open_side(
			&s->tgt, &s->own_tgt, s, "url", s->target->url, offline, err);
	if (!rc && s->own_tgt) {
		s->info.is_copy = amts_repo_is_mirror(s->tgt);
		s->info.elsewhere = amts_repo_folder(s->tgt);
	}
	s->info.lang = s->target->lang;
	s->info.source_name =
		amts_url_name(s->arena, cfg->source ? cfg->source : s->project->root);
	if (!rc)
		rc = find_heads(s, err);
	if (s->whole && (!amts_oid_eq(&s->whole->info.source, &s->info.source) ||
				!amts_oid_eq(&s->whole->info.target, &s->info.target)))
		s->whole = NULL; /* somebody was faster */
	if (!rc)
		rc = amts_sync_find_start(s, err);
	alone = flags & AMTS_SYNC_REVIEWED || at;
	if (!rc && alone)
		s->info.start = s->info.target;
	if (!rc)
		rc = read_trees(s, err);
	if (!rc)
		rc = read_record(s, err);
	if (!rc && !alone)
		rc = amts_parts_find(s, err);
	if (!rc)
		amts_base_check_record(s);
	if (!rc)
		rc = amts_fork_find(s, err);
	if (!rc)
		rc = amts_sync_pair_files(s, err);
	return rc ? rc : amts_conflicted_find(s, err);
}

static int open_sync(struct amts_sync **out, struct amts_project *project,
	const char *lang, unsigned flags, const struct amts_part *part,
	const struct amts_oid *at, struct amts_error *err)
{
	const struct amts_target *target = amts_config_target(&project->cfg, lang);
	struct amts_sync *s;
	size_t i;
	int rc;

	if (!target)
		return amts_fail(err, AMTS_EUSAGE,
			"no target '%s' in '" AMTS_CONFIG_FILE "'", lang);
	s = amts_calloc(1, sizeof(*s));
	s->arena = amts_arena_new();
	s->project = project;
	s->target = target;
	s->info.target = *at;
	s->info.part = amts_arena_z(s->arena, amts_str_z(part->name));
	s->parts.only_mine = !part->rest;
	s->whole = part->whole;
	for (i = 0; i < part->npaths; i++)
		amts_parts_give(s, part->paths[i]);
	pthread_mutex_init(&s->lock, NULL);
	rc = open_all(s, flags, err);
	if (rc) {
		amts_sync_free(s);
		return rc;
	}
	*out = s;
	return AMTS_OK;
}

static const struct amts_part everything = { .name = "", .rest = 1 };
static const struct amts_oid nowhere = { "" };

int amts_sync_open(struct amts_sync **out, struct amts_project *project, const char *lang,
	unsigned flags, struct amts_error *err)
{
	return open_sync(out, project, lang, flags, &everything, &nowhere, err);
}

int amts_sync_open_at(struct amts_sync **out, struct amts_project *project,
	const char *lang, unsigned flags, const struct amts_oid *at,
	struct amts_error *err)
{
	return open_sync(out, project, lang, flags, &everything, at, err);
}

int amts_sync_open_part(struct amts_sync **out, struct amts_project *project,
	const char *lang, unsigned flags, const struct amts_part *part,
	struct amts_error *err)
{
	return open_sync(out, project, lang, flags, part, &nowhere, err);
}

void amts_sync_free(struct amts_sync *s)
{
	if (!s)
		return;
	if (s->own_src)
		amts_repo_free(s->src);
	if (s->own_tgt)
		amts_repo_free(s->tgt);
	pthread_mutex_destroy(&s->lock);
	amts_map_release(&s->fork.since);
	amts_parts_release(&s->parts);
	if (!s->whole)
		amts_aligner_free(s->lexicon);
	free(s->files);
	free(s->notes);
	amts_arena_free(s->arena);
	free(s);
}

const struct amts_sync_info *amts_sync_info(const struct amts_sync *sync)
{
	return &sync->info;
}

void amts_sync_note(struct amts_sync *s, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	AMTS_VEC_PUSH(s->notes, s->nnotes, s->cap_notes,
		amts_arena_str(s->arena, amts_str_z(text)).p);
}

const char *const *amts_sync_notes(const struct amts_sync *sync, size_t *n)
{
	*n = sync->nnotes;
	return sync->notes;
}

const struct amts_file *amts_sync_files(const struct amts_sync *sync, size_t *n)
{
	*n = sync->nfiles;
	return sync->files;
}
