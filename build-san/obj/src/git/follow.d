build-san/obj/src/git/follow.o: src/git/follow.c src/base/alloc.h \
 src/base/map.h src/git/git.h include/amts/repo.h include/amts/mem.h \
 include/amts/base.h
src/base/alloc.h:
src/base/map.h:
src/git/git.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
