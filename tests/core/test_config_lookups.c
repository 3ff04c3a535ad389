#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "lib/cleanup.h"

static struct staff people[] = {
	{ .id = "lin", .estate = "sunshine", .mail = "lin@sunshine.example",
	    .phone = "+8613800138001", .level = 1 },
	{ .id = "zhou", .estate = "sunshine", .mail = "zhou@sunshine.example",
	    .phone = "+8613800138002", .level = 1 },
	{ .id = "li", .estate = "sunshine", .department = "engineering" },
	{ .id = "sun", .estate = "sunshine", .department = "engineering",
	    .is_head = true },
	{ .id = "anna", .estate = "maple", .department = "engineering",
	    .is_head = true, .level = 1 },
	{ .id = "he", .level = 5 },
};
static struct department departments[] = { { .code = "engineering" } };
static struct category categories[] = { { .code = "lift" } };
static struct estate estates[] = {
	{ .id = "sunshine", .departments = departments, .department_count = 1,
	    .categories = categories, .category_count = 1 },
	{ .id = "maple" },
};
static struct mailbox mailboxes[] = { { .name = "desk" } };
static struct smtp_account smtps[] = { { .name = "relay" } };
static struct sms_channel channels[] = { { .name = "gateway" } };
static const struct config conf = {
	.estates = estates,
	.estate_count = ARRAY_COUNT(estates),
	.mailboxes = mailboxes,
	.mailbox_count = 1,
	.smtps = smtps,
	.smtp_count = 1,
	.sms_channels = channels,
	.sms_channel_count = 1,
	.staff = people,
	.staff_count = ARRAY_COUNT(people),
};

static void
things_are_found_by_their_names(void **state)
{
	(void)state;
	assert_ptr_equal(config_estate(&conf, "maple"), &estates[1]);
	assert_ptr_equal(config_staff(&conf, "li"), &people[2]);
	assert_ptr_equal(config_mailbox(&conf, "desk"), &mailboxes[0]);
	assert_ptr_equal(config_smtp(&conf, "relay"), &smtps[0]);
	assert_ptr_equal(config_sms(&conf, "gateway"), &channels[0]);
	assert_ptr_equal(
	    estate_department(&estates[0], "engineering"), &departments[0]);
	assert_ptr_equal(estate_category(&estates[0], "lift"), &categories[0]);
}

static void
what_is_not_there_is_not_found(void **state)
{
	(void)state;
	assert_null(config_estate(&conf, "oak"));
	assert_null(config_staff(&conf, "nobody"));
	assert_null(config_mailbox(&conf, ""));
	assert_null(config_smtp(&conf, "gateway"));
	assert_null(config_sms(&conf, "relay"));
	assert_null(estate_department(&estates[1], "engineering"));
	assert_null(estate_category(&estates[0], "lifts"));
}

static void
no_key_finds_nothing_even_where_a_field_is_empty(void **state)
{
	(void)state;
	assert_null(config_estate(&conf, NULL));
	assert_null(config_staff(&conf, NULL));
	assert_null(config_staff_by_mail(&conf, NULL));
	assert_null(config_staff_by_mail(&conf, ""));
	assert_null(config_staff_by_phone(&conf, NULL));
	assert_null(config_staff_by_phone(&conf, ""));
	assert_null(config_mailbox(&conf, NULL));
	assert_null(config_smtp(&conf, NULL));
	assert_null(config_sms(&conf, NULL));
	assert_null(config_head(&conf, &estates[0], NULL));
}

static void
a_mail_address_is_found_in_any_case(void **state)
{
	(void)state;
	assert_ptr_equal(
	    config_staff_by_mail(&conf, "Lin@Sunshine.Example"), &people[0]);
	assert_ptr_equal(
	    config_staff_by_phone(&conf, "+8613800138002"), &people[1]);
}

static void
a_level_is_looked_for_in_its_estate(void **state)
{
	(void)state;
	assert_ptr_equal(config_level(&conf, &estates[0], 1), &people[0]);
	assert_ptr_equal(config_level(&conf, &estates[1], 1), &people[4]);
	assert_null(config_level(&conf, &estates[0], 3));
}

static void
a_head_is_looked_for_in_the_estate(void **state)
{
	(void)state;
	assert_ptr_equal(
	    config_head(&conf, &estates[0], "engineering"), &people[3]);
	assert_ptr_equal(
	    config_head(&conf, &estates[1], "engineering"), &people[4]);
	assert_null(config_head(&conf, &estates[0], "order"));
}

static void
staff_without_an_estate_serve_all(void **state)
{
	(void)state;
	assert_ptr_equal(config_level(&conf, &estates[0], 5), &people[5]);
	assert_ptr_equal(config_level(&conf, &estates[1], 5), &people[5]);
	assert_true(staff_serves(&people[5], &estates[1]));
	assert_false(staff_serves(&people[0], &estates[1]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(things_are_found_by_their_names),
		cmocka_unit_test(what_is_not_there_is_not_found),
		cmocka_unit_test(no_key_finds_nothing_even_where_a_field_is_empty),
		cmocka_unit_test(a_mail_address_is_found_in_any_case),
		cmocka_unit_test(a_level_is_looked_for_in_its_estate),
		cmocka_unit_test(a_head_is_looked_for_in_the_estate),
		cmocka_unit_test(staff_without_an_estate_serve_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
