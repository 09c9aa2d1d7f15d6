build-san/obj/src/sync/merge.o: src/sync/merge.c include/amts/merge.h \
 include/amts/plan.h include/amts/align.h include/amts/segment.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 include/amts/engine.h include/amts/repo.h src/sync/markers.h \
 src/sync/tongue.h src/base/map.h
include/amts/merge.h:
include/amts/plan.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/engine.h:
include/amts/repo.h:
src/sync/markers.h:
src/sync/tongue.h:
src/base/map.h:
