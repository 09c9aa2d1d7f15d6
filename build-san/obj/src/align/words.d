build-san/obj/src/align/words.o: src/align/words.c src/align/words.h \
 include/amts/mem.h include/amts/base.h src/align/order.h \
 src/base/alloc.h
src/align/words.h:
include/amts/mem.h:
include/amts/base.h:
src/align/order.h:
src/base/alloc.h:
