build-san/obj/src/md/doc.o: src/md/doc.c include/amts/doc.h \
 include/amts/mem.h include/amts/base.h include/amts/text.h \
 src/base/alloc.h src/md/labels.h src/md/lines.h src/md/parser.h \
 src/md/dialect.h
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/text.h:
src/base/alloc.h:
src/md/labels.h:
src/md/lines.h:
src/md/parser.h:
src/md/dialect.h:
