build-san/obj/src/plan/table.o: src/plan/table.c src/md/table.h \
 include/amts/base.h src/plan/links.h src/plan/row.h src/plan/plan.h \
 include/amts/plan.h include/amts/align.h include/amts/segment.h \
 include/amts/doc.h include/amts/mem.h include/amts/engine.h \
 include/amts/text.h
src/md/table.h:
include/amts/base.h:
src/plan/links.h:
src/plan/row.h:
src/plan/plan.h:
include/amts/plan.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/engine.h:
include/amts/text.h:
