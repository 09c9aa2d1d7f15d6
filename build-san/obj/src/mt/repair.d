build-san/obj/src/mt/repair.o: src/mt/repair.c src/mt/repair.h \
 include/amts/mem.h include/amts/base.h include/amts/align.h \
 include/amts/segment.h include/amts/doc.h src/store/words.h
src/mt/repair.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
src/store/words.h:
