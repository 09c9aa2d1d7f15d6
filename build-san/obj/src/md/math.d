build-san/obj/src/md/math.o: src/md/math.c include/amts/text.h \
 include/amts/mem.h include/amts/base.h src/md/lines.h include/amts/doc.h \
 src/md/regions.h src/md/ahead.h src/md/dialect.h src/md/scan.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/md/lines.h:
include/amts/doc.h:
src/md/regions.h:
src/md/ahead.h:
src/md/dialect.h:
src/md/scan.h:
