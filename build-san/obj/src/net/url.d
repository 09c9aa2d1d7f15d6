build-san/obj/src/net/url.o: src/net/url.c src/net/url.h \
 include/amts/mem.h include/amts/base.h
src/net/url.h:
include/amts/mem.h:
include/amts/base.h:
