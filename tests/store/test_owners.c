#include "tests/support/cmocka_fence.h"

#include "store/owners.h"
#include "tests/support/store_fixture.h"

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, fixture_memory, fixture_done)

static const struct owner register_1[] = {
	{ .name = "林女士",
	    .home = { "3", "2", NULL, "501", NULL },
	    .mail = "lin@example.com",
	    .phone = "+8613800000001",
	    .is_elderly = true },
	{ .name = "王先生",
	    .home = { "3", "2", NULL, "502", NULL },
	    .phone = "+8613800000002",
	    .language = LANGUAGE_EN,
	    .is_tenant = true },
};

static struct owners_change
replace(struct fixture *fixture, const struct owner *list, size_t count)
{
	struct owners_change change = { 0 };

	if (owners_replace(fixture->store, "sunshine", list, count, MORNING,
		&change, &fixture->err) < 0)
		fail_msg("%s", fixture->err.msg);
	return change;
}

static int
find(struct fixture *fixture, const char *address, struct owner *ret)
{
	return owner_by_address(fixture->store, "sunshine", address,
	    &fixture->arena, ret, &fixture->err);
}

static void
an_owner_is_found_by_mail_or_phone_in_the_estate(void **state)
{
	struct fixture *fixture = *state;
	struct owner owner, again;

	assert_int_equal(replace(fixture, register_1, 2).added, 2);
	assert_int_equal(find(fixture, "lin@example.com", &owner), 1);
	assert_string_equal(owner.name, "林女士");
	assert_string_equal(owner.estate, "sunshine");
	assert_string_equal(owner.home.room, "501");
	assert_null(owner.home.floor);
	assert_string_equal(owner.phone, "+8613800000001");
	assert_true(owner.is_elderly && owner.is_confirmed);
	assert_false(owner.is_tenant || owner.sms_opted_out ||
		     owner.survey_opted_out);
	assert_int_equal(find(fixture, "+8613800000002", &owner), 1);
	assert_int_equal(owner.language, LANGUAGE_EN);
	assert_true(owner.is_tenant);
	assert_int_equal(owner_load(fixture->store, owner.id, &fixture->arena,
			     &again, &fixture->err),
	    1);
	assert_string_equal(again.name, "王先生");
	assert_int_equal(find(fixture, "+8613800000009", &owner), 0);
	assert_int_equal(owner_by_address(fixture->store, "riverside",
			     "lin@example.com", &fixture->arena, &owner,
			     &fixture->err),
	    0);
	assert_int_equal(owner_load(fixture->store, 99, &fixture->arena, &again,
			     &fixture->err),
	    0);
}

static void
an_import_keeps_those_who_stay(void **state)
{
	struct fixture *fixture = *state;
	struct owner second[] = { register_1[0], { .name = "赵女士",
	    .home = { "5", NULL, NULL, "101", NULL },
	    .phone = "+8613800000003" } };
	struct owners_change change;
	struct owner before, after;

	(void)replace(fixture, register_1, 2);
	assert_int_equal(find(fixture, "lin@example.com", &before), 1);
	change = replace(fixture, register_1, 2);
	assert_int_equal(change.same, 2);
	assert_int_equal(change.added + change.changed + change.gone, 0);

	second[0].phone = "+8613800000011";
	change = replace(fixture, second, 2);
	assert_int_equal(change.changed, 1);
	assert_int_equal(change.added, 1);
	assert_int_equal(change.gone, 1);
	assert_int_equal(find(fixture, "+8613800000011", &after), 1);
	assert_int_equal(after.id, before.id);
	assert_int_equal(find(fixture, "+8613800000002", &after), 0);
	/* Who comes back has their old row again. */
	change = replace(fixture, register_1, 2);
	assert_int_equal(change.added, 0);
	assert_int_equal(change.gone, 1);
	assert_int_equal(find(fixture, "+8613800000002", &after), 1);
}

static void
two_people_of_one_flat_are_two(void **state)
{
	struct fixture *fixture = *state;
	struct owner pair[] = { register_1[0], register_1[0] };

	pair[1].name = "陈先生";
	pair[1].phone = "+8613800000021";
	pair[1].mail = NULL;
	assert_int_equal(replace(fixture, pair, 2).added, 2);
	assert_int_equal(replace(fixture, pair, 2).same, 2);
}

static void
a_contact_is_unconfirmed_and_outlives_an_import(void **state)
{
	struct fixture *fixture = *state;
	const struct owner contact = { .estate = "sunshine",
		.home = { "9", NULL, NULL, "901", NULL },
		.mail = "new@example.com" };
	struct owner owner, moved_in = contact;
	int64_t id = 0;

	assert_int_equal(owner_add_contact(fixture->store, &contact, MORNING,
			     &id, &fixture->err),
	    0);
	assert_int_equal(find(fixture, "new@example.com", &owner), 1);
	assert_int_equal(owner.id, id);
	assert_false(owner.is_confirmed);
	assert_int_equal(replace(fixture, register_1, 2).gone, 0);
	assert_int_equal(find(fixture, "new@example.com", &owner), 1);
	/* The register knows them now. */
	moved_in.name = "高女士";
	assert_int_equal(replace(fixture, &moved_in, 1).changed, 1);
	assert_int_equal(find(fixture, "new@example.com", &owner), 1);
	assert_int_equal(owner.id, id);
	assert_true(owner.is_confirmed);
}

static void
set(struct fixture *fixture, const char *address, bool is_out, msec_t now)
{
	const struct opt_out opt = { .address = address,
		.channel = address[0] == '+' ? CHANNEL_SMS : CHANNEL_MAIL,
		.account = "gateway",
		.is_out = is_out };

	assert_int_equal(
	    opt_set(fixture->store, &opt, 0, now, &fixture->err), 0);
}

static void
opting_out_belongs_to_the_address(void **state)
{
	struct fixture *fixture = *state;
	struct owner owner;

	set(fixture, "+8613800000001", true, MORNING);
	assert_true(opt_is_out(fixture->store, "+8613800000001"));
	assert_false(opt_is_out(fixture->store, "+8613800000002"));
	(void)replace(fixture, register_1, 2);
	assert_int_equal(find(fixture, "lin@example.com", &owner), 1);
	assert_true(owner.sms_opted_out);
	assert_false(owner.survey_opted_out);
	set(fixture, "lin@example.com", true, MORNING);
	set(fixture, "+8613800000001", false, MORNING + 1);
	assert_int_equal(find(fixture, "lin@example.com", &owner), 1);
	assert_false(owner.sms_opted_out);
	assert_true(owner.survey_opted_out);
}

static void
looking_leaves_a_record(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(access_note(fixture->store, "wu", "show T261123-0001",
			     MORNING, &fixture->err),
	    0);
	assert_int_equal(access_note(fixture->store, NULL, "show", MORNING,
			     &fixture->err),
	    -1);
}

static void
s39_a_contact_is_confirmed(void **state)
{
	struct fixture *fixture = *state;
	const struct owner contact = { .estate = "sunshine",
		.home = { "3", "2", NULL, "501", NULL },
		.mail = "new@example.com" };
	struct owner owner;
	int64_t id = 0;

	assert_int_equal(owner_add_contact(fixture->store, &contact, MORNING,
			     &id, &fixture->err),
	    0);
	assert_int_equal(find(fixture, "new@example.com", &owner), 1);
	assert_false(owner.is_confirmed);
	assert_int_equal(owner_confirm(fixture->store, id, &fixture->err), 0);
	assert_int_equal(find(fixture, "new@example.com", &owner), 1);
	assert_true(owner.is_confirmed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_owner_is_found_by_mail_or_phone_in_the_estate),
		TEST(an_import_keeps_those_who_stay),
		TEST(two_people_of_one_flat_are_two),
		TEST(a_contact_is_unconfirmed_and_outlives_an_import),
		TEST(opting_out_belongs_to_the_address),
		TEST(looking_leaves_a_record),
		TEST(s39_a_contact_is_confirmed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
