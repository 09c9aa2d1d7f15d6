build-san/obj/src/project/config.o: src/project/config.c \
 include/amts/config.h include/amts/repo.h include/amts/mem.h \
 include/amts/base.h include/amts/plan.h include/amts/align.h \
 include/amts/segment.h include/amts/doc.h include/amts/engine.h \
 src/base/alloc.h src/base/gitconf.h src/base/wildmatch.h \
 src/project/layout.h src/project/project.h include/amts/sync.h \
 include/amts/check.h include/amts/glossary.h include/amts/corpus.h \
 include/amts/bitext.h include/amts/memory.h
include/amts/config.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/plan.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/engine.h:
src/base/alloc.h:
src/base/gitconf.h:
src/base/wildmatch.h:
src/project/layout.h:
src/project/project.h:
include/amts/sync.h:
include/amts/check.h:
include/amts/glossary.h:
include/amts/corpus.h:
include/amts/bitext.h:
include/amts/memory.h:
