build-san/obj/src/store/export.o: src/store/export.c include/amts/text.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h \
 src/store/store.h include/amts/memory.h src/store/words.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/store/store.h:
include/amts/memory.h:
src/store/words.h:
