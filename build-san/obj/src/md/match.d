build-san/obj/src/md/match.o: src/md/match.c src/md/match_util.h \
 src/base/chars.h src/md/match.h include/amts/segment.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h
src/md/match_util.h:
src/base/chars.h:
src/md/match.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
