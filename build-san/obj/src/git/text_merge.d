build-san/obj/src/git/text_merge.o: src/git/text_merge.c src/git/git.h \
 include/amts/repo.h include/amts/mem.h include/amts/base.h
src/git/git.h:
include/amts/repo.h:
include/amts/mem.h:
include/amts/base.h:
