build-san/obj/src/md/front.o: src/md/front.c src/md/lines.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 src/md/parser.h src/md/dialect.h
src/md/lines.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/md/parser.h:
src/md/dialect.h:
