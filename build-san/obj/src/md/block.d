build-san/obj/src/md/block.o: src/md/block.c src/base/alloc.h \
 src/md/lines.h include/amts/doc.h include/amts/mem.h include/amts/base.h \
 src/md/parser.h src/md/dialect.h src/md/scan.h
src/base/alloc.h:
src/md/lines.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/md/parser.h:
src/md/dialect.h:
src/md/scan.h:
