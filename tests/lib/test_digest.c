/*
 * Hashes and their spellings, with the vectors of their standards.
 */
#include "tests/support/cmocka_fence.h"

#include <string.h>

#include "lib/digest.h"

/* FIPS 180-4 and the NIST example values. */
static void
sha256_gives_the_known_values(void **state)
{
	static const struct {
		const char *text, *hex;
	} table[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb924"
		      "27ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223"
			 "b00361a396177a9cb410ff61f20015ad" },
	};
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		digest_sha256(table[i].text, strlen(table[i].text), digest);
		digest_hex(digest, sizeof(digest), hex);
		assert_string_equal(hex, table[i].hex);
	}
}

/* RFC 4231, test cases 1, 2, 3, 6 and 7. */
static void
hmac_gives_the_values_of_rfc_4231(void **state)
{
	static const struct {
		int key_byte; /* repeated; 0: key_text */
		size_t key_len;
		const char *key_text;
		int byte;
		size_t len;
		const char *text, *hex;
	} table[] = {
		{ 0x0b, 20, NULL, 0, 8, "Hi There",
		    "b0344c61d8db38535ca8afceaf0bf12b"
		    "881dc200c9833da726e9376c2e32cff7" },
		{ 0, 4, "Jefe", 0, 28, "what do ya want for nothing?",
		    "5bdcc146bf60754e6a042426089575c7"
		    "5a003f089d2739839dec58b964ec3843" },
		{ 0xaa, 20, NULL, 0xdd, 50, NULL,
		    "773ea91e36800e46854db8ebd09181a7"
		    "2959098b3ef8c122d9635514ced565fe" },
		{ 0xaa, 131, NULL, 0, 54,
		    "Test Using Larger Than Block-Size Key - Hash Key First",
		    "60e431591ee0b67f0d8a26aacbf5b77f"
		    "8e0bc6213728c5140546040f0ee37f54" },
		{ 0xaa, 131, NULL, 0, 152,
		    "This is a test using a larger than block-size key and a "
		    "larger than block-size data. The key needs to be hashed "
		    "before being used by the HMAC algorithm.",
		    "9b09ffa71b942fcb27635fbcd5b0e944"
		    "bfdc63644f0713938a7f51535c3a35e2" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(table); i++) {
		uint8_t key[131], data[152], mac[SHA256_BYTES];
		char hex[SHA256_HEX];

		memset(key, table[i].key_byte, sizeof(key));
		memset(data, table[i].byte, sizeof(data));
		if (table[i].key_text != NULL)
			memcpy(key, table[i].key_text, table[i].key_len);
		if (table[i].text != NULL)
			memcpy(data, table[i].text, table[i].len);
		digest_hmac_sha256(
		    key, table[i].key_len, data, table[i].len, mac);
		digest_hex(mac, sizeof(mac), hex);
		assert_string_equal(hex, table[i].hex);
	}
}

/* RFC 4648 section 10, in lower case and without padding. */
static void
base_32_gives_the_values_of_rfc_4648(void **state)
{
	static const char *const spelled[] = { "", "my", "mzxq", "mzxw6",
		"mzxw6yq", "mzxw6ytb", "mzxw6ytboi" };
	char text[16];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(spelled); i++) {
		digest_base32((const uint8_t *)"foobar", i, text);
		assert_string_equal(text, spelled[i]);
	}
}

static void
bytes_are_compared_to_the_end(void **state)
{
	(void)state;
	assert_true(digest_eq("abc", "abc", 3));
	assert_false(digest_eq("abc", "abd", 3));
	assert_false(digest_eq("xbc", "abc", 3));
	assert_true(digest_eq("abc", "xyz", 0));
	assert_true(digest_eq_text("abc", "abc"));
	assert_true(digest_eq_text("", ""));
	assert_false(digest_eq_text("abc", "abd"));
	assert_false(digest_eq_text("abc", "abcd"));
	assert_false(digest_eq_text("", "abc"));
	assert_false(digest_eq_text(NULL, ""));
}

static void
random_bytes_differ(void **state)
{
	uint8_t one[32] = { 0 }, other[32] = { 0 };

	(void)state;
	digest_random(one, sizeof(one));
	digest_random(other, sizeof(other));
	assert_memory_not_equal(one, other, sizeof(one));
}

static void
hexadecimal_is_read_back_or_refused(void **state)
{
	static const char *const wrong[] = { "", "0", "00ff1", "00ff1g",
		"00ff1-", "00ff1 ", "00ff100", "00ff1/", "00ff1@", "00ff1`" };
	uint8_t bytes[3] = { 0 };

	(void)state;
	assert_int_equal(digest_unhex("00fF1a", bytes, sizeof(bytes)), 0);
	assert_memory_equal(bytes, "\0\xff\x1a", 3);
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		assert_int_equal(
		    digest_unhex(wrong[i], bytes, sizeof(bytes)), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_gives_the_known_values),
		cmocka_unit_test(hmac_gives_the_values_of_rfc_4231),
		cmocka_unit_test(hexadecimal_is_read_back_or_refused),
		cmocka_unit_test(base_32_gives_the_values_of_rfc_4648),
		cmocka_unit_test(bytes_are_compared_to_the_end),
		cmocka_unit_test(random_bytes_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
