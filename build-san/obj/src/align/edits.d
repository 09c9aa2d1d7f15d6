build-san/obj/src/align/edits.o: src/align/edits.c src/align/chain.h \
 src/align/words.h include/amts/mem.h include/amts/base.h \
 include/amts/align.h include/amts/segment.h include/amts/doc.h \
 src/base/alloc.h
src/align/chain.h:
src/align/words.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
src/base/alloc.h:
