build-san/obj/src/align/order.o: src/align/order.c src/align/order.h \
 src/base/alloc.h
src/align/order.h:
src/base/alloc.h:
