build-san/obj/src/infer/wording.o: src/infer/wording.c \
 src/infer/wording.h include/amts/base.h src/align/aligner.h \
 src/align/lessons.h src/align/lexicon.h src/align/model.h \
 src/align/items.h src/align/params.h src/align/vocab.h src/align/words.h \
 include/amts/mem.h include/amts/segment.h include/amts/doc.h \
 include/amts/text.h include/amts/align.h src/align/parallel.h \
 src/base/alloc.h src/base/map.h
src/infer/wording.h:
include/amts/base.h:
src/align/aligner.h:
src/align/lessons.h:
src/align/lexicon.h:
src/align/model.h:
src/align/items.h:
src/align/params.h:
src/align/vocab.h:
src/align/words.h:
include/amts/mem.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/text.h:
include/amts/align.h:
src/align/parallel.h:
src/base/alloc.h:
src/base/map.h:
