build-san/obj/src/corpus/jsonl.o: src/corpus/jsonl.c src/base/json.h \
 include/amts/mem.h include/amts/base.h src/corpus/bitext.h \
 include/amts/bitext.h include/amts/memory.h
src/base/json.h:
include/amts/mem.h:
include/amts/base.h:
src/corpus/bitext.h:
include/amts/bitext.h:
include/amts/memory.h:
