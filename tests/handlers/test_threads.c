/*
 * One case is one conversation for each who reads of it, and nobody learns of
 * another's mails; what the owner sent goes along to who is new to the case.
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "tests/support/decision.h"

static const struct passed_part photo = { .inbox = 12,
	.offset = 500,
	.length = 4000 };

/* Nothing of an owner's conversation in a mail to staff, nor the other way
 * round. */
static void
check_apart(const struct decision *d)
{
	for (size_t i = 0; i < d->out.count; i++) {
		const struct outgoing *out = &d->out.list[i].send;
		const char *ids;

		if (d->out.list[i].kind != EFFECT_SEND ||
		    out->channel != CHANNEL_MAIL)
			continue;
		ids = arena_printf((struct arena *)(uintptr_t)&d->arena,
		    "%s %s", text_or(out->references, ""),
		    text_or(out->in_reply_to, ""));
		if (out->role == ROLE_OWNER) {
			assert_null(strstr(ids, ".case@"));
			assert_null(strstr(ids, "staff-mail@"));
		} else {
			assert_null(strstr(ids, "@owner.example"));
		}
	}
}

static void
a_new_case_begins_two_conversations(void **state)
{
	struct decision d;
	const struct outgoing *ack, *told;

	(void)state;
	decision_init(&d);
	decision_mail(&d, "wang@owner.example",
	    "您好,3-2-501厨房水管漏水,请派人来看看。");
	decision_owner(&d);
	decision_run(&d);
	ack = sent(&d, "ack", "wang@owner.example");
	told = sent(&d, "new_case", "lin");
	assert_string_equal(ack->references, "their-mail@owner.example");
	assert_string_equal(told->references, told->in_reply_to);
	assert_non_null(strstr(told->references, "T261123-0007.case@"));
	assert_string_equal(case_after(&d)->owner_last, ack->message_id);
	check_apart(&d);
	decision_done(&d);
}

static void
an_answer_of_staff_goes_on_with_the_owners_conversation(void **state)
{
	struct decision d;
	const struct outgoing *reply, *done;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_IN_PROGRESS);
	d.before.the_case.owner_last = "80.acktoken@desk.example";
	decision_staff(&d, "sun", REPLY_MATTER,
	    "您好,维修师傅已在路上。");
	d.message.message_id = "staff-mail@sunshine.example";
	decision_run(&d);
	reply = sent(&d, "staff_reply", "wang@owner.example");
	assert_string_equal(reply->in_reply_to, "80.acktoken@desk.example");
	assert_string_equal(reply->references,
	    "first@owner.example 80.acktoken@desk.example");
	/* The author's own mail is in the author's own conversation. */
	done = sent(&d, "transcript", "sun");
	assert_string_equal(done->in_reply_to, "staff-mail@sunshine.example");
	assert_true(text_ends(done->references,
	    " staff-mail@sunshine.example"));
	check_apart(&d);
	decision_done(&d);
}

static void
the_owners_next_mail_is_the_parent_of_what_follows(void **state)
{
	static const struct {
		const char *from, *last;
	} rows[] = {
		{ "wang@owner.example", "their-mail@owner.example" },
		/* A neighbour who writes along is another conversation. */
		{ "cousin@owner.example", "80.acktoken@desk.example" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_IN_PROGRESS);
		d.before.the_case.owner_last = "80.acktoken@desk.example";
		decision_mail(&d, rows[i].from, "还在漏水,请快些。");
		d.before.match = MATCH_TOKEN;
		d.before.answered.role = ROLE_OWNER;
		d.before.answered.reply_kind = REPLY_OWNER;
		d.before.sender.is_participant = true;
		decision_run(&d);
		assert_non_null(sent(&d, "followup", "sun"));
		assert_string_equal(case_after(&d)->owner_last, rows[i].last);
		check_apart(&d);
		decision_done(&d);
	}
}

static void
who_is_new_to_a_case_gets_its_files(void **state)
{
	static const struct {
		const char *author, *words, *text, *to;
		size_t files;
	} rows[] = {
		{ "lin", "#转派 李明 请上门", "assigned", "li", 1 },
		{ "chen", "#交接 周敏 休假", "handed_over", "zhou", 1 },
		{ "chen", "#交接 周敏 休假", "handed_over", "lin", 0 },
		{ "lin", "#上报 需要协调", "escalated", "chen", 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct outgoing *out;
		struct decision d;

		decision_init(&d);
		decision_case(&d, CASE_ASSIGNED);
		d.before.case_parts = &photo;
		d.before.case_part_count = 1;
		decision_staff(
		    &d, rows[i].author, REPLY_MATTER, rows[i].words);
		decision_run(&d);
		out = sent(&d, rows[i].text, rows[i].to);
		if (out == NULL) {
			fail_msg("no %s to %s", rows[i].text, rows[i].to);
			return;
		}
		assert_int_equal(out->part_count, rows[i].files);
		check_apart(&d);
		decision_done(&d);
	}
}

static void
what_the_owner_sends_with_a_complaint_about_an_outcome_goes_along(
    void **state)
{
	struct attachment files[] = {
		{ "wet.jpg", "image/jpeg", 300000, 500, 410000, false },
	};
	struct decision d;

	(void)state;
	decision_init(&d);
	decision_case(&d, CASE_FED_BACK);
	d.before.the_case.resolved_at = d.ctx.now - MSEC_HOUR;
	d.before.the_case.fed_back_at = d.ctx.now - MSEC_HOUR;
	decision_mail(&d, "wang@owner.example", "没修好,还在漏水。");
	d.before.match = MATCH_TOKEN;
	d.before.answered.role = ROLE_OWNER;
	d.before.answered.reply_kind = REPLY_OWNER;
	d.before.sender.is_participant = true;
	d.message.attachments = files;
	d.message.attachment_count = ARRAY_COUNT(files);
	decision_run(&d);
	assert_non_null(sent(&d, "reopened_staff", NULL));
	assert_int_equal(sent(&d, "reopened_staff", NULL)->part_count, 1);
	check_apart(&d);
	decision_done(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_case_begins_two_conversations),
		cmocka_unit_test(
		    an_answer_of_staff_goes_on_with_the_owners_conversation),
		cmocka_unit_test(
		    the_owners_next_mail_is_the_parent_of_what_follows),
		cmocka_unit_test(who_is_new_to_a_case_gets_its_files),
		cmocka_unit_test(
		    what_the_owner_sends_with_a_complaint_about_an_outcome_goes_along),
	};

	return cmocka_run_group_tests(tests, decision_world, decision_world_end);
}
