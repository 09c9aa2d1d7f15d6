build-san/obj/src/project/record.o: src/project/record.c \
 src/project/record.h include/amts/repo.h include/amts/mem.h \
 include/amts/base.h include/amts/sync.h include/amts/check.h \
 include/amts/align.h include/amts/segment.h include/amts/doc.h \
 include/amts/glossary.h include/amts/config.h include/amts/corpus.h \
 include/amts/bitext.h include/amts/memory.h include/amts/plan.h \
 include/amts/engine.h
src/project/record.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/sync.h:
include/amts/check.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/glossary.h:
include/amts/config.h:
include/amts/corpus.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/plan.h:
include/amts/engine.h:
