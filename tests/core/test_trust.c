/* Authentication-Results (RFC 8601) as rules.md 5.12 and 5.42 read them. */
#include "tests/support/cmocka_fence.h"

#include "core/trust.h"
#include "lib/cleanup.h"

static const char *const staff_domains[] = { "sunshine.example", NULL };
static const struct estate estate = {
	.authserv_id = "mx.sunshine.example",
	.staff_domains = staff_domains,
};

static void
results_are_read_as_the_rfc_writes_them(void **state)
{
	static const struct {
		const char *header;
		enum trust owner, staff;
	} table[] = {
		{ "mx.sunshine.example; dkim=pass header.d=x.example",
		    TRUST_PASSED, TRUST_PASSED },
		{ "mx.sunshine.example; spf=fail smtp.mailfrom=x.example",
		    TRUST_FAILED, TRUST_FAILED },
		{ "mx.sunshine.example;\tdkim=pass;\tdmarc=fail",
		    TRUST_FAILED, TRUST_FAILED },
		{ "MX.Sunshine.Example 1; DKIM=PASS", TRUST_PASSED,
		    TRUST_PASSED },
		{ "mx.sunshine.example (Postfix) ; spf = pass (ok; fail=no)",
		    TRUST_PASSED, TRUST_PASSED },
		{ "mx.sunshine.example; none", TRUST_UNKNOWN, TRUST_FAILED },
		{ "mx.sunshine.example; spf=none; dkim=none", TRUST_UNKNOWN,
		    TRUST_FAILED },
		{ "mx.sunshine.example; spf=softfail", TRUST_FAILED,
		    TRUST_FAILED },
		{ "mx.sunshine.example; x-other=fail; dkim=pass",
		    TRUST_PASSED, TRUST_PASSED },
		{ "mx.sunshine.example; dkim=pass reason=\"a; spf=fail\"",
		    TRUST_PASSED, TRUST_PASSED },
		{ "mx.evil.example; dkim=pass", TRUST_UNKNOWN, TRUST_FAILED },
		{ "mx.sunshine.example.evil.example; dkim=pass",
		    TRUST_UNKNOWN, TRUST_FAILED },
		{ "", TRUST_UNKNOWN, TRUST_FAILED },
		{ "mx.sunshine.example; dkim=pass (", TRUST_PASSED,
		    TRUST_PASSED },
		{ "mx.sunshine.example; dkim=", TRUST_UNKNOWN, TRUST_FAILED },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		struct message message = {
			.from.addr = "wang@owner.example",
			.auth_results = { table[i].header },
			.auth_result_count = 1,
		};

		print_message("%s\n", table[i].header);
		assert_int_equal(
		    trust_of(&estate, &message), table[i].owner);
		message.from.addr = "lin@Sunshine.Example";
		assert_int_equal(
		    trust_of(&estate, &message), table[i].staff);
	}
}

static void
one_failure_among_several_headers_counts(void **state)
{
	const struct message message = {
		.from.addr = "lin@sunshine.example",
		.auth_results = { "mx.sunshine.example; dkim=pass",
		    "mx.sunshine.example; spf=fail" },
		.auth_result_count = 2,
	};

	(void)state;
	assert_int_equal(trust_of(&estate, &message), TRUST_FAILED);
}

static void
without_an_authserv_id_nothing_is_known(void **state)
{
	const struct estate bare = { .staff_domains = staff_domains };
	const struct message message = {
		.from.addr = "lin@sunshine.example",
		.auth_results = { "mx.sunshine.example; dkim=fail" },
		.auth_result_count = 1,
	};

	(void)state;
	assert_int_equal(trust_of(&bare, &message), TRUST_UNKNOWN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_are_read_as_the_rfc_writes_them),
		cmocka_unit_test(one_failure_among_several_headers_counts),
		cmocka_unit_test(without_an_authserv_id_nothing_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
