build-san/obj/src/md/scan.o: src/md/scan.c src/md/scan.h \
 include/amts/base.h src/md/lines.h include/amts/doc.h include/amts/mem.h
src/md/scan.h:
include/amts/base.h:
src/md/lines.h:
include/amts/doc.h:
include/amts/mem.h:
