build-san/obj/src/md/lines.o: src/md/lines.c src/md/lines.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h
src/md/lines.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
