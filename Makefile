# shouwen - every command of the project; `make help' lists them.

VARIANT ?= release
B ?= $(if $(filter release,$(VARIANT)),build,build/$(VARIANT))

PREFIX ?= /usr
SYSCONFDIR ?= /etc
LAYERS := lib core handlers channels reader store desk daemon cli

# Development packages and the servers of the tests and the demo; tests/install.sh reads this.
PKGS := libetpan-dev libcurl4-gnutls-dev libgmime-3.0-dev libgnutls28-dev libconfig-dev libsqlite3-dev libseccomp-dev libmicrohttpd-dev libjansson-dev libutf8proc-dev libxml2-dev

# What staff write their answers with, for `make clients' only.
CLIENT_PKGS := neomutt s-nail swaks libnet-ssleay-perl roundcube-core roundcube-sqlite3 php-cli php-sqlite3 chromium chromium-driver fonts-noto-cjk

PKG_MODULES := gmime-3.0 gnutls libconfig sqlite3 libseccomp libmicrohttpd jansson libutf8proc libxml-2.0
LAZY_PKG_CFLAGS = $(shell pkg-config --cflags $(PKG_MODULES) 2>/dev/null | sed 's/-I/-isystem /g')
LAZY_PKG_LIBS = $(shell pkg-config --libs $(PKG_MODULES) 2>/dev/null) -letpan -lcurl-gnutls
PKG_CFLAGS := $(LAZY_PKG_CFLAGS)
PKG_LIBS := $(LAZY_PKG_LIBS)

MACHINE := $(shell $(CC) -dumpmachine)
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
    -Wformat=2 -Wformat-signedness -Wformat-overflow=2 -Wformat-truncation=2 \
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
    -Wpointer-arith -Wcast-qual -Wcast-align=strict -Wwrite-strings -Wundef \
    -Wvla -Walloca -Wswitch-enum -Wimplicit-fallthrough=5 -Wnull-dereference \
    -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wdouble-promotion \
    -Wstack-usage=32768 -Warray-parameter=2 -Wstringop-overflow=4 \
    -Wuse-after-free=3 -Wdangling-pointer=2 -Wjump-misses-init \
    -Wredundant-decls -Wnested-externs -Wdate-time -Wbidi-chars=any
HARDEN := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
    $(if $(findstring x86_64,$(MACHINE)),-fcf-protection=full) \
    -ftrivial-auto-var-init=zero -fzero-call-used-regs=used-gpr \
    -fno-strict-overflow -fno-delete-null-pointer-checks
VARIANT_release := -O2 $(HARDEN)
VARIANT_debug   := -Og $(HARDEN) -Werror
VARIANT_asan    := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
VARIANT_faults  := -O2 $(HARDEN) -DCRASH_POINTS
VARIANT_coverage := -O0 --coverage
VARIANT_fuzz := -O1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -w
ifeq ($(VARIANT_$(VARIANT)),)
$(error VARIANT is one of release, debug, asan, faults, coverage, fuzz)
endif

VERSION := 0.1
ALL_CPPFLAGS := -DSHOUWEN_VERSION=\"$(VERSION)\" -I. -I$(B)/gen -D_GNU_SOURCE $(PKG_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS := -std=c17 -g -fno-common -fPIE $(WARN) $(VARIANT_$(VARIANT)) $(CFLAGS)
ALL_LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code,--as-needed \
    $(filter -fsanitize% --coverage,$(VARIANT_$(VARIANT))) $(LDFLAGS)

SRC := $(foreach layer,$(LAYERS),$(sort $(wildcard $(layer)/*.c)))
LIB_SRC := $(filter-out daemon/main.c cli/main.c,$(SRC))
OBJ := $(SRC:%.c=$(B)/%.o)
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o) $(B)/gen/migrations.o
ARCHIVE := $(B)/libshouwen.a

TEST_SRC := $(sort $(wildcard tests/*/test_*.c))
TESTS := $(TEST_SRC:%.c=$(B)/%)
REAL_TESTS := %/test_real_senders %/test_kannel_split
TEST_SUPPORT := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard tests/support/*.c)))
BENCH_SRC := $(sort $(wildcard bench/*.c))
BENCHES := $(BENCH_SRC:%.c=$(B)/%)
FUZZ_TARGETS := mail bounce own_text html headers inner push sms_text keywords fields
FUZZ_OBJ := $(B)/fuzz/targets.o $(B)/fuzz/targets_sms.o $(B)/fuzz/targets_fields.o
FUZZ_CC := clang
FUZZERS := $(FUZZ_TARGETS:%=$(B)/fuzz/%)
YEAR := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard bench/year/*.c)))

# Objects of the unit tests that tests/mutate/rules.table names.
MUTATE_TESTS = $(addprefix $(B)/tests/,$(addsuffix .o,$(sort $(shell sed -n 's/^test //p' tests/mutate/rules.table))))

Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-7s %s\n' '$(1)' '$(2)')

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all help deps demo test check lint sanitize layers golden score bench fuzz fuzzers year coverage covered install clean run-tests format faults clients oracles pictures mutate print-flags FORCE

all: $(B)/shouwend $(B)/shouwen ## build the daemon and the command (default)

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

# The flags of the last build: changed flags rebuild everything, no change nothing.
$(B)/.flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS)' | cmp -s - $@ || \
	    printf '%s\n' '$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS)' > $@

$(B)/%.o: %.c $(B)/.flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The schema travels inside the binary: each migration becomes one string.
$(B)/gen/migrations.c: $(sort $(wildcard store/migrations/*.sql)) store/migrations.awk
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)awk -f store/migrations.awk $(sort $(wildcard store/migrations/*.sql)) > $@
$(B)/gen/migrations.o: $(B)/gen/migrations.c $(B)/.flags
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -Wno-overlength-strings -c -o $@ $<

$(ARCHIVE): $(LIB_OBJ)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/shouwend: $(B)/daemon/main.o $(ARCHIVE)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)
$(B)/shouwen: $(B)/cli/main.o $(ARCHIVE)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(B)/tests/desk/test_year $(B)/bench/bench_year: $(YEAR)
$(B)/tests/reader/test_finds: $(FUZZ_OBJ)
$(B)/tests/%: $(B)/tests/%.o $(TEST_SUPPORT) $(ARCHIVE)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(ARCHIVE) $(PKG_LIBS) -lcmocka
$(B)/bench/%: $(B)/bench/%.o $(ARCHIVE)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(ARCHIVE) $(PKG_LIBS)

$(FUZZ_TARGETS:%=$(B)/fuzz/entry_%.o): $(B)/fuzz/entry_%.o: fuzz/entry.c $(B)/.flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CPPFLAGS) -DFUZZ_TARGET=fuzz_$* $(ALL_CFLAGS) -c -o $@ $<
$(FUZZERS): $(B)/fuzz/%: $(B)/fuzz/entry_%.o $(FUZZ_OBJ) $(ARCHIVE)
	$(call say,LINK,$@)
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS)
fuzzers: $(FUZZERS)

deps: ## install what building, tests and demo need (apt; root or sudo)
	@tests/install.sh $(PKGS)

demo: deps ## play a day of complaints on real loopback servers (ONCE=1: then exit)
	@$(MAKE) --no-print-directory all
	@tests/demo/run.sh $(if $(ONCE),--once) $(B)

test: deps ## install, build, run every test; last line: N passed, N failed
	@$(MAKE) --no-print-directory run-tests

run-tests: all $(TESTS)
	@B=$(B) tests/run.sh $(TESTS) $(sort $(wildcard tests/program/*.t))

print-flags: # for clang-tidy: what the compiler sees
	@echo $(ALL_CPPFLAGS) -std=c17

layers: ## who may include whom
	@tests/layers.sh

lint: deps ## warnings as errors, gcc -fanalyzer, clang-tidy, cppcheck, shellcheck, man pages, layers
	@tests/lint.sh

sanitize: deps ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory VARIANT=asan run-tests

coverage: deps ## lines that the tests reach, by folder; core and handlers at least 95 % (V=1: which not)
	@$(MAKE) --no-print-directory VARIANT=coverage covered

# Servers and whole processes are for other targets: these say most about the rules.
covered: all $(filter-out $(REAL_TESTS),$(TESTS))
	@B=$(B) tests/coverage.sh $(if $(V),-v) $(filter-out $(REAL_TESTS),$(TESTS)) tests/program/scenarios.t

faults: deps ## kill -9 at every crash point and at random moments, on real servers
	@$(MAKE) --no-print-directory VARIANT=faults all
	@B=build/faults tests/run.sh tests/faults/kill.t tests/faults/kill_texts.t tests/program/reader_faults.t

clients: ## real mail clients and a browser answer the desk (installs them)
	@tests/install.sh $(PKGS) $(CLIENT_PKGS)
	@$(MAKE) --no-print-directory all $(B)/tests/desk/test_golden
	@B=$(B) tests/run.sh tests/clients/clients.t tests/clients/looks.t

pictures: ## the pictures of the documents, anew from the demo's mails
	@tests/install.sh $(PKGS) $(CLIENT_PKGS)
	@$(MAKE) --no-print-directory all
	@pages=$$(mktemp -d) && trap 'rm -rf "$$pages"' EXIT && KEEP_MAILS=$$pages tests/demo/run.sh --once $(B) && \
	    /usr/bin/python3 tests/clients/pictures.py $$pages docs/pictures

oracles: deps ## other programs that know the same facts (npm packages): are we of their opinion?
	@command -v npm >/dev/null || tests/install.sh nodejs npm
	@$(MAKE) --no-print-directory all $(B)/tests/oracles/sms_parts $(B)/tests/oracles/sms_preset
	@B=$(B) tests/oracles/oracles.sh

mutate: deps ## take each rule out of the program: does its scenario notice?
	@$(MAKE) --no-print-directory all $(MUTATE_TESTS) $(TEST_SUPPORT)
	@B=$(B) COMPILE='$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS)' LINK='$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' LIBS='$(PKG_LIBS)' \
	    tests/mutate/run.py $(RULES)

fuzz: ## fuzz each target of fuzz/ for T=60 seconds (TARGETS=mail: only that); finds stay as tests
	@tests/install.sh $(PKGS) clang libclang-rt-14-dev
	@$(MAKE) --no-print-directory VARIANT=fuzz CC='$(FUZZ_CC)' LAYERS='lib core reader' fuzzers
	@B=build/fuzz fuzz/run.sh $(or $(T),60) $(or $(TARGETS),$(FUZZ_TARGETS))

check: lint test sanitize faults ## what most often breaks; CI runs more (.ci/run)

golden: $(B)/tests/desk/test_golden ## every text as it is now becomes what it is held against; look at the difference
	@GOLDEN=write $<
	@git --no-pager diff --stat -- tests/golden templates/words.pot 2>/dev/null || true

score: all ## how well messages are understood and mails are read (V=1: what is wrong)
	@tests/words/score.py --shouwen $(B)/shouwen $(if $(V),-v)

bench: deps ## print figures, each with what it is compared with
	@$(MAKE) --no-print-directory all $(BENCHES)
	@B=$(B) bench/run.sh

year: deps ## a simulated year of one estate; fails when a rule did not hold (SEED=1)
	@$(MAKE) --no-print-directory $(B)/bench/bench_year
	@$(B)/bench/bench_year $(SEED)

install: all ## DESTDIR, PREFIX and SYSCONFDIR are honoured
	install -d $(DESTDIR)$(PREFIX)/sbin $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/shouwen \
	    $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5 $(DESTDIR)$(PREFIX)/share/man/man8 \
	    $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/lib/sysusers.d $(DESTDIR)$(PREFIX)/lib/tmpfiles.d \
	    $(DESTDIR)$(SYSCONFDIR)/shouwen
	install -m 755 $(B)/shouwend $(DESTDIR)$(PREFIX)/sbin/
	install -m 755 $(B)/shouwen $(DESTDIR)$(PREFIX)/bin/
	cp -R templates conf $(DESTDIR)$(PREFIX)/share/shouwen/
	install -m 644 man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 man/*.5 $(DESTDIR)$(PREFIX)/share/man/man5/
	install -m 644 man/*.8 $(DESTDIR)$(PREFIX)/share/man/man8/
	install -m 644 systemd/shouwend.service $(DESTDIR)$(PREFIX)/lib/systemd/system/
	install -m 644 systemd/shouwen.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/shouwen.conf
	install -m 644 systemd/shouwen.tmpfiles $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/shouwen.conf

format: ## clang-format everything
	clang-format -i $(SRC) $(wildcard $(addsuffix /*.h,$(LAYERS))) $(TEST_SRC) $(BENCH_SRC)

clean: ## remove build/
	rm -rf build

-include $(OBJ:.o=.d) $(TESTS:=.d) $(BENCHES:=.d) $(FUZZ_OBJ:.o=.d) $(TEST_SUPPORT:.o=.d) $(YEAR:.o=.d)
