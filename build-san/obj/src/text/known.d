build-san/obj/src/text/known.o: src/text/known.c include/amts/text.h \
 include/amts/mem.h include/amts/base.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
