build-san/obj/src/store/db.o: src/store/db.c src/base/alloc.h \
 src/base/folder.h include/amts/base.h src/store/store.h \
 include/amts/memory.h include/amts/mem.h src/store/words.h
src/base/alloc.h:
src/base/folder.h:
include/amts/base.h:
src/store/store.h:
include/amts/memory.h:
include/amts/mem.h:
src/store/words.h:
