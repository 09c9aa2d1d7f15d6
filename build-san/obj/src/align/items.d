build-san/obj/src/align/items.o: src/align/items.c src/align/items.h \
 src/align/params.h src/align/vocab.h src/align/words.h \
 include/amts/mem.h include/amts/base.h include/amts/segment.h \
 include/amts/doc.h include/amts/text.h src/base/alloc.h
src/align/items.h:
src/align/params.h:
src/align/vocab.h:
src/align/words.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/text.h:
src/base/alloc.h:
