build-san/obj/src/md/myst.o: src/md/myst.c src/md/lines.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 src/md/regions.h src/md/ahead.h src/md/dialect.h src/md/scan.h
src/md/lines.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/md/regions.h:
src/md/ahead.h:
src/md/dialect.h:
src/md/scan.h:
