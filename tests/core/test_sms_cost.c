/* What texts cost, of an estate with long names. */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "core/language.h"
#include "core/sms_cost.h"
#include "core/text_list.h"
#include "lib/err.h"
#include "lib/text.h"
#include "tests/support/decision.h"

static struct sms_cost seen[400];
static char seen_text[1024];
static size_t count;

/* Keeps what it is told, and the wording of ack. */
static void
keep(const struct sms_cost *cost, void *arg)
{
	const char *wanted = arg;

	assert_true(count < ARRAY_COUNT(seen));
	seen[count++] = *cost;
	if (text_eq(cost->name, wanted) && cost->language == LANGUAGE_ZH)
		(void)snprintf(seen_text, sizeof(seen_text), "%s",
		    text_or(cost->text, ""));
}

static const struct sms_cost *
of(const char *name, enum language language)
{
	for (size_t i = 0; i < count; i++)
		if (text_eq(seen[i].name, name) &&
		    seen[i].language == language)
			return &seen[i];
	fail_msg("no %s", name);
	return NULL;
}

static struct sms_channel *
channel_of(const struct decision *d)
{
	return (struct sms_channel *)(uintptr_t)d->ctx.conf->estates[0].sms;
}

static void
measure(const struct decision *d, const char *wanted)
{
	char name[40];
	struct err err = { 0 };

	(void)snprintf(name, sizeof(name), "%s", wanted);
	count = 0;
	assert_int_equal(
	    sms_costs(d->ctx.conf, d->ctx.texts, keep, name, &err), 0);
}

static void
every_text_of_every_language_is_measured_once(void **state)
{
	struct decision d;
	size_t texts = 0;

	(void)state;
	decision_init(&d);
	measure(&d, "outcome");
	for (size_t i = 0; i < text_row_count; i++)
		texts += text_rows[i].sms != NULL;
	assert_int_equal(count, texts * (size_t)language_count());
	for (size_t i = 0; i < count; i++) {
		assert_true(seen[i].fits);
		assert_true(seen[i].size.parts >= 1);
		assert_ptr_equal(seen[i].channel, channel_of(&d));
	}
	assert_non_null(strstr(seen_text, "【阳光物业】您好，T261123-0007"));
	/* The shipped English needs one part of 160 for most. */
	assert_true(of("optin", LANGUAGE_EN)->size.is_gsm7);
	decision_done(&d);
}

static void
what_is_longer_than_the_channel_sends_does_not_fit(void **state)
{
	struct decision d;
	struct sms_channel real;

	(void)state;
	decision_init(&d);
	real = *channel_of(&d);
	channel_of(&d)->counting.max_parts = 1;
	measure(&d, "ack");
	assert_false(of("ack", LANGUAGE_ZH)->fits);
	assert_true(of("optin", LANGUAGE_ZH)->fits);
	*channel_of(&d) = real;
	decision_done(&d);
}

static void
templates_of_a_gateway_are_measured_by_their_own_wording(void **state)
{
	static const struct sms_provider provider = { .is_template_only =
							  true };
	static const struct sms_pair params[] = { { "no", "case" } };
	static const struct sms_template templates[] = {
		{ "ack", "T-1", params, 1, "您的事项{1}已登记" },
		{ "help", "T-2", NULL, 0, NULL },
	};
	struct decision d;
	struct sms_channel real;

	(void)state;
	decision_init(&d);
	real = *channel_of(&d);
	channel_of(&d)->provider = &provider;
	channel_of(&d)->templates = templates;
	channel_of(&d)->template_count = 2;
	channel_of(&d)->counting.is_mainland = true;
	channel_of(&d)->counting.signature = "某物业";
	measure(&d, "ack");
	assert_string_equal(seen_text, "您的事项T261123-0007已登记");
	assert_int_equal(of("ack", LANGUAGE_ZH)->size.units, 5 + 19);
	assert_string_equal(of("help", LANGUAGE_ZH)->template->id, "T-2");
	assert_null(of("help", LANGUAGE_ZH)->text);
	assert_null(of("news", LANGUAGE_ZH)->template);
	assert_true(of("news", LANGUAGE_ZH)->fits);
	*channel_of(&d) = real;
	decision_done(&d);
}

static void
a_price_has_two_places_at_the_least(void **state)
{
	static const struct {
		int64_t part_price;
		size_t parts;
		const char *price;
	} rows[] = {
		{ 45000, 2, "0.09" },
		{ 45000, 1, "0.045" },
		{ 45000, 3, "0.135" },
		{ 1000000, 3, "3.00" },
		{ 500000, 1, "0.50" },
		{ 1, 1, "0.000001" },
		{ 0, 1, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct sms_channel channel = { .part_price =
							 rows[i].part_price };
		const struct sms_cost cost = {
			.channel = &channel,
			.text = "",
			.size = { .parts = rows[i].parts },
		};
		char price[SMS_PRICE_BYTES];

		if (rows[i].price == NULL)
			assert_null(sms_cost_price(&cost, price));
		else
			assert_string_equal(
			    sms_cost_price(&cost, price), rows[i].price);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_text_of_every_language_is_measured_once),
		cmocka_unit_test(
		    what_is_longer_than_the_channel_sends_does_not_fit),
		cmocka_unit_test(
		    templates_of_a_gateway_are_measured_by_their_own_wording),
		cmocka_unit_test(a_price_has_two_places_at_the_least),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
