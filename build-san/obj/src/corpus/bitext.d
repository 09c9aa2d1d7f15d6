build-san/obj/src/corpus/bitext.o: src/corpus/bitext.c \
 src/corpus/bitext.h include/amts/bitext.h include/amts/memory.h \
 include/amts/mem.h include/amts/base.h include/amts/text.h
src/corpus/bitext.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/text.h:
