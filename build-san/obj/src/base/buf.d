build-san/obj/src/base/buf.o: src/base/buf.c include/amts/mem.h \
 include/amts/base.h src/base/alloc.h
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
