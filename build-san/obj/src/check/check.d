build-san/obj/src/check/check.o: src/check/check.c src/check/check.h \
 include/amts/check.h include/amts/align.h include/amts/segment.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 include/amts/glossary.h src/base/alloc.h
src/check/check.h:
include/amts/check.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/glossary.h:
src/base/alloc.h:
