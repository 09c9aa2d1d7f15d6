#ifndef SYNC_MARKERS_H
#define SYNC_MARKERS_H
/* Conflict markers that were committed with a document. */
#include "amts/mem.h"

/* 1 when a line of s begins a conflict ("<<<<<<< ") and a later one ends one. */
int amts_has_markers(struct amts_str s);

#endif
