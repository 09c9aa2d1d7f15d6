build-san/obj/src/corpus/extract.o: src/corpus/extract.c \
 src/corpus/extract.h include/amts/corpus.h include/amts/align.h \
 include/amts/segment.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h include/amts/bitext.h include/amts/memory.h \
 include/amts/repo.h include/amts/text.h
src/corpus/extract.h:
include/amts/corpus.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/repo.h:
include/amts/text.h:
