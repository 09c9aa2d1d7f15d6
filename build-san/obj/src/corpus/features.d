build-san/obj/src/corpus/features.o: src/corpus/features.c \
 src/corpus/features.h include/amts/mem.h include/amts/base.h \
 include/amts/segment.h include/amts/doc.h include/amts/text.h
src/corpus/features.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/text.h:
