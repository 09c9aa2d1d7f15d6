build-san/obj/src/infer/blend.o: src/infer/blend.c src/infer/blend.h \
 src/infer/evidence.h src/infer/lineage.h include/amts/repo.h \
 include/amts/mem.h include/amts/base.h src/infer/traits.h \
 include/amts/segment.h include/amts/doc.h
src/infer/blend.h:
src/infer/evidence.h:
src/infer/lineage.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
src/infer/traits.h:
include/amts/segment.h:
include/amts/doc.h:
