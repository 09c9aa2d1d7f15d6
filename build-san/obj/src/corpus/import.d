build-san/obj/src/corpus/import.o: src/corpus/import.c src/base/alloc.h \
 src/corpus/bitext.h include/amts/bitext.h include/amts/memory.h \
 include/amts/mem.h include/amts/base.h
src/base/alloc.h:
src/corpus/bitext.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
