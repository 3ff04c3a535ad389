/* The monthly sample in the store: R35, R37, R43. */
#include "tests/support/cmocka_fence.h"

#include "core/zone.h"
#include "lib/text.h"
#include "store/cases.h"
#include "store/db.h"
#include "store/outbox.h"
#include "store/owners.h"
#include "store/retention.h"
#include "store/surveys.h"
#include "tests/support/store_fixture.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

enum { FLATS = 200, PEOPLE_EACH = 2 };

static struct staff staff[1] = { { .id = "lin", .mail = "p7@owner.example" } };
static const struct sms_provider free_texts, fixed_texts = {
	.is_template_only = true
};
static const struct sms_template templates[] = { { .kind = "survey" } };
static struct sms_channel gateway = { .name = "gateway",
	.provider = &free_texts };
static const struct smtp_account relay = { .name = "relay" };
static const struct estate estate = {
	.id = "sunshine", .sms = &gateway, .smtp = &relay
};
static struct config conf = { .staff = staff, .staff_count = 1 };

/* Two people in each of 200 flats. */
static void
settle(struct fixture *fixture)
{
	static struct owner list[FLATS * PEOPLE_EACH];
	static char texts[FLATS * PEOPLE_EACH][2][32];
	struct owners_change change;

	for (size_t i = 0; i < FLATS * PEOPLE_EACH; i++) {
		(void)snprintf(texts[i][0], 32, "%zu", 101 + i / PEOPLE_EACH);
		(void)snprintf(texts[i][1], 32, "p%zu@owner.example", i);
		list[i] = (struct owner){ .name = texts[i][1],
			.home = { .building = "3",
			    .unit = "2",
			    .room = texts[i][0] },
			.mail = texts[i][1] };
	}
	assert_int_equal(
	    owners_replace(fixture->store, "sunshine", list, ARRAY_COUNT(list),
		MORNING, &change, &fixture->err),
	    0);
}

static void
pick(struct fixture *fixture, const char *seed, size_t want,
    struct survey_pick *ret)
{
	*ret = (struct survey_pick){ .want = want };
	if (survey_pick_run(fixture->store,
		&(struct survey_frame){ .conf = &conf,
		    .estate = &estate,
		    .seed = seed,
		    .asked_since = MORNING - 90 * MSEC_DAY },
		ret, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
}

static void
load(struct fixture *fixture, int64_t id, struct owner *ret)
{
	assert_int_equal(
	    owner_load(fixture->store, id, &fixture->arena, ret, &fixture->err),
	    1);
}

static bool
is_picked(
    struct fixture *fixture, const struct survey_pick *pick, const char *mail)
{
	for (size_t i = 0; i < pick->count; i++) {
		struct owner owner;

		load(fixture, pick->list[i].owner, &owner);
		if (text_eq(owner.mail, mail))
			return true;
	}
	return false;
}

static void
r35_the_same_seed_draws_the_same_people_one_of_each_flat(void **state)
{
	static struct survey_pick one, same, other;
	struct fixture *fixture = *state;

	settle(fixture);
	assert_int_equal(
	    survey_households(fixture->store, &estate, &fixture->err), FLATS);
	pick(fixture, "a", 20, &one);
	pick(fixture, "a", 20, &same);
	pick(fixture, "b", 20, &other);
	assert_int_equal(one.count, 20);
	assert_memory_equal(one.list, same.list, sizeof(one.list));
	assert_memory_not_equal(one.list, other.list, sizeof(one.list));
	for (size_t i = 0; i < one.count; i++) {
		struct owner a, b;

		load(fixture, one.list[i].owner, &a);
		for (size_t k = 0; k < i; k++) {
			load(fixture, one.list[k].owner, &b);
			assert_string_not_equal(a.home.room, b.home.room);
		}
	}
	/* Everybody's turn can come: no more than there are. */
	pick(fixture, "a", SURVEY_WANT_MAX, &one);
	assert_int_equal(one.count, FLATS);
}

static void
r35_every_household_has_the_same_chance(void **state)
{
	static struct survey_pick drawn;
	struct fixture *fixture = *state;
	int low = 0, all = 0;

	settle(fixture);
	for (int i = 0; i < 40; i++) {
		char seed[16];

		(void)snprintf(seed, sizeof(seed), "seed %d", i);
		pick(fixture, seed, 10, &drawn);
		for (size_t k = 0; k < drawn.count; k++, all++)
			low += drawn.list[k].owner <= FLATS;
	}
	/* Half of the people live in the first half of the flats. */
	assert_in_range(low, all * 4 / 10, all * 6 / 10);
}

static void
r35_who_is_left_out(void **state)
{
	static struct survey_pick drawn;
	struct fixture *fixture = *state;
	struct case_file file = fixture_case(1);
	struct outgoing asked = fixture_out(1, 0);

	settle(fixture);
	/* p0: an open case, so nobody of that flat. */
	file.state = CASE_IN_PROGRESS;
	file.owner = 0;
	file.mail = "p0@owner.example";
	fixture_save(fixture, &file);
	/* p3: asked a month ago; the flat again, p2 too. */
	asked.to = "p3@owner.example";
	asked.template_name = "survey";
	asked.created_at = MORNING - 30 * MSEC_DAY;
	fixture_queue(fixture, &asked);
	/* p9: the same, though it came back. */
	asked.id = 2;
	asked.to = "p9@owner.example";
	fixture_queue(fixture, &asked);
	assert_int_equal(out_move(fixture->store,
			     &(struct out_news){
				 .out = 2, .state = OUT_FAILED },
			     MORNING, &fixture->err),
	    1);
	/* p4: opted out; p5 of that flat may be asked.  p7 is staff. */
	assert_int_equal(opt_set(fixture->store,
			     &(struct opt_out){ .address = "p4@owner.example",
				 .channel = CHANNEL_MAIL,
				 .is_out = true },
			     0, MORNING, &fixture->err),
	    0);
	pick(fixture, "a", SURVEY_WANT_MAX, &drawn);
	assert_int_equal(drawn.count, FLATS - 3);
	assert_false(is_picked(fixture, &drawn, "p9@owner.example"));
	assert_false(is_picked(fixture, &drawn, "p0@owner.example"));
	assert_false(is_picked(fixture, &drawn, "p1@owner.example"));
	assert_false(is_picked(fixture, &drawn, "p2@owner.example"));
	assert_false(is_picked(fixture, &drawn, "p3@owner.example"));
	assert_true(is_picked(fixture, &drawn, "p5@owner.example"));
	assert_true(is_picked(fixture, &drawn, "p6@owner.example"));
	assert_false(is_picked(fixture, &drawn, "p7@owner.example"));
}

/* Whom no text of ours can reach is not drawn in place of others. */
static void
r35_a_number_must_take_the_question(void **state)
{
	static const struct {
		const char *phone;
		const struct sms_provider *provider;
		size_t templates, drawn;
	} table[] = {
		{ "+8613900139001", &free_texts, 0, 1 },
		{ "+862087654321", &free_texts, 0, 0 },
		{ "10690001", &free_texts, 0, 0 },
		{ "+8613900139001", &fixed_texts, 0, 0 },
		{ "+8613900139001", &fixed_texts, 1, 1 },
	};
	static struct survey_pick drawn;
	struct fixture *fixture = *state;
	struct owners_change change;

	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		const struct owner owner = { .name = "黄丽",
			.home = { .building = "3", .unit = "2", .room = "601" },
			.phone = table[i].phone };

		assert_int_equal(
		    owners_replace(fixture->store, "sunshine", &owner, 1,
			MORNING, &change, &fixture->err),
		    0);
		gateway.provider = table[i].provider;
		gateway.templates = templates;
		gateway.template_count = table[i].templates;
		pick(fixture, "a", SURVEY_WANT_MAX, &drawn);
		assert_int_equal(drawn.count, table[i].drawn);
	}
	gateway.provider = &free_texts;
}

/* ---- what becomes of a draw ---- */

static void
note(struct fixture *fixture, const struct survey_news *news)
{
	if (survey_note(fixture->store, news, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
}

static void
r35_a_register_that_cannot_be_read_is_no_small_one(void **state)
{
	struct fixture *fixture = *state;

	settle(fixture);
	assert_int_equal(
	    sqlite3_exec(fixture->store->db,
		"ALTER TABLE owners RENAME TO lost", NULL, NULL, NULL),
	    SQLITE_OK);
	assert_int_equal(
	    survey_households(fixture->store, &estate, &fixture->err), -1);
	assert_int_not_equal(fixture->err.kind, ERR_NONE);
}

static int
open_for(struct fixture *fixture, msec_t since, struct survey *ret)
{
	return survey_open(fixture->store, "sunshine", "p0@owner.example",
	    since, &fixture->arena, ret, &fixture->err);
}

static void
r37_each_is_asked_once_and_answers_once(void **state)
{
	struct fixture *fixture = *state;
	static struct survey_pick drawn;
	struct survey waiting[8], open = { 0 };

	settle(fixture);
	pick(fixture, "a", 3, &drawn);
	assert_int_equal(survey_draw_add(fixture->store,
			     &(struct survey_draw){ .estate = "sunshine",
				 .scope = "cleaning",
				 .seed = "a",
				 .households = FLATS,
				 .list = drawn.list,
				 .count = drawn.count },
			     MORNING, &fixture->err),
	    0);
	assert_int_equal(surveys_waiting_count(fixture->store, "sunshine"), 3);
	assert_int_equal(surveys_waiting(fixture->store, "sunshine",
			     &fixture->arena, waiting, 2, &fixture->err),
	    2);
	assert_string_equal(waiting[0].scope, "cleaning");
	assert_int_equal(waiting[0].owner, drawn.list[0].owner);
	note(fixture, &(struct survey_news){ .id = waiting[0].id,
			  .asked_at = MORNING,
			  .address = "p0@owner.example" });
	note(fixture,
	    &(struct survey_news){
		.id = waiting[1].id, .asked_at = MORNING, .address = "" });
	assert_int_equal(surveys_waiting_count(fixture->store, "sunshine"), 1);
	assert_int_equal(open_for(fixture, MORNING + 1, &open), 0);
	/* Whoever has a flat there too answers here. */
	assert_int_equal(survey_open(fixture->store, "moon", "p0@owner.example",
			     MORNING, &fixture->arena, &open, &fixture->err),
	    0);
	assert_int_equal(open_for(fixture, MORNING, &open), 1);
	assert_false(open.asked_again);
	note(fixture,
	    &(struct survey_news){ .id = open.id, .asked_again = true });
	assert_int_equal(open_for(fixture, MORNING, &open), 1);
	assert_true(open.asked_again);
	note(fixture, &(struct survey_news){ .id = open.id,
			  .answered_at = MORNING + 5,
			  .channel = CHANNEL_MAIL,
			  .score = 4,
			  .text = "4分" });
	assert_int_equal(open_for(fixture, MORNING, &open), 0);
}

static void
r31_a_week_is_summed_up(void **state)
{
	struct fixture *fixture = *state;
	static struct survey_pick drawn;
	struct survey_week week;

	settle(fixture);
	pick(fixture, "a", 3, &drawn);
	assert_int_equal(survey_draw_add(fixture->store,
			     &(struct survey_draw){ .estate = "sunshine",
				 .scope = "general",
				 .seed = "a",
				 .list = drawn.list,
				 .count = 3 },
			     MORNING, &fixture->err),
	    0);
	for (int i = 1; i <= 3; i++)
		note(
		    fixture, &(struct survey_news){ .id = i,
				 .asked_at = MORNING,
				 .address = i == 3 ? "" : "p0@owner.example" });
	note(fixture, &(struct survey_news){ .id = 1,
			  .answered_at = MORNING,
			  .channel = CHANNEL_MAIL,
			  .score = 4 });
	for (int out = 0; out < 2; out++) {
		assert_int_equal(
		    survey_week_load(fixture->store, "sunshine", MORNING + out,
			MORNING + 10, &week, &fixture->err),
		    0);
		assert_int_equal(week.asked, out ? 0 : 2);
		assert_int_equal(week.answered, out ? 0 : 1);
		assert_int_equal(week.satisfied, out ? 0 : 1);
		assert_int_equal(week.visits_due, 0);
	}
}

static void
r43_words_and_addresses_of_answers_are_forgotten(void **state)
{
	struct fixture *fixture = *state;
	struct survey open = { 0 };
	static struct survey_pick drawn;

	settle(fixture);
	pick(fixture, "a", 1, &drawn);
	assert_int_equal(survey_draw_add(fixture->store,
			     &(struct survey_draw){ .estate = "sunshine",
				 .scope = "general",
				 .seed = "a",
				 .list = drawn.list,
				 .count = 1 },
			     MORNING, &fixture->err),
	    0);
	note(fixture,
	    &(struct survey_news){
		.id = 1, .asked_at = MORNING, .address = "p0@owner.example" });
	assert_int_equal(
	    owners_forget(fixture->store, MORNING, &fixture->err), 0);
	assert_int_equal(open_for(fixture, MORNING, &open), 1);
	assert_int_equal(
	    owners_forget(fixture->store, MORNING + 1, &fixture->err), 0);
	assert_int_equal(open_for(fixture, MORNING, &open), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(r35_the_same_seed_draws_the_same_people_one_of_each_flat),
		TEST(r35_every_household_has_the_same_chance),
		TEST(r35_who_is_left_out),
		TEST(r35_a_number_must_take_the_question),
		TEST(r35_a_register_that_cannot_be_read_is_no_small_one),
		TEST(r37_each_is_asked_once_and_answers_once),
		TEST(r31_a_week_is_summed_up),
		TEST(r43_words_and_addresses_of_answers_are_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
