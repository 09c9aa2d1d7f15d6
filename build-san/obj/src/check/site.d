build-san/obj/src/check/site.o: src/check/site.c include/amts/text.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h src/base/map.h \
 src/check/check.h include/amts/check.h include/amts/align.h \
 include/amts/segment.h include/amts/doc.h include/amts/glossary.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/base/map.h:
src/check/check.h:
include/amts/check.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/glossary.h:
