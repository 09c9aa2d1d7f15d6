build-san/obj/src/infer/load.o: src/infer/load.c src/infer/inference.h \
 src/infer/blend.h src/infer/evidence.h src/infer/lineage.h \
 include/amts/repo.h include/amts/mem.h include/amts/base.h \
 src/infer/traits.h include/amts/segment.h include/amts/doc.h \
 src/infer/infer.h src/infer/timeline.h src/align/parallel.h \
 src/base/alloc.h src/base/map.h
src/infer/inference.h:
src/infer/blend.h:
src/infer/evidence.h:
src/infer/lineage.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
src/infer/traits.h:
include/amts/segment.h:
include/amts/doc.h:
src/infer/infer.h:
src/infer/timeline.h:
src/align/parallel.h:
src/base/alloc.h:
src/base/map.h:
