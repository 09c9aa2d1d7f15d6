build-san/obj/src/plan/directives.o: src/plan/directives.c \
 src/plan/plan.h include/amts/plan.h include/amts/align.h \
 include/amts/segment.h include/amts/doc.h include/amts/mem.h \
 include/amts/base.h include/amts/engine.h include/amts/text.h
src/plan/plan.h:
include/amts/plan.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/engine.h:
include/amts/text.h:
