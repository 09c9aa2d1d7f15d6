build-san/obj/src/corpus/tmx_tags.o: src/corpus/tmx_tags.c \
 src/base/alloc.h src/corpus/tmx.h src/corpus/bitext.h \
 include/amts/bitext.h include/amts/memory.h include/amts/mem.h \
 include/amts/base.h
src/base/alloc.h:
src/corpus/tmx.h:
src/corpus/bitext.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
