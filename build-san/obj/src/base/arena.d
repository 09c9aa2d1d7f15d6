build-san/obj/src/base/arena.o: src/base/arena.c include/amts/mem.h \
 include/amts/base.h src/base/alloc.h
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
