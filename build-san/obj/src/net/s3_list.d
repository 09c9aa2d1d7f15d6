build-san/obj/src/net/s3_list.o: src/net/s3_list.c src/base/alloc.h \
 src/net/http.h include/amts/http.h include/amts/mem.h \
 include/amts/base.h src/net/s3.h include/amts/s3.h include/amts/aws.h \
 src/net/url.h src/net/xml.h
src/base/alloc.h:
src/net/http.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/net/s3.h:
include/amts/s3.h:
include/amts/aws.h:
src/net/url.h:
src/net/xml.h:
