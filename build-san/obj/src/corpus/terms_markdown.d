build-san/obj/src/corpus/terms_markdown.o: src/corpus/terms_markdown.c \
 include/amts/text.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h src/corpus/terms.h include/amts/glossary.h \
 src/base/map.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/corpus/terms.h:
include/amts/glossary.h:
src/base/map.h:
