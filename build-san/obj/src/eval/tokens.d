build-san/obj/src/eval/tokens.o: src/eval/tokens.c src/eval/tokens.h \
 include/amts/score.h include/amts/mem.h include/amts/base.h \
 src/eval/chars.h include/amts/text.h src/base/alloc.h
src/eval/tokens.h:
include/amts/score.h:
include/amts/mem.h:
include/amts/base.h:
src/eval/chars.h:
include/amts/text.h:
src/base/alloc.h:
