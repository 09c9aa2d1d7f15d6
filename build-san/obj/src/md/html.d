build-san/obj/src/md/html.o: src/md/html.c src/md/html.h \
 include/amts/base.h include/amts/text.h include/amts/mem.h
src/md/html.h:
include/amts/base.h:
include/amts/text.h:
include/amts/mem.h:
