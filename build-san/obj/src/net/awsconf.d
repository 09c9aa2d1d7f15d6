build-san/obj/src/net/awsconf.o: src/net/awsconf.c src/net/awsconf.h \
 include/amts/mem.h include/amts/base.h src/base/alloc.h src/base/chars.h
src/net/awsconf.h:
include/amts/mem.h:
include/amts/base.h:
src/base/alloc.h:
src/base/chars.h:
