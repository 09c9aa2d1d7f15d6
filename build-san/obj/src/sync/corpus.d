build-san/obj/src/sync/corpus.o: src/sync/corpus.c src/sync/markers.h \
 include/amts/mem.h include/amts/base.h src/sync/revisions.h \
 include/amts/corpus.h include/amts/align.h include/amts/segment.h \
 include/amts/doc.h include/amts/bitext.h include/amts/memory.h \
 include/amts/repo.h src/sync/sync.h include/amts/glossary.h \
 include/amts/sync.h include/amts/check.h include/amts/config.h \
 include/amts/plan.h include/amts/engine.h src/project/project.h \
 src/project/record.h src/sync/fork.h src/base/map.h
src/sync/markers.h:
include/amts/mem.h:
include/amts/base.h:
src/sync/revisions.h:
include/amts/corpus.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/repo.h:
src/sync/sync.h:
include/amts/glossary.h:
include/amts/sync.h:
include/amts/check.h:
include/amts/config.h:
include/amts/plan.h:
include/amts/engine.h:
src/project/project.h:
src/project/record.h:
src/sync/fork.h:
src/base/map.h:
