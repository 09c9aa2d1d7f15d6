build-san/obj/src/corpus/filter.o: src/corpus/filter.c \
 src/align/parallel.h src/base/alloc.h src/base/map.h \
 src/corpus/features.h include/amts/mem.h include/amts/base.h \
 include/amts/corpus.h include/amts/align.h include/amts/segment.h \
 include/amts/doc.h include/amts/bitext.h include/amts/memory.h \
 include/amts/repo.h
src/align/parallel.h:
src/base/alloc.h:
src/base/map.h:
src/corpus/features.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/corpus.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/repo.h:
