build-san/obj/src/md/leaf.o: src/md/leaf.c src/md/html.h \
 include/amts/base.h src/md/lines.h include/amts/doc.h include/amts/mem.h \
 src/md/linkdef.h src/md/parser.h src/md/dialect.h src/md/print.h \
 src/md/table.h
src/md/html.h:
include/amts/base.h:
src/md/lines.h:
include/amts/doc.h:
include/amts/mem.h:
src/md/linkdef.h:
src/md/parser.h:
src/md/dialect.h:
src/md/print.h:
src/md/table.h:
