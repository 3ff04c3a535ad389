/*
 * `shouwen texts': how much of the caps on texts is used, and who wants none;
 * or why one number is silent.
 */
#include "core/brake.h"
#include "core/mask.h"
#include "core/phone.h"
#include "core/sms_cost.h"
#include "core/zone.h"
#include "desk/answer.h"
#include "lib/text.h"
#include "store/brakes.h"
#include "store/owners.h"

/* ---- channels ---- */

/* Both in the currency of the channel; nothing where no price is said. */
static void
put_cost(json_t *row, const struct sms_channel *sms, int64_t parts)
{
	char text[SMS_PRICE_BYTES];

	if (sms->part_price == 0)
		return;
	json_put_text(
	    row, "cost", sms_price_words(parts * sms->part_price, text));
	if (sms->day_cost != 0)
		json_put_text(
		    row, "day_cost", sms_price_words(sms->day_cost, text));
	json_put_text(row, "currency", sms->currency);
}

static void
put_channels(struct question *question)
{
	const struct config *conf = question->conf;
	json_t *list = json_array();

	json_object_set_new(question->answer, "channels", list);
	for (size_t i = 0; i < conf->sms_channel_count; i++) {
		const struct sms_channel *sms = &conf->sms_channels[i];
		const struct estate *estate = config_estate_of_sms(conf, sms);
		struct sms_spent spent = { 0 };
		json_t *row;

		if (estate == NULL)
			continue;
		sms_spent_since(question->store, sms->name,
		    zone_instant_of_day(
			estate->zone, zone_day(estate->zone, question->now), 0),
		    &spent);
		row = json_object();
		json_put_text(row, "channel", sms->name);
		json_put_int(row, "texts", spent.texts);
		json_put_int(row, "day_texts", sms->day_texts);
		put_cost(row, sms, spent.parts);
		json_array_append_new(list, row);
	}
}

/* ---- numbers ---- */

static json_t *
opt_out_row(struct question *question, const struct opt_out_view *opt)
{
	json_t *row = json_object();

	json_put_text(row, "number", mask_phone(opt->address, question->arena));
	answer_put_time(question, row, "since", opt->since, NULL);
	json_put_text(row, "account", opt->account);
	json_put_int(row, "inbox", opt->inbox);
	json_put_int(row, "refused", opt->refused);
	return row;
}

static int
put_opt_outs(struct question *question, struct err *err)
{
	int limit = answer_limit(question), count;
	struct opt_out_view *list =
	    arena_array(question->arena, (size_t)limit, sizeof(*list));
	json_t *rows = json_array();

	json_object_set_new(question->answer, "opt_outs", rows);
	count =
	    opt_list(question->store, NULL, question->arena, list, limit, err);
	for (int i = 0; i < count; i++)
		json_array_append_new(rows, opt_out_row(question, &list[i]));
	json_put_flag(question->answer, "more", count == limit);
	return count < 0 ? -1 : 0;
}

/* As one form: "13900139001" is a number of the first channel's country. */
static const char *
one_form(const struct question *question, const char *number)
{
	const struct config *conf = question->conf;

	return phone_e164(number,
	    conf->sms_channel_count == 0 ? NULL : conf->sms_channels[0].country,
	    question->arena);
}

static int
put_number(struct question *question, const char *said, struct err *err)
{
	const char *number = one_form(question, said);
	struct opt_out_view opt = { 0 };
	struct sms_had had = { 0 };
	int found;

	if (number == NULL)
		return answer_refuse(question,
		    "that is no full number; expected one such as "
		    "+8613800138000");
	found =
	    opt_list(question->store, number, question->arena, &opt, 1, err);
	if (found < 0)
		return -1;
	sms_had_since(
	    question->store, number, 0, question->now - MSEC_DAY, &had);
	json_put_text(
	    question->answer, "number", mask_phone(number, question->arena));
	json_put_int(question->answer, "texts", had.all);
	json_put_int(question->answer, "number_day",
	    question->conf->rules.sms_number_day);
	if (found > 0)
		json_object_set_new(
		    question->answer, "opt_out", opt_out_row(question, &opt));
	return 0;
}

int
answer_texts(struct question *question, struct err *err)
{
	const char *number = json_text(question->request, "number");

	if (number != NULL)
		return put_number(question, number, err);
	put_channels(question);
	return put_opt_outs(question, err);
}
