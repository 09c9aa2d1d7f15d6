build-san/obj/src/net/aws_call.o: src/net/aws_call.c src/base/json.h \
 include/amts/mem.h include/amts/base.h src/net/aws.h include/amts/aws.h \
 include/amts/http.h src/net/awsconf.h src/net/crypto.h src/net/http.h \
 src/net/sigv4.h src/net/url.h src/net/xml.h
src/base/json.h:
include/amts/mem.h:
include/amts/base.h:
src/net/aws.h:
include/amts/aws.h:
include/amts/http.h:
src/net/awsconf.h:
src/net/crypto.h:
src/net/http.h:
src/net/sigv4.h:
src/net/url.h:
src/net/xml.h:
