build-san/obj/src/git/arrived.o: src/git/arrived.c src/git/git.h \
 include/amts/repo.h include/amts/mem.h include/amts/base.h
src/git/git.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
