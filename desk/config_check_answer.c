/*
 * Answers that a provider file would take for something else: what is an
 * error and fits every yes sends twice, what is no yes never sends.
 */
#include "channels/sms_answer.h"
#include "desk/config_parts.h"
#include "lib/text.h"

/* What was written, or NULL; one that could not be read is told already. */
static const char *
written(const config_setting_t *row, const char *key)
{
	const char *text = NULL;

	(void)config_setting_lookup_string(row, key, &text);
	return text;
}

static bool
is_read(const config_setting_t *row, const char *key, const char *value)
{
	const config_setting_t *one = config_setting_get_member(row, key);

	return one == NULL || value != NULL || text_eq(written(row, key), "");
}

static bool
may_be_accepted(const struct sms_accepted *accepted, const char *statuses)
{
	for (int status = 100; status < 600; status++)
		if (sms_status_fits(accepted->status, status) &&
		    sms_status_fits(statuses, status))
			return true;
	return false;
}

/* Wherever the answer says yes, this fits too. */
static bool
fits_every_yes(const struct sms_accepted *accepted, const struct sms_error *row)
{
	if (row->then == SMS_THEN_ACCEPTED ||
	    !may_be_accepted(accepted, row->status))
		return false;
	if (row->at != NULL &&
	    (accepted->at == NULL || !text_eq(row->at, accepted->at)))
		return false;
	return row->is == NULL || sms_pattern_fits_all(row->is);
}

static void
errors_check(struct reading *reading, const struct sms_provider *provider)
{
	const config_setting_t *list = config_lookup(&reading->file, "errors");
	size_t count = 0;

	if (list == NULL || !config_setting_is_list(list))
		return;
	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *one =
		    config_setting_get_elem(list, (unsigned)i);
		const struct sms_error *row;

		if (!config_setting_is_group(one))
			continue;
		row = &provider->errors[count++];
		if (is_read(one, "status", row->status) &&
		    is_read(one, "at", row->at) &&
		    is_read(one, "is", row->is) &&
		    fits_every_yes(&provider->accepted, row))
			reading_mistake(reading, one, NULL,
			    "fits every answer of such a status, a yes too; "
			    "expected a status that accepted does not have, "
			    "or at and is that tell it from a yes");
	}
}

void
answers_check(struct reading *reading, const struct sms_provider *provider)
{
	const struct sms_accepted *accepted = &provider->accepted;

	if (accepted->status != NULL && !may_be_accepted(accepted, "200-299"))
		mistake_at(reading, "accepted.status",
		    "no answer that means yes would be one; expected at least "
		    "one of 200 to 299");
	if (accepted->id_is != NULL && sms_pattern_groups(accepted->id_is) == 0)
		mistake_at(reading, "accepted.id_is",
		    "has no group, so no id is ever found; expected (...) "
		    "around the id");
	errors_check(reading, provider);
}
