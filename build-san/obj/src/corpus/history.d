build-san/obj/src/corpus/history.o: src/corpus/history.c src/base/alloc.h \
 src/base/map.h src/corpus/chain.h include/amts/corpus.h \
 include/amts/align.h include/amts/segment.h include/amts/doc.h \
 include/amts/mem.h include/amts/base.h include/amts/bitext.h \
 include/amts/memory.h include/amts/repo.h src/store/harvest.h
src/base/alloc.h:
src/base/map.h:
src/corpus/chain.h:
include/amts/corpus.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/repo.h:
src/store/harvest.h:
