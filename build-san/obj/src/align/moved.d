build-san/obj/src/align/moved.o: src/align/moved.c src/align/search.h \
 src/align/match.h src/align/items.h src/align/params.h src/align/vocab.h \
 src/align/words.h include/amts/mem.h include/amts/base.h \
 include/amts/segment.h include/amts/doc.h include/amts/text.h \
 src/align/lexicon.h src/align/model.h src/base/alloc.h
src/align/search.h:
src/align/match.h:
src/align/items.h:
src/align/params.h:
src/align/vocab.h:
src/align/words.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/text.h:
src/align/lexicon.h:
src/align/model.h:
src/base/alloc.h:
