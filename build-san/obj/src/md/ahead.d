build-san/obj/src/md/ahead.o: src/md/ahead.c src/md/ahead.h \
 src/md/dialect.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h src/md/lines.h
src/md/ahead.h:
src/md/dialect.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/md/lines.h:
