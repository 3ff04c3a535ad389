#include "desk/config_parts.h"

enum { PATH_BYTES = 256 };

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
