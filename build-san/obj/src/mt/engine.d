build-san/obj/src/mt/engine.o: src/mt/engine.c include/amts/engine.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h
include/amts/engine.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
