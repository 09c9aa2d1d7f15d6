build-san/obj/src/corpus/trigrams.o: src/corpus/trigrams.c \
 src/corpus/features.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h
src/corpus/features.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
