#include <string.h>

#include "channels/sms_answer.h"
#include "core/phone.h"
#include "core/zone.h"
#include "desk/config_parts.h"
#include "desk/languages.h"
#include "lib/text.h"

/*
 * How one type of row is read (config_print.c: written).  parse returns NULL or
 * what is wrong; ALLOWED stands for "expected ..." made of the row.
 */
struct value_type {
	const char *(*parse)(struct reading *reading,
	    const struct config_row *row, const char *text, void *field);
	const char *allowed; /* NULL: made from the row */
};

static const char ALLOWED[] = "";

static const char *
parse_text(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	if (row->required && *text == '\0')
		return "is empty; expected text";
	*(const char **)field = *text == '\0' ?
	    NULL :
	    arena_strdup(&reading->loaded->arena, text);
	return NULL;
}

static const char *
parse_path(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	(void)row;
	*(const char **)field =
	    *text == '\0' ? NULL : path_from(reading, text);
	return NULL;
}

static const char *
parse_list(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	struct arena *arena = &reading->loaded->arena;
	size_t count = 1;
	const char **list;
	char *rest = arena_strdup(arena, text), *one;

	for (const char *p = text; *p != '\0'; p++)
		count += *p == ',';
	list = arena_array(arena, count + 1, sizeof(*list));
	count = 0;
	while ((one = strsep(&rest, ",")) != NULL) {
		one = text_trim(one);
		if (*one == '\0')
			continue;
		list[count++] =
		    row->type == ROW_PATHS ? path_from(reading, one) : one;
	}
	*(const char *const **)field = list;
	return NULL;
}

static const char *
parse_number(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	int64_t value = 0;

	(void)reading;
	if (text_to_int(text, row->min, row->max, &value) < 0)
		return ALLOWED;
	*(unsigned *)field = (unsigned)value;
	return NULL;
}

/* "0.045": at most six digits on either side of the point. */
static const char *
parse_amount(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	size_t whole = strspn(text, "0123456789"), behind = 0;
	int64_t value = 0;

	(void)reading;
	(void)row;
	if (text[whole] == '.')
		behind = strspn(text + whole + 1, "0123456789") + 1;
	if (whole < 1 || whole > 6 || behind == 1 || behind > 7 ||
	    text[whole + behind] != '\0')
		return ALLOWED;
	for (size_t i = 0; i < whole + 7; i++) {
		bool is_digit = i < whole + behind;

		if (i != whole)
			value = value * 10 + (is_digit ? text[i] - '0' : 0);
	}
	*(int64_t *)field = value;
	return NULL;
}

static const char *
parse_flag(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	(void)reading;
	(void)row;
	if (!text_eq_nocase(text, "true") && !text_eq_nocase(text, "false"))
		return ALLOWED;
	*(bool *)field = text_eq_nocase(text, "true");
	return NULL;
}

static const char *
parse_choice(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	(void)reading;
	for (unsigned i = 0; row->choices[i] != NULL; i++) {
		if (text_eq(row->choices[i], text)) {
			*(unsigned *)field = i;
			return NULL;
		}
	}
	return ALLOWED;
}

static const char *
parse_language(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	(void)reading;
	(void)row;
	return language_from(text, field) < 0 ? ALLOWED : NULL;
}

static const char *
parse_span(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	struct span span;

	(void)reading;
	(void)row;
	if (scan_span(text, &span) < 0)
		return ALLOWED;
	*(struct span *)field = span;
	return NULL;
}

static const char *
parse_time(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	(void)reading;
	(void)row;
	return scan_time(text, field) < 0 ? ALLOWED : NULL;
}

static const char *
parse_mail(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	(void)row;
	if (!config_mail_is_valid(text))
		return ALLOWED;
	*(const char **)field =
	    text_lower(arena_strdup(&reading->loaded->arena, text));
	return NULL;
}

static const char *
parse_mails(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	char *lower = text_lower(arena_strdup(&reading->loaded->arena, text));
	const char *const *list;
	const char *why = parse_list(reading, row, lower, field);

	list = *(const char *const **)field;
	for (size_t i = 0; why == NULL && list[i] != NULL; i++)
		if (!config_mail_is_valid(list[i]))
			return ALLOWED;
	return why;
}

static const char *
parse_phone(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	if (!phone_is_e164(text))
		return ALLOWED;
	return parse_text(reading, row, text, field);
}

static const char *
parse_number_as_seen(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	if (!phone_is_whole(text))
		return ALLOWED;
	return parse_text(reading, row, text, field);
}

static const char *
parse_sender(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	if (!phone_is_sender(text))
		return ALLOWED;
	return parse_text(reading, row, text, field);
}

/* "+08:00" */
static const char *
parse_offset(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	static const char shape[] = "+00:00";
	bool is_good = strlen(text) == strlen(shape) &&
		       (text[0] == '+' || text[0] == '-') && text[3] == ':';

	for (size_t i = 1; is_good && i < strlen(shape); i++)
		is_good = i == 3 || (text[i] >= '0' && text[i] <= '9');
	if (!is_good || text[1] > '1' || text[4] > '5')
		return ALLOWED;
	return parse_text(reading, row, text, field);
}

static const char *
parse_country(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	if (!phone_is_country(text))
		return ALLOWED;
	return parse_text(reading, row, text, field);
}

static const char *
parse_countries(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	const char *const *list;
	const char *why = parse_list(reading, row, text, field);

	list = *(const char *const **)field;
	for (size_t i = 0; why == NULL && list[i] != NULL; i++)
		if (!phone_is_country(list[i]))
			return ALLOWED;
	return why;
}

static const char *
parse_host(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	if (!host_is_valid(text))
		return ALLOWED;
	return parse_text(reading, row, text, field);
}

/* What stands before an "@" may be a password, so it is not repeated. */
static const char *
parse_url(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	if (url_is_valid(text))
		return parse_text(reading, row, text, field);
	if (strchr(text, '@') != NULL)
		return "is not valid: a name or password in an address would "
		       "end in logs; expected an http or https address "
		       "without a password in it; user and password_file are "
		       "the settings for them";
	return ALLOWED;
}

/* ---- of provider files ---- */

static const char *
parse_form(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	const char *why = reading->names == NULL
	    ? NULL
	    : sms_form_fault(
		  text, reading->names, &reading->loaded->arena);

	return why != NULL ? why : parse_text(reading, row, text, field);
}

static const char *
parse_pointer(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	(void)row;
	if (*text != '\0' && *text != '/')
		return ALLOWED;
	/* The pointer to a whole document is the empty one. */
	*(const char **)field = arena_strdup(&reading->loaded->arena, text);
	return NULL;
}

static const char *
parse_pattern(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	const char *why = sms_pattern_fault(text, &reading->loaded->arena);

	return why != NULL ? why : parse_text(reading, row, text, field);
}

static const char *
parse_status(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	if (sms_status_fault(text) != NULL)
		return ALLOWED;
	return parse_text(reading, row, text, field);
}

static const char *
parse_zone(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	struct zone *zone = NULL;
	const char *why = zone_read(reading, text, &zone);

	(void)row;
	if (why == NULL) {
		zone_keep(reading, zone);
		*(const struct zone **)field = zone;
	}
	return why;
}

static const char *
parse_secret(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	(void)row;
	return *text == '\0' ? ALLOWED : secret_read(reading, text, field);
}

static const char *
parse_key(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	(void)row;
	return secret_key_read(reading, text, field);
}

/* The section's name, so that "did you write it" can be answered. */
static const char *
no_such(struct reading *reading, const char *what, const char *text)
{
	return arena_printf(&reading->loaded->arena,
	    "%s \"%s\" is not declared; expected a name of the group \"%s\"",
	    what, text, what);
}

static const char *
parse_mailbox(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	const struct mailbox *found =
	    config_mailbox(&reading->loaded->conf, text);

	(void)row;
	*(const struct mailbox **)field = found;
	return found == NULL ? no_such(reading, "mailbox", text) : NULL;
}

static const char *
parse_smtp(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	const struct smtp_account *found =
	    config_smtp(&reading->loaded->conf, text);

	(void)row;
	*(const struct smtp_account **)field = found;
	return found == NULL ? no_such(reading, "smtp", text) : NULL;
}

static const char *
parse_sms(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	const struct sms_channel *found =
	    config_sms(&reading->loaded->conf, text);

	(void)row;
	*(const struct sms_channel **)field = found;
	return found == NULL ? no_such(reading, "sms", text) : NULL;
}

static const struct value_type types[] = {
	[ROW_TEXT] = { parse_text, "text in quotes" },
	[ROW_TEXTS] = { parse_list, "a list of texts" },
	[ROW_PATH] = { parse_path, "a path" },
	[ROW_PATHS] = { parse_list, "a list of paths" },
	[ROW_NUMBER] = { parse_number, NULL },
	[ROW_AMOUNT] = { parse_amount,
	    "an amount in quotes such as \"0.045\"" },
	[ROW_FLAG] = { parse_flag, "true or false" },
	[ROW_CHOICE] = { parse_choice, NULL },
	[ROW_LANGUAGE] = { parse_language, NULL },
	[ROW_SPAN] = { parse_span,
	    "a time such as \"30 min\", \"24 h\", \"4 bh\", \"3 wd\", \"none\"" },
	[ROW_TIME] = { parse_time, "a time such as \"08:30\"" },
	[ROW_MAIL] = { parse_mail, "a mail address" },
	[ROW_MAILS] = { parse_mails, "a list of mail addresses" },
	[ROW_PHONE] = { parse_phone, "a number such as \"+8613800138001\"" },
	[ROW_NUMBER_AS_SEEN] = { parse_number_as_seen,
	    "a number as people see it, such as \"10690001\", or with its "
	    "country, such as \"+8613800138001\"" },
	[ROW_SENDER] = { parse_sender,
	    "a number such as \"10690001\" or \"+8613800138001\", or a name of "
	    "at most 11 letters, digits and spaces" },
	[ROW_OFFSET] = { parse_offset, "an offset such as \"+08:00\"" },
	[ROW_COUNTRY] = { parse_country, "a country code such as \"86\"" },
	[ROW_COUNTRIES] = { parse_countries,
	    "a list of country codes such as \"86\"" },
	[ROW_HOST] = { parse_host, "a host name" },
	[ROW_URL] = { parse_url,
	    "an http or https address without a password in it" },
	[ROW_ZONE] = { parse_zone, "a name such as \"Asia/Shanghai\"" },
	[ROW_SECRET] = { parse_secret, "a file, or \"credential:NAME\"" },
	[ROW_PIN] = { parse_text, "text in quotes" },
	[ROW_KEY] = { parse_key, "a file, or \"credential:NAME\"" },
	[ROW_FORM] = { parse_form, "text that may hold {places}" },
	[ROW_POINTER] = { parse_pointer,
	    "a JSON pointer such as \"/messages/0/id\"" },
	[ROW_PATTERN] = { parse_pattern, "an extended regular expression" },
	[ROW_STATUS] = { parse_status,
	    "HTTP statuses such as \"200-299,409\"" },
	[ROW_FIELD] = { parse_text,
	    "a name, \"?name\", \"/a/b\" or \"body\"; \"a|b\" for either" },
	[ROW_MAILBOX] = { parse_mailbox, "a name in mailbox" },
	[ROW_SMTP] = { parse_smtp, "a name in smtp" },
	[ROW_SMS] = { parse_sms, "a name in sms" },
	[ROW_GROUP] = { NULL, "a group" },
};

void
value_allowed(const struct config_row *row, struct buf *out)
{
	if (types[row->type].allowed != NULL) {
		buf_puts(out, types[row->type].allowed);
	} else if (row->type == ROW_NUMBER) {
		buf_printf(out, "%lld to %lld", (long long)row->min,
		    (long long)row->max);
	} else if (row->type == ROW_LANGUAGE) {
		buf_printf(out, "a folder of the templates: %s",
		    language_list());
	} else {
		for (size_t i = 0; row->choices[i] != NULL; i++)
			buf_printf(out, "%s\"%s\"", i > 0 ? ", " : "",
			    row->choices[i]);
	}
}

const char *
value_parse(struct reading *reading, const struct config_row *row,
    const char *text, void *field)
{
	const char *why = types[row->type].parse(reading, row, text, field);
	struct buf allowed scoped(buf_done) = { 0 };

	if (why != ALLOWED)
		return why;
	buf_init(&allowed, 512);
	value_allowed(row, &allowed);
	return arena_printf(&reading->loaded->arena,
	    "\"%s\" is not valid; expected %s", text, buf_text(&allowed));
}
