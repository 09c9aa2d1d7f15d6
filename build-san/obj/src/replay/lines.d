build-san/obj/src/replay/lines.o: src/replay/lines.c src/replay/lines.h \
 include/amts/replay.h include/amts/plan.h include/amts/align.h \
 include/amts/segment.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h include/amts/engine.h include/amts/sync.h \
 include/amts/check.h include/amts/glossary.h include/amts/config.h \
 include/amts/repo.h include/amts/corpus.h include/amts/bitext.h \
 include/amts/memory.h
src/replay/lines.h:
include/amts/replay.h:
include/amts/plan.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/engine.h:
include/amts/sync.h:
include/amts/check.h:
include/amts/glossary.h:
include/amts/config.h:
include/amts/repo.h:
include/amts/corpus.h:
include/amts/bitext.h:
include/amts/memory.h:
