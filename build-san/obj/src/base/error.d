build-san/obj/src/base/error.o: src/base/error.c include/amts/base.h
include/amts/base.h:
