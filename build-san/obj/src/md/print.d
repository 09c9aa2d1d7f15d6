build-san/obj/src/md/print.o: src/md/print.c src/md/print.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 src/base/chars.h src/md/lines.h
src/md/print.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/base/chars.h:
src/md/lines.h:
