build-san/obj/src/infer/ancestor.o: src/infer/ancestor.c \
 src/infer/ancestor.h include/amts/repo.h include/amts/mem.h \
 include/amts/base.h
src/infer/ancestor.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
