/*
 * What every text of ours keeps to.
 */
#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/sms_text.h"
#include "core/text_list.h"
#include "lib/text.h"
#include "tests/support/shipped_texts.h"

typedef void visit_text(
    const char *name, const struct text_facts *, const struct text_rendered *);

static void
each_text(visit_text *visit)
{
	for (size_t i = 0; i < text_row_count; i++) {
		const struct text_row *row = &text_rows[i];

		for (int way = 0; way < 2 * LANGUAGE_COUNT; way++) {
			enum channel channel =
			    way % 2 == 0 ? CHANNEL_MAIL : CHANNEL_SMS;
			struct text_facts facts = shipped_facts(
			    row->name, channel, (enum language)(way / 2));
			struct text_rendered text;

			if (!texts_has(shipped, row->name, channel))
				continue;
			text = shipped_render(row->name, &facts);
			visit(row->name, &facts, &text);
		}
	}
}

static void
check_whole(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	const char *sign = facts->language == LANGUAGE_ZH ? "【阳光物业】"
							   : "[Sunshine PM]";

	assert_null(strstr(text->text, "{{"));
	assert_null(strstr(text->text, "(null)"));
	if (facts->channel == CHANNEL_SMS) {
		struct sms_size size = sms_text_size(
		    &(struct sms_counting){ .max_parts = 2 }, text->text);

		assert_null(text->subject);
		assert_true(text_starts(text->text, sign));
		assert_null(strchr(text->text, '\n'));
		if (getenv("SHOW_TEXTS") != NULL)
			printf("# %zu/%zu %s %s\n", size.parts, size.units,
			    name, text->text);
		if (size.parts > 2)
			fail_msg("%s: %zu parts: %s", name, size.parts,
			    text->text);
		/* One curly quote would double the price. */
		if (facts->language == LANGUAGE_EN && !size.is_gsm7)
			fail_msg("%s is not GSM-7: %s", name, text->text);
		return;
	}
	assert_false(text_is_empty(text->subject));
	assert_null(strstr(text->subject, "{{"));
	assert_null(strstr(text->text, "\n\n\n"));
	if (getenv("SHOW_TEXTS") != NULL)
		printf("# == %s\n# %s\n%s\n", name, text->subject, text->text);
	if (strstr(text->subject, "T261123-0007") != NULL)
		assert_true(text_starts(text->subject, "[T261123-0007] "));
}

static void
every_text_is_whole_and_short_in_both_languages(void **state)
{
	(void)state;
	each_text(check_whole);
}

/* A mail program that does not mark quotes brings our own words back as the
 * writer's; a hint at the start of a line would then be a command. */
static void
check_commands(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	(void)facts;
	for (const char *line = text->text; line != NULL;
	    line = strchr(line, '\n')) {
		line += strspn(line, "\n ");
		if (*line == '#' || text_starts(line, "＃"))
			fail_msg("%s: a command hint starts a line: %s", name,
			    line);
	}
}

static void
no_hint_can_be_taken_for_a_command(void **state)
{
	(void)state;
	each_text(check_commands);
}

/* rules.md 5.26. */
static void
check_courtesy(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	static const char *const words[LANGUAGE_COUNT][5] = {
		[LANGUAGE_ZH] = { "您" },
		[LANGUAGE_EN] = { "lease", "hank", "orry", "Dear " },
	};

	/* The words of others do not count for ours. */
	if (text_eq(name, "staff_reply") || text_eq(name, "outcome"))
		return;
	if (shipped_is_for_staff(name))
		return;
	for (const char *const *word = words[facts->language]; *word != NULL;
	    word++) {
		if (strstr(text->text, *word) != NULL)
			return;
	}
	fail_msg("%s has no courtesy word: %s", name, text->text);
}

static void
every_text_to_owners_has_a_courtesy_word(void **state)
{
	(void)state;
	each_text(check_courtesy);
}

/* The incident is called by the number of another household's case (R41). */
static void
check_isolation(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	(void)facts;
	if (!shipped_is_for_staff(name) &&
	    strstr(text->text, "T261123-0001") != NULL)
		fail_msg("%s names the case of another", name);
}

static void
r41_no_text_to_owners_names_the_case_of_another(void **state)
{
	static const char *const texts[] = { "ack", "ack_soothe" };
	struct text_facts facts;

	(void)state;
	each_text(check_isolation);
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		assert_false(text_data_offers(
		    "incident.number", text_rows[i].mail));
		facts = shipped_facts(texts[i], CHANNEL_MAIL, LANGUAGE_ZH);
		assert_non_null(strstr(shipped_render(texts[i], &facts).text,
		    "由工程部孙先生统一处理"));
		assert_non_null(
		    strstr(shipped_render(texts[i], &facts).text, "正在抢修"));
	}
}

/* rules.md 2.9: what no text of ours says to an owner. */
static void
check_promises(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	static const char *const words[] = { "保证", "一定", "肯定", "绝对",
		"马上", "立刻", "永远", "赔偿", "尽快", "请放心", "满意的答复",
		"法定", "没办法", "不知道", "优惠", "guarantee", "promise",
		"definitely", "certainly", "compensate", "refund", "waive",
		"fixed", "as soon as possible" };

	(void)facts;
	if (shipped_is_for_staff(name))
		return;
	for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
		if (strstr(text->text, words[i]) != NULL)
			fail_msg("%s says %s", name, words[i]);
	}
}

static void
no_text_to_owners_promises_or_advertises(void **state)
{
	(void)state;
	each_text(check_promises);
}

/* R40, rules.md 5.35. */
static void
check_masked(const char *name, const struct text_facts *facts,
    const struct text_rendered *text)
{
	bool is_alert = text_eq(name, "alert");

	if (!shipped_is_for_staff(name) ||
	    (facts->channel == CHANNEL_MAIL && !is_alert))
		return;
	assert_null(strstr(text->text, "13900139001"));
	assert_null(strstr(text->text, "wang@owner.example"));
	assert_null(strstr(text->text, "王芳"));
	if (is_alert)
		assert_non_null(strstr(text->text, "501"));
}

static void
alerts_and_texts_to_staff_mask_the_owner_but_not_the_place(void **state)
{
	(void)state;
	each_text(check_masked);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    every_text_is_whole_and_short_in_both_languages),
		cmocka_unit_test(no_hint_can_be_taken_for_a_command),
		cmocka_unit_test(every_text_to_owners_has_a_courtesy_word),
		cmocka_unit_test(
		    r41_no_text_to_owners_names_the_case_of_another),
		cmocka_unit_test(no_text_to_owners_promises_or_advertises),
		cmocka_unit_test(
		    alerts_and_texts_to_staff_mask_the_owner_but_not_the_place),
	};

	return cmocka_run_group_tests(tests, shipped_open, shipped_close);
}
