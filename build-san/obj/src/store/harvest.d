build-san/obj/src/store/harvest.o: src/store/harvest.c \
 src/store/harvest.h include/amts/memory.h include/amts/mem.h \
 include/amts/base.h include/amts/repo.h src/base/alloc.h src/base/map.h \
 src/store/store.h src/store/words.h
src/store/harvest.h:
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/repo.h:
src/base/alloc.h:
src/base/map.h:
src/store/store.h:
src/store/words.h:
