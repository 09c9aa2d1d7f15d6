build-san/obj/src/corpus/files.o: src/corpus/files.c \
 include/amts/bitext.h include/amts/memory.h include/amts/mem.h \
 include/amts/base.h include/amts/corpus.h include/amts/align.h \
 include/amts/segment.h include/amts/doc.h include/amts/repo.h \
 src/base/alloc.h src/corpus/bitext.h
include/amts/bitext.h:
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/corpus.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/repo.h:
src/base/alloc.h:
src/corpus/bitext.h:
