build-san/obj/src/infer/traits.o: src/infer/traits.c src/infer/traits.h \
 include/amts/segment.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h src/base/alloc.h src/base/map.h
src/infer/traits.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/base/map.h:
