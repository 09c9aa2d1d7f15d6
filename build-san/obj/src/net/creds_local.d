build-san/obj/src/net/creds_local.o: src/net/creds_local.c \
 src/base/json.h include/amts/mem.h include/amts/base.h \
 src/base/process.h src/net/aws.h include/amts/aws.h include/amts/http.h \
 src/net/awsconf.h
src/base/json.h:
include/amts/mem.h:
include/amts/base.h:
src/base/process.h:
src/net/aws.h:
include/amts/aws.h:
include/amts/http.h:
src/net/awsconf.h:
