/*
 * Staff: some answer in time, some late, badly or never, and each of them is
 * away for some weeks, with a machine that says so.
 */
#include "bench/year/world.h"
#include "core/calendar.h"
#include "core/limits.h"
#include "core/zone.h"
#include "lib/text.h"

#include <stdio.h>
#include <string.h>

/* How often, of a thousand, somebody does anything at all with what they
 * get; and how often that is late. */
static const struct temper {
	const char *id;
	int acts, is_late;
} tempers[] = {
	{ "lin", 970, 50 },
	{ "zhou", 900, 150 },
	{ "chen", 900, 200 },
	{ "wu", 850, 200 },
	{ "zheng", 800, 300 },
	{ "he", 600, 500 },
	{ "sun", 950, 100 },
	{ "li", 900, 150 },
	{ "qian", 850, 200 },
	{ "zhao", 450, 600 },
	{ "feng", 700, 300 },
};

static struct temper
temper_of(const struct staff *staff)
{
	for (size_t i = 0; i < ARRAY_COUNT(tempers); i++)
		if (text_eq(tempers[i].id, staff->id))
			return tempers[i];
	return (struct temper){ staff->id, 800, 200 };
}

/* Two weeks, twice a year, another time for each. */
static bool
is_away(const struct world *world, int who)
{
	msec_t day = (world->now - world->begin) / MSEC_DAY;

	return (day + (msec_t)who * 17) % 180 < 14;
}

/* ---- writing ---- */

static const struct staff *
staff_at(const struct world *world, int who)
{
	return &world->conf->staff[who];
}

static void
write(struct world *world, const struct staff *staff,
    const struct letter *letter, const char *text)
{
	world->figures.answers++;
	if (letter->channel == CHANNEL_SMS)
		post_text(world, staff->phone, text);
	else
		post_mail(world,
		    &(struct mail){
			.from = staff->mail, .text = text, .answers = letter });
}

/* "%T" a time some hours ahead, "%P" one that is past, "%D" a day to come,
 * "%N" the case's number, "%S" its last digits, "%O" another case's number,
 * "%I" the PIN. */
static void
fill(struct world *world, const struct errand *plan, struct buf *ret)
{
	const char *serial = strchr(plan->letter.number, '-');

	for (const char *at = plan->words; *at != '\0'; at++) {
		struct local_time t;
		msec_t when = world->now;

		if (*at != '%') {
			buf_putc(ret, *at);
			continue;
		}
		at++;
		if (*at == 'N')
			buf_puts(ret, plan->letter.number);
		else if (*at == 'S')
			buf_puts(ret, serial == NULL ? "9999" : serial + 1);
		else if (*at == 'O')
			buf_puts(ret, owners_some_number(world));
		else if (*at == 'I')
			buf_puts(ret, staff_at(world, plan->who)->pin);
		if (strchr("TPD", *at) == NULL)
			continue;
		when += *at == 'P'
			    ? -dice_time(world, MSEC_HOUR, MSEC_DAY)
			    : dice_time(world, 2 * MSEC_HOUR, 4 * MSEC_DAY);
		t = zone_local(world->estate->zone, when);
		buf_printf(ret, "%02d-%02d", t.month, t.day);
		if (*at != 'D')
			buf_printf(ret, " %02d:00", t.hour);
	}
}

/* What is said about a case that is over, too. */
static bool
is_late_word(const char *words)
{
	static const char *const starts[] = { "#undo", "#feedback", "#反馈",
		"#after-report", "#补报", "#close", "#reopen" };

	for (size_t i = 0; i < ARRAY_COUNT(starts); i++)
		if (text_starts(words, starts[i]))
			return true;
	return words[0] != '#';
}

/* Most people see that a colleague was faster. */
static bool
is_done_with(struct world *world, const struct errand *plan)
{
	return plan->letter.case_id != 0 &&
	       !watch_is_open(world, plan->letter.case_id) &&
	       !is_late_word(plan->words) && !dice_permille(world, 150);
}

static void
do_write(struct world *world, const struct errand *plan)
{
	struct buf text scoped(buf_done) = { 0 };

	if (is_done_with(world, plan))
		return;
	buf_init(&text, LIMIT_TEXT_BYTES);
	fill(world, plan, &text);
	write(
	    world, staff_at(world, plan->who), &plan->letter, buf_text(&text));
}

static void
be_away(struct world *world, const struct errand *plan)
{
	const struct staff *staff = staff_at(world, plan->who);

	world->figures.answers++;
	post_mail(world, &(struct mail){ .from = staff->mail,
			     .headers = "Auto-Submitted: auto-replied\r\n",
			     .text = "我正在休假，有急事请联系同事。",
			     .answers = &plan->letter });
}

static void
plan_words(struct world *world, const struct errand *plan, msec_t after,
    const char *words)
{
	struct errand next = *plan;

	next.happen = do_write;
	next.words = words;
	plan_add(world, world->now + after, &next);
}

/* ---- how a case is worked on ---- */

static void
finish(struct world *world, const struct errand *plan)
{
	static const char *const ends[] = {
		"#resolve 师傅已上门更换损坏的配件，试用正常，请您放心使用。",
		"#办结 已完成处理并现场复查，情况正常，感谢您的耐心等待。",
		"#resolve The worn part was replaced and tested. Thank you.",
		"#办结 ok",
		"#resolve 这不归我们管，您找别的部门。",
		"#办结 已处理完毕，请您查看，如有问题请联系我们。",
	};
	struct errand end = *plan;

	if (!watch_is_open(world, plan->letter.case_id) &&
	    !dice_permille(world, 150))
		return;
	end.words = DICE_PICK(world, ends);
	do_write(world, &end);
	if (dice_permille(world, 40))
		plan_words(world, plan,
		    dice_time(world, 10 * MSEC_SECOND, 80 * MSEC_SECOND),
		    "#undo");
	if (dice_permille(world, 20))
		plan_words(world, plan,
		    dice_time(world, MSEC_HOUR, 3 * MSEC_DAY), "#close");
}

static void
plan_finish(struct world *world, const struct errand *plan)
{
	struct errand next = *plan;

	next.happen = finish;
	plan_add(world,
	    world->now +
		dice_time(world, 30 * MSEC_MINUTE,
		    dice_permille(world, 850) ? MSEC_DAY : 9 * MSEC_DAY),
	    &next);
}

/* What a mail about a matter is answered with. */
static const struct {
	int permille;
	const char *words;
} acts[] = {
	{ 290, "#take" },
	{ 70, "#接单\n您好，已安排师傅联系您，请您保持电话畅通。" },
	{ 120, "您好，感谢您告诉我们，已安排师傅查看。" },
	{ 50, "您好，预计%T前答复您，请您稍候。" },
	{ 40, "您好，保证马上修好，绝对不会再坏。" },
	{ 20, "这不归我们管，您找别的部门。" },
	{ 20, "#assgin engineering" },
	{ 30, "#assign engineering 请安排查看" },
	{ 20, "#转派 秩序部 请处理" },
	{ 20, "#assign li" },
	{ 30, "#return 不属于本部门，请重新分派" },
	{ 35, "#escalate 需要上级协调" },
	{ 5, "#escalate L4 需要项目经理决定" },
	{ 30, "#extend %T 等待配件到货" },
	{ 5, "#extend %P 等待配件到货" },
	{ 30, "#finding 现场查看，为管道接头老化" },
	{ 10, "#urgent 现场情况危险" },
	{ 20, "#severity major" },
	{ 10, "#级别 轻微" },
	{ 15, "#category plumbing" },
	{ 25, "#due %T 等待师傅上门" },
	{ 10, "#spam" },
	{ 15, "#handover zhou 本人调岗" },
	{ 15, "#ask engineering 这个接头要多久能到货？" },
	{ 10, "#note 已电话联系业主，未接通" },
	{ 5, "#show" },
	{ 5, "#help" },
	{ 5, "#reopen 业主来电说没好" },
	{ 8, "#merge %O" },
	{ 10, "#reply-all 您好，故障原因已查明，正在更换配件，请您谅解。" },
	{ 6, "#resolve-all 已更换损坏的配件，试用正常，请您放心使用。" },
	{ 4, "#split" },
	{ 10, "#informed 已告知不得占用通道" },
	{ 5, "#confirm" },
	{ 3, "#leave %D %I" },
};

static void
work(struct world *world, const struct errand *plan)
{
	struct errand act = *plan;
	int roll = dice_below(world, 1000);

	act.words = acts[0].words;
	for (size_t i = 0; i < ARRAY_COUNT(acts); i++) {
		roll -= acts[i].permille;
		if (roll < 0) {
			act.words = acts[i].words;
			break;
		}
	}
	do_write(world, &act);
	if (dice_permille(world, 900))
		plan_finish(world, &act);
}

/* ---- what arrives ---- */

struct reaction {
	const char *template_name;
	int permille; /* of those who act at all */
	bool is_work; /* chosen from acts[] */
	const char *words[4];
};

static const struct reaction reactions[] = {
	{ "new_case", 900, true, { NULL } },
	{ "assigned", 900, true, { NULL } },
	{ "reopened_staff", 900, true, { NULL } },
	{ "followup", 500, true, { NULL } },
	{ "escalated", 700, false,
	    { "#take", "#note 已知悉，今天安排", "#handover zhou 换人跟进",
		"#assign engineering 请今天处理" } },
	{ "overdue", 300, false,
	    { "#take", "#note 正在处理", "正在处理，明天去看",
		"#resolve 已到现场处理完毕，情况正常，感谢您的谅解。" } },
	{ "reminder", 300, false,
	    { "#take", "#reply 您好，仍在处理，请您谅解。", "知道了",
		"#resolve 已到现场处理完毕，情况正常，感谢您的谅解。" } },
	{ "phone_task", 700, false,
	    { "#feedback phone %P 业主表示知道了，谢谢",
		"#反馈 电话 %P 已告知业主，业主没有意见",
		"#feedback phone 未接通", "#note 未接通" } },
	{ "visit_task", 700, false,
	    { "#回访 5 业主满意", "#visit 4 all is well",
		"#回访 未接通", "#回访 2 业主说没修好" } },
	{ "home_visits", 900, false,
	    { "#回访 V1 5 业主满意", "#visit V2 declined", "#回访 V3 谢绝",
		"#回访 V4 4 希望加扶手" } },
	{ "after_report_due", 600, false,
	    { "#after-report 十分钟到场，已关阀通风，无人受伤。",
		"#补报 已控制险情，原因为接头老化，已更换。", NULL } },
	{ "unreadable", 600, true, { NULL } },
	{ "blocked", 500, false,
	    { "#reply 您好，我们正在处理，请您谅解。", NULL } },
	{ "refused", 200, false, { "#take", "知道了", NULL } },
	{ "question", 700, false, { "三天内到货", "还不清楚", NULL } },
	{ "alert", 600, false, { "收到", "#take", "马上到", NULL } },
};

static void
react(struct world *world, const struct reaction *reaction,
    const struct errand *plan, msec_t at)
{
	struct errand next = *plan;
	int count = 0;

	next.happen = work;
	if (!reaction->is_work) {
		while (count < (int)ARRAY_COUNT(reaction->words) &&
		       reaction->words[count] != NULL)
			count++;
		next.happen = do_write;
		next.words = reaction->words[dice_below(world, count)];
	}
	plan_add(world, at, &next);
	if (text_eq(reaction->template_name, "escalated") ||
	    text_eq(reaction->template_name, "alert"))
		plan_finish(world, &next);
}

/* At once in danger, in office hours otherwise; the late ones days later. */
static msec_t
when(struct world *world, const struct temper *temper,
    const struct letter *letter)
{
	msec_t at =
	    world->now + dice_time(world, MSEC_MINUTE, 25 * MSEC_MINUTE);

	if (text_eq(letter->template_name, "alert"))
		return dice_permille(world, temper->is_late)
			   ? at
			   : world->now + dice_time(world, 20 * MSEC_SECOND,
					      4 * MSEC_MINUTE);
	if (dice_permille(world, temper->is_late))
		at += dice_time(world, MSEC_HOUR, 6 * MSEC_DAY);
	return calendar_next_open(world->estate->calendar, at) +
	       dice_time(world, 0, 10 * MSEC_MINUTE);
}

static void
by_text(
    struct world *world, const struct temper *temper, const struct errand *plan)
{
	static const char *const words[] = { "1", "接单 %S", "备注 %S 已到现场",
		"办结 %S 已换弯头，试水正常，请您放心", "上报 %S 需要支援",
		"紧急 %S", "转派 %S 工程部", "垃圾 %S %I" };
	bool is_alert = text_eq(plan->letter.template_name, "alert");

	if (!dice_permille(world, is_alert ? 500 : 150))
		return;
	plan_words(world, plan, when(world, temper, &plan->letter) - world->now,
	    is_alert && dice_permille(world, 700) ? words[0]
						  : DICE_PICK(world, words));
}

void
staff_hear(
    struct world *world, const struct staff *staff, const struct letter *letter)
{
	struct temper temper = temper_of(staff);
	struct errand plan = {
		.who = (int)(staff - world->conf->staff),
		.letter = *letter,
	};

	if (is_away(world, plan.who)) {
		plan.happen = be_away;
		/* It remembers whom it has told lately. */
		if (letter->channel == CHANNEL_MAIL &&
		    dice_permille(world, 200))
			plan_add(world, world->now + MSEC_SECOND, &plan);
		return;
	}
	if (!dice_permille(world, temper.acts))
		return;
	if (letter->channel == CHANNEL_SMS) {
		by_text(world, &temper, &plan);
		return;
	}
	for (size_t i = 0; i < ARRAY_COUNT(reactions); i++)
		if (text_eq(
			reactions[i].template_name, letter->template_name) &&
		    dice_permille(world, reactions[i].permille))
			react(world, &reactions[i], &plan,
			    when(world, &temper, letter));
}
