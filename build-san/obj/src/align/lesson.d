build-san/obj/src/align/lesson.o: src/align/lesson.c src/align/aligner.h \
 src/align/lessons.h src/align/lexicon.h src/align/model.h \
 src/align/items.h src/align/params.h src/align/vocab.h src/align/words.h \
 include/amts/mem.h include/amts/base.h include/amts/segment.h \
 include/amts/doc.h include/amts/text.h include/amts/align.h \
 src/align/bytes.h src/align/teach.h src/align/search.h src/align/match.h \
 src/base/alloc.h
src/align/aligner.h:
src/align/lessons.h:
src/align/lexicon.h:
src/align/model.h:
src/align/items.h:
src/align/params.h:
src/align/vocab.h:
src/align/words.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/text.h:
include/amts/align.h:
src/align/bytes.h:
src/align/teach.h:
src/align/search.h:
src/align/match.h:
src/base/alloc.h:
