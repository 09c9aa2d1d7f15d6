build-san/tests/unit/test_filter: tests/unit/test_filter.c \
 include/amts/corpus.h include/amts/align.h include/amts/segment.h \
 include/amts/doc.h include/amts/mem.h include/amts/base.h \
 include/amts/bitext.h include/amts/memory.h include/amts/repo.h
include/amts/corpus.h:
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/bitext.h:
include/amts/memory.h:
include/amts/repo.h:
