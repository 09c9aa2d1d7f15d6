build-san/obj/src/eval/chars.o: src/eval/chars.c src/eval/chars.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h
src/eval/chars.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
