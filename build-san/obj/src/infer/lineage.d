build-san/obj/src/infer/lineage.o: src/infer/lineage.c \
 src/infer/lineage.h include/amts/repo.h include/amts/mem.h \
 include/amts/base.h src/base/alloc.h src/base/map.h
src/infer/lineage.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/base/map.h:
