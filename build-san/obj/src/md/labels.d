build-san/obj/src/md/labels.o: src/md/labels.c src/md/labels.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h src/md/lines.h
src/md/labels.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/md/lines.h:
