/* What commit messages say of where text comes from; see publish.c, which writes them. */
#include "sync/revisions.h"
#include "sync/sync.h"

#include <string.h>

struct amts_str amts_trailer(struct amts_str message, struct amts_str key)
{
	struct amts_str value = AMTS_STR("");
	size_t beg, end;

	for (beg = 0; beg < message.n; beg = end + 1) {
		struct amts_str line;

		end = amts_str_find(message, AMTS_STR("\n"), beg);
		line = amts_str_sub(message, beg, end);
		if (amts_str_starts(line, key))
			value = amts_str_trim(amts_str_sub(line, key.n, line.n));
	}
	return value;
}

/* Commits of this program bear the time of the source commit that they bring; 1 as well
 * when there is no such commit, and *known is 0 then. */
static int is_as_made(
	int *known, struct amts_sync *s, const struct amts_commit_info *commit)
{
	struct amts_str source = amts_trailer(commit->message, AMTS_STR("Amts-Source:"));
	struct amts_commit_info info;
	struct amts_error ignored = AMTS_ERROR_INIT;
	struct amts_arena *arena = amts_arena_new();
	struct amts_oid id = { "" };
	size_t at = source.n;
	int as_made;

	while (at && source.p[at - 1] != '@')
		at--;
	if (source.n - at < sizeof(id.hex))
		memcpy(id.hex, source.p + at, source.n - at);
	*known = !amts_repo_commit_info(&info, arena, s->src, &id, &ignored);
	as_made = !*known || info.time == commit->time;
	amts_arena_free(arena);
	return as_made;
}

int amts_is_own_commit(struct amts_sync *s, const struct amts_commit_info *commit)
{
	int known;

	return amts_trailer(commit->message, AMTS_STR("Amts-Source:")).n &&
	       is_as_made(&known, s, commit);
}

int amts_can_be_remade(struct amts_sync *s, const struct amts_commit_info *commit)
{
	int known;

	return amts_trailer(commit->message, AMTS_STR("Amts-Source:")).n &&
	       is_as_made(&known, s, commit) && known;
}

int amts_is_draft_commit(struct amts_sync *s, const struct amts_commit_info *commit)
{
	struct amts_str units = amts_trailer(commit->message, AMTS_STR("Amts-Units:"));
	int known;

	return units.n && !amts_str_starts(units, AMTS_STR("0 drafted")) &&
	       commit->nparents < 2 && is_as_made(&known, s, commit);
}
