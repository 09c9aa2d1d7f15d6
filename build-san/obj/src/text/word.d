build-san/obj/src/text/word.o: src/text/word.c src/text/chars.h \
 include/amts/text.h include/amts/mem.h include/amts/base.h \
 src/text/lang.h src/base/alloc.h
src/text/chars.h:
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/text/lang.h:
src/base/alloc.h:
