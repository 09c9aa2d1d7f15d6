build-san/obj/src/md/inline.o: src/md/inline.c src/md/inline.h \
 include/amts/segment.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h src/base/alloc.h src/md/join.h src/md/labels.h \
 src/md/match_util.h src/base/chars.h src/md/match.h
src/md/inline.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/md/join.h:
src/md/labels.h:
src/md/match_util.h:
src/base/chars.h:
src/md/match.h:
