build-san/obj/src/md/table.o: src/md/table.c src/md/table.h \
 include/amts/base.h
src/md/table.h:
include/amts/base.h:
