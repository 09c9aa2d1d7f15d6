build-san/obj/src/store/memory.o: src/store/memory.c \
 include/amts/memory.h include/amts/mem.h include/amts/base.h \
 include/amts/text.h src/base/alloc.h src/base/chars.h src/store/store.h \
 src/store/words.h
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/text.h:
src/base/alloc.h:
src/base/chars.h:
src/store/store.h:
src/store/words.h:
