build-san/obj/src/md/emit.o: src/md/emit.c include/amts/text.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h src/md/lines.h \
 include/amts/doc.h src/md/parser.h src/md/dialect.h src/md/print.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/md/lines.h:
include/amts/doc.h:
src/md/parser.h:
src/md/dialect.h:
src/md/print.h:
