build-san/obj/src/md/mdx.o: src/md/mdx.c src/md/html.h \
 include/amts/base.h src/md/lines.h include/amts/doc.h include/amts/mem.h \
 src/md/regions.h src/md/ahead.h src/md/dialect.h
src/md/html.h:
include/amts/base.h:
src/md/lines.h:
include/amts/doc.h:
include/amts/mem.h:
src/md/regions.h:
src/md/ahead.h:
src/md/dialect.h:
