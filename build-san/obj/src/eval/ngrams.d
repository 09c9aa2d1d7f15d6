build-san/obj/src/eval/ngrams.o: src/eval/ngrams.c src/eval/ngrams.h \
 src/base/alloc.h src/eval/hash.h
src/eval/ngrams.h:
src/base/alloc.h:
src/eval/hash.h:
