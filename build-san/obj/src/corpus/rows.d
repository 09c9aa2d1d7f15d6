build-san/obj/src/corpus/rows.o: src/corpus/rows.c include/amts/text.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h src/base/map.h \
 src/corpus/bitext.h include/amts/bitext.h include/amts/memory.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/base/map.h:
src/corpus/bitext.h:
include/amts/bitext.h:
include/amts/memory.h:
