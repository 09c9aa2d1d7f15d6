build-san/obj/src/md/segment.o: src/md/segment.c include/amts/text.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h src/md/inline.h \
 include/amts/segment.h include/amts/doc.h src/md/join.h \
 src/text/sentence.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/md/inline.h:
include/amts/segment.h:
include/amts/doc.h:
src/md/join.h:
src/text/sentence.h:
