#ifndef INFER_FRONT_MATTER_H
#define INFER_FRONT_MATTER_H
/*
 * The base that a translation names itself: a commit of the source, or a blob, in its
 * front matter ("l10n.sourceCommit" of MDN, "default_lang_commit" of Docsy).  Keys are
 * not looked at: a value that is the id of a commit which has the source file is no
 * accident.
 */
#include "amts/repo.h"

/* *base is "" when the document names none; *commit is "" when it names a blob. */
AMTS_MUST_CHECK int amts_front_matter_base(struct amts_oid *base, struct amts_oid *commit,
	struct amts_str document, struct amts_repo *source, struct amts_str src_path,
	struct amts_error *err);

#endif
