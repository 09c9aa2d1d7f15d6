build-san/obj/src/text/chars.o: src/text/chars.c src/text/chars.h \
 include/amts/text.h include/amts/mem.h include/amts/base.h
src/text/chars.h:
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
