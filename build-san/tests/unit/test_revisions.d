build-san/tests/unit/test_revisions: tests/unit/test_revisions.c \
 include/amts/sync.h include/amts/check.h include/amts/align.h \
 include/amts/segment.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h include/amts/glossary.h include/amts/config.h \
 include/amts/repo.h include/amts/corpus.h include/amts/bitext.h \
 include/amts/memory.h include/amts/plan.h include/amts/engine.h \
 tests/unit/gitbox.h src/base/alloc.h src/base/process.h \
 src/sync/revisions.h
include/amts/sync.h:
include/amts/check.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/glossary.h:
include/amts/config.h:
include/amts/repo.h:
include/amts/corpus.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/plan.h:
include/amts/engine.h:
tests/unit/gitbox.h:
src/base/alloc.h:
src/base/process.h:
src/sync/revisions.h:
