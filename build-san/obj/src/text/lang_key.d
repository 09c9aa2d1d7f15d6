build-san/obj/src/text/lang_key.o: src/text/lang_key.c \
 include/amts/text.h include/amts/mem.h include/amts/base.h
include/amts/text.h:
include/amts/mem.h:
include/amts/base.h:
