build-san/obj/src/mt/memory.o: src/mt/memory.c include/amts/memory.h \
 include/amts/mem.h include/amts/base.h include/amts/engine.h \
 src/base/alloc.h src/mt/repair.h src/store/words.h
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/engine.h:
src/base/alloc.h:
src/mt/repair.h:
src/store/words.h:
