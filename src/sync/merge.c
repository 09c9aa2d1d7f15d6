#include "amts/merge.h"
#include "amts/text.h"

#include "sync/markers.h"
#include "sync/tongue.h"

#include <string.h>

/* A page is translated from this share of foreign text on.  (Translations of the D2L, Vue
 * and React docs: 0.29 to 1, most above 0.8; the next version of an English page: under
 * 0.03 but for one rewritten page in a hundred.)  Planning does well on a page of both
 * languages, for text equal to the source follows it; merging it line by line does not.
 */
#define TRANSLATED 0.1

/* What English has in any text, so that a page rewritten in English is not taken for a
 * translation when its base is short. */
#define ENGLISH                                                                          \
	"the of to and is it you that for with this are be if your can from by not have" \
	" an or at will was use when which we has more all see"

static int any_markers(const struct amts_merge_input *in)
{
	return amts_has_markers(in->base) || amts_has_markers(in->ours) ||
	       amts_has_markers(in->theirs);
}

int amts_merge_way(enum amts_merge_way *out, const struct amts_merge_input *in,
	struct amts_error *err)
{
	struct amts_tongue words = { .lang = in->tgt_lang };
	double ours = 0, theirs = 0;
	int rc = AMTS_OK;

	*out = AMTS_MERGE_TEXT;
	if (!in->tgt_lang || !amts_str_trim(in->base).n || any_markers(in) ||
		amts_str_is_binary(in->base) || amts_str_is_binary(in->ours) ||
		amts_str_is_binary(in->theirs) ||
		amts_utf8_fault(in->ours) < in->ours.n ||
		amts_utf8_fault(in->theirs) < in->theirs.n)
		return AMTS_OK;
	rc = amts_tongue_add(&words, in->base, err);
	if (!rc && !strncmp(in->src_lang, "en", 2))
		rc = amts_tongue_add(&words, AMTS_STR(ENGLISH), err);
	if (!rc)
		rc = amts_tongue_foreign(&ours, &words, in->ours, err);
	if (!rc)
		rc = amts_tongue_foreign(&theirs, &words, in->theirs, err);
	amts_tongue_release(&words);
	if (rc)
		return rc;
	if (ours >= TRANSLATED && theirs * 2 < ours)
		*out = AMTS_MERGE_OURS;
	else if (theirs >= TRANSLATED && ours * 2 < theirs)
		*out = AMTS_MERGE_THEIRS;
	return AMTS_OK;
}

static int merge_text(struct amts_buf *out, size_t *conflicts,
	const struct amts_merge_input *in, struct amts_error *err)
{
	struct amts_text_merge m = { .base = in->base,
		.ours = in->ours,
		.theirs = in->theirs,
		.label_base = in->label_base,
		.label_ours = in->label_ours,
		.label_theirs = in->label_theirs,
		.style = in->style,
		.marker_size = in->marker_size };

	return amts_text_merge(out, conflicts, &m, err);
}

static int merge_plan(struct amts_buf *out, struct amts_merged *result,
	const struct amts_merge_input *in, struct amts_error *err)
{
	int ours = result->way == AMTS_MERGE_OURS;
	struct amts_plan_input plan_in = { .base = in->base,
		.head = ours ? in->theirs : in->ours,
		.target = ours ? in->ours : in->theirs,
		.src_lang = in->src_lang,
		.tgt_lang = in->tgt_lang,
		.path = in->path,
		.strict = in->strict };
	struct amts_conflict_style style = { .ours = in->label_ours,
		.base = in->label_base,
		.theirs = in->label_theirs,
		.size = in->marker_size,
		.target_is_theirs = !ours };
	struct amts_buf applied = AMTS_BUF_INIT;
	struct amts_plan *plan;
	int rc = amts_plan_make(&plan, &plan_in, err);

	if (rc)
		return rc;
	rc = amts_plan_apply(&applied, plan, NULL, err);
	if (!rc)
		rc = amts_plan_mark(out, &result->conflicts, plan, amts_buf_str(&applied),
			&style, err);
	amts_buf_release(&applied);
	amts_plan_free(plan);
	return rc;
}

int amts_merge(struct amts_buf *out, struct amts_merged *result,
	const struct amts_merge_input *in, struct amts_error *err)
{
	int rc = amts_merge_way(&result->way, in, err);

	result->conflicts = 0;
	if (rc)
		return rc;
	if (result->way == AMTS_MERGE_TEXT)
		return merge_text(out, &result->conflicts, in, err);
	return merge_plan(out, result, in, err);
}
