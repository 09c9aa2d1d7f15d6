build-san/obj/src/sync/tongue.o: src/sync/tongue.c src/sync/tongue.h \
 src/base/map.h include/amts/mem.h include/amts/base.h \
 include/amts/segment.h include/amts/doc.h include/amts/text.h
src/sync/tongue.h:
src/base/map.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/text.h:
