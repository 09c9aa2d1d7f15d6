build-san/obj/src/sync/markers.o: src/sync/markers.c src/sync/markers.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h
src/sync/markers.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
