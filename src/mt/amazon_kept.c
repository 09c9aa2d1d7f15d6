/* What jobs have brought, in a file: a run that is killed before its commits, or whose
 * drafts nobody took, does not pay for them again. */
#include "base/alloc.h"
#include "base/disk.h"
#include "mt/amazon.h"
#include "net/crypto.h"

#include <stdlib.h>
#include <string.h>

/* Of a text as this engine translates it: customised otherwise it is another. */
void amazon_kept_id(
	char id[KEPT_ID + 1], const struct amts_amazon *a, struct amts_str text)
{
	const char *data = a->o.parallel_data ? a->o.parallel_data : "";
	struct amts_buf b = AMTS_BUF_INIT;
	char hex[AMTS_SHA256_HEX];

	amts_buf_addf(&b, "%s %s %s ", a->src, a->tgt, data);
	amazon_put_custom(&b, a);
	amts_buf_addz(&b, a->realtime ? "realtime\n" : "\n");
	amts_buf_add(&b, text);
	amts_sha256_hex(hex, amts_buf_str(&b));
	memcpy(id, hex, KEPT_ID);
	id[KEPT_ID] = '\0';
	amts_buf_release(&b);
}

static uint64_t key_of(const char *id)
{
	return amts_str_hash((struct amts_str){ id, KEPT_ID }, AMTS_HASH_SEED);
}

static void add(struct amts_amazon *a, struct amts_str id, struct amts_str text,
	struct amts_str job)
{
	struct amazon_kept new = { .text = AMTS_STR("") }, *k;
	size_t i;

	memcpy(new.id, id.p, KEPT_ID);
	i = amts_map_add(&a->by_id, key_of(new.id), a->nkept);
	if (i == a->nkept)
		AMTS_VEC_PUSH(a->kept, a->nkept, a->cap, new);
	k = &a->kept[i];
	if (memcmp(k->id, new.id, KEPT_ID) != 0)
		return; /* it is not kept, and asked for again: that happens to nobody */
	k->tries++;
	if (!text.n)
		return;
	k->text = amts_arena_str(a->arena, text);
	k->job = amts_arena_str(a->arena, job);
}

void amazon_kept_put(struct amts_amazon *a, struct amts_str src, struct amts_str tgt,
	struct amts_str job)
{
	char id[KEPT_ID + 1];

	amazon_kept_id(id, a, src);
	add(a, amts_str_z(id), tgt, job);
	amts_buf_addf(&a->unsaved, "%s\t" AMTS_STR_FMT "\t" AMTS_STR_FMT "\n", id,
		AMTS_STR_ARG(job), AMTS_STR_ARG(tgt));
}

const struct amazon_kept *amazon_kept_find(
	const struct amts_amazon *a, struct amts_str src)
{
	char id[KEPT_ID + 1];
	size_t i;

	amazon_kept_id(id, a, src);
	i = amts_map_get(&a->by_id, key_of(id));
	return i == AMTS_MAP_NONE || strcmp(a->kept[i].id, id) ? NULL : &a->kept[i];
}

int amazon_kept_load(struct amts_amazon *a, struct amts_error *err)
{
	struct amts_error failure = AMTS_ERROR_INIT;
	struct amts_buf all = AMTS_BUF_INIT;
	struct amts_str line, id, job, text;
	size_t at = 0;
	int rc = amts_file_read(&all, a->o.kept, &failure);

	amts_map_release(&a->by_id);
	a->nkept = 0;
	while (!rc && amts_next_line(&line, amts_buf_str(&all), &at)) {
		id = amts_next_field(line, '\t', &text);
		job = amts_next_field(text, '\t', &text);
		if (id.n == KEPT_ID)
			add(a, id, text, job);
	}
	amts_buf_release(&all);
	if (rc && rc != AMTS_ENOTFOUND)
		*err = failure;
	return rc == AMTS_ENOTFOUND ? AMTS_OK : rc;
}

int amazon_kept_save(struct amts_amazon *a, struct amts_error *err)
{
	int rc = amts_buf_check(&a->unsaved, a->o.kept, err);

	if (!rc && a->unsaved.n)
		rc = amts_file_append(a->o.kept, amts_buf_str(&a->unsaved), err);
	amts_buf_release(&a->unsaved);
	return rc;
}
