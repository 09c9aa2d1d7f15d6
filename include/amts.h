#ifndef AMTS_H
#define AMTS_H
/* libamts: keep translations of markdown in step with their source.  One header for all. */
#include "amts/align.h"
#include "amts/article.h"
#include "amts/base.h"
#include "amts/bitext.h"
#include "amts/corpus.h"
#include "amts/config.h"
#include "amts/doc.h"
#include "amts/engine.h"
#include "amts/glossary.h"
#include "amts/mem.h"
#include "amts/memory.h"
#include "amts/merge.h"
#include "amts/plan.h"
#include "amts/repo.h"
#include "amts/score.h"
#include "amts/segment.h"
#include "amts/sync.h"
#include "amts/text.h"

#endif
