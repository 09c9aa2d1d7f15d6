build-san/obj/src/infer/timeline.o: src/infer/timeline.c \
 src/infer/timeline.h src/infer/lineage.h include/amts/repo.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h
src/infer/timeline.h:
src/infer/lineage.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
