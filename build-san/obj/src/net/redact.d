build-san/obj/src/net/redact.o: src/net/redact.c src/net/http.h \
 include/amts/http.h include/amts/mem.h include/amts/base.h \
 src/base/alloc.h src/net/url.h
src/net/http.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/net/url.h:
