build-san/obj/src/align/parallel.o: src/align/parallel.c \
 src/align/parallel.h
src/align/parallel.h:
