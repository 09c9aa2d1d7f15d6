build-san/obj/src/corpus/article.o: src/corpus/article.c \
 include/amts/article.h include/amts/corpus.h include/amts/align.h \
 include/amts/segment.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h include/amts/bitext.h include/amts/memory.h \
 include/amts/repo.h include/amts/text.h src/base/map.h \
 src/corpus/bitext.h src/corpus/html.h
include/amts/article.h:
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
src/base/map.h:
src/corpus/bitext.h:
src/corpus/html.h:
