build-san/obj/src/corpus/tmx_write.o: src/corpus/tmx_write.c \
 src/corpus/bitext.h include/amts/bitext.h include/amts/memory.h \
 include/amts/mem.h include/amts/base.h
src/corpus/bitext.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
