#include "cli/check_texts.h"

#include <stdio.h>
#include <string.h>

#include "cli/table.h"
#include "cli/verb.h"
#include "core/config.h"
#include "core/sms_cost.h"
#include "core/text_list.h"
#include "lib/buf.h"
#include "lib/json.h"

enum { MISTAKE_BYTES = 2048 };

/* ---- too long ---- */

struct length_check {
	const struct config *conf;
	check_texts_complain *complain;
	void *arg;
};

static void
put_place(const struct config *conf, const struct sms_cost *cost,
    struct buf *out)
{
	if (cost->template != NULL)
		buf_printf(out, "%s: sms.%s.templates: \"%s\"", conf->path,
		    cost->channel->name, cost->template->kind);
	else
		buf_printf(out, "%s/%s/%s.sms:1", conf->templates,
		    language_name(cost->language), cost->name);
}

static void
check_one(const struct sms_cost *cost, void *arg)
{
	const struct length_check *check = arg;
	struct buf mistake scoped(buf_done) = { 0 };

	if (cost->fits)
		return;
	buf_init(&mistake, MISTAKE_BYTES);
	put_place(check->conf, cost, &mistake);
	buf_printf(&mistake,
	    ": warning: %zu characters, %zu parts on sms.%s with sample data "
	    "of estate %s; allowed are %u parts%s",
	    cost->size.units, cost->size.parts, cost->channel->name,
	    cost->estate->id, cost->channel->counting.max_parts,
	    cost->channel->counting.is_mainland ? " and 500 characters" : "");
	check->complain(buf_text(&mistake), check->arg);
}

int
check_texts_length(const struct config *conf, const struct texts *texts,
    check_texts_complain *complain, void *arg, struct err *err)
{
	struct length_check check = { conf, complain, arg };

	return sms_costs(conf, texts, check_one, &check, err);
}

/* ---- all of them ---- */

/* How it is counted, and so what a part holds. */
static const char *
counted_as(const struct sms_cost *cost)
{
	if (cost->text == NULL)
		return NULL;
	if (cost->channel->counting.is_mainland)
		return "mainland";
	return cost->size.is_gsm7 ? "gsm7" : "ucs2";
}

static void
put_number(struct table *table, const struct sms_cost *cost, size_t number)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%zu", number);
	table_cell_coloured(table, cost->text == NULL ? NULL : text,
	    cost->fits ? TABLE_PLAIN : TABLE_BAD);
}

static void
add_row(const struct sms_cost *cost, void *arg)
{
	struct table *table = arg;
	char price[SMS_PRICE_BYTES], with_currency[64];
	const char *sum = sms_cost_price(cost, price);
	const char *template = cost->template != NULL ? cost->template->id : NULL;

	if (cost->channel->provider->is_template_only && template == NULL)
		template = "none";
	table_cell(table, cost->channel->name);
	table_cell(table, language_name(cost->language));
	table_cell(table, cost->name);
	table_cell(table, template);
	table_cell(table, counted_as(cost));
	put_number(table, cost, cost->size.units);
	put_number(table, cost, cost->size.parts);
	(void)snprintf(with_currency, sizeof(with_currency), "%s %.20s",
	    sum != NULL ? sum : "", cost->channel->currency);
	table_cell(table, sum != NULL ? with_currency : NULL);
}

static void
add_object(const struct sms_cost *cost, void *arg)
{
	json_t *list = arg, *object = json_object();
	char price[SMS_PRICE_BYTES];
	const char *sum = sms_cost_price(cost, price);

	json_put_text(object, "channel", cost->channel->name);
	json_put_text(object, "language", language_name(cost->language));
	json_put_text(object, "text", cost->name);
	json_put_text(object, "estate", cost->estate->id);
	json_put_flag(object, "templates_only",
	    cost->channel->provider->is_template_only);
	json_put_text(object, "template",
	    cost->template != NULL ? cost->template->id : NULL);
	json_put_text(object, "counted", counted_as(cost));
	if (cost->text != NULL) {
		json_put_int(object, "units", (int64_t)cost->size.units);
		json_put_int(object, "parts", (int64_t)cost->size.parts);
	}
	json_put_int(
	    object, "allowed_parts", cost->channel->counting.max_parts);
	json_put_flag(object, "fits", cost->fits);
	json_put_text(object, "price", sum);
	json_put_text(
	    object, "currency", sum != NULL ? cost->channel->currency : NULL);
	json_put_text(object, "sample", cost->text);
	(void)json_array_append_new(list, object);
}

static int
print_json(
    const struct config *conf, const struct texts *texts, struct err *err)
{
	json_t *answer scoped(json_release) = json_object();
	json_t *list = json_array();

	(void)json_object_set_new(answer, "texts", list);
	if (sms_costs(conf, texts, add_object, list, err) < 0)
		return -1;
	verb_print_json(answer);
	return 0;
}

static int
print_table(
    const struct config *conf, const struct texts *texts, struct err *err)
{
	static const char *const heads[] = { "channel", "language", "text",
		"template", "counted", "characters", "parts", "price", NULL };
	struct table *table scoped(table_close) = table_open(heads);

	if (sms_costs(conf, texts, add_row, table, err) < 0)
		return -1;
	table_print(table, stdout);
	return 0;
}

int
check_texts_print(const struct config *conf, const struct texts *texts,
    bool as_json, struct err *err)
{
	return as_json ? print_json(conf, texts, err)
		       : print_table(conf, texts, err);
}
