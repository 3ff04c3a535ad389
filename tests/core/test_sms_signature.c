#include "tests/support/cmocka_fence.h"

#include "core/config.h"
#include "core/sms_ready.h"
#include "core/sms_signature.h"
#include "lib/arena.h"
#include "lib/cleanup.h"

static const struct estate estate = { .signature = "阳光物业",
	.signature_en = "Sunshine PM" };

static void
a_text_is_signed_once(void **state)
{
	static const struct {
		const char *ours, *gateways; /* signatures */
		const char *given, *signed_text;
	} cases[] = {
		{ NULL, NULL, "【阳光物业】您好", "【阳光物业】您好" },
		{ NULL, NULL, "[Sunshine PM] Hello", "[Sunshine PM] Hello" },
		{ "阳光物业", NULL, "【阳光物业】您好", "【阳光物业】您好" },
		{ "阳光物业", NULL, "您好", "【阳光物业】您好" },
		{ "阳光物业", NULL, "[Sunshine PM] Hello",
		    "【阳光物业】Hello" },
		/* The carrier knows the channel's, not the estate's. */
		{ "大阳光集团", NULL, "【阳光物业】您好", "【大阳光集团】您好" },
		{ "大阳光集团", NULL, "【月光物业】您好", "【月光物业】您好" },
		{ "大阳光集团", NULL, "[1] see", "【大阳光集团】[1] see" },
		/* Not closed, or longer than any signature. */
		{ "阳光物业", NULL, "【注意", "【阳光物业】【注意" },
		{ "阳光物业", NULL, "【一二三四五六七八九十一二三四五六七八九十一】x",
		    "【阳光物业】【一二三四五六七八九十一二三四五六七八九十一】x" },
		{ "阳光物业", NULL, "", "【阳光物业】" },
		{ NULL, "某物业", "【阳光物业】您好", "您好" },
		{ NULL, "某物业", "[Sunshine PM] Hello", "Hello" },
		{ NULL, "某物业", "【某物业】您好", "您好" },
		{ NULL, "某物业", "您好【某物业】", "您好【某物业】" },
	};
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 16);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct sms_channel channel = {
			.signature = cases[i].ours,
			.counting = { .signature = cases[i].gateways },
		};

		assert_string_equal(sms_signature_put(&channel, &estate,
					cases[i].given, &arena),
		    cases[i].signed_text);
	}
}

static void
a_signature_has_two_to_twenty_characters_and_no_brackets(void **state)
{
	static const struct {
		const char *signature;
		bool is_valid;
	} cases[] = {
		{ "阳光", true },
		{ "Sunshine PM", true },
		{ "一二三四五六七八九十一二三四五六七八九十", true },
		{ "一二三四五六七八九十一二三四五六七八九十一", false },
		{ "阳", false },
		{ "", false },
		{ "【阳光物业】", false },
		{ "阳光]物业", false },
		{ "阳光\n物业", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_int_equal(sms_signature_is_valid(cases[i].signature),
		    cases[i].is_valid);
}

/* Brackets of the signature are no GSM 7 bit, so folding gains nothing. */
static void
what_leaves_is_signed_before_it_is_folded(void **state)
{
	struct sms_channel channel = { .folds = true };
	struct arena arena scoped(arena_done);

	(void)state;
	arena_init(&arena, 1 << 16);
	assert_string_equal(
	    sms_ready(&channel, &estate, "it’s", &arena), "it's");
	channel.folds = false;
	assert_string_equal(
	    sms_ready(&channel, &estate, "it’s", &arena), "it’s");
	channel.folds = true;
	channel.signature = "阳光物业";
	assert_string_equal(sms_ready(&channel, &estate, "it’s", &arena),
	    "【阳光物业】it’s");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_signed_once),
		cmocka_unit_test(
		    a_signature_has_two_to_twenty_characters_and_no_brackets),
		cmocka_unit_test(what_leaves_is_signed_before_it_is_folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
