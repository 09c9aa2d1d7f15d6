build-san/obj/src/store/forget.o: src/store/forget.c src/base/wildmatch.h \
 include/amts/mem.h include/amts/base.h src/store/store.h \
 include/amts/memory.h src/store/words.h
src/base/wildmatch.h:
include/amts/mem.h:
include/amts/base.h:
src/store/store.h:
include/amts/memory.h:
src/store/words.h:
