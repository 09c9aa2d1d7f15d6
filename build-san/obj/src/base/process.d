build-san/obj/src/base/process.o: src/base/process.c src/base/process.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h
src/base/process.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
