build-san/obj/src/text/abbrev.o: src/text/abbrev.c src/text/abbrev.h
src/text/abbrev.h:
