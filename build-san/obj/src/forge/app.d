build-san/obj/src/forge/app.o: src/forge/app.c src/forge/app.h \
 src/forge/forge.h include/amts/forge.h include/amts/http.h \
 include/amts/mem.h include/amts/base.h src/base/json.h src/net/crypto.h
src/forge/app.h:
src/forge/forge.h:
include/amts/forge.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/base/json.h:
src/net/crypto.h:
