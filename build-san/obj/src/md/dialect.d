build-san/obj/src/md/dialect.o: src/md/dialect.c src/md/dialect.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h src/md/lines.h \
 src/md/regions.h src/md/ahead.h
src/md/dialect.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/md/lines.h:
src/md/regions.h:
src/md/ahead.h:
