build-san/obj/src/git/mirror.o: src/git/mirror.c src/base/folder.h \
 include/amts/base.h src/base/process.h include/amts/mem.h src/git/git.h \
 include/amts/repo.h
src/base/folder.h:
include/amts/base.h:
src/base/process.h:
include/amts/mem.h:
src/git/git.h:
include/amts/repo.h:
