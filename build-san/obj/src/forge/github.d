build-san/obj/src/forge/github.o: src/forge/github.c src/forge/forge.h \
 include/amts/forge.h include/amts/http.h include/amts/mem.h \
 include/amts/base.h src/base/json.h
src/forge/forge.h:
include/amts/forge.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/base/json.h:
