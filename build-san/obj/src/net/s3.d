build-san/obj/src/net/s3.o: src/net/s3.c src/net/s3.h include/amts/s3.h \
 include/amts/aws.h include/amts/http.h include/amts/mem.h \
 include/amts/base.h src/base/alloc.h src/net/crypto.h src/net/http.h \
 src/net/url.h
src/net/s3.h:
include/amts/s3.h:
include/amts/aws.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/net/crypto.h:
src/net/http.h:
src/net/url.h:
