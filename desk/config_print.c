#include "core/zone.h"
#include "desk/config_parts.h"

enum { PATH_BYTES = 256 };

/* ---- one value ---- */

static void
print_quoted(const char *text, struct buf *out)
{
	buf_putc(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf_putc(out, '\\');
		buf_putc(out, *text);
	}
	buf_putc(out, '"');
}

static void
print_text(const struct config_row *row, const void *field, struct buf *out)
{
	const char *text = *(const char *const *)field;

	(void)row;
	if (text == NULL)
		buf_puts(out, "none");
	else
		print_quoted(text, out);
}

static void
print_list(const struct config_row *row, const void *field, struct buf *out)
{
	const char *const *list = *(const char *const *const *)field;

	(void)row;
	buf_puts(out, "[");
	for (size_t i = 0; list != NULL && list[i] != NULL; i++) {
		if (i > 0)
			buf_puts(out, ", ");
		print_quoted(list[i], out);
	}
	buf_puts(out, "]");
}

static void
print_number(const struct config_row *row, const void *field, struct buf *out)
{
	(void)row;
	buf_printf(out, "%u", *(const unsigned *)field);
}

static void
print_amount(const struct config_row *row, const void *field, struct buf *out)
{
	int64_t value = *(const int64_t *)field;

	(void)row;
	buf_printf(out, "\"%lld.%06lld\"", (long long)(value / 1000000),
	    (long long)(value % 1000000));
}

static void
print_flag(const struct config_row *row, const void *field, struct buf *out)
{
	(void)row;
	buf_puts(out, *(const bool *)field ? "true" : "false");
}

static void
print_choice(const struct config_row *row, const void *field, struct buf *out)
{
	print_quoted(row->choices[*(const unsigned *)field], out);
}

static void
print_language(
    const struct config_row *row, const void *field, struct buf *out)
{
	(void)row;
	print_quoted(language_name(*(const enum language *)field), out);
}

static void
print_span(const struct config_row *row, const void *field, struct buf *out)
{
	struct buf words scoped(buf_done) = { 0 };

	(void)row;
	buf_init(&words, 64);
	span_words(field, &words);
	print_quoted(buf_text(&words), out);
}

static void
print_time(const struct config_row *row, const void *field, struct buf *out)
{
	int minute = *(const int *)field;

	(void)row;
	buf_printf(out, "\"%02d:%02d\"", minute / 60, minute % 60);
}

static void
print_zone(const struct config_row *row, const void *field, struct buf *out)
{
	const struct zone *zone = *(const struct zone *const *)field;

	(void)row;
	print_quoted(zone == NULL ? "" : zone_name(zone), out);
}

static void
print_secret(const struct config_row *row, const void *field, struct buf *out)
{
	(void)row;
	buf_puts(out, *(const char *const *)field != NULL ? "<set>" : "<not set>");
}

static void
print_key(const struct config_row *row, const void *field, struct buf *out)
{
	(void)row;
	(void)field;
	buf_puts(out, "<set>");
}

/* Mailboxes, SMTP accounts and SMS channels begin with their name. */
static void
print_named(const struct config_row *row, const void *field, struct buf *out)
{
	const void *named = *(const void *const *)field;

	if (named == NULL)
		buf_puts(out, "none");
	else
		print_text(row, named, out);
}

/* By type of row; a group is none (config_value.c: how each is read). */
static void (*const printers[])(
    const struct config_row *row, const void *field, struct buf *out) = {
	[ROW_TEXT] = print_text,
	[ROW_TEXTS] = print_list,
	[ROW_PATH] = print_text,
	[ROW_PATHS] = print_list,
	[ROW_NUMBER] = print_number,
	[ROW_AMOUNT] = print_amount,
	[ROW_FLAG] = print_flag,
	[ROW_CHOICE] = print_choice,
	[ROW_LANGUAGE] = print_language,
	[ROW_SPAN] = print_span,
	[ROW_TIME] = print_time,
	[ROW_MAIL] = print_text,
	[ROW_MAILS] = print_list,
	[ROW_PHONE] = print_text,
	[ROW_NUMBER_AS_SEEN] = print_text,
	[ROW_SENDER] = print_text,
	[ROW_OFFSET] = print_text,
	[ROW_COUNTRY] = print_text,
	[ROW_COUNTRIES] = print_list,
	[ROW_HOST] = print_text,
	[ROW_URL] = print_text,
	[ROW_ZONE] = print_zone,
	[ROW_SECRET] = print_secret,
	[ROW_PIN] = print_secret,
	[ROW_KEY] = print_key,
	[ROW_FORM] = print_text,
	[ROW_POINTER] = print_text,
	[ROW_PATTERN] = print_text,
	[ROW_STATUS] = print_text,
	[ROW_FIELD] = print_text,
	[ROW_MAILBOX] = print_named,
	[ROW_SMTP] = print_named,
	[ROW_SMS] = print_named,
};

void
value_print(const struct config_row *row, const void *field, struct buf *out)
{
	printers[row->type](row, field, out);
}

/* ---- all of them ---- */

static void
print_object(const struct config_section *section, const char *path,
    const void *object, struct buf *out)
{
	for (size_t i = 0; i < section->count; i++) {
		const struct config_row *row = &section->rows[i];

		/* The PIN stands in the row of its file already. */
		if (row->type == ROW_GROUP || row->type == ROW_PIN)
			continue;
		buf_printf(out, "%s%s%s = ", path, *path != '\0' ? "." : "",
		    row->key);
		value_print(row, (const char *)object + row->at, out);
		buf_puts(out, "\n");
	}
}

/* Objects whose first field is their name. */
static void
print_named_list(const struct config_section *section, const char *group,
    const void *list, size_t count, size_t size, struct buf *out)
{
	for (size_t i = 0; i < count; i++) {
		const void *object = (const char *)list + i * size;
		struct buf path scoped(buf_done) = { 0 };

		buf_init(&path, PATH_BYTES);
		buf_printf(
		    &path, "%s.%s", group, *(const char *const *)object);
		print_object(section, buf_text(&path), object, out);
	}
}

static void
print_estate(const struct estate *estate, struct buf *out)
{
	struct buf path scoped(buf_done) = { 0 };

	buf_init(&path, PATH_BYTES);
	buf_printf(&path, "estate.%s", estate->id);
	print_object(&config_estate_section, buf_text(&path), estate, out);
	buf_puts(&path, ".departments");
	print_named_list(&config_department_section, buf_text(&path),
	    estate->departments, estate->department_count,
	    sizeof(*estate->departments), out);
	buf_reset(&path);
	buf_printf(&path, "estate.%s.categories", estate->id);
	print_named_list(&config_category_section, buf_text(&path),
	    estate->categories, estate->category_count,
	    sizeof(*estate->categories), out);
	for (size_t i = 0; i < estate->duty_count; i++) {
		buf_reset(&path);
		buf_printf(&path, "estate.%s.duty.[%zu]", estate->id, i);
		print_object(&config_duty_section, buf_text(&path),
		    &estate->duties[i], out);
	}
	for (int i = SEVERITY_MINOR; i < SEVERITY_COUNT; i++) {
		buf_reset(&path);
		buf_printf(&path, "estate.%s.deadlines.%s", estate->id,
		    severity_name((enum severity)i));
		print_object(&config_deadlines_section, buf_text(&path),
		    &estate->deadlines[i], out);
	}
}

void
config_print(const struct config *conf, struct buf *out)
{
	print_object(&config_top, "", conf, out);
	print_named_list(&config_mailbox_section, "mailbox", conf->mailboxes,
	    conf->mailbox_count, sizeof(*conf->mailboxes), out);
	print_named_list(&config_smtp_section, "smtp", conf->smtps,
	    conf->smtp_count, sizeof(*conf->smtps), out);
	print_named_list(&config_sms_section, "sms", conf->sms_channels,
	    conf->sms_channel_count, sizeof(*conf->sms_channels), out);
	print_named_list(&config_staff_section, "staff", conf->staff,
	    conf->staff_count, sizeof(*conf->staff), out);
	for (size_t i = 0; i < conf->estate_count; i++)
		print_estate(&conf->estates[i], out);
	print_object(&config_rules_section, "rules", &conf->rules, out);
}
