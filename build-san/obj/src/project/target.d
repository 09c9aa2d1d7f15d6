build-san/obj/src/project/target.o: src/project/target.c \
 include/amts/config.h include/amts/repo.h include/amts/mem.h \
 include/amts/base.h src/project/layout.h
include/amts/config.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
src/project/layout.h:
