build-san/obj/src/git/history.o: src/git/history.c src/base/alloc.h \
 src/base/map.h src/git/git.h include/amts/repo.h include/amts/mem.h \
 include/amts/base.h
src/base/alloc.h:
src/base/map.h:
src/git/git.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
