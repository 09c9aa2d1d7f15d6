# amts: keep translations of markdown documentation in step with their source.
# GNU make 3.81 or newer (what macOS ships).  "make help" lists the targets.

VERSION    := 0.1.0
PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
MANDIR     ?= $(PREFIX)/share/man
DATADIR    ?= $(PREFIX)/share/amts
# DESTDIR is empty by default; packagers set it.

CC         ?= cc
AR         ?= ar
INSTALL    ?= install
PKG_CONFIG ?= pkg-config
CFLAGS     ?= -O2 -g

PKGS       := libgit2 libcjson libcmark icu-i18n icu-uc sqlite3
WARN       := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
              -Wold-style-definition -Wpointer-arith -Wwrite-strings -Wvla -Wformat=2 -Wundef

-include config.mak                    # local settings, never committed

# SANITIZE=address,undefined and COVERAGE=1 build in folders of their own, so
# that switching needs no "make clean".
comma := ,
ifdef SANITIZE
BUILD      ?= build/$(subst $(comma),-,$(SANITIZE))
VARIANT    := -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifdef COVERAGE
BUILD      ?= build/coverage
VARIANT    := --coverage -O0
else
BUILD      ?= build
endif
ifdef WERROR
WARN       += -Werror
endif

PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS))
PKG_LIBS   := $(shell $(PKG_CONFIG) --libs $(PKGS)) -lpthread -lm
ifeq ($(strip $(PKG_LIBS)),)
ifeq ($(filter clean help format distclean,$(MAKECMDGOALS)),)
$(error one of '$(PKGS)' is missing: run "make deps")
endif
endif

ALL_CFLAGS  = -std=c11 -D_POSIX_C_SOURCE=200809L -DAMTS_VERSION='"$(VERSION)"' \
              -Iinclude $(WARN) $(VARIANT) $(CPPFLAGS) $(CFLAGS)
DEPFLAGS    = -MMD -MP

LIB_SRC    := $(sort $(wildcard src/*/*.c))
LIB_SRC    := $(filter-out src/cli/%,$(LIB_SRC))
CLI_SRC    := $(sort $(wildcard src/cli/*.c))
UNIT_SRC   := $(sort $(wildcard tests/unit/test_*.c))
FUZZ_SRC   := $(sort $(wildcard tests/fuzz/fuzz_*.c))

LIB_OBJ    := $(LIB_SRC:%.c=$(BUILD)/obj/%.o)
CLI_OBJ    := $(CLI_SRC:%.c=$(BUILD)/obj/%.o)
UNIT_BIN   := $(UNIT_SRC:tests/%.c=$(BUILD)/tests/%)
REPLAY_BIN := $(FUZZ_SRC:tests/fuzz/fuzz_%.c=$(BUILD)/replay/%)
FUZZ_BIN   := $(FUZZ_SRC:tests/fuzz/fuzz_%.c=$(BUILD)/fuzz/%)
LIB        := $(BUILD)/libamts.a
BIN        := $(BUILD)/git-amts-sync

V ?= 0
ifeq ($(V),0)
Q := @
say = @printf '  %-7s %s\n' $(1) $(patsubst $(BUILD)/%,%,$@);
else
say =
endif

.PHONY: all
all: $(BIN)

$(BIN): $(CLI_OBJ) $(LIB)
	$(call say,LINK)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(CLI_OBJ) $(LIB) $(PKG_LIBS)

$(LIB): $(LIB_OBJ)
	$(call say,AR)
	$(Q)rm -f $@ && $(AR) rcs $@ $(LIB_OBJ)

# The command line sees the public headers only; the library sees its own too.
$(CLI_OBJ): own_inc = -Isrc/cli
$(LIB_OBJ): own_inc = -Isrc

$(BUILD)/obj/%.o: %.c $(BUILD)/.flags
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(own_inc) $(PKG_CFLAGS) $(DEPFLAGS) -c -o $@ $<

# Rebuild when the compiler or the flags change, not only when a file does.
$(BUILD)/.flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS)' | cmp -s - $@ || \
	 echo '$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS)' >$@
.PHONY: FORCE
FORCE:

# ---- tests -----------------------------------------------------------------
CMOCKA_CFLAGS = $(shell $(PKG_CONFIG) --cflags cmocka)
CMOCKA_LIBS   = $(shell $(PKG_CONFIG) --libs cmocka)
PROVE        ?= prove
JOBS         ?= 2

$(BUILD)/tests/%: tests/%.c $(LIB) $(BUILD)/.flags
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -Isrc $(PKG_CFLAGS) $(CMOCKA_CFLAGS) $(DEPFLAGS) \
		$(LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS) $(CMOCKA_LIBS)

.PHONY: check check-unit check-cli check-fuzz check-headers check-layers lint format bench
check: check-unit check-cli check-fuzz check-headers check-layers

check-unit: $(UNIT_BIN)
	CMOCKA_MESSAGE_OUTPUT=TAP $(PROVE) -j$(JOBS) -e '' $(UNIT_BIN)

check-cli: $(BIN)
	AMTS_BUILD='$(abspath $(BUILD))' $(PROVE) -j$(JOBS) -e 'bats --formatter tap' tests/cli/*.bats

# Every fuzz input ever kept is a regression test with any compiler.
$(BUILD)/replay/%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(LIB)
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -Isrc $(PKG_CFLAGS) $(LDFLAGS) -o $@ $< tests/fuzz/replay.c $(LIB) $(PKG_LIBS)
check-fuzz: $(REPLAY_BIN)
	$(Q)for t in $(REPLAY_BIN); do $$t tests/fuzz/corpus/$$(basename $$t)/* || exit 1; done

# Each public header must compile by itself.
check-headers:
	$(Q)for h in include/amts.h include/amts/*.h; do test ! -f $$h || \
		$(CC) $(ALL_CFLAGS) -fsyntax-only -xc $$h || exit 1; done

check-layers:
	$(Q)tests/lint/check-layers

# make fuzz TARGET=gitconf TIME=60   (clang with libFuzzer)
TIME ?= 30
$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c $(LIB_SRC)
	$(call say,FUZZ)
	@mkdir -p $(@D)
	$(Q)clang $(ALL_CFLAGS) -O1 -fsanitize=fuzzer,address,undefined -Isrc $(PKG_CFLAGS) -o $@ $< $(LIB_SRC) $(PKG_LIBS)
.PHONY: fuzz
fuzz: $(if $(TARGET),$(BUILD)/fuzz/$(TARGET),$(FUZZ_BIN))
	$(Q)for t in $^; do n=$$(basename $$t); mkdir -p $(BUILD)/corpus/$$n; \
		$$t -max_total_time=$(TIME) -timeout=5 -rss_limit_mb=2048 \
		$(BUILD)/corpus/$$n tests/fuzz/corpus/$$n || exit 1; done

.PHONY: memcheck
memcheck: $(UNIT_BIN)
	$(Q)for t in $(UNIT_BIN); do valgrind -q --error-exitcode=1 --leak-check=full $$t || exit 1; done

# ---- developers ------------------------------------------------------------
C_FILES := $(LIB_SRC) $(CLI_SRC) $(UNIT_SRC) $(FUZZ_SRC)
H_FILES := $(wildcard include/*.h include/amts/*.h src/*/*.h tests/*/*.h)

lint: compile_commands.json check-layers
	clang-format --dry-run -Werror $(C_FILES) $(H_FILES)
	clang-tidy --quiet -p . $(LIB_SRC) $(CLI_SRC)
	cppcheck --quiet --error-exitcode=1 --inline-suppr --enable=warning,portability -Iinclude -Isrc src
	shellcheck $(wildcard hooks/*) tests/lint/check-layers

format:
	clang-format -i $(C_FILES) $(H_FILES)

compile_commands.json: Makefile $(LIB_SRC) $(CLI_SRC)
	@{ sep='['; for f in $(LIB_SRC) $(CLI_SRC); do \
		printf '%s\n{"directory":"%s","file":"%s","command":"%s -c %s"}' "$$sep" '$(CURDIR)' $$f \
		"$(subst ",\\\",$(CC) $(ALL_CFLAGS) -Isrc -Isrc/cli $(PKG_CFLAGS))" $$f; sep=','; done; echo ']'; } >$@

# ---- install ---------------------------------------------------------------
.PHONY: install uninstall clean help
install: all
	$(INSTALL) -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(MANDIR)/man1' '$(DESTDIR)$(DATADIR)/hooks'
	$(INSTALL) -m 755 $(BIN) '$(DESTDIR)$(BINDIR)'
	$(Q)for m in src/man/*.1; do test ! -f $$m || $(INSTALL) -m 644 $$m '$(DESTDIR)$(MANDIR)/man1'; done
	$(Q)for h in hooks/*; do test ! -f $$h || $(INSTALL) -m 755 $$h '$(DESTDIR)$(DATADIR)/hooks'; done

uninstall:
	rm -f '$(DESTDIR)$(BINDIR)/git-amts-sync' '$(DESTDIR)$(MANDIR)'/man1/git-amts-sync*.1
	rm -rf '$(DESTDIR)$(DATADIR)'

clean:
	rm -rf build compile_commands.json

help:
	@echo 'all check check-unit check-cli check-fuzz memcheck fuzz bench lint format install uninstall clean'
	@echo 'knobs: SANITIZE=address,undefined COVERAGE=1 WERROR=1 V=1 PREFIX= DESTDIR='

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT_BIN:=.d)
