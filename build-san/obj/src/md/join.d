build-san/obj/src/md/join.o: src/md/join.c src/md/join.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h src/md/lines.h
src/md/join.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/md/lines.h:
