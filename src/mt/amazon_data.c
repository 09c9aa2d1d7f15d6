/* Parallel data that follows the memory, a terminology that follows the glossary. */
#include "amts/bitext.h"
#include "mt/amazon.h"
#include "net/crypto.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LINE 512

static const char *note_path(const struct amts_amazon *a, struct amts_arena *arena)
{
	return amts_arena_fmt(arena, "%s.data", a->o.kept).p;
}

/* Is it what was handed over last, and is the resource still there? */
static int is_there(int *yes, const struct amts_amazon *a, struct amts_aws *aws,
	struct amts_arena *arena, const char *line, struct amts_error *err)
{
	struct amts_error failure = AMTS_ERROR_INIT;
	struct amts_parallel_data now;
	char old[LINE] = "";
	FILE *f = fopen(note_path(a, arena), "r");
	int rc;

	*yes = 0;
	if (f) {
		if (!fgets(old, sizeof(old), f))
			old[0] = '\0';
		fclose(f);
	}
	if (strcmp(old, line) != 0)
		return AMTS_OK;
	rc = amts_parallel_data_get(&now, aws, arena, a->o.parallel_data, &failure);
	*yes = !rc && !strcmp(now.status, "ACTIVE");
	if (!rc || rc == AMTS_ENOTFOUND)
		return AMTS_OK;
	*err = failure;
	return rc;
}

/* What cannot be noted is handed over again the next time. */
static void note(const struct amts_amazon *a, struct amts_arena *arena, const char *line)
{
	FILE *f = fopen(note_path(a, arena), "w");

	if (!f)
		return;
	fputs(line, f);
	fclose(f);
}

#define SHOWN_FAULTS 3

static void note_for_people(const struct amts_amazon *a, const char *text)
{
	if (a->o.note)
		a->o.note(a->o.note_payload, a->o.tgt_lang, text);
}

/* What the service did not take: how much of it, and its own words on the first. */
static void tell_faults(const struct amts_amazon *a, struct amts_aws *aws,
	struct amts_arena *arena, const struct amts_parallel_data *d)
{
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_parallel_data_fault *v;
	size_t n, i;

	if (!d->failed && !d->skipped)
		return;
	note_for_people(
		a, amts_arena_fmt(arena,
			   "parallel data '%s': %" PRIu64 " records taken, %" PRIu64
			   " failed, %" PRIu64 " skipped",
			   d->name, d->records, d->failed, d->skipped)
			   .p);
	if (amts_parallel_data_faults(&v, &n, aws, arena, d->name, &ignored))
		return;
	for (i = 0; i < n && i < SHOWN_FAULTS; i++)
		note_for_people(a, amts_arena_fmt(arena, "parallel data '%s': %s: %s",
					   d->name, v[i].where, v[i].why)
					   .p);
}

int amazon_data_ensure(struct amts_amazon *a, struct amts_aws *aws, struct amts_str tmx,
	struct amts_error *err)
{
	struct amts_arena *arena = amts_arena_new();
	const char *name = a->o.parallel_data;
	struct amts_parallel_data now;
	char hash[AMTS_SHA256_HEX];
	const char *line;
	int same, rc;

	amts_sha256_hex(hash, tmx);
	line = amts_arena_fmt(arena, "%s %.200s\n", hash, name).p;
	rc = is_there(&same, a, aws, arena, line, err);
	if (!rc && !same)
		rc = amts_parallel_data_put(
			&now, aws, arena, name, tmx, AMTS_PARALLEL_DATA_PUT, &a->o, err);
	if (!rc && !same) {
		note(a, arena, line);
		tell_faults(a, aws, arena, &now);
	}
	amts_arena_free(arena);
	return rc;
}

/* ---- terms ---- */

int amazon_terms_refresh(struct amts_amazon *a, struct amts_error *err)
{
	struct amts_buf tmx = AMTS_BUF_INIT;
	int rc;

	if (!a->o.own_terminology || !a->o.terminology)
		return AMTS_OK;
	rc = amazon_terms_export(&tmx, a, err);
	if (!rc)
		rc = amazon_terms_ensure(
			a->aws, a->o.terminology, amts_buf_str(&tmx), err);
	amts_buf_release(&tmx);
	return rc;
}

int amazon_data_export(
	struct amts_buf *tmx, const struct amts_amazon *a, struct amts_error *err)
{
	struct amts_error failure = AMTS_ERROR_INIT;
	struct amts_bitext_counts counts = { 0 };
	int rc = amts_bitext_export(tmx, &counts, a->o.memory, AMTS_BITEXT_TMX,
		AMTS_BITEXT_AMAZON, a->o.src_lang, a->o.tgt_lang, &failure);

	if (rc == AMTS_ENOTFOUND || (!rc && !counts.written)) {
		amts_buf_reset(tmx); /* nobody has translated anything yet */
		return AMTS_OK;
	}
	if (rc)
		*err = failure;
	return rc;
}
