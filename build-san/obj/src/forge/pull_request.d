build-san/obj/src/forge/pull_request.o: src/forge/pull_request.c \
 src/forge/forge.h include/amts/forge.h include/amts/http.h \
 include/amts/mem.h include/amts/base.h src/base/json.h
src/forge/forge.h:
include/amts/forge.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/base/json.h:
