#include "core/classify.h"

#include "core/classify_parts.h"
#include "core/config.h"
#include "core/tone.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

/* One message on its way through the checks. */
struct reading {
	const struct classify_context *ctx;
	const struct classify_in *in;
	const struct classifier *words;
	struct arena *arena;
	struct understanding *ret;
	const char *own;     /* never NULL */
	const char *content; /* all that counts as content */
	struct weighing weighing;
	int keyword; /* enum sms_word, or -1 */
	bool is_foreign; /* that word, where nobody means it so */
};

/* A subject repeats the case in a reply and says something in a new mail. */
static const char *
content_of(const struct reading *reading)
{
	const struct classify_in *in = reading->in;
	const char *subject = reading->ret->is_reply ? NULL : in->subject;

	return arena_join(reading->arena,
	    (const char *[]){
		subject, "\n", reading->own, "\n", in->forwarded },
	    5);
}

static void
find_place(struct reading *reading)
{
	const struct estate *estate = reading->ctx->estate;
	struct place_hints hints = {
		.estate_has_units = estate == NULL || estate->has_units,
		.home = reading->ctx->home,
		.areas = estate == NULL ? NULL : estate->areas,
		.words = estate == NULL ? NULL : estate->place_words,
	};

	(void)place_find_primary(
	    reading->content, &hints, reading->arena, &reading->ret->place);
	if (reading->ctx->why != NULL)
		why_add_places(reading->ctx->why, &hints, &reading->ret->place,
		    reading->arena);
}

/* Danger now is said of follow-ups and ratings too (rules.md 5.1). */
static void
raise_alarm(struct reading *reading)
{
	if (reading->weighing.emergency < 0)
		return;
	reading->ret->severity = SEVERITY_EMERGENCY;
	reading->ret->emergency = emergency_name(reading->weighing.emergency);
	reading->ret->agitated = false;
}

/* -- the checks, in their order; true when one has decided --------------------
 */

static bool
is_machine(struct reading *reading)
{
	const struct classify_in *in = reading->in;

	if (!in->is_bounce && !in->is_auto)
		return false;
	reading->ret->kind = in->is_bounce ? KIND_BOUNCE : KIND_AUTO_REPLY;
	return true;
}

static void
judge(struct reading *reading)
{
	judge_case(
	    reading->words, &reading->weighing, reading->content, reading->ret);
	find_place(reading);
}

/* A staff message that is neither command nor reply may log a new matter. */
static bool
logs_a_matter(const struct reading *reading)
{
	if (reading->ret->is_reply || reading->ctx->pending_rating)
		return false;
	return !text_is_empty(reading->in->forwarded) ||
	       reading->weighing.emergency >= 0 ||
	       (reading->in->channel == CHANNEL_MAIL &&
		   has_content(&reading->weighing, reading->content));
}

static bool
is_staff(struct reading *reading)
{
	struct understanding *ret = reading->ret;

	if (reading->in->from != FROM_STAFF)
		return false;
	commands_parse(
	    &(struct commands_context){
		.conf = reading->ctx->conf,
		.estate = reading->ctx->estate,
		.now = reading->ctx->now,
		.channel = reading->in->channel,
		.language = ret->language,
	    },
	    reading->own, reading->arena, &ret->commands);
	if (ret->commands.count > 0 || ret->commands.error_count > 0)
		ret->kind = KIND_STAFF_COMMAND;
	else if (ret->is_reply && !text_is_empty(ret->commands.plain))
		ret->kind = KIND_STAFF_REPLY;
	else if (logs_a_matter(reading))
		judge(reading);
	else
		ret->kind = KIND_STAFF_NOTE;
	return true;
}

/* "N" to a question of ours is its answer. */
static bool
says_no(const struct reading *reading)
{
	return reading->ctx->open_question &&
	       tone_is_no(reading->own, reading->arena);
}

static bool
is_optout(struct reading *reading)
{
	bool is_text = reading->in->channel == CHANNEL_SMS;

	if (reading->is_foreign ||
	    (reading->keyword != SMS_OPTOUT &&
		!(reading->keyword == SMS_OPTOUT_RECENT && is_text &&
		    reading->ctx->recent_text &&
		    !says_no(reading))))
		return false;
	reading->ret->kind = KIND_OPTOUT;
	return true;
}

static bool
is_rating(struct reading *reading)
{
	int score =
	    !reading->ctx->pending_rating
		? 0
		: rating_of(reading->words, reading->own, reading->arena);

	if (score == 0)
		return false;
	reading->ret->kind = KIND_RATING;
	reading->ret->score = score;
	reading->ret->is_reply = true;
	raise_alarm(reading);
	return true;
}

/* "Please call me back" and nothing else: a subject that says something makes it
 * a matter. */
static bool
is_call_by_mail(const struct reading *reading)
{
	const char *subject = reading->in->subject, *rest;
	const struct keyword *word;

	if (reading->keyword != SMS_CALLBACK)
		return false;
	if (reading->ret->is_reply || text_is_empty(subject))
		return true;
	word = keyword_of(reading->words, subject, reading->arena, &rest);
	return word != NULL && word->subject == SMS_CALLBACK;
}

static bool
is_keyword(struct reading *reading)
{
	static const enum kind kinds[SMS_WORD_COUNT] = {
		[SMS_OPTIN] = KIND_OPTIN,
		[SMS_STATUS] = KIND_STATUS_QUERY,
		[SMS_WITHDRAW] = KIND_WITHDRAW,
		[SMS_FOLLOWUP] = KIND_FOLLOWUP,
		[SMS_HELP] = KIND_HELP,
		[SMS_CALLBACK] = KIND_CALLBACK,
	};
	int word = reading->keyword;

	/* A greeting is judged as a text; opting out was looked at. "?" alone
	 * asks nothing. */
	if ((reading->in->channel != CHANNEL_SMS && !is_call_by_mail(reading)) ||
	    word < 0 || reading->is_foreign || word == SMS_GREETING || word == SMS_OPTOUT ||
	    word == SMS_OPTOUT_RECENT)
		return false;
	reading->ret->kind = kinds[word];
	if (word == SMS_FOLLOWUP)
		reading->ret->is_reply = true;
	raise_alarm(reading);
	return true;
}

/* By mail too, and in more than one word. */
static bool
is_status_query(struct reading *reading)
{
	if (!asks_status(reading->words, reading->in->subject, reading->own,
		reading->arena))
		return false;
	reading->ret->kind = KIND_STATUS_QUERY;
	return true;
}

static bool
is_followup(struct reading *reading)
{
	if (!reading->ret->is_reply && !reading->ctx->open_question)
		return false;
	reading->ret->kind = KIND_FOLLOWUP;
	reading->ret->is_reply = true;
	reading->ret->agitated = reading->weighing.tones[TONE_AGITATED] >= 2;
	reading->ret->hostile = reading->weighing.tones[TONE_HOSTILE] > 0;
	find_place(reading);
	raise_alarm(reading);
	return true;
}

static bool
is_spam_or_unclear(struct reading *reading)
{
	if (is_spam(&reading->weighing, reading->in->from,
		reading->in->spam_hint)) {
		reading->ret->kind = KIND_SPAM;
		return true;
	}
	if (reading->keyword != SMS_GREETING &&
	    has_content(&reading->weighing, reading->content))
		return false;
	reading->ret->kind = KIND_UNCLEAR;
	return true;
}

/* A picture without a word (rules.md 4.4). */
static bool
is_picture(struct reading *reading)
{
	if (reading->in->channel != CHANNEL_SMS || !is_links(reading->own))
		return false;
	reading->ret->kind = KIND_UNCLEAR;
	return true;
}

static bool
is_case(struct reading *reading)
{
	judge(reading);
	return true;
}

static const struct {
	const char *name;
	bool (*decides)(struct reading *reading);
} checks[] = {
	{ "machine", is_machine },
	{ "staff", is_staff },
	{ "optout", is_optout },
	{ "rating", is_rating },
	{ "keyword", is_keyword },
	{ "status query", is_status_query },
	{ "followup", is_followup },
	{ "picture", is_picture },
	{ "spam or unclear", is_spam_or_unclear },
	{ "case", is_case },
};

/* Neither Chinese nor English is its language: then those who do not write
 * Chinese write that one. */
static bool
is_of_other(const struct estate *estate)
{
	return estate != NULL && (int)estate->language >= LANGUAGE_COUNT;
}

static enum language
language_of(const struct reading *reading)
{
	const struct estate *estate = reading->ctx->estate;
	const char *text = reading->content;

	if (unicode_is_chinese(text))
		return LANGUAGE_ZH;
	for (const char *at = text; *at != '\0'; at++)
		if ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'))
			return is_of_other(estate) ? estate->language
						   : LANGUAGE_EN;
	return estate == NULL ? LANGUAGE_ZH : estate->language;
}

/* "FIRE": in a longer text the word alone would be no alarm. */
static bool
hear_danger(struct reading *reading)
{
	int word = reading->keyword;

	if (word != SMS_FIRE && word != SMS_GAS_LEAK)
		return false;
	reading->keyword = -1;
	if (reading->in->channel == CHANNEL_SMS)
		reading->weighing.emergency =
		    word == SMS_FIRE ? DANGER_FIRE : DANGER_GAS_LEAK;
	return true;
}

/* R53: by text, the words of one country stop nothing in another.  A mail
 * tells of no country, and what it stops are surveys. */
static void
find_keyword(struct reading *reading)
{
	const struct estate *estate = reading->ctx->estate;
	const char *rest;
	const struct keyword *word =
	    keyword_of(reading->words, reading->own, reading->arena, &rest);

	reading->keyword = word == NULL ? -1 : word->subject;
	if (hear_danger(reading))
		return;
	reading->is_foreign =
	    word != NULL && reading->in->channel == CHANNEL_SMS &&
	    !keyword_is_of(word,
		estate == NULL || estate->sms == NULL
		    ? NULL
		    : estate->sms->keyword_countries,
		reading->ctx->number);
}

int
classify(const struct classify_context *ctx, const struct classify_in *in,
    struct arena *arena, struct understanding *ret, struct err *err)
{
	struct reading reading = {
		.ctx = ctx,
		.in = in,
		.words = ctx->conf == NULL ? NULL : ctx->conf->classifier,
		.arena = arena,
		.ret = ret,
		.own = text_or(in->own, ""),
	};

	if (reading.words == NULL)
		return err_set(err, ERR_BUG, "no word lists are loaded");
	*ret = (struct understanding){ .is_reply = ctx->is_reply };
	ret->case_no = case_number_find(in->subject, arena);
	if (ret->case_no == NULL)
		ret->case_no = case_number_find(in->own, arena);
	reading.content = content_of(&reading);
	ret->language = language_of(&reading);
	if (ctx->why != NULL)
		*ctx->why = (struct classify_why){ .text = reading.content };
	weigh(
	    reading.words, reading.content, arena, ctx->why, &reading.weighing);
	find_keyword(&reading);
	for (size_t i = 0; i < ARRAY_COUNT(checks); i++) {
		if (!checks[i].decides(&reading))
			continue;
		if (ctx->why != NULL)
			ctx->why->step = checks[i].name;
		return 0;
	}
	return err_set(err, ERR_BUG, "a message that no check decides");
}
