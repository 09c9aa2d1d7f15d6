build-san/obj/src/store/lookup.o: src/store/lookup.c src/base/alloc.h \
 src/store/store.h include/amts/memory.h include/amts/mem.h \
 include/amts/base.h src/store/words.h
src/base/alloc.h:
src/store/store.h:
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
src/store/words.h:
