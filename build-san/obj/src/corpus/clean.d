build-san/obj/src/corpus/clean.o: src/corpus/clean.c include/amts/text.h \
 include/amts/mem.h include/amts/base.h src/corpus/bitext.h \
 include/amts/bitext.h include/amts/memory.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/corpus/bitext.h:
include/amts/bitext.h:
include/amts/memory.h:
