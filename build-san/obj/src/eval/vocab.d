build-san/obj/src/eval/vocab.o: src/eval/vocab.c src/eval/vocab.h \
 src/eval/chars.h include/amts/mem.h include/amts/base.h src/base/alloc.h \
 src/eval/hash.h
src/eval/vocab.h:
src/eval/chars.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/eval/hash.h:
