#include "channels/sms_look_up.h"

#include <curl/curl.h>

#include "channels/sms_answer.h"
#include "core/zone.h"
#include "lib/cleanup.h"
#include "lib/json.h"
#include "lib/text.h"

/* Between the gateway's clock and ours.  A text that goes twice is worse than
 * a twin of it that is taken for it: the latter is mostly known by its id. */
#define CLOCKS_DIFFER (5 * MSEC_MINUTE)

enum { WORD_BYTES = 256 };

static bool
is_one_of(const char *const *list, const char *text)
{
	for (; list != NULL && *list != NULL; list++)
		if (text_eq(*list, text))
			return true;
	return false;
}

static void
word_at(const json_t *item, const char *at, char ret[WORD_BYTES])
{
	json_scalar(at == NULL ? NULL : json_at(item, at), ret, WORD_BYTES);
}

/* RFC 3339 or what RFC 5322 has; false when it is neither. */
static bool
read_time(const char *text, msec_t *ret)
{
	time_t seconds;

	if (time_from_rfc3339(text, ret) == 0)
		return true;
	seconds = curl_getdate(text, NULL);
	*ret = (msec_t)seconds * MSEC_SECOND;
	return seconds != -1;
}

static bool
is_same(const struct sms_unknown *unknown, const json_t *item, const char *same)
{
	const json_t *value;
	char text[WORD_BYTES];

	if (unknown->same_at == NULL)
		return true;
	value = json_at(item, unknown->same_at);
	json_scalar(value, text, sizeof(text));
	return text_eq(
	    json_is_string(value) ? json_string_value(value) : text, same);
}

/* How far it is from our first attempt, or -1 when it is not our text.  What
 * has no time is the farthest. */
static msec_t
distance(const struct sms_unknown *unknown, const json_t *item,
    const struct sms_sought *sought)
{
	char id[WORD_BYTES], state[WORD_BYTES], when[WORD_BYTES];
	msec_t at;

	word_at(item, unknown->id_at, id);
	word_at(item, unknown->state_at, state);
	word_at(item, unknown->time_at, when);
	if (!is_same(unknown, item, sought->same) ||
	    is_one_of(unknown->failed, state) || is_one_of(sought->others, id))
		return -1;
	if (!read_time(when, &at))
		return INT64_MAX;
	if (at < sought->first_at - CLOCKS_DIFFER)
		return -1;
	return at < sought->first_at ? sought->first_at - at
				     : at - sought->first_at;
}

static const json_t *
nearest(const struct sms_unknown *unknown, const json_t *list,
    const struct sms_sought *sought)
{
	const json_t *best = NULL;
	msec_t least = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		msec_t far = distance(unknown, item, sought);

		if (far < 0 || (best != NULL && far >= least))
			continue;
		best = item;
		least = far;
	}
	return best;
}

enum sms_looked_up
sms_look_up_judge(const struct sms_unknown *unknown, int status,
    const struct buf *body, const struct sms_sought *sought,
    struct receipt *ret)
{
	json_t *document scoped(json_release) = NULL;
	const json_t *item;

	if (unknown->absent != NULL && sms_status_fits(unknown->absent, status))
		return SMS_IS_ABSENT;
	document = json_from(buf_text(body), body->len, NULL);
	if (!sms_status_fits(text_or(unknown->found, "200-299"), status) ||
	    document == NULL)
		return SMS_IS_UNCLEAR;
	item = document;
	if (unknown->items != NULL) {
		const json_t *list = json_at(document, unknown->items);

		if (!json_is_array(list))
			return SMS_IS_UNCLEAR;
		item = nearest(unknown, list, sought);
	} else if (distance(unknown, document, sought) < 0) {
		item = NULL;
	}
	if (item == NULL)
		return SMS_IS_ABSENT;
	if (unknown->id_at != NULL)
		json_scalar(json_at(item, unknown->id_at), ret->provider_id,
		    sizeof(ret->provider_id));
	return SMS_IS_THERE;
}
