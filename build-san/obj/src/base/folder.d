build-san/obj/src/base/folder.o: src/base/folder.c src/base/folder.h \
 include/amts/base.h src/base/alloc.h
src/base/folder.h:
include/amts/base.h:
src/base/alloc.h:
