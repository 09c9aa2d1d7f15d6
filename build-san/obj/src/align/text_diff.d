build-san/obj/src/align/text_diff.o: src/align/text_diff.c \
 include/amts/align.h include/amts/segment.h include/amts/doc.h \
 include/amts/mem.h include/amts/base.h
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
