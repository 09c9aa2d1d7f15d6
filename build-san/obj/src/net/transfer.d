build-san/obj/src/net/transfer.o: src/net/transfer.c src/net/http.h \
 include/amts/http.h include/amts/mem.h include/amts/base.h src/net/url.h
src/net/http.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/net/url.h:
