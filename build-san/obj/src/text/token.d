build-san/obj/src/text/token.o: src/text/token.c src/base/alloc.h \
 src/text/chars.h include/amts/text.h include/amts/mem.h \
 include/amts/base.h src/text/fold.h src/text/lang.h
src/base/alloc.h:
src/text/chars.h:
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/text/fold.h:
src/text/lang.h:
