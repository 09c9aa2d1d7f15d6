build-san/obj/src/eval/significance.o: src/eval/significance.c \
 src/base/alloc.h src/eval/hash.h src/eval/scorer.h include/amts/score.h \
 include/amts/mem.h include/amts/base.h src/eval/ngrams.h \
 src/eval/tokens.h src/eval/chars.h src/eval/vocab.h
src/base/alloc.h:
src/eval/hash.h:
src/eval/scorer.h:
include/amts/score.h:
include/amts/mem.h:
include/amts/base.h:
src/eval/ngrams.h:
src/eval/tokens.h:
src/eval/chars.h:
src/eval/vocab.h:
