build-san/obj/src/infer/evidence.o: src/infer/evidence.c \
 src/infer/evidence.h src/infer/lineage.h include/amts/repo.h \
 include/amts/mem.h include/amts/base.h src/infer/traits.h \
 include/amts/segment.h include/amts/doc.h src/base/alloc.h \
 src/base/map.h
src/infer/evidence.h:
src/infer/lineage.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
src/infer/traits.h:
include/amts/segment.h:
include/amts/doc.h:
src/base/alloc.h:
src/base/map.h:
