build-san/obj/src/text/sentence.o: src/text/sentence.c \
 src/text/sentence.h include/amts/text.h include/amts/mem.h \
 include/amts/base.h src/base/alloc.h src/text/abbrev.h src/text/layout.h \
 src/text/chars.h src/text/lang.h
src/text/sentence.h:
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/text/abbrev.h:
src/text/layout.h:
src/text/chars.h:
src/text/lang.h:
