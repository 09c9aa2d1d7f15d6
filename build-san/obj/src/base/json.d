build-san/obj/src/base/json.o: src/base/json.c src/base/json.h \
 include/amts/mem.h include/amts/base.h
src/base/json.h:
include/amts/mem.h:
include/amts/base.h:
