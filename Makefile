# amts: keep translations of markdown documentation in step with their source.
# GNU make 3.81 or newer (what macOS ships).  "make help" lists the targets.

VERSION    := 0.1.0
PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
MANDIR     ?= $(PREFIX)/share/man
BASHDIR    ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR     ?= $(PREFIX)/share/zsh/site-functions
# DESTDIR is empty by default; packagers set it.

CC         ?= cc
AR         ?= ar
INSTALL    ?= install
PKG_CONFIG ?= pkg-config
CFLAGS     ?= -O2 -g

PKGS       := libgit2 libcjson icu-i18n icu-uc sqlite3 libcurl libcrypto libxml-2.0
TEST_PKGS  := cmocka libcmark
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
# Homebrew keeps some libraries out of pkg-config's default path.
ifeq ($(shell uname -s),Darwin)
BREW       := $(shell brew --prefix 2>/dev/null)
PKG_CONFIG := PKG_CONFIG_PATH=$(BREW)/opt/icu4c/lib/pkgconfig:$(BREW)/opt/sqlite/lib/pkgconfig:$(BREW)/opt/curl/lib/pkgconfig:$(BREW)/opt/openssl@3/lib/pkgconfig:$(BREW)/opt/libxml2/lib/pkgconfig:$$PKG_CONFIG_PATH $(PKG_CONFIG)
endif

PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
# libcurl is opened when it is needed: src/net/libcurl.c
PKG_LIBS   := $(shell $(PKG_CONFIG) --exists libcurl && $(PKG_CONFIG) --libs $(filter-out libcurl,$(PKGS)) 2>/dev/null) -ldl -lpthread -lm

# check and demo install what is missing first, then call make again.
NEED_NONE  := clean help format deps check demo uninstall
ifneq ($(filter-out $(NEED_NONE),$(or $(MAKECMDGOALS),all)),)
ifeq ($(findstring -lgit2,$(PKG_LIBS)),)
MISSING    := $(shell for p in $(PKGS); do $(PKG_CONFIG) --exists $$p 2>/dev/null || echo $$p; done)
$(error missing: $(MISSING).  "make deps" installs it)
endif
endif

ALL_CFLAGS  = -std=c11 -D_POSIX_C_SOURCE=200809L -DAMTS_VERSION='"$(VERSION)"' \
              -Iinclude $(WARN) $(VARIANT) $(CPPFLAGS) $(CFLAGS)
ifdef WERROR
STRICT     := -Werror
endif
COMPILE     = $(CC) $(ALL_CFLAGS) $(STRICT)
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
BENCH_BIN  := $(patsubst tests/%.c,$(BUILD)/%,$(sort $(wildcard tests/bench/*.c)))
LIB        := $(BUILD)/libamts.a
BIN        := $(BUILD)/git-amts-sync

V ?= 0
ifeq ($(V),0)
Q := @
say = @printf '  %-7s %s\n' $(1) $(patsubst $(BUILD)/%,%,$@);
else
say =
endif

# man(1) looks beside the folders of PATH: --help works before "make install".
MANUALS    := $(BUILD)/share/man/man1/git-amts-sync.1 $(BUILD)/share/man/man5/amts-config.5

.PHONY: all
all: $(BIN) $(MANUALS)

$(MANUALS): $(BUILD)/share/man/man%: FORCE
	@mkdir -p $(@D)
	@cmp -s src/man/$(@F) $@ || cp src/man/$(@F) $@

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
	$(Q)$(COMPILE) $(own_inc) $(PKG_CFLAGS) $(DEPFLAGS) -c -o $@ $<

# Rebuild when the compiler or the flags change, not only when a file does.
$(BUILD)/.flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS)' | cmp -s - $@ || \
	 echo '$(CC) $(ALL_CFLAGS) $(PKG_CFLAGS)' >$@
.PHONY: FORCE
FORCE:

# ---- tests -----------------------------------------------------------------
TEST_CFLAGS   = $(shell $(PKG_CONFIG) --cflags $(TEST_PKGS))
TEST_LIBS     = $(shell $(PKG_CONFIG) --libs $(TEST_PKGS))
PROVE        ?= prove
JOBS         ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
# The longest first, so that none is left alone at the end; and one more than there are
# processors, since tests of services wait.
CLI_LONG     := season-real amazon-faults main-job action amazon-main-job season properties
CLI_TESTS    := $(CLI_LONG:%=tests/cli/%.bats)
CLI_TESTS    += $(filter-out $(CLI_TESTS),$(sort $(wildcard tests/cli/*.bats)))

$(BUILD)/tests/%: tests/%.c $(LIB) $(BUILD)/.flags
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -Isrc $(PKG_CFLAGS) $(TEST_CFLAGS) $(DEPFLAGS) \
		$(LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS) $(TEST_LIBS)

.PHONY: check check-built check-unit check-cli check-fuzz check-headers check-layers lint format bench
check: deps
	$(Q)$(MAKE) --no-print-directory -j$(JOBS) all check-built
	$(Q)$(MAKE) --no-print-directory check-layers check-headers check-fuzz check-cli check-unit

# What the tests run, for -j: they share out the processors by themselves.
check-built: $(UNIT_BIN) $(REPLAY_BIN)

check-unit: $(UNIT_BIN)
	CMOCKA_MESSAGE_OUTPUT=TAP $(PROVE) -j$(JOBS) -e '' $(UNIT_BIN)

check-cli: $(BIN) $(MANUALS)
	LSAN_OPTIONS='suppressions=$(abspath tests/lint/lsan.supp):print_suppressions=0' \
		AMTS_BUILD='$(abspath $(BUILD))' $(PROVE) -j$$(($(JOBS) + 1)) -e 'bats --formatter tap' $(CLI_TESTS)

# Every fuzz input ever kept is a regression test with any compiler.
$(BUILD)/replay/%: tests/fuzz/fuzz_%.c tests/fuzz/replay.c $(LIB)
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -Isrc $(PKG_CFLAGS) $(LDFLAGS) -o $@ $< tests/fuzz/replay.c $(LIB) $(PKG_LIBS)

check-fuzz: $(REPLAY_BIN)
	$(Q)for t in $(REPLAY_BIN); do printf '%s: ' $$(basename $$t); \
		$$t tests/fuzz/corpus/$$(basename $$t)/* || exit 1; done

# Each public header must compile by itself.
check-headers:
	$(Q)for h in include/amts.h include/amts/*.h; do test ! -f $$h || \
		$(COMPILE) -fsyntax-only -xc $$h || exit 1; done

check-layers:
	$(Q)tests/lint/check-layers
	$(Q)tests/lint/check-banned

# Programs over the real repositories in AMTS_DATA; skips without them.
$(BUILD)/data/%: tests/data/%.c $(LIB) $(BUILD)/.flags
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -Isrc $(PKG_CFLAGS) $(DEPFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS)
.PHONY: check-data
check-data: $(BUILD)/data/roundtrip
	$(Q)AMTS_BUILD='$(abspath $(BUILD))' tests/data/run

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

# Each bench_*.c prints lines of its own, beside its reference; the script adds the whole jobs.
$(BUILD)/bench/%: tests/bench/%.c $(LIB) $(BUILD)/.flags
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -Isrc $(PKG_CFLAGS) $(TEST_CFLAGS) $(DEPFLAGS) \
		$(LDFLAGS) -o $@ $< $(LIB) $(PKG_LIBS) $(TEST_LIBS)

bench: $(BIN) $(BENCH_BIN)
	$(Q)AMTS_BUILD='$(abspath $(BUILD))' tests/bench/run

.PHONY: memcheck
memcheck: $(UNIT_BIN)
	CMOCKA_MESSAGE_OUTPUT=TAP $(PROVE) -j$(JOBS) -e 'valgrind -q --error-exitcode=1 --leak-check=full --suppressions=tests/lint/valgrind.supp' $(UNIT_BIN)

# ---- developers ------------------------------------------------------------
C_FILES := $(LIB_SRC) $(CLI_SRC) $(UNIT_SRC) $(FUZZ_SRC) $(wildcard tests/bench/*.c)
H_FILES := $(wildcard include/*.h include/amts/*.h src/*/*.h tests/*/*.h)

SH_FILES := .ci/run contrib/deps contrib/demo/run contrib/completion/git-amts-sync.bash \
            tests/bench/drift tests/bench/infer tests/bench/run \
            $(wildcard tests/lint/check-*)

lint: compile_commands.json check-layers
	clang-format --dry-run -Werror $(C_FILES) $(H_FILES)
	clang-tidy --quiet -p . $(LIB_SRC) $(CLI_SRC)
	cppcheck --quiet --error-exitcode=1 --inline-suppr --enable=warning,portability -Iinclude -Isrc src
	shellcheck -S warning $(SH_FILES)

format:
	clang-format -i $(C_FILES) $(H_FILES)

compile_commands.json: Makefile $(LIB_SRC) $(CLI_SRC)
	@{ sep='['; for f in $(LIB_SRC) $(CLI_SRC); do \
		printf '%s\n{"directory":"%s","file":"%s","command":"%s -c %s"}' "$$sep" '$(CURDIR)' $$f \
		"$(subst ",\\\",$(CC) $(ALL_CFLAGS) -Isrc -Isrc/cli $(subst -I/,-isystem /,$(PKG_CFLAGS)))" $$f; sep=','; done; echo ']'; } >$@

# ---- dependencies and the demo ---------------------------------------------
.PHONY: deps demo
deps:
	$(Q)CC='$(CC)' contrib/deps

demo: deps
	$(Q)$(MAKE) --no-print-directory all
	$(Q)AMTS_BUILD='$(abspath $(BUILD))' contrib/demo/run

# ---- install ---------------------------------------------------------------
.PHONY: install uninstall clean help
install: all
	$(INSTALL) -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(MANDIR)/man1' '$(DESTDIR)$(MANDIR)/man5'
	$(INSTALL) -d '$(DESTDIR)$(BASHDIR)' '$(DESTDIR)$(ZSHDIR)'
	$(INSTALL) -m 755 $(BIN) '$(DESTDIR)$(BINDIR)'
	$(INSTALL) -m 644 src/man/git-amts-sync.1 '$(DESTDIR)$(MANDIR)/man1'
	$(INSTALL) -m 644 src/man/amts-config.5 '$(DESTDIR)$(MANDIR)/man5'
	$(INSTALL) -m 644 contrib/completion/git-amts-sync.bash '$(DESTDIR)$(BASHDIR)/git-amts-sync'
	$(INSTALL) -m 644 contrib/completion/_git-amts-sync '$(DESTDIR)$(ZSHDIR)'

uninstall:
	rm -f '$(DESTDIR)$(BINDIR)/git-amts-sync'
	rm -f '$(DESTDIR)$(MANDIR)/man1/git-amts-sync.1' '$(DESTDIR)$(MANDIR)/man5/amts-config.5'
	rm -f '$(DESTDIR)$(BASHDIR)/git-amts-sync' '$(DESTDIR)$(ZSHDIR)/_git-amts-sync'

clean:
	rm -rf build compile_commands.json

help:
	@echo 'make              build build/git-amts-sync; installs nothing'
	@echo 'make deps         install what is missing, with apt or brew'
	@echo 'make demo         see it work on three small repositories'
	@echo 'make check        all tests: check-unit check-cli check-fuzz check-layers check-headers'
	@echo 'make memcheck     unit tests under valgrind'
	@echo 'make check-data   parse the real repositories in AMTS_DATA'
	@echo 'make fuzz         fuzz with clang; TARGET=name TIME=seconds'
	@echo 'make bench        throughput and memory beside reference programs'
	@echo 'make lint format  what clang-format, clang-tidy, cppcheck, shellcheck say; reformat'
	@echo 'make install uninstall clean'
	@echo 'knobs: CC= SANITIZE=address,undefined COVERAGE=1 WERROR=1 V=1 PREFIX= DESTDIR='

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(UNIT_BIN:=.d) $(BENCH_BIN:=.d)
