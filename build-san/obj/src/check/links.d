build-san/obj/src/check/links.o: src/check/links.c src/check/check.h \
 include/amts/check.h include/amts/align.h include/amts/segment.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 include/amts/glossary.h
src/check/check.h:
include/amts/check.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/glossary.h:
