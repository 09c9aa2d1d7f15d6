build-san/obj/src/git/tree.o: src/git/tree.c src/base/alloc.h \
 src/git/git.h include/amts/repo.h include/amts/mem.h include/amts/base.h
src/base/alloc.h:
src/git/git.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
