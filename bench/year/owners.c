/*
 * Owners and strangers: what they write of their own accord, and what they
 * answer to us.
 */
#include "bench/year/world.h"
#include "core/limits.h"
#include "lib/text.h"

#include <stdio.h>
#include <string.h>

/* ---- one message of a household ---- */

static struct household *
home_of(struct world *world, int who)
{
	return &world->households[who];
}

static void
write_mail(struct world *world, const struct household *home,
    const char *subject, const char *text, const struct letter *answers)
{
	post_mail(world, &(struct mail){ .from = home->mail,
			     .subject = subject,
			     .text = text,
			     .has_photo = dice_permille(world, 80),
			     .answers = answers });
}

/* By the channel that they like, on what they heard last where it fits. */
static void
say(struct world *world, const struct household *home, const char *text,
    bool is_answer)
{
	const struct letter *last = is_answer ? &home->last : NULL;
	bool by_mail = home->likes_mail;

	if (is_answer)
		by_mail = !home->has_phone ||
			  (home->has_mail && last->channel == CHANNEL_MAIL);
	if (by_mail)
		write_mail(world, home, "请处理", text,
		    last != NULL && last->message_id[0] != '\0' ? last : NULL);
	else
		post_text(world, home->phone, text);
}

/* ---- a new matter ---- */

static void
introduce(struct world *world, const struct household *home, struct buf *text)
{
	if (dice_permille(world, 500))
		buf_printf(text,
		    home->is_english ? " This is %s, %s-%s-%s."
				     : "我是%s，住%s-%s-%s。",
		    home->name, home->building, home->unit, home->room);
	if (dice_permille(world, 300))
		buf_printf(text, home->is_english ? " Call %s." : "电话%s。",
		    home->phone + 3);
}

static void
new_matter(struct world *world, const struct errand *plan)
{
	static const char *const anger[] = {
		"太过分了！！！第三次了，再不解决我就打12345曝光你们！！",
		" This is the third time! Unacceptable!!",
		"你们物业到底管不管？我要找律师！",
	};
	struct household *home = home_of(world, plan->who);
	struct buf text scoped(buf_done);
	int roll = dice_below(world, 1000);
	enum say kind = roll < 40    ? SAY_EMERGENCY
			: roll < 780 ? SAY_MATTER
				     : SAY_SMALL;

	buf_init(&text, LIMIT_TEXT_BYTES);
	buf_puts(&text, words_say(world, kind));
	if (kind == SAY_MATTER && dice_permille(world, 60))
		buf_puts(&text, DICE_PICK(world, anger));
	if (kind == SAY_MATTER && dice_permille(world, 15))
		buf_puts(&text, "我要投诉你们的林晓，态度很差。");
	introduce(world, home, &text);
	say(world, home, buf_text(&text), false);
}

static void
stranger_asks(struct world *world, const struct errand *plan)
{
	char from[40];

	(void)plan;
	(void)snprintf(from, sizeof(from), "visitor%d@else.example",
	    dice_below(world, 300));
	post_mail(world, &(struct mail){ .from = from,
			     .subject = "咨询",
			     .text = words_say(world, SAY_SMALL) });
}

/* ---- about a case ---- */

/* Somebody who has heard of a case of theirs lately. */
static struct household *
somebody(struct world *world)
{
	if (world->recent_count == 0)
		return NULL;
	return home_of(
	    world, world->recent[dice_below(world, (int)world->recent_count)]);
}

const char *
owners_some_number(struct world *world)
{
	const struct household *home = somebody(world);

	return home == NULL ? "T260101-0001" : home->last.number;
}

static void
say_about_case(struct world *world, const char *const *lines, int count)
{
	struct household *home = somebody(world);

	if (home != NULL)
		say(world, home, lines[dice_below(world, count)], true);
}

static void
follow_up(struct world *world, const struct errand *plan)
{
	static const char *const lines[] = {
		"还没有人来，请尽快。",
		"补充一下：水是从吊顶漏下来的。",
		"怎么还没修好？又漏了，没修好！",
		"Any news? Nobody came.",
		"It is still not fixed.",
		"现在漏水很大，电表箱在冒烟，快来！",
		"地址是2号楼1单元301。",
		"师傅来过了，说明天再来。",
		"你们处理得不对，我不同意。",
		"请问需要我在家吗？",
	};

	(void)plan;
	say_about_case(world, lines, (int)ARRAY_COUNT(lines));
}

static void
thank(struct world *world, const struct errand *plan)
{
	static const char *const lines[] = { "谢谢", "好的，谢谢！", "收到",
		"Thanks!", "OK, thank you" };

	(void)plan;
	say_about_case(world, lines, (int)ARRAY_COUNT(lines));
}

/* The number of their case, or of somebody else's. */
static void
ask_status(struct world *world, const struct errand *plan)
{
	struct household *home = somebody(world), *other = somebody(world);
	char text[64];

	(void)plan;
	if (home == NULL || other == NULL)
		return;
	if (dice_permille(world, 200))
		home = other;
	(void)snprintf(text, sizeof(text), "%s %s",
	    dice_permille(world, 300) ? "status" : "进度",
	    dice_permille(world, 500) ? other->last.number : "");
	say(world, home, text, false);
}

static void
withdraw(struct world *world, const struct errand *plan)
{
	struct household *home = somebody(world);
	char text[64];

	(void)plan;
	if (home == NULL)
		return;
	(void)snprintf(text, sizeof(text), "撤回 %s", home->last.number);
	say(world, home, text, false);
}

static void
say_word(struct world *world, const struct errand *plan)
{
	const struct household *home = home_of(world, plan->who);

	if (home->has_phone)
		post_text(world, home->phone, plan->words);
	else
		write_mail(world, home, plan->words, plan->words, NULL);
}

/* ---- machines and strangers ---- */

static void
spam(struct world *world, const struct errand *plan)
{
	char from[40];

	(void)plan;
	if (dice_permille(world, 400)) {
		(void)snprintf(from, sizeof(from), "+8617000%06d",
		    dice_below(world, 1000000));
		post_text(world, from, words_say(world, SAY_SPAM));
		return;
	}
	(void)snprintf(from, sizeof(from), "offer%d@shop.example",
	    dice_below(world, 1000));
	post_mail(world, &(struct mail){ .from = from,
			     .subject = "代开发票",
			     .text = words_say(world, SAY_SPAM) });
}

static void
machine(struct world *world, const struct errand *plan)
{
	static const struct {
		const char *headers, *subject;
	} kinds[] = {
		{ "Auto-Submitted: auto-replied\r\n", "自动回复：我在休假" },
		{ "Precedence: bulk\r\nList-Id: <news.shop.example>\r\n",
		    "Newsletter" },
		{ "X-Autoreply: yes\r\n", "Out of office" },
	};
	int kind = dice_below(world, (int)ARRAY_COUNT(kinds));
	const struct household *home = home_of(world, plan->who);

	post_mail(
	    world, &(struct mail){ .from = home->mail,
		       .subject = kinds[kind].subject,
		       .headers = kinds[kind].headers,
		       .text = "我正在休假，回来后回复您。电梯坏了也请找前台。",
		       .answers = home->last.message_id[0] != '\0' &&
					  dice_permille(world, 500)
				      ? &home->last
				      : NULL });
}

static void
twice(struct world *world, const struct errand *plan)
{
	(void)plan;
	post_again(world);
}

/* The gateway did not hear our 200 and pushes the same under a new id. */
static void
say_twice(struct world *world, const struct errand *plan)
{
	const struct household *home = home_of(world, plan->who);
	const char *text = words_say(world, SAY_MATTER);

	post_text(world, home->phone, text);
	post_text(world, home->phone, text);
}

static void
garbage(struct world *world, const struct errand *plan)
{
	static const char head[] = "From: <x@else.example>\r\nSubject: big\r\n"
				   "Message-ID: <big@else.example>\r\n\r\n";

	(void)plan;
	post_raw(world, head, sizeof(head) - 1, dice_permille(world, 500));
}

/* ---- what they answer to us ---- */

static void
answer(struct world *world, const struct errand *plan)
{
	const struct household *home = home_of(world, plan->who);

	if (plan->letter.channel == CHANNEL_MAIL)
		write_mail(world, home, "", plan->words, &plan->letter);
	else
		post_text(world, home->phone, plan->words);
}

struct habit {
	const char *template_name;
	int permille;
	const char *words[8];
};

static const struct habit habits[] = {
	{ "rating_request", 550,
	    { "5", "4", "满意", "3", "1", "2 还是漏水", "很满意，谢谢师傅",
		"5分" } },
	{ "survey", 500,
	    { "5", "4分", "2", "10分", "很满意", "3 楼道灯坏了",
		"都挺好的", "1 没人打扫" } },
	{ "home_visit_ask", 500,
	    { "周六下午都可以", "不用了，谢谢", "我这周都在家", NULL } },
	{ "ack_clarify", 600,
	    { "3号楼2单元501，厨房水槽下面", "6-1-201 卫生间",
		"Building 5 Unit 1 Room 1002", "在地下车库", NULL } },
	{ "withdraw_ask", 700, { "是", "Y", "是的", "不用了", NULL } },
	{ "outcome", 200,
	    { "谢谢", "没修好，又坏了", "好的", "Still not fixed, sorry.",
		"可以，谢谢", NULL } },
	{ "staff_reply", 150, { "好的", "明天我在家", "不行，太晚了", NULL } },
	{ "reopened", 80, { "谢谢", "快点", NULL } },
	{ "optout", 100, { "恢复", "TD", NULL } },
	{ "ack", 20, { "还有一件事：楼道灯也不亮", NULL } },
};

static int
count_words(const struct habit *habit)
{
	int count = 0;

	while (count < (int)ARRAY_COUNT(habit->words) &&
	       habit->words[count] != NULL)
		count++;
	return count;
}

static void
remember(struct world *world, int who, const struct letter *letter)
{
	size_t room = ARRAY_COUNT(world->recent);

	if (letter->number[0] == '\0')
		return;
	world->households[who].last = *letter;
	if (world->recent_count < room)
		world->recent[world->recent_count++] = who;
	else
		world->recent[dice_below(world, (int)room)] = who;
}

void
owners_hear(struct world *world, const struct letter *letter)
{
	int who = people_of(letter->address);

	if (who < 0 || who >= world->setup.households)
		return;
	remember(world, who, letter);
	for (size_t i = 0; i < ARRAY_COUNT(habits); i++) {
		const struct habit *habit = &habits[i];

		if (!text_eq(habit->template_name, letter->template_name) ||
		    !dice_permille(world, habit->permille))
			continue;
		plan_add(world,
		    world->now + dice_time(world, MSEC_MINUTE, 20 * MSEC_HOUR),
		    &(struct errand){ .happen = answer,
			.who = who,
			.words =
			    habit->words[dice_below(world, count_words(habit))],
			.letter = *letter });
	}
}

/* ---- the year ---- */

static const struct {
	int permille;
	void (*happen)(struct world *world, const struct errand *plan);
	const char *words;
} occasions[] = {
	{ 610, new_matter, NULL },
	{ 15, stranger_asks, NULL },
	{ 130, follow_up, NULL },
	{ 60, ask_status, NULL },
	{ 35, thank, NULL },
	{ 12, withdraw, NULL },
	{ 10, say_word, "人工" },
	{ 5, say_word, "帮助" },
	{ 8, say_word, "退订" },
	{ 3, say_word, "STOP" },
	{ 5, say_word, "恢复" },
	{ 10, say_word, "?" },
	{ 30, spam, NULL },
	{ 30, machine, NULL },
	{ 20, twice, NULL },
	{ 7, say_twice, NULL },
	{ 10, garbage, NULL },
};

/* What answers to ours, and what bounces, is a part of the year's messages:
 * some occasions are let pass for it. */
static bool
is_enough(const struct world *world)
{
	msec_t passed = world->now - world->begin;
	msec_t whole = world->end - world->begin;

	return post_count(world) > world->setup.messages * passed / whole + 20;
}

static void
take_occasion(struct world *world, const struct errand *plan)
{
	if (!is_enough(world))
		occasions[plan->result].happen(world, plan);
}

static void
plan_one(struct world *world, msec_t at)
{
	int roll = dice_below(world, 1000);

	for (size_t i = 0; i < ARRAY_COUNT(occasions); i++) {
		roll -= occasions[i].permille;
		if (roll >= 0)
			continue;
		plan_add(world, at,
		    &(struct errand){ .happen = take_occasion,
			.result = (int)i,
			.who = dice_below(world, world->setup.households),
			.words = occasions[i].words });
		return;
	}
}

/* Most of it by day, some at three in the morning. */
static msec_t
some_time(struct world *world)
{
	msec_t at = dice_time(world, world->begin, world->end - 1);

	if (world_minute(world, at) < 7 * 60 && dice_permille(world, 800))
		at += 9 * MSEC_HOUR;
	return at;
}

void
owners_plan_year(struct world *world)
{
	for (int i = 0; i < world->setup.messages; i++)
		plan_one(world, some_time(world));
}
