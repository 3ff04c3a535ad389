/*
 * config_parts - what the files of the loader share; nobody else includes it.
 *
 * A row describes one setting, a section a group of rows that fills one
 * struct.  A reading is one run over the files.
 */
#ifndef DESK_CONFIG_PARTS_H
#define DESK_CONFIG_PARTS_H

#include <libconfig.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "channels/sms_form.h"
#include "core/calendar.h"
#include "desk/config.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"

enum row_type {
	ROW_TEXT,   /* const char * */
	ROW_TEXTS,  /* const char *const *, NULL-terminated */
	ROW_PATH,   /* const char * */
	ROW_PATHS,  /* const char *const * */
	ROW_NUMBER, /* unsigned or int, min..max */
	ROW_AMOUNT, /* int64_t, millionths */
	ROW_FLAG,   /* bool */
	ROW_CHOICE, /* an enum: the index in choices */
	ROW_LANGUAGE, /* a folder of the templates */
	ROW_SPAN,   /* struct span */
	ROW_TIME,   /* int: minute of the day */
	ROW_MAIL,   /* const char *, lower case */
	ROW_MAILS,  /* const char *const *, lower case, NULL-terminated */
	ROW_PHONE,  /* const char *, E.164 */
	ROW_NUMBER_AS_SEEN, /* const char *, with "+" as long as E.164 wants */
	ROW_SENDER, /* const char *, what our texts come from */
	ROW_COUNTRY, /* const char *, "86" */
	ROW_COUNTRIES, /* const char *const *, NULL-terminated */
	ROW_HOST,   /* const char * */
	ROW_URL,    /* const char * */
	ROW_OFFSET, /* const char *, "+08:00" */
	ROW_ZONE,   /* const struct zone * */
	ROW_SECRET, /* const char *, from a file */
	ROW_PIN,    /* const char *, a secret in the file itself */
	ROW_KEY,    /* uint8_t[TOKEN_KEY_BYTES], hash of a file */
	ROW_FORM,    /* const char *, with places (channels/sms_form.h) */
	ROW_POINTER, /* const char *, RFC 6901 */
	ROW_PATTERN, /* const char *, POSIX extended regular expression */
	ROW_STATUS,  /* const char *, HTTP statuses "200-299,409" */
	ROW_FIELD,   /* const char *, a place in what a gateway says */
	ROW_MAILBOX, /* const struct mailbox *, by name; likewise: */
	ROW_SMTP,
	ROW_SMS,
	ROW_GROUP, /* read elsewhere; known here for the check of keys */
};

struct config_row {
	const char *key;
	enum row_type type;
	bool required;
	size_t at; /* offset in the section's struct */
	int64_t min, max;
	const char *const *choices; /* NULL-terminated */
	const char *standard;	    /* text of the default; NULL: as it is */
	const char *doc;
};

struct config_section {
	const char *path;  /* "mailbox.NAME" */
	const char *title; /* for the reference */
	const char *doc;
	const struct config_row *rows;
	size_t count;
};

extern const struct config_section config_top, config_mailbox_section,
    config_smtp_section, config_sms_section, config_staff_section,
    config_estate_section, config_department_section, config_category_section,
    config_duty_section, config_deadlines_section, config_rules_section,
    config_sms_template_section, config_provider_section,
    config_sms_value_section, config_sms_auth_section,
    config_sms_request_section, config_sms_accepted_section,
    config_sms_error_section, config_sms_unknown_section,
    config_sms_verify_section, config_sms_push_section,
    config_sms_poll_section, config_sms_fields_section;
/* All of them in the order of the reference. */
extern const struct config_section *const config_sections[];
extern const size_t config_section_count;

struct owned {
	struct zone *zone; /* one of the two */
	struct calendar *calendar;
	struct owned *next;
};

/* The configuration with what it owns; `conf' first, so that config_free()
 * finds the rest. */
struct loaded {
	struct config conf;
	struct arena arena;
	struct owned *owned;
	struct classifier *classifier;
};

struct reading {
	const char *path; /* of the main file */
	const char *dir;  /* its folder, "." at least */
	config_t file;
	struct loaded *loaded;
	config_complain *complain;
	void *arg;
	unsigned mistakes;
	bool is_public; /* without secrets and word lists */
	/* What forms may name: of a provider file. */
	const struct sms_scope *names;
	/* The file that the setting at hand stands in; "" for an argument. */
	const char *base_dir;
};

/* config_file.c */
int reading_open(struct reading *reading, const char *const *overrides,
    struct err *err) must_check;
void reading_close(struct reading *reading);
/* The folder that relative paths of this setting start from. */
const char *setting_dir(
    struct reading *reading, const config_setting_t *setting);

/* config_complain.c: "file:line: key: " and the words.  `key' is a member of
 * `setting' that the words are about, or NULL for `setting' itself. */
void reading_mistake(struct reading *reading, const config_setting_t *setting,
    const char *key, const char *fmt, ...) print_fmt(4, 5);
void reading_warning(struct reading *reading, const config_setting_t *setting,
    const char *key, const char *fmt, ...) print_fmt(4, 5);
/* "mailbox.desk.port". */
const char *key_path(struct reading *reading, const char *group,
    const char *name, const char *key);
/* The same for such a path; when it is not written in
 * the file, the place is the nearest group around it. */
void mistake_at(struct reading *reading, const char *path, const char *fmt,
    ...) print_fmt(3, 4);
void warning_at(struct reading *reading, const char *path, const char *fmt,
    ...) print_fmt(3, 4);
/* Place and words that were made elsewhere (word lists); `arg' is the
 * reading. */
void reading_foreign_mistake(const char *mistake, void *arg);

/* config_read.c */
/* Fill `object' by the section's rows; mistakes are told.  `group' may be
 * NULL: all defaults. */
void rows_read(struct reading *reading, const config_setting_t *group,
    const struct config_section *section, void *object);
/* Read "name: { one: {...}; two: {...}; }": room for as many objects, zeroed,
 * their names in the first field of each. */
void *named_read(struct reading *reading, const char *name,
    const struct config_section *section, size_t size, size_t *ret_count);
/* Tell of members that no row knows. */
void keys_check(struct reading *reading, const config_setting_t *group,
    const struct config_section *section);

/* config_value.c: text into values, for each row type. */
/* NULL, or what is wrong with the text and what is allowed. */
const char *value_parse(struct reading *reading, const struct config_row *row,
    const char *text, void *field);
/* What is allowed, for the reference and for mistakes. */
void value_allowed(const struct config_row *row, struct buf *out);
/* config_print.c: as it would be written in a file; secrets are <set> or <not set>. */
void value_print(
    const struct config_row *row, const void *field, struct buf *out);

/* config_scan.c: texts into plain values; 0, or -1 when malformed. */
int scan_span(const char *text, struct span *ret) must_check;
void span_words(const struct span *span, struct buf *out);
int scan_time(const char *text, int *ret) must_check; /* "24:00" too */
/* "08:30-12:00" */
int scan_times(const char *text, int *ret_from, int *ret_to) must_check;
/* "2026-10-01" or "2026-10-01/2026-10-07" */
int scan_days(const char *text, struct calendar_day *ret_first,
    struct calendar_day *ret_last) must_check;
bool host_is_valid(const char *host);
bool url_is_valid(const char *url);
/* "http://user:password@host": it would end in logs. */
bool url_holds_login(const char *url);

/* config_secret.c: each returns NULL or what is wrong. */
const char *secret_read(
    struct reading *reading, const char *name, const char **ret);
const char *secret_key_read(
    struct reading *reading, const char *name, uint8_t *ret);

/* `name' from the folder of the setting at hand. */
const char *path_from(struct reading *reading, const char *name);

/* config_sms.c */
void sms_channels_read(struct reading *reading);
/* config_sms_text.c: the form names a value of the channel that was to be there
 * and is not, which was told. */
bool value_is_missing(const struct sms_channel *channel, const char *form);
/* From what the channel and its provider file say. */
void sms_counting_read(struct reading *reading, struct sms_channel *channel);
/* config_preset.c: its file, which is there, or NULL after it is told at `at'
 * that it is not. */
const char *preset_path(
    struct reading *reading, const char *preset, const char *at);
/* config_sms_provider.c: the file of a channel's preset, which the
 * configuration owns, or NULL after its mistakes are told. */
const struct sms_provider *provider_read(
    struct reading *reading, const struct sms_channel *channel);
/* config_check_provider.c: what a provider file says that cannot work, though
 * each setting of it is good. */
void provider_check(
    struct reading *reading, const struct sms_provider *provider);
/* config_check_answer.c: the same of what its answers mean. */
void answers_check(
    struct reading *reading, const struct sms_provider *provider);
/* What it asks a gateway for, by the path of the setting. */
struct named_request {
	const char *path;
	const struct sms_request *request;
};
enum { PROVIDER_REQUESTS = 4 };
void provider_requests(const struct sms_provider *provider,
    struct named_request ret[static PROVIDER_REQUESTS]);
/* A value of that name goes out with the request. */
bool request_has(const struct sms_request *request, const char *name);
/* config_estate.c: groups inside an estate, its zone and calendar. */
void estates_read(struct reading *reading);
/* config_calendar.c */
/* NULL and a new zone, or what is wrong. */
const char *zone_read(
    struct reading *reading, const char *name, struct zone **ret);
/* The configuration owns it from now on. */
void zone_keep(struct reading *reading, struct zone *zone);
void calendar_read(struct reading *reading, struct estate *estate);
/* config_words.c */
void words_read(struct reading *reading);
/* config_check.c: relations between settings. */
void relations_check(struct reading *reading);
void people_check(struct reading *reading);

/* config_ask.c: a setting is there; what could not be read was told already
 * and is not missing. */
bool is_written(struct reading *reading, const char *path);
bool is_loopback(const char *host);

/* config_check_sms.c: the relations inside one channel. */
void sms_check(struct reading *reading, const struct sms_channel *sms);

#endif
