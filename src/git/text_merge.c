#include "git/git.h"

static void give(git_merge_file_input *in, struct amts_str s)
{
	git_merge_file_input_init(in, GIT_MERGE_FILE_INPUT_VERSION);
	in->ptr = s.n ? s.p : "";
	in->size = s.n;
}

static void set_style(git_merge_file_options *opt, const struct amts_text_merge *in)
{
	git_merge_file_options_init(opt, GIT_MERGE_FILE_OPTIONS_VERSION);
	opt->our_label = in->label_ours ? in->label_ours : "";
	opt->ancestor_label = in->label_base ? in->label_base : "";
	opt->their_label = in->label_theirs ? in->label_theirs : "";
	opt->marker_size =
		(unsigned short)(in->marker_size ? in->marker_size
						 : GIT_MERGE_CONFLICT_MARKER_SIZE);
	if (in->style == AMTS_MARKERS_DIFF3)
		opt->flags = GIT_MERGE_FILE_STYLE_DIFF3;
	else if (in->style == AMTS_MARKERS_ZDIFF3)
		opt->flags = GIT_MERGE_FILE_STYLE_ZDIFF3;
}

int amts_text_merge(struct amts_buf *out, int *conflict, const struct amts_text_merge *in,
	struct amts_error *err)
{
	git_merge_file_input base, ours, theirs;
	git_merge_file_options opt;
	git_merge_file_result merged;
	int rc;

	*conflict = 1;
	if (amts_str_is_binary(in->base) || amts_str_is_binary(in->ours) ||
		amts_str_is_binary(in->theirs)) {
		amts_buf_add(out, in->ours);
		return amts_buf_check(out, "the merged text", err);
	}
	give(&base, in->base);
	give(&ours, in->ours);
	give(&theirs, in->theirs);
	set_style(&opt, in);
	amts_git_init();
	rc = git_merge_file(&merged, &base, &ours, &theirs, &opt);
	if (rc) {
		rc = amts_git_fail(err, rc, "cannot merge");
	} else {
		*conflict = !merged.automergeable;
		amts_buf_add(out, (struct amts_str){ merged.ptr, merged.len });
		git_merge_file_result_free(&merged);
		rc = amts_buf_check(out, "the merged text", err);
	}
	amts_git_exit();
	return rc;
}
