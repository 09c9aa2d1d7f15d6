build-san/obj/src/base/gitconf.o: src/base/gitconf.c src/base/gitconf.h \
 include/amts/mem.h include/amts/base.h
src/base/gitconf.h:
include/amts/mem.h:
include/amts/base.h:
