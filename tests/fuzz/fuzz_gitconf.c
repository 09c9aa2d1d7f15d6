/* Configuration and records come from strangers: any bytes, read or refused. */
#include "base/gitconf.h"
#include "base/wildmatch.h"
#include "project/layout.h"
#include "project/record.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int use(const struct amts_gitconf_entry *e, void *payload, struct amts_error *err)
{
	struct amts_arena *arena = payload;
	struct amts_str value = amts_str_z(e->value), document;

	if (!amts_wildmatch_check(value, err))
		(void)amts_wildmatch(value, AMTS_STR("docs/a-b/index.zh.md"));
	if (e->value && !amts_layout_check(e->value, err)) {
		struct amts_str file =
			amts_layout_expand(arena, e->value, "zh", AMTS_STR("a/b.md"));

		/* What a layout made it also recognises. */
		if (!amts_layout_match(&document, arena, e->value, "zh", file))
			abort();
	}
	return AMTS_OK;
}

/* A record that was read is written and read again as the same. */
static void round_trip(struct amts_arena *arena, struct amts_str bytes)
{
	struct amts_buf one = AMTS_BUF_INIT, two = AMTS_BUF_INIT;
	struct amts_error err = AMTS_ERROR_INIT;
	struct amts_record r;

	if (!amts_record_parse(&r, arena, bytes, &err)) {
		amts_record_write(&one, &r);
		if (amts_record_parse(&r, arena, amts_buf_str(&one), &err))
			abort();
		amts_record_write(&two, &r);
		if (!amts_str_eq(amts_buf_str(&one), amts_buf_str(&two)))
			abort();
	}
	amts_buf_release(&one);
	amts_buf_release(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct amts_arena *arena = amts_arena_new();
	struct amts_str bytes = { (const char *)data, size };
	struct amts_error err = AMTS_ERROR_INIT;

	(void)!amts_gitconf_parse(arena, bytes, "f", use, arena, &err);
	(void)!amts_gitconf_parameters(
		arena, amts_arena_z(arena, bytes), use, arena, &err);
	round_trip(arena, bytes);
	amts_arena_free(arena);
	return 0;
}
