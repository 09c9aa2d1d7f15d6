build-san/obj/src/align/vocab.o: src/align/vocab.c src/align/vocab.h \
 src/base/alloc.h
src/align/vocab.h:
src/base/alloc.h:
