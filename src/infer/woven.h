#ifndef INFER_WOVEN_H
#define INFER_WOVEN_H
/*
 * Documents that hold both texts: the source in comments, paragraph by paragraph before
 * its translation (d2l-vn, the Chinese pages of Kubernetes).
 */
#include "amts/mem.h"

/* 1 when the document is one; then what its comments say in *src, and the rest in *tgt.
 * Both live in arena. */
AMTS_MUST_CHECK int amts_woven(int *woven, struct amts_str *src, struct amts_str *tgt,
	struct amts_arena *arena, struct amts_str document, struct amts_error *err);

#endif
