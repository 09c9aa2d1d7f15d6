build-san/obj/src/net/retry.o: src/net/retry.c src/net/http.h \
 include/amts/http.h include/amts/mem.h include/amts/base.h
src/net/http.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
