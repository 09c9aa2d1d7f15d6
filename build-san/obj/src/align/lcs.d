build-san/obj/src/align/lcs.o: src/align/lcs.c src/align/order.h \
 include/amts/align.h include/amts/segment.h include/amts/doc.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h
src/align/order.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
