build-san/obj/src/net/crypto.o: src/net/crypto.c src/net/crypto.h \
 include/amts/mem.h include/amts/base.h
src/net/crypto.h:
include/amts/mem.h:
include/amts/base.h:
