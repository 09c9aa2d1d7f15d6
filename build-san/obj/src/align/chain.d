build-san/obj/src/align/chain.o: src/align/chain.c src/align/chain.h \
 src/base/alloc.h
src/align/chain.h:
src/base/alloc.h:
