build-san/obj/src/base/wildmatch.o: src/base/wildmatch.c \
 src/base/wildmatch.h include/amts/mem.h include/amts/base.h
src/base/wildmatch.h:
include/amts/mem.h:
include/amts/base.h:
