build-san/obj/src/net/http.o: src/net/http.c src/net/http.h \
 include/amts/http.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h src/net/crypto.h src/net/url.h
src/net/http.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/net/crypto.h:
src/net/url.h:
