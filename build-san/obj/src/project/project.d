build-san/obj/src/project/project.o: src/project/project.c \
 src/project/project.h include/amts/sync.h include/amts/check.h \
 include/amts/align.h include/amts/segment.h include/amts/doc.h \
 include/amts/mem.h include/amts/base.h include/amts/glossary.h \
 include/amts/config.h include/amts/repo.h include/amts/corpus.h \
 include/amts/bitext.h include/amts/memory.h include/amts/plan.h \
 include/amts/engine.h src/base/alloc.h
src/project/project.h:
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
src/base/alloc.h:
