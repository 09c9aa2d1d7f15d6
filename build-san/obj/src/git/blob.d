build-san/obj/src/git/blob.o: src/git/blob.c src/git/git.h \
 include/amts/repo.h include/amts/mem.h include/amts/base.h
src/git/git.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
