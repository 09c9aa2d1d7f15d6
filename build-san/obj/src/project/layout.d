build-san/obj/src/project/layout.o: src/project/layout.c \
 src/project/layout.h include/amts/mem.h include/amts/base.h
src/project/layout.h:
include/amts/mem.h:
include/amts/base.h:
