build-san/obj/src/net/creds_service.o: src/net/creds_service.c \
 src/base/json.h include/amts/mem.h include/amts/base.h src/net/aws.h \
 include/amts/aws.h include/amts/http.h src/net/awsconf.h \
 src/net/crypto.h src/net/http.h src/net/url.h
src/base/json.h:
include/amts/mem.h:
include/amts/base.h:
src/net/aws.h:
include/amts/aws.h:
include/amts/http.h:
src/net/awsconf.h:
src/net/crypto.h:
src/net/http.h:
src/net/url.h:
