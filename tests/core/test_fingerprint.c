/*
 * Is this the same mail that we had before?
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "core/fingerprint.h"

static const char mail[] = "From: a\nSubject: x\n y\nMessage-ID: <1>\n\nbody\n";

static bool
is_same(const char *other, size_t len)
{
	char a[SHA256_HEX], b[SHA256_HEX];

	fingerprint_mail(mail, strlen(mail), a);
	fingerprint_mail(other, len, b);
	return strcmp(a, b) == 0;
}

static void
trace_headers_and_line_ends_of_the_head_do_not_count(void **state)
{
	static const char *const copies[] = {
		"From: a\r\nSubject: x\r\n y\r\nMessage-ID: <1>\r\n\r\nbody\n",
		"Received: by z\n\tfor q\nReturn-Path: <b>\nFrom: a\n"
		"Subject: x\n y\nMessage-ID: <1>\n\nbody\n",
		"From: a\nSubject: x\n y\nX-Spam: no\n folded\n"
		"DKIM-Signature: v=1\nMessage-ID: <1>\nDelivered-To: c\n\n"
		"body\n",
		"ARC-Seal: i=1\nAuthentication-Results: mx; spf=pass\n"
		"delivered-to: c\nFrom: a\nSubject: x\n y\nMessage-ID: <1>\n\n"
		"body\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(copies); i++)
		assert_true(is_same(copies[i], strlen(copies[i])));
}

static void
everything_else_counts(void **state)
{
	static const char *const others[] = {
		"From: a\nSubject: x\n y\nMessage-ID: <2>\n\nbody\n",
		"From: a\nSubject: x\n y\nMessage-ID: <1>\n\nbody!\n",
		"From: a\nSubject: x\nMessage-ID: <1>\n\nbody\n",
		"From: a\nSubject: x\n y\nMessage-ID: <1>\n\n"
		"Received: by z\nbody\n",
		"From: a\nSubject: x\n y\nMessage-ID: <1>\nbody\n",
		"",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(others); i++)
		assert_false(is_same(others[i], strlen(others[i])));
}

static void
odd_mails_have_a_fingerprint_too(void **state)
{
	static const struct {
		const char *raw;
		size_t len;
	} odd[] = { { "", 0 }, { "\n", 1 }, { "\r", 1 }, { "Received", 8 },
		{ " folded first\n\n", 15 }, { "a\0b: c\n\n\0", 9 },
		{ "\r\r\r\n", 4 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(odd); i++) {
		char hex[SHA256_HEX] = "";

		fingerprint_mail(odd[i].raw, odd[i].len, hex);
		assert_int_equal(strlen(hex), SHA256_HEX - 1);
	}
}

static void
bytes_are_taken_as_they_are(void **state)
{
	char hex[SHA256_HEX];

	(void)state;
	fingerprint_bytes("abc", 3, hex);
	assert_string_equal(hex,
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    trace_headers_and_line_ends_of_the_head_do_not_count),
		cmocka_unit_test(everything_else_counts),
		cmocka_unit_test(odd_mails_have_a_fingerprint_too),
		cmocka_unit_test(bytes_are_taken_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
