build-san/tests/unit/test_align: tests/unit/test_align.c \
 include/amts/align.h include/amts/segment.h include/amts/doc.h \
 include/amts/mem.h include/amts/base.h include/amts/text.h
include/amts/align.h:
include/amts/segment.h:
include/amts/doc.h:
include/amts/mem.h:
include/amts/base.h:
include/amts/text.h:
