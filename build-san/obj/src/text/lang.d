build-san/obj/src/text/lang.o: src/text/lang.c src/text/lang.h \
 include/amts/text.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h
src/text/lang.h:
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
