build-san/obj/src/text/layout.o: src/text/layout.c src/text/layout.h \
 src/text/chars.h include/amts/text.h include/amts/mem.h \
 include/amts/base.h src/text/lang.h src/text/sentence.h src/base/alloc.h
src/text/layout.h:
src/text/chars.h:
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/text/lang.h:
src/text/sentence.h:
src/base/alloc.h:
