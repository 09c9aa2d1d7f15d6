build-san/obj/src/net/aws.o: src/net/aws.c src/net/aws.h \
 include/amts/aws.h include/amts/http.h include/amts/mem.h \
 include/amts/base.h src/net/awsconf.h src/base/alloc.h src/base/json.h \
 src/net/http.h src/net/url.h
src/net/aws.h:
include/amts/aws.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/net/awsconf.h:
src/base/alloc.h:
src/base/json.h:
src/net/http.h:
src/net/url.h:
