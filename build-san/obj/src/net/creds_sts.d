build-san/obj/src/net/creds_sts.o: src/net/creds_sts.c src/base/json.h \
 include/amts/mem.h include/amts/base.h src/net/aws.h include/amts/aws.h \
 include/amts/http.h src/net/awsconf.h src/net/http.h src/net/url.h \
 src/net/xml.h
src/base/json.h:
include/amts/mem.h:
include/amts/base.h:
src/net/aws.h:
include/amts/aws.h:
include/amts/http.h:
src/net/awsconf.h:
src/net/http.h:
src/net/url.h:
src/net/xml.h:
