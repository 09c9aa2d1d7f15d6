build-san/obj/src/git/revision.o: src/git/revision.c src/base/alloc.h \
 src/git/git.h include/amts/repo.h include/amts/mem.h include/amts/base.h
src/base/alloc.h:
src/git/git.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
