build-san/obj/src/net/creds.o: src/net/creds.c src/net/aws.h \
 include/amts/aws.h include/amts/http.h include/amts/mem.h \
 include/amts/base.h src/net/awsconf.h
src/net/aws.h:
include/amts/aws.h:
include/amts/http.h:
include/amts/mem.h:
include/amts/base.h:
src/net/awsconf.h:
