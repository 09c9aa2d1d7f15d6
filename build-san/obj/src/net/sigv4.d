build-san/obj/src/net/sigv4.o: src/net/sigv4.c src/net/sigv4.h \
 include/amts/http.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h src/base/chars.h src/net/crypto.h src/net/url.h
src/net/sigv4.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/base/chars.h:
src/net/crypto.h:
src/net/url.h:
