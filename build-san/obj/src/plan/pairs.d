build-san/obj/src/plan/pairs.o: src/plan/pairs.c src/md/pairing.h \
 include/amts/segment.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h src/plan/plan.h include/amts/plan.h \
 include/amts/align.h include/amts/engine.h include/amts/text.h
src/md/pairing.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
src/plan/plan.h:
include/amts/plan.h:
include/amts/align.h:
include/amts/engine.h:
include/amts/text.h:
