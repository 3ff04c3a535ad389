#include "core/calendar.h"
#include "core/classify_words.h"
#include "core/place.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/json.h"
#include "lib/text.h"
#include "reader/own_text.h"
#include "tests/core/cast.h"
#include "tests/core/words.h"

static struct arena arena;
static struct classifier *words;

static int
start(void **state)
{
	(void)state;
	arena_init(&arena, (size_t)256 << 20);
	cast_open();
	words = words_open();
	cast.classifier = words;
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	cast.classifier = NULL;
	classifier_free(&words);
	cast_close();
	arena_done(&arena);
	return 0;
}

static void
what_names_no_matter_of_its_own_adds_to_one(void **state)
{
	static const char *const additions[] = { "下午三点以后我在家",
		"好的,我五点以后在家", "请快点", "门口密码是1234",
		"你们什么时候来", "改到明天上午可以吗", "什么都没修",
		"你们太慢了", "When will you come?", "Please hurry!!",
		"I am home after 5pm", "Please call before you come" };
	static const char *const others[] = { "小区路灯也不亮", "物业费怎么交",
		"停车被堵了", "建议小区增加长椅", "我要投诉", "表扬保安",
		"有煤气味", "进度", "退订", "帮助", "谢谢", "好的", "是", "?",
		"1", "3-2-601", "", "楼上业主的电话告诉我一下",
		"The lift is broken", "加微信领贷款,利息低,点击链接" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(additions); i++)
		if (!classify_is_addition(words, additions[i], NULL, &arena))
			fail_msg("brings a matter: %s", additions[i]);
	for (size_t i = 0; i < ARRAY_COUNT(others); i++)
		if (classify_is_addition(words, others[i], NULL, &arena))
			fail_msg("adds to one: %s", others[i]);
}

static void
what_goes_on_adds_to_the_matter_of_that_trade(void **state)
{
	static const struct {
		const char *text, *category;
		bool adds;
	} rows[] = {
		{ "灯又不亮了", "electrical", true },
		{ "灯又不亮了", "plumbing", false },
		{ "灯不亮了", "electrical", false },
		{ "灯还是不亮", "electrical", true },
		{ "灯还是不亮，我要投诉", "electrical", false },
		{ "还是坏的", "access", true },
		{ "洗衣机坏了", "plumbing", false },
		{ "我家的空调不制冷", "access", false },
		{ "The AC does not cool", "plumbing", false },
		{ "The AC still does not cool", "other", true },
		{ "又有煤气味", "gas", false },
		{ "https://mms.example.cn/leak.jpg", "access", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		if (classify_is_addition(words, rows[i].text, rows[i].category,
			&arena) != rows[i].adds)
			fail_msg("%s (%s)", rows[i].text, rows[i].category);
}

static void
nothing_is_found_before_the_lists_are_sealed(void **state)
{
	struct classifier *empty = classifier_new();
	struct config conf = cast;
	struct understanding got;
	struct err err = { 0 };

	(void)state;
	conf.classifier = empty;
	assert_int_equal(
	    classifier_learn(empty, "w", "[kind request]\nleak", NULL, NULL),
	    0);
	assert_int_equal(classify(&(struct classify_context){ .conf = &conf },
			     &(struct classify_in){ .own = "leak leak" },
			     &arena, &got, &err),
	    0);
	assert_int_equal(got.kind, KIND_UNCLEAR);
	assert_int_equal(classifier_seal(empty, &err), 0);
	assert_int_equal(classifier_seal(empty, &err), -1);
	assert_int_equal(err.kind, ERR_BUG);
	classifier_free(&empty);
	conf.classifier = NULL;
	assert_int_equal(
	    classify(&(struct classify_context){ .conf = &conf },
		&(struct classify_in){ .own = "leak" }, &arena, &got, &err),
	    -1);
}

/* -- kinds that no text decides
 * ------------------------------------------------- */

static struct understanding
seen_as(const struct classify_context *base, const struct classify_in *in)
{
	struct classify_context ctx = *base;
	struct understanding got;
	struct err err = { 0 };

	ctx.conf = &cast;
	if (ctx.estate == NULL)
		ctx.estate = cast.estates;
	assert_int_equal(classify(&ctx, in, &arena, &got, &err), 0);
	return got;
}

static void
a_text_of_links_alone_is_unclear(void **state)
{
	static const struct {
		const char *text;
		bool is_picture;
	} rows[] = {
		{ "https://mms.example.cn/abc-def-leak.jpg", true },
		{ " HTTP://a.cn/leak/x\nwww.b.cn/leaking/y ", true },
		{ "leak_in_kitchen_pipe_2034.JPG", true },
		{ "https://mms.example.cn/abc.jpg 水管漏水", false },
		{ "https://mms.example.cn/abc.jpg水管漏水", false },
		{ "水管漏水 https://mms.example.cn/abc.jpg", false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct classify_in in = { .channel = CHANNEL_SMS,
			.own = rows[i].text };
		const struct classify_context none = { 0 };

		if ((seen_as(&none, &in).kind == KIND_UNCLEAR) !=
		    rows[i].is_picture)
			fail_msg("%s", rows[i].text);
		/* In a mail it is for a human to look at. */
		in.channel = CHANNEL_MAIL;
		assert_int_not_equal(seen_as(&none, &in).kind, KIND_UNCLEAR);
	}
}

/* What lists of a few words make of a text. */
static struct understanding
seen_by(const char *lists, const char *text)
{
	struct classifier *small = classifier_new();
	struct config conf = cast;
	struct understanding got;
	struct err err = { 0 };

	if (classifier_learn(small, "w", lists, words_complain, NULL) < 0 ||
	    classifier_check(small, words_complain, NULL) < 0 ||
	    classifier_seal(small, &err) < 0)
		fail_msg("%s", lists);
	conf.classifier = small;
	assert_int_equal(
	    classify(&(struct classify_context){ .conf = &conf,
			 .estate = cast.estates },
		&(struct classify_in){ .channel = CHANNEL_SMS, .own = text },
		&arena, &got, &err),
	    0);
	classifier_free(&small);
	return got;
}

static void
cues_add_up_near_each_other_only(void **state)
{
	static const char lists[] =
	    "[emergency fire]\nfire\n"
	    "[emergency fire 2]\nhot, glow\n[emergency fire 1]\nred\n"
	    "[emergency fire -3]\nbarbecue\n[emergency any 1]\nhurry\n"
	    "[emergency any -3]\nno rush\n[guard negation]\nno\n";
	static const struct {
		const char *text;
		bool is_alarm;
	} rows[] = {
		{ "fire", true },
		{ "hot and a glow", true },
		{ "hot, hot and hot", false },
		{ "hot and red", false },
		{ "hot and red, hurry", true },
		{ "red, hurry", false },
		{ "fire of a barbecue", false },
		{ "fire, hot and a glow of a barbecue", true },
		{ "hot and a glow, no rush", false },
		{ "no fire", false },
		{ "hot, no glow", false },
	};
	struct buf far;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		if ((seen_by(lists, rows[i].text).severity ==
			SEVERITY_EMERGENCY) != rows[i].is_alarm)
			fail_msg("%s", rows[i].text);
	buf_init(&far, 4096);
	buf_puts(&far, "hot ");
	for (int i = 0; i < 60; i++)
		buf_puts(&far, "soup ");
	buf_puts(&far, "glow");
	assert_null(seen_by(lists, buf_text(&far)).emergency);
	buf_puts(&far, " hot");
	assert_string_equal(seen_by(lists, buf_text(&far)).emergency, "fire");
	buf_done(&far);
}

static void
hints_speak_for_and_against_an_alarm(void **state)
{
	static const char lists[] =
	    "[emergency falling 2]\nloose\n"
	    "[emergency fire]\nfire, fires\n[guard negation]\nno\n[category gas 3]\nstove\n"
	    "[hint danger 5]\naa, bb, cc, dd, ee, ff, gg\n"
	    "[hint calm 5]\nzz, yy, xx, ww\n";
	static const struct {
		const char *text, *emergency;
	} rows[] = {
		{ "aa bb", NULL },
		{ "loose", NULL },
		{ "aa bb loose", "falling" },
		{ "aa loose", NULL },
		{ "aa aa aa loose", NULL },
		{ "aa bb zz loose", NULL },
		/* No word of danger: hints must say more. */
		{ "aa bb cc dd", NULL },
		{ "aa bb cc dd ee ff gg", "injury" },
		{ "aa bb cc dd ee ff gg stove", "gas_leak" },
		{ "fire", "fire" },
		{ "fire zz", NULL },
		{ "fire zz aa", "fire" },
		/* Words that are sure of it bear more. */
		{ "fire loose zz", NULL },
		{ "fire fires zz", "fire" },
		{ "fire fires zz yy xx ww", NULL },
		/* What is denied is no danger, however it sounds. */
		{ "aa bb cc no fire", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct understanding got = seen_by(lists, rows[i].text);

		if (!text_eq(got.emergency, rows[i].emergency))
			fail_msg("%s: %s", rows[i].text,
			    text_or(got.emergency, "none"));
	}
}

static void
machines_come_before_everything(void **state)
{
	static const struct classify_context none = { 0 };

	(void)state;
	assert_int_equal(seen_as(&none, &(struct classify_in){ .own = "着火了",
					    .is_bounce = true })
			     .kind,
	    KIND_BOUNCE);
	assert_int_equal(seen_as(&none, &(struct classify_in){ .own = "#take",
					    .from = FROM_STAFF,
					    .is_auto = true })
			     .kind,
	    KIND_AUTO_REPLY);
	assert_int_equal(
	    seen_as(&none,
		&(struct classify_in){
		    .own = "Nice weather today and a good rest of the week",
		    .spam_hint = true })
		.kind,
	    KIND_SPAM);
}

/* A case of category other, which people see, or unclear: no trade is guessed
 * and no danger. */
static void
what_nobody_can_classify_is_left_to_people(void **state)
{
	static const struct {
		const char *text;
		enum kind kind;
	} rows[] = {
		{ "", KIND_UNCLEAR },
		{ "?", KIND_UNCLEAR },
		{ "7", KIND_UNCLEAR },
		{ "在吗", KIND_UNCLEAR },
		{ "。。。", KIND_UNCLEAR },
		{ "👍👍", KIND_UNCLEAR },
		{ "asdf", KIND_UNCLEAR },
		{ "嗯嗯好", KIND_UNCLEAR },
		{ "lorem ipsum dolor sit amet consectetur adipiscing",
		    KIND_REQUEST },
		{ "丁丙乙甲戊己庚辛壬癸", KIND_REQUEST },
		{ "lorem ipsum dolor sit amet consectetur adipiscing?",
		    KIND_INQUIRY },
	};
	static const struct classify_context none = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct understanding got = seen_as(
		    &none, &(struct classify_in){
			       .channel = CHANNEL_SMS, .own = rows[i].text });

		if (got.kind != rows[i].kind || got.emergency != NULL ||
		    got.severity == SEVERITY_EMERGENCY)
			fail_msg("%s: %s", rows[i].text, kind_name(got.kind));
		if (got.kind == KIND_UNCLEAR)
			assert_null(got.category);
		else
			assert_string_equal(got.category, "other");
	}
}

static void
letters_stop_texts_only_soon_after_ours(void **state)
{
	static const struct classify_context none = { 0 };
	static const struct classify_context recent = { .recent_text = true };
	struct classify_in in = { .channel = CHANNEL_SMS, .own = "N" };

	(void)state;
	assert_int_equal(seen_as(&none, &in).kind, KIND_UNCLEAR);
	assert_int_equal(seen_as(&recent, &in).kind, KIND_OPTOUT);
	in.channel = CHANNEL_MAIL;
	assert_int_equal(seen_as(&recent, &in).kind, KIND_UNCLEAR);
	in.own = "退订";
	assert_int_equal(seen_as(&none, &in).kind, KIND_OPTOUT);
}

/* The words that end texts, by country of the channel and of the number
 * (R53, rules.md 5.7). */
static void
each_country_has_its_words_that_end_texts(void **state)
{
	static const struct {
		const char *own, *country, *number;
		bool recent;
		enum kind kind;
	} rows[] = {
		/* Everywhere. */
		{ "STOP", "86", NULL, false, KIND_OPTOUT },
		{ "stop", "44", "+447911123456", false, KIND_OPTOUT },
		{ "ＳＴＯＰ！", "86", NULL, false, KIND_OPTOUT },
		{ " Stop all. ", "1", NULL, false, KIND_OPTOUT },
		{ "OPT-OUT", "1", NULL, false, KIND_OPTOUT },
		{ "START", "33", NULL, false, KIND_OPTIN },
		/* Everywhere, soon after a text of ours. */
		{ "END", "1", NULL, true, KIND_OPTOUT },
		{ "END", "1", NULL, false, KIND_UNCLEAR },
		{ "cancel", "86", NULL, true, KIND_OPTOUT },
		{ "Quit", "86", NULL, false, KIND_UNCLEAR },
		/* Mainland China, by channel or by number. */
		{ "ＴＤ", "86", "+8613900139001", false, KIND_OPTOUT },
		{ "回T退订", "86", NULL, false, KIND_OPTOUT },
		{ "td。", "1", "+8613900139001", false, KIND_OPTOUT },
		{ "TD", "86", "+14155550100", false, KIND_OPTOUT },
		{ "TD", "1", "+14155550100", true, KIND_UNCLEAR },
		{ "Ｒ", "86", NULL, true, KIND_OPTOUT },
		{ "R", "86", NULL, false, KIND_UNCLEAR },
		{ "T", "44", "+447911123456", true, KIND_UNCLEAR },
		{ "退訂", "852", "+85291234567", false, KIND_OPTOUT },
		{ "恢复", "86", NULL, false, KIND_OPTIN },
		/* A short code has no country; its channel has. */
		{ "TD", "86", "10086", false, KIND_OPTOUT },
		/* Others. */
		{ "ARRET", "33", "+33612345678", false, KIND_OPTOUT },
		{ "Arrêt.", "86", "+33612345678", false, KIND_OPTOUT },
		{ "ARRET", "86", "+8613900139001", false, KIND_UNCLEAR },
		{ "BAJA", "34", NULL, false, KIND_OPTOUT },
		{ "baja", "86", NULL, true, KIND_UNCLEAR },
		/* More than the word is a matter. */
		{ "STOP the leak in my flat", "1", NULL, true,
		    KIND_REQUEST },
		{ "TD 3-2-501厨房水管漏水", "86", NULL, true, KIND_REQUEST },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const char *const countries[] = { rows[i].country, NULL };
		const struct sms_channel sms = { .keyword_countries =
						     countries };
		const struct estate estate = { .sms = &sms };
		struct understanding got = seen_as(
		    &(struct classify_context){
			.estate = &estate,
			.number = rows[i].number,
			.recent_text = rows[i].recent },
		    &(struct classify_in){
			.channel = CHANNEL_SMS, .own = rows[i].own });

		if (got.kind != rows[i].kind)
			fail_msg("%s on +%s from %s: %s", rows[i].own,
			    rows[i].country, text_or(rows[i].number, "nobody"),
			    kind_name(got.kind));
	}
}

static void
a_wish_to_be_called_is_no_matter_of_electricity(void **state)
{
	static const char *const texts[] = { "麻烦打电话给我",
		"请给我回电话。", "Please call me back.", "回电" };
	static const struct classify_context none = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		assert_int_equal(
		    seen_as(&none, &(struct classify_in){
				       .channel = CHANNEL_SMS, .own = texts[i] })
			.kind,
		    KIND_CALLBACK);
}

static void
danger_in_a_rating_or_a_follow_up_is_an_emergency(void **state)
{
	static const struct classify_context rating = { .pending_rating =
							    true };
	static const struct classify_context reply = { .is_reply = true };
	struct understanding got;

	(void)state;
	got = seen_as(&rating, &(struct classify_in){ .channel = CHANNEL_SMS,
				   .own = "1 厨房着火了快来" });
	assert_int_equal(got.kind, KIND_RATING);
	assert_int_equal(got.score, 1);
	assert_int_equal(got.severity, SEVERITY_EMERGENCY);
	got = seen_as(&reply, &(struct classify_in){ .own = "闻到煤气味！！",
				  .subject = "Re: [T261123-0007] 有人被困" });
	assert_int_equal(got.kind, KIND_FOLLOWUP);
	assert_string_equal(got.emergency, "gas_leak");
	assert_false(got.agitated);
}

static void
abuse_and_prying_are_seen(void **state)
{
	static const struct {
		const char *text;
		bool hostile, pries;
	} rows[] = {
		{ "请告诉我3-2-501业主的手机号码", false, true },
		{ "能不能把楼上邻居的微信发给我", false, true },
		{ "Please send me the owner's email address", false, true },
		/* A trouble of their own is a case. */
		{ "楼上漏水，请把楼上业主的电话告诉我", false, false },
		{ "有车堵住车位，请提供车主电话", false, false },
		{ "楼上着火了，快告诉我业主电话", false, false },
		/* Their own number. */
		{ "我是业主，我的电话是13900139001，电梯坏了", false, false },
		{ "物业的电话没人接", false, false },
		{ "你们这帮混蛋，电梯又坏了", true, false },
		{ "You idiots, the lift is broken again", true, false },
		{ "电梯又坏了，太过分了", false, false },
	};
	static const struct classify_context none = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct understanding got = seen_as(
		    &none, &(struct classify_in){ .own = rows[i].text });

		print_message("%s\n", rows[i].text);
		assert_int_equal(got.hostile, rows[i].hostile);
		assert_int_equal(got.asks_owner_data, rows[i].pries);
	}
}

static void
ratings_are_read_as_words_and_numbers(void **state)
{
	static const struct {
		const char *text;
		int score;
	} rows[] = {
		{ "5", 5 },
		{ "５", 5 },
		{ "5分", 5 },
		{ "打5分", 5 },
		{ "五", 5 },
		{ "五星", 5 },
		{ "4。", 4 },
		{ "3 谢谢", 3 },
		{ "很满意", 5 },
		{ "满意", 4 },
		{ "不满意，没修好", 2 },
		{ "非常不满意！", 1 },
		{ "基本满意", 3 },
		{ "一般", 3 },
		{ "A", 5 },
		{ "c", 2 },
		{ "C 没解决", 2 },
		{ "A tap drips", 0 },
		{ "five stars", 5 },
		{ "两颗星", 2 },
		{ "Very satisfied", 5 },
		{ "10分", 0 },
		{ "3.5", 0 },
		{ "3:30 please", 0 },
		{ "3. ok", 3 },
		{ "6", 0 },
		{ "5号楼漏水", 0 },
		{ "5 号楼漏水", 0 },
		{ "3-2-501 漏水", 0 },
		{ "一号楼停水", 0 },
		{ "a pipe burst", 0 },
		{ "51", 0 },
	};
	static const struct classify_context pending = { .pending_rating =
							     true };
	static const struct classify_context none = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct classify_in in = { .channel = CHANNEL_SMS,
			.own = rows[i].text };
		struct understanding got = seen_as(&pending, &in);

		if (got.score != rows[i].score ||
		    (got.kind == KIND_RATING) != (rows[i].score > 0))
			fail_msg("%s: %d", rows[i].text, got.score);
		assert_int_equal(seen_as(&none, &in).score, 0);
	}
}

static void
the_language_is_the_writers(void **state)
{
	static const struct classify_context none = { 0 };

	(void)state;
	assert_int_equal(
	    seen_as(&none, &(struct classify_in){ .own = "The lift is broken" })
		.language,
	    LANGUAGE_EN);
	assert_int_equal(
	    seen_as(&none, &(struct classify_in){ .own = "电梯坏了 lift" })
		.language,
	    LANGUAGE_ZH);
	assert_int_equal(
	    seen_as(&none, &(struct classify_in){ .own = "501" }).language,
	    LANGUAGE_ZH);
}

static void
a_long_hostile_text_is_read_in_one_pass(void **state)
{
	static const struct classify_context none = { 0 };
	struct buf own;
	struct arena large;
	struct classify_context ctx = none;
	struct understanding got;
	struct err err = { 0 };

	(void)state;
	arena_init(&large, (size_t)16 << 20);
	buf_init(&own, 1 << 20);
	for (int i = 0; i < 20000; i++)
		buf_puts(&own, "着火没有如果,");
	ctx.conf = &cast;
	assert_int_equal(
	    classify(&ctx, &(struct classify_in){ .own = buf_text(&own) },
		&large, &got, &err),
	    0);
	assert_false(arena_is_over(&large));
	buf_done(&own);
	arena_done(&large);
}

/* -- how it stands (R42) ------------------------------------------------------
 */

static void
r42_a_question_alone_asks_for_the_status(void **state)
{
	static const struct {
		enum channel channel;
		const char *subject, *own;
		enum kind kind;
	} rows[] = {
		{ CHANNEL_SMS, NULL, "进度", KIND_STATUS_QUERY },
		{ CHANNEL_SMS, NULL, "您好,T261123-0001 进度?",
		    KIND_STATUS_QUERY },
		{ CHANNEL_MAIL, "投诉", "进度", KIND_STATUS_QUERY },
		{ CHANNEL_MAIL, "进度查询", "T261123-0001", KIND_STATUS_QUERY },
		{ CHANNEL_MAIL, "【T261123-0001】进度如何", "",
		    KIND_STATUS_QUERY },
		{ CHANNEL_MAIL, "Re: [T261123-0001] 已收到",
		    "您好！\n请问处理到哪一步了？\n谢谢", KIND_STATUS_QUERY },
		{ CHANNEL_MAIL, "case",
		    "Hello,\nwhat is the status of T261123-0001?\nThanks",
		    KIND_STATUS_QUERY },
		/* Whoever says more is heard by people. */
		{ CHANNEL_MAIL, "进度", "厨房又漏水了", KIND_REQUEST },
		{ CHANNEL_MAIL, "[T261123-0001] 进度", "怎么样了？水还在漏",
		    KIND_REQUEST },
		{ CHANNEL_MAIL, "Hello", "Any news on the gas smell here?",
		    KIND_REQUEST },
		{ CHANNEL_MAIL, "你好", "", KIND_UNCLEAR },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct classify_context ctx = {
			.conf = &cast,
			.estate = &cast.estates[0],
		};
		struct classify_in in = {
			.channel = rows[i].channel,
			.from = FROM_OWNER,
			.subject = rows[i].subject,
			.own = rows[i].own,
		};
		struct understanding seen;
		struct err err = { 0 };

		if (classify(&ctx, &in, &arena, &seen, &err) < 0)
			fail_msg("%s", err.msg);
		if (seen.kind != rows[i].kind)
			fail_msg("row %zu: %s", i, kind_name(seen.kind));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(r42_a_question_alone_asks_for_the_status),
		cmocka_unit_test(what_nobody_can_classify_is_left_to_people),
		cmocka_unit_test(cues_add_up_near_each_other_only),
		cmocka_unit_test(hints_speak_for_and_against_an_alarm),
		cmocka_unit_test(what_names_no_matter_of_its_own_adds_to_one),
		cmocka_unit_test(what_goes_on_adds_to_the_matter_of_that_trade),
		cmocka_unit_test(a_text_of_links_alone_is_unclear),
		cmocka_unit_test(nothing_is_found_before_the_lists_are_sealed),
		cmocka_unit_test(machines_come_before_everything),
		cmocka_unit_test(letters_stop_texts_only_soon_after_ours),
		cmocka_unit_test(each_country_has_its_words_that_end_texts),
		cmocka_unit_test(
		    a_wish_to_be_called_is_no_matter_of_electricity),
		cmocka_unit_test(
		    danger_in_a_rating_or_a_follow_up_is_an_emergency),
		cmocka_unit_test(abuse_and_prying_are_seen),
		cmocka_unit_test(ratings_are_read_as_words_and_numbers),
		cmocka_unit_test(the_language_is_the_writers),
		cmocka_unit_test(a_long_hostile_text_is_read_in_one_pass),
	};

	return cmocka_run_group_tests(tests, start, finish);
}
