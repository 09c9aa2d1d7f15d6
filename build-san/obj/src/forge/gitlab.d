build-san/obj/src/forge/gitlab.o: src/forge/gitlab.c src/forge/forge.h \
 include/amts/forge.h include/amts/http.h include/amts/mem.h \
 include/amts/base.h src/base/json.h
src/forge/forge.h:
include/amts/forge.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/base/json.h:
