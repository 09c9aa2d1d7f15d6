build-san/obj/src/eval/scorer.o: src/eval/scorer.c src/eval/scorer.h \
 include/amts/score.h include/amts/mem.h include/amts/base.h \
 src/eval/ngrams.h src/eval/tokens.h src/eval/chars.h src/eval/vocab.h \
 src/base/alloc.h src/eval/ter.h
src/eval/scorer.h:
include/amts/score.h:
include/amts/mem.h:
include/amts/base.h:
src/eval/ngrams.h:
src/eval/tokens.h:
src/eval/chars.h:
src/eval/vocab.h:
src/base/alloc.h:
src/eval/ter.h:
