/*
 * The case that a text of staff is about: an alarm that rings at their phone,
 * or the one of that short serial (rules.md 3.2, 4.4).
 */
#include <stdlib.h>
#include <string.h>

#include "core/classify.h"
#include "core/commands.h"
#include "core/limits.h"
#include "core/tone.h"
#include "core/unicode.h"
#include "desk/snapshot_parts.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "store/cases.h"

struct staff_text {
	const char *own; /* with plain digits */
	int serial;      /* 0: none */
	bool is_answer;  /* "1", "收到" */
	bool is_words;  /* neither a number nor a PIN in it */
	struct commands commands;
};

/* "接单 2580": the digits of an order to take may be a PIN too. */
static bool
is_order_to_take(const struct staff_text *text)
{
	return text->commands.count == 1 && text->commands.error_count == 0 &&
	       text->commands.list[0].kind == COMMAND_TAKE;
}

/* ---- an alarm ---- */

static int
load_alerts(struct search *s, struct err *err)
{
	struct snapshot *ret = s->ret;
	int count =
	    case_open_alerts(s->desk->store, s->address, s->now - ALERT_AGE_MAX,
		s->arena, ret->alerts, LIMIT_ALERTS_SEEN, err);

	ret->alert_count = count < 0 ? 0 : (size_t)count;
	return count < 0 ? -1 : 0;
}

/* Words about this case, unless they name another place. */
static int
adopt_words(struct search *s, case_id id, struct err *err)
{
	struct case_file file = { 0 };
	int known = case_load(s->desk->store, id, s->arena, &file, err);

	if (known <= 0 || snapshot_names_other_place(s, &file.place))
		return known < 0 ? -1 : 0;
	if (snapshot_adopt(s, id, MATCH_NUMBER, err) < 0)
		return -1;
	s->ret->follows_alarm = s->ret->has_case;
	return 0;
}

/* Neither "1" nor an order. */
static bool
is_free(const struct staff_text *text)
{
	return text->is_words && !text->is_answer &&
	       text->commands.count == 0 && text->commands.error_count == 0;
}

/* One alert is what they mean; of several none is sure. */
static int
by_alert(struct search *s, const struct staff_text *text, struct err *err)
{
	struct snapshot *ret = s->ret;

	if (load_alerts(s, err) < 0)
		return -1;
	if (ret->alert_count != 1)
		return 0;
	if (is_free(text))
		return adopt_words(s, ret->alerts[0].id, err);
	return snapshot_adopt(s, ret->alerts[0].id, MATCH_NUMBER, err);
}

/* The alert of that serial, newest first; 0: none rings. */
static case_id
alert_of_serial(const struct snapshot *ret, int serial)
{
	for (size_t i = ret->alert_count; i > 0; i--) {
		const struct case_brief *alert = &ret->alerts[i - 1];
		const char *dash = strrchr(alert->number, '-');

		if (dash != NULL && strtol(dash + 1, NULL, 10) == serial)
			return alert->id;
	}
	return 0;
}

/* ---- the short serial ---- */

static bool
is_open(const struct case_namesake *it)
{
	return it->is_open;
}

static bool
is_known(const struct case_namesake *it)
{
	return it->is_known;
}

/* Those that are so, or all when none is. */
static size_t
prefer(struct case_namesake *list, size_t count,
    bool (*is_so)(const struct case_namesake *it))
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (is_so(&list[i]))
			list[kept++] = list[i];
	return kept > 0 ? kept : count;
}

size_t
snapshot_prefer_open(struct case_namesake *list, size_t count)
{
	return prefer(list, count, is_open);
}

/* What is done with a case whose outcome is out. */
static bool
is_about_ended(const struct commands *commands)
{
	static const enum command_kind kinds[] = { COMMAND_FEEDBACK,
		COMMAND_VISIT, COMMAND_CLOSE, COMMAND_REOPEN, COMMAND_NOTSPAM };

	for (size_t i = 0; i < ARRAY_COUNT(kinds) && commands->count > 0; i++)
		if (commands->list[0].kind == kinds[i])
			return true;
	return false;
}

/* Who takes one answers the notice that they had last; any other order is done
 * only when it is sure which is meant. */
static size_t
choose(const struct staff_text *text, struct case_namesake *list, size_t count)
{
	if (!is_about_ended(&text->commands))
		count = snapshot_prefer_open(list, count);
	count = prefer(list, count, is_known);
	if (!text->is_answer && !is_order_to_take(text))
		return count;
	for (size_t i = 1; i < count; i++)
		if (list[i].told_at > list[0].told_at)
			list[0] = list[i];
	return list[0].told_at != 0 ? 1 : count;
}

/* For the answer that asks which is meant. */
static int
load_namesakes(struct search *s, const struct case_namesake *list, size_t count,
    struct err *err)
{
	struct case_file *files = arena_array(s->arena, count, sizeof(*files));

	s->ret->namesakes = files;
	for (size_t i = 0; i < count; i++)
		if (case_load(s->desk->store, list[i].id, s->arena,
			&files[s->ret->namesake_count++], err) < 0)
			return -1;
	return 0;
}

/* How many there are of that serial, or -1; the one that is sure becomes the
 * case. */
static int
by_serial(struct search *s, const struct staff_text *text, struct err *err)
{
	struct case_namesake list[LIMIT_NAMESAKES];
	int known = case_by_serial(s->desk->store,
	    &(struct case_serial){ .estate = s->in->estate,
		.serial = text->serial,
		.since = s->now - SERIAL_AGE_MAX,
		.person = s->ret->sender.staff->id },
	    list, LIMIT_NAMESAKES, err);
	size_t count;
	case_id alert = 0;

	if (known <= 0)
		return known;
	if (text->is_answer || is_order_to_take(text)) {
		if (load_alerts(s, err) < 0)
			return -1;
		alert = alert_of_serial(s->ret, text->serial);
	}
	if (!text->is_answer)
		s->ret->alert_count = 0;
	count = choose(text, list, (size_t)known);
	if (alert == 0 && count > 1)
		return load_namesakes(s, list, count, err) < 0 ? -1 : known;
	return snapshot_adopt(
		   s, alert != 0 ? alert : list[0].id, MATCH_NUMBER, err) < 0
		   ? -1
		   : known;
}

/* ---- what they write from there ---- */

/* "到现场了，阀门已关": of the one alarm that they took, unless another place is
 * named or an order is meant. */
static int
by_taken_alert(struct search *s, const struct staff_text *text, struct err *err)
{
	case_id found[2];
	enum command_kind begun;
	int known = 0;

	if (!is_free(text) ||
	    commands_begin(&(struct commands_context){ 0 }, text->own,
		s->arena, &begun))
		return 0;
	known = case_taken_alerts(s->desk->store, s->address,
	    s->ret->sender.staff->id, s->now - NOTE_AGE_MAX, found,
	    (int)ARRAY_COUNT(found), err);
	return known == 1 ? adopt_words(s, found[0], err)
			  : (known < 0 ? -1 : 0);
}

/* ---- the whole ---- */

/* "1 2580": a PIN is no number of a case.  What is none at all is answered
 * alike, right or wrong, or the answer would tell the PIN. */
static void
read_text(const struct search *s, struct staff_text *ret)
{
	const struct commands_context context = {
		.conf = s->desk->conf,
		.estate = config_estate(s->desk->conf, s->in->estate),
		.now = s->now,
		.channel = s->message->channel,
		.sender = s->ret->sender.staff->id,
		.pin = &s->ret->sender.pin,
	};
	bool is_right;
	const char *rest;

	*ret = (struct staff_text){
		.own =
		    unicode_nfkc(text_or(s->message->own, ""), false, s->arena),
	};
	rest = commands_without_pin(&context, ret->own, s->arena, &is_right);
	ret->serial = case_serial_find(rest);
	ret->is_words = ret->serial == 0 && text_eq(rest, ret->own);
	if (ret->serial == 0)
		ret->serial = case_serial_find(ret->own);
	ret->is_answer = tone_takes_alert(ret->own, s->arena);
	commands_parse(&context, ret->own, s->arena, &ret->commands);
}

int
snapshot_find_staff_text(struct search *s, struct err *err)
{
	struct staff_text text;
	int known = 0;

	read_text(s, &text);
	if (text.is_words) {
		if (by_alert(s, &text, err) < 0)
			return -1;
		return s->ret->alert_count > 0 ? 0
					       : by_taken_alert(s, &text, err);
	}
	if (text.serial != 0)
		known = by_serial(s, &text, err);
	if (known != 0)
		return known < 0 ? -1 : 0;
	/* "1 9999": a mistyped PIN, most likely; the alarm must not ring on for
	 * that. */
	if (text.is_answer)
		return by_alert(s, &text, err);
	if (is_order_to_take(&text) && by_alert(s, &text, err) < 0)
		return -1;
	if (s->ret->alert_count == 0)
		s->ret->named_case_refused = true;
	return 0;
}
