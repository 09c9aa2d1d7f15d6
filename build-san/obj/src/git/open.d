build-san/obj/src/git/open.o: src/git/open.c src/base/alloc.h \
 src/base/process.h include/amts/mem.h include/amts/base.h src/git/git.h \
 include/amts/repo.h
src/base/alloc.h:
src/base/process.h:
include/amts/mem.h:
include/amts/base.h:
src/git/git.h:
include/amts/repo.h:
