#include "tests/support/cmocka_fence.h"

#include "core/effect.h"
#include "store/brakes.h"
#include "store/outbox.h"
#include "store/store.h"
#include "tests/support/store_fixture.h"

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)
#define NUMBER "+8613900139001"

static struct outgoing
text(out_id id, case_id about, msec_t at)
{
	struct outgoing out = fixture_out(id, about);

	out.channel = CHANNEL_SMS;
	out.to = NUMBER;
	out.sender = "gateway";
	out.created_at = at;
	out.sms_parts = 2;
	return out;
}

/* What is queued is counted by the same transaction. */
static void
a_text_is_counted_when_it_is_queued(void **state)
{
	struct fixture *fixture = *state;
	struct effects effects;
	struct sms_spent spent;

	effects_init(&effects, &fixture->arena);
	effects_add(&effects, EFFECT_SEND)->send = text(1, 0, MORNING);
	effects_add(&effects, EFFECT_SEND)->send = text(2, 0, MORNING);
	effects_add(&effects, EFFECT_SEND)->send = fixture_out(3, 0);
	effects.list[2].send.case_id = 0;
	assert_int_equal(
	    store_apply(fixture->store, &effects, 0, MORNING, &fixture->err),
	    0);
	sms_spent_since(fixture->store, "gateway", MORNING, &spent);
	assert_int_equal(spent.texts, 2);
	assert_int_equal(spent.parts, 4);
	sms_spent_since(fixture->store, "other", MORNING, &spent);
	assert_int_equal(spent.texts, 0);
	/* The day after they are yesterday's. */
	sms_spent_since(fixture->store, "gateway", MORNING + MSEC_DAY, &spent);
	assert_int_equal(spent.texts, 0);
}

static void
a_number_is_counted_by_day_and_case(void **state)
{
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	struct outgoing out;
	struct sms_had had;

	fixture_save(fixture, &file);
	out = text(1, 1, MORNING);
	fixture_queue(fixture, &out);
	out = text(2, 0, MORNING);
	fixture_queue(fixture, &out);
	/* To somebody on duty who has that number. */
	out = text(3, 1, MORNING);
	out.role = ROLE_STAFF;
	fixture_queue(fixture, &out);
	out = text(4, 1, MORNING);
	out.channel = CHANNEL_MAIL;
	fixture_queue(fixture, &out);
	out = text(5, 1, MORNING);
	fixture_queue(fixture, &out);
	assert_int_equal(
	    out_move(fixture->store,
		&(struct out_news){ .out = 5, .state = OUT_CANCELLED },
		MORNING, &fixture->err),
	    1);
	sms_had_since(fixture->store, NUMBER, 1, MORNING, &had);
	assert_int_equal(had.all, 2);
	assert_int_equal(had.of_case, 1);
	sms_had_since(fixture->store, NUMBER, 0, MORNING + 1, &had);
	assert_int_equal(had.all, 0);
	sms_had_since(fixture->store, NULL, 1, MORNING, &had);
	assert_int_equal(had.all, 0);
}

static void
what_was_stopped_is_counted_by_its_cap(void **state)
{
	static const struct {
		const char *estate;
		case_id about;
		msec_t at;
		enum cap cap;
		bool went;
	} rows[] = {
		{ "sunshine", 0, MORNING, CAP_NONE, false },
		{ "sunshine", 1, MORNING, CAP_NUMBER, false },
		{ "sunshine", 1, MORNING + 1, CAP_NUMBER, false },
		{ "sunshine", 0, MORNING, CAP_TEXTS, false },
		{ "sunshine", 0, MORNING, CAP_COST, true },
		{ "moon", 0, MORNING, CAP_CASE, false },
		{ "sunshine", 1, MORNING + MSEC_DAY, CAP_CASE, false },
	};
	struct fixture *fixture = *state;
	struct store *store = fixture->store;
	struct case_file file = fixture_case(1);
	int counts[CAP_COUNT];

	fixture_save(fixture, &file);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_int_equal(braked_add(store,
				     &(struct braked){ .estate = rows[i].estate,
					 .template_name = "ack",
					 .cap = rows[i].cap,
					 .case_id = rows[i].about,
					 .went = rows[i].went },
				     rows[i].at, &fixture->err),
		    0);
	braked_counts(store, "sunshine", MORNING, MORNING + MSEC_DAY, counts);
	assert_int_equal(counts[CAP_NONE], 1);
	assert_int_equal(counts[CAP_NUMBER], 2);
	assert_int_equal(counts[CAP_CASE], 0);
	assert_int_equal(counts[CAP_TEXTS], 1);
	/* That of an emergency went. */
	assert_int_equal(counts[CAP_COST], 0);
	assert_true(braked_since(store, "sunshine", CAP_NUMBER, 1, MORNING));
	assert_false(braked_since(store, "sunshine", CAP_NUMBER, 0, MORNING));
	assert_true(braked_since(store, "sunshine", CAP_COST, 0, MORNING));
	assert_false(
	    braked_since(store, "sunshine", CAP_TEXTS, 0, MORNING + 1));
	assert_false(braked_since(store, "moon", CAP_TEXTS, 0, MORNING));
}

static void
what_a_decision_held_back_is_counted(void **state)
{
	struct fixture *fixture = *state;
	struct effects effects;
	int counts[CAP_COUNT];

	effects_init(&effects, &fixture->arena);
	for (int i = 0; i < 2; i++) {
		struct effect *effect = effects_add(&effects, EFFECT_BRAKED);

		effect->braked.estate = i == 0 ? "sunshine" : "moon";
		effect->braked.template_name = "status";
	}
	assert_int_equal(
	    store_apply(fixture->store, &effects, 0, MORNING, &fixture->err),
	    0);
	braked_counts(fixture->store, "sunshine", MORNING, MORNING + 1, counts);
	assert_int_equal(counts[CAP_NONE], 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_text_is_counted_when_it_is_queued),
		TEST(a_number_is_counted_by_day_and_case),
		TEST(what_was_stopped_is_counted_by_its_cap),
		TEST(what_a_decision_held_back_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
