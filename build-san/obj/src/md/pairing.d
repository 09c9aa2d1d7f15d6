build-san/obj/src/md/pairing.o: src/md/pairing.c src/md/pairing.h \
 include/amts/segment.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h include/amts/text.h
src/md/pairing.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/text.h:
