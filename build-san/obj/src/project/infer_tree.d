build-san/obj/src/project/infer_tree.o: src/project/infer_tree.c \
 src/project/infer_tree.h src/infer/infer.h src/infer/lineage.h \
 include/amts/repo.h include/amts/mem.h include/amts/base.h \
 src/project/detect.h src/project/project.h include/amts/sync.h \
 include/amts/check.h include/amts/align.h include/amts/segment.h \
 include/amts/doc.h include/amts/glossary.h include/amts/config.h \
 include/amts/corpus.h include/amts/bitext.h include/amts/memory.h \
 include/amts/plan.h include/amts/engine.h src/project/layout.h \
 src/project/record.h
src/project/infer_tree.h:
src/infer/infer.h:
src/infer/lineage.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
src/project/detect.h:
src/project/project.h:
include/amts/sync.h:
include/amts/check.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/glossary.h:
include/amts/config.h:
include/amts/corpus.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/plan.h:
include/amts/engine.h:
src/project/layout.h:
src/project/record.h:
