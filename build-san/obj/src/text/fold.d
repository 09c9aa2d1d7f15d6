build-san/obj/src/text/fold.o: src/text/fold.c src/text/fold.h \
 include/amts/text.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h src/text/chars.h
src/text/fold.h:
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/text/chars.h:
