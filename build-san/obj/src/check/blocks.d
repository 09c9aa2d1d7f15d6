build-san/obj/src/check/blocks.o: src/check/blocks.c src/check/check.h \
 include/amts/check.h include/amts/align.h include/amts/segment.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 include/amts/glossary.h src/base/chars.h
src/check/check.h:
include/amts/check.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/glossary.h:
src/base/chars.h:
