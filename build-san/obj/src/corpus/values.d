build-san/obj/src/corpus/values.o: src/corpus/values.c \
 src/corpus/bitext.h include/amts/bitext.h include/amts/memory.h \
 include/amts/mem.h include/amts/base.h
src/corpus/bitext.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
