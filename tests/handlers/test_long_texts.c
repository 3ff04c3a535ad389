/* Words that a text message has no room for: nothing is cut, nothing is lost,
 * and its author hears of it. */
#include <stdio.h>
#include <string.h>

#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "core/limits.h"
#include "core/sms_text.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "tests/support/decision.h"

static const char phone[] = "+8613900139001", mail[] = "wang@owner.example";

static const char *
many(struct decision *d, const char *beginning, const char *more, int count)
{
	const char *text = beginning;

	for (int i = 0; i < count; i++)
		text = arena_printf(&d->arena, "%s%s", text, more);
	return text;
}

/* A case that came by text; lin answers it. */
static void
answered(struct decision *d, const char *mail_of_owner, const char *own)
{
	decision_case(d, CASE_IN_PROGRESS);
	d->before.the_case.channel = CHANNEL_SMS;
	d->before.the_case.mail = mail_of_owner;
	d->before.the_case.phone = phone;
	decision_staff(d, "lin", REPLY_MATTER, own);
	decision_run(d);
}

static void
what_is_too_long_goes_by_mail_and_a_text_says_so(void **state)
{
	static const struct {
		const char *command, *template_name;
		bool is_outcome;
	} cases[] = {
		{ "您好,", "staff_reply", false },
		{ "#办结 您好,", "outcome", true },
		{ "#延期 11-25 12:00 ", "extension", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *name = cases[i].template_name;
		const struct outgoing *full, *hint;
		struct decision d;

		decision_init(&d);
		answered(&d, mail,
		    many(&d, cases[i].command, "水管已经更换,", 60));
		full = sent(&d, name, mail);
		hint = sent(&d, "mailed", phone);
		assert_non_null(full);
		assert_non_null(strstr(full->text,
		    "水管已经更换,水管已经更换"));
		assert_int_equal(full->is_outcome, cases[i].is_outcome);
		assert_null(sent(&d, name, phone));
		assert_non_null(hint);
		assert_int_equal(hint->channel, CHANNEL_SMS);
		assert_false(hint->is_outcome);
		decision_done(&d);
	}
}

static void
without_mail_its_author_hears_how_much_there_is_room_for(void **state)
{
	static const char *const commands[] = { "您好,", "#办结 您好,",
		"#延期 11-25 12:00 ", "#时限 11-24 12:00 " };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(commands); i++) {
		struct decision d;
		const struct outgoing *refused;

		decision_init(&d);
		answered(&d, NULL, many(&d, commands[i], "水管已经更换,", 60));
		refused = sent(&d, "refused", "lin@sunshine.example");
		assert_non_null(refused);
		assert_non_null(strstr(refused->text, "短信放不下:最多"));
		/* Their words come back to them, and are kept. */
		assert_non_null(
		    strstr(refused->text, "水管已经更换,水管已经更换"));
		assert_non_null(event_of(&d, "noted"));
		assert_int_equal(case_after(&d)->state, CASE_IN_PROGRESS);
		assert_int_equal(case_after(&d)->first_reply_at, 0);
		assert_null(sent(&d, "mailed", NULL));
		assert_null(sent(&d, "staff_reply", NULL));
		assert_null(sent(&d, "outcome", NULL));
		assert_null(sent(&d, "extension", NULL));
		decision_done(&d);
	}
}

/* The number that they are told is the one that goes. */
static void
the_allowed_length_is_exact(void **state)
{
	struct decision d;
	const struct outgoing *refused;
	const char *at;
	int most = 0;

	(void)state;
	decision_init(&d);
	answered(&d, NULL, many(&d, "", "水", 400));
	refused = sent(&d, "refused", "lin@sunshine.example");
	assert_non_null(refused);
	at = strstr(refused->text, "最多");
	assert_int_equal(sscanf(at + strlen("最多"), "%d", &most), 1);
	assert_in_range(most, 200, 268);
	decision_done(&d);
	for (int more = 0; more < 2; more++) {
		decision_init(&d);
		answered(&d, NULL, many(&d, "", "水", most + more));
		assert_int_equal(
		    sent(&d, "staff_reply", phone) != NULL, more == 0);
		decision_done(&d);
	}
}

static void
no_answer_is_longer_than_the_limit_of_all_channels(void **state)
{
	struct decision d;
	char *text;

	(void)state;
	decision_init(&d);
	text = arena_alloc(&d.arena, LIMIT_STAFF_CHARACTERS + 2);
	memset(text, 'a', LIMIT_STAFF_CHARACTERS + 1);
	text[LIMIT_STAFF_CHARACTERS + 1] = '\0';
	answered(&d, mail, text);
	assert_null(sent(&d, "staff_reply", NULL));
	assert_non_null(strstr(
	    sent(&d, "refused", NULL)->text, "文字太长,最多10000字"));
	decision_done(&d);
	decision_init(&d);
	text = arena_alloc(&d.arena, LIMIT_STAFF_CHARACTERS + 1);
	memset(text, 'a', LIMIT_STAFF_CHARACTERS);
	text[LIMIT_STAFF_CHARACTERS] = '\0';
	answered(&d, mail, text);
	assert_non_null(sent(&d, "staff_reply", mail));
	decision_done(&d);
}

/* It goes to all of them or comes back. */
static void
a_word_to_all_has_room_with_each_of_them(void **state)
{
	static const struct {
		int times;
		bool has_mail;
		bool goes;
	} rows[] = { { 60, false, false }, { 60, true, true },
		{ 2, false, true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct incident_case other = {
			.id = 20,
			.number = "T261123-0020",
			.state = CASE_IN_PROGRESS,
			.mail = rows[i].has_mail ? "liu@owner.example" : NULL,
			.phone = "+8613900139002",
			.incident = 3,
		};
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.incident = 3;
		d.before.incident.it = (struct incident){ .id = 3,
			.number = "T261123-0001",
			.estate = "sunshine",
			.category = "plumbing",
			.is_open = true };
		d.before.incident.cases = &other;
		d.before.incident.case_count = 1;
		decision_staff(&d, "lin", REPLY_INCIDENT,
		    many(&d, "您好,", "水管已经更换,", rows[i].times));
		decision_run(&d);
		assert_int_equal(
		    effect_of(&d, EFFECT_WORD) != NULL, rows[i].goes);
		if (!rows[i].goes)
			assert_non_null(strstr(sent(&d, "refused", NULL)->text,
			    "短信放不下:最多"));
		decision_done(&d);
	}
}

/* Sent once more, by their other channel, an outcome is not cut either. */
static void
a_bounced_outcome_that_no_text_can_bring_is_telephoned(void **state)
{
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_FED_BACK);
	d.before.the_case.phone = phone;
	d.before.the_case.outcome = many(&d, "您好,", "水管已经更换,", 60);
	d.before.the_case.outcome_out = 40;
	d.before.answered = (struct outgoing){ .id = 40,
		.case_id = d.before.the_case.id,
		.channel = CHANNEL_MAIL,
		.role = ROLE_OWNER,
		.template_name = "outcome",
		.to = mail,
		.is_outcome = true };
	decision_report(&d, OUT_FAILED);
	decision_run(&d);
	assert_null(sent(&d, "outcome", phone));
	assert_non_null(strstr(sent(&d, "phone_task", NULL)->text,
	    "水管已经更换,水管已经更换"));
	decision_done(&d);
}

/* What the channel puts on a text is there before it is kept. */
static void
what_is_on_record_is_what_leaves(void **state)
{
	struct sms_channel *channel, real;
	struct decision d;
	const struct outgoing *ack;

	(void)state;
	decision_init(&d);
	channel = (struct sms_channel *)(uintptr_t)d.ctx.conf->estates[0].sms;
	real = *channel;
	channel->signature = "大阳光集团";
	decision_sms(&d, phone, "3-2-501厨房漏水");
	decision_owner(&d);
	decision_run(&d);
	ack = sent(&d, "ack", NULL);
	*channel = real;
	assert_non_null(ack);
	assert_true(text_starts(ack->text, "【大阳光集团】您好"));
	assert_null(strstr(ack->text, "阳光物业"));
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_is_too_long_goes_by_mail_and_a_text_says_so),
		cmocka_unit_test(
		    without_mail_its_author_hears_how_much_there_is_room_for),
		cmocka_unit_test(the_allowed_length_is_exact),
		cmocka_unit_test(
		    no_answer_is_longer_than_the_limit_of_all_channels),
		cmocka_unit_test(
		    a_bounced_outcome_that_no_text_can_bring_is_telephoned),
		cmocka_unit_test(a_word_to_all_has_room_with_each_of_them),
		cmocka_unit_test(what_is_on_record_is_what_leaves),
	};

	return cmocka_run_group_tests(
	    tests, decision_world, decision_world_end);
}
