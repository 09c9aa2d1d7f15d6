build-san/obj/src/align/bytes.o: src/align/bytes.c src/align/bytes.h \
 src/align/vocab.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h
src/align/bytes.h:
src/align/vocab.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
