build-san/obj/src/base/str.o: src/base/str.c include/amts/base.h \
 src/base/chars.h
include/amts/base.h:
src/base/chars.h:
