build-san/obj/src/corpus/glossary.o: src/corpus/glossary.c \
 include/amts/bitext.h include/amts/memory.h include/amts/mem.h \
 include/amts/base.h include/amts/text.h src/base/alloc.h \
 src/corpus/terms.h include/amts/glossary.h src/base/map.h
include/amts/bitext.h:
include/amts/memory.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/text.h:
src/base/alloc.h:
src/corpus/terms.h:
include/amts/glossary.h:
src/base/map.h:
