/*
 * config - reads the settings of a desk from libconfig files.
 *
 * One table of rows (config_rows.c) says what settings there are, from which
 * come parsing, defaults, bounds, the check for unknown keys, `shouwen check
 * --print' and the reference in docs and man page.  All mistakes of meaning
 * are told in one run; a syntax error is the first one of its file, because
 * libconfig stops there.
 */
#ifndef DESK_CONFIG_H
#define DESK_CONFIG_H

#include "core/config.h"
#include "lib/buf.h"
#include "lib/cleanup.h"

struct err;

/* One mistake or warning, without a line end:
 * "desk.conf:14: mailbox.desk.port: 70000 is too large; 1 to 65535".
 * A warning has "warning: " after the place.  Never holds a secret. */
typedef void config_complain(const char *mistake, void *arg);

/* Read `path' and everything it names.  `complain' may be NULL; warnings are
 * told to it as well and do not fail.  The caller owns *ret and ends it with
 * config_free().  -1 with ERR_CONF when anything is wrong: *err then counts
 * the mistakes. */
int config_load(const char *path, config_complain *complain, void *arg,
    struct config **ret, struct err *err) must_check;

/* The same, with settings that stand over those of the file (`shouwend -o
 * mailbox.desk.port=10993').  NULL-terminated "key=value" texts; NULL: none.
 * A relative path in one is relative to the working directory.  Secrets are
 * refused here: an argument can be read by everybody on the machine. */
int config_load_with(const char *path, const char *const *overrides,
    config_complain *complain, void *arg, struct config **ret,
    struct err *err) must_check;

/* The same without the word lists and the secrets, which are "" then: for
 * people who may ask the desk but not read its passwords. */
int config_load_public(const char *path, const char *const *overrides,
    config_complain *complain, void *arg, struct config **ret,
    struct err *err) must_check;

/* For scoped(config_free); accepts NULL. */
void config_free(struct config **conf);

/* A mail address as the settings and the register take it: ASCII, one @. */
bool config_mail_is_valid(const char *mail);

/* The settings as they are in force, secrets as <set>. */
void config_print(const struct config *conf, struct buf *out);

/* The reference of all settings. */
enum config_document { CONFIG_MARKDOWN, CONFIG_MAN };
void config_describe(enum config_document form, struct buf *out);

#endif
