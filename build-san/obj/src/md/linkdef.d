build-san/obj/src/md/linkdef.o: src/md/linkdef.c src/md/linkdef.h \
 include/amts/base.h src/md/lines.h include/amts/doc.h include/amts/mem.h
src/md/linkdef.h:
include/amts/base.h:
src/md/lines.h:
include/amts/doc.h:
include/amts/mem.h:
