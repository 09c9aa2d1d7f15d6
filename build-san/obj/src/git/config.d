build-san/obj/src/git/config.o: src/git/config.c src/git/git.h \
 include/amts/repo.h include/amts/mem.h include/amts/base.h
src/git/git.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
