build-san/obj/src/align/lexicon.o: src/align/lexicon.c \
 src/align/lexicon.h src/align/parallel.h src/align/params.h \
 src/base/alloc.h
src/align/lexicon.h:
src/align/parallel.h:
src/align/params.h:
src/base/alloc.h:
