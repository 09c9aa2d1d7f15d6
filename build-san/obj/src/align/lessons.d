build-san/obj/src/align/lessons.o: src/align/lessons.c \
 src/align/lessons.h src/align/lexicon.h src/align/order.h \
 src/align/params.h src/base/alloc.h
src/align/lessons.h:
src/align/lexicon.h:
src/align/order.h:
src/align/params.h:
src/base/alloc.h:
