build-san/obj/src/corpus/delimited.o: src/corpus/delimited.c \
 include/amts/text.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h src/corpus/bitext.h include/amts/bitext.h \
 include/amts/memory.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/corpus/bitext.h:
include/amts/bitext.h:
include/amts/memory.h:
