build-san/obj/src/forge/forge.o: src/forge/forge.c src/forge/forge.h \
 include/amts/forge.h include/amts/http.h include/amts/mem.h \
 include/amts/base.h src/base/json.h src/base/alloc.h src/forge/app.h \
 src/net/url.h
src/forge/forge.h:
include/amts/forge.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/base/json.h:
src/base/alloc.h:
src/forge/app.h:
src/net/url.h:
