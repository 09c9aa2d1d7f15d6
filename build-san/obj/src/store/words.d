build-san/obj/src/store/words.o: src/store/words.c src/store/words.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h
src/store/words.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
