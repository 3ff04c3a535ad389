#include "channels/sms_answer.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/json.h"
#include "lib/text.h"
#include "lib/units.h"

enum {
	/* A pattern looks at so much of an answer: what matters stands in
	 * front, and matching costs. */
	MATCHED_BYTES = 8 * 1024,
	GROUPS = 2,
	GATEWAY_TIMEOUT = 504,
};

/* ---- statuses ---- */

/* One of a list: 1 and the bounds, 0 at its end, -1 when malformed. */
static int
next_status(const char **list, long *ret_from, long *ret_to)
{
	char *end;

	if (**list == '\0')
		return 0;
	*ret_from = strtol(*list, &end, 10);
	*ret_to = *ret_from;
	if (end == *list)
		return -1;
	if (*end == '-') {
		const char *second = end + 1;

		*ret_to = strtol(second, &end, 10);
		if (end == second)
			return -1;
	}
	if ((*end != ',' && *end != '\0') || *ret_from < 100 || *ret_to > 599 ||
	    *ret_from > *ret_to)
		return -1;
	*list = end + (*end == ',');
	return 1;
}

bool
sms_status_fits(const char *list, int status)
{
	long from, to;

	if (list == NULL)
		return true;
	while (next_status(&list, &from, &to) > 0)
		if (status >= from && status <= to)
			return true;
	return false;
}

const char *
sms_status_fault(const char *list)
{
	long from, to;
	int got;

	do {
		got = next_status(&list, &from, &to);
	} while (got > 0);
	return got == 0 ? NULL : "expected statuses such as \"200-299,409\"";
}

/* ---- patterns ---- */

const char *
sms_pattern_fault(const char *pattern, struct arena *arena)
{
	regex_t compiled;
	char why[160];
	int code = regcomp(&compiled, pattern, REG_EXTENDED);

	if (code == 0) {
		regfree(&compiled);
		return NULL;
	}
	(void)regerror(code, &compiled, why, sizeof(why));
	return arena_printf(
	    arena, "\"%s\" is no regular expression: %s", pattern, why);
}

static bool
matches(const char *pattern, const char *text, regmatch_t groups[GROUPS])
{
	char begun[MATCHED_BYTES + 1];
	size_t len = strnlen(text, MATCHED_BYTES);
	regex_t compiled;
	bool found;

	if (regcomp(&compiled, pattern, REG_EXTENDED) != 0)
		return false;
	memcpy(begun, text, len);
	begun[len] = '\0';
	found = regexec(&compiled, begun, GROUPS, groups, 0) == 0;
	regfree(&compiled);
	return found;
}

bool
sms_pattern_fits_all(const char *pattern)
{
	/* No gateway says that; what matches it, and nothing, matches all. */
	static const char nonsense[] = "\x01~\x02";
	regmatch_t groups[GROUPS];

	return matches(pattern, "", groups) &&
	       matches(pattern, nonsense, groups);
}

size_t
sms_pattern_groups(const char *pattern)
{
	regex_t compiled;
	size_t count;

	if (regcomp(&compiled, pattern, REG_EXTENDED) != 0)
		return 0;
	count = compiled.re_nsub;
	regfree(&compiled);
	return count;
}

/* ---- one answer ---- */

/* The body, read as JSON at most once and only when somebody asks. */
struct answer {
	const struct buf *body;
	json_t *document;
	bool was_read;
};

static void
answer_done(struct answer *answer)
{
	json_decref(answer->document);
}

static json_t *
document(struct answer *answer)
{
	if (!answer->was_read)
		answer->document =
		    json_from(buf_text(answer->body), answer->body->len, NULL);
	answer->was_read = true;
	return answer->document;
}

static bool
fits(struct answer *answer, int status, const char *list, const char *at,
    const char *is)
{
	char text[1024];
	regmatch_t groups[GROUPS];
	const json_t *value;

	if (!sms_status_fits(list, status))
		return false;
	if (at == NULL)
		return is == NULL ||
		       matches(is, buf_text(answer->body), groups);
	value = json_at(document(answer), at);
	json_scalar(value, text, sizeof(text));
	return value != NULL && (is == NULL || matches(is, text, groups));
}

static void
take_id(const struct sms_accepted *accepted, struct answer *answer,
    struct receipt *ret)
{
	char id[MATCHED_BYTES + 1] = "";
	regmatch_t groups[GROUPS];
	const char *body = buf_text(answer->body);

	if (accepted->id_at != NULL) {
		json_scalar(
		    json_at(document(answer), accepted->id_at), id, sizeof(id));
	} else if (accepted->id_is != NULL &&
		   matches(accepted->id_is, body, groups) &&
		   groups[1].rm_so >= 0) {
		memcpy(id, body + groups[1].rm_so,
		    (size_t)(groups[1].rm_eo - groups[1].rm_so));
	}
	/* One that was cut would name nothing. */
	if (strlen(id) < sizeof(ret->provider_id))
		memcpy(ret->provider_id, id, strlen(id) + 1);
}

static const enum err_kind results[] = {
	[SMS_THEN_ACCEPTED] = ERR_NONE,
	[SMS_THEN_RETRY] = ERR_TEMP,
	[SMS_THEN_THROTTLE] = ERR_TEMP,
	[SMS_THEN_PERMANENT] = ERR_PERM,
	[SMS_THEN_OPTOUT] = ERR_PERM,
	[SMS_THEN_CONFIG] = ERR_CONF,
};

/* What a status means where the file says nothing. */
static const struct {
	const char *status;
	enum sms_then then;
} standard[] = {
	{ "429", SMS_THEN_THROTTLE },
	{ "408,500-599", SMS_THEN_RETRY },
	{ "400,413,422", SMS_THEN_PERMANENT },
};

/* The row of the file that fits, or NULL. */
static const struct sms_error *
error_row(
    const struct sms_provider *provider, struct answer *answer, int status)
{
	for (size_t i = 0; i < provider->error_count; i++) {
		const struct sms_error *row = &provider->errors[i];

		if (fits(answer, status, row->status, row->at, row->is))
			return row;
	}
	return NULL;
}

static enum sms_then
meaning_of_status(int status)
{
	for (size_t i = 0; i < ARRAY_COUNT(standard); i++)
		if (sms_status_fits(standard[i].status, status))
			return standard[i].then;
	/* Nobody who answers like that is the gateway that we were told of. */
	return SMS_THEN_CONFIG;
}

/* Of that very status, or of words of the answer, which are the gateway's. */
static bool
is_named(const struct sms_error *row, int status)
{
	const char *list = row == NULL ? NULL : row->status;
	long from, to;

	if (row != NULL && (row->at != NULL || row->is != NULL))
		return true;
	while (list != NULL && next_status(&list, &from, &to) > 0)
		if (from == status && to == status)
			return true;
	return false;
}

/* A yes that we do not understand may be one all the same (cut, garbled, not
 * the gateway's).  One in the middle that gave up does not know what became of
 * it; a row of "500-599" was not written for that, and would send twice. */
static bool
may_have_it(const struct sms_error *row, int status)
{
	return status == GATEWAY_TIMEOUT
		   ? !is_named(row, status)
		   : row == NULL && sms_status_fits("200-299", status);
}

void
sms_answer_judge(const struct sms_provider *provider, int status,
    const struct buf *body, struct receipt *ret)
{
	const struct sms_accepted *accepted = &provider->accepted;
	struct answer answer scoped(answer_done) = { .body = body };
	/* An error that the file names may come with a status that is none
	 * otherwise: "200, but ...". */
	const struct sms_error *row = error_row(provider, &answer, status);
	enum sms_then then = SMS_THEN_ACCEPTED;

	if (row != NULL)
		then = row->then;
	else if (!fits(&answer, status, accepted->status, accepted->at,
		     accepted->is))
		then = meaning_of_status(status);
	ret->is_unknown = then != SMS_THEN_ACCEPTED && may_have_it(row, status);
	ret->result = ret->is_unknown ? ERR_TEMP : results[then];
	ret->is_optout = then == SMS_THEN_OPTOUT;
	if (row != NULL)
		ret->retry_after = (msec_t)row->delay_seconds * MSEC_SECOND;
	if (ret->result == ERR_NONE)
		take_id(accepted, &answer, ret);
}

/* A queue lists nothing, and no page follows: there is nothing to lose.  Any
 * doubt makes it an answer that is kept, and read where strangers' bytes are.
 */
static bool
lists_nothing(const struct sms_poll *poll, struct answer *answer)
{
	const json_t *list;

	if (poll->mode != SMS_POLL_QUEUE || poll->paging != SMS_PAGING_NONE ||
	    answer->body->len > MATCHED_BYTES)
		return false;
	list = json_at(document(answer), text_or(poll->fields.items, ""));
	return json_is_array(list) && json_array_size(list) == 0;
}

enum err_kind
sms_answer_of_poll(const struct sms_provider *provider,
    const struct sms_poll *poll, int status, const struct buf *body,
    bool *ret_is_empty)
{
	struct answer answer scoped(answer_done) = { .body = body };
	const struct sms_error *row = error_row(provider, &answer, status);
	enum err_kind result;

	*ret_is_empty = row != NULL && row->then == SMS_THEN_ACCEPTED;
	if (row == NULL && sms_status_fits("200-299", status)) {
		*ret_is_empty = lists_nothing(poll, &answer);
		return ERR_NONE;
	}
	result = results[row != NULL ? row->then : meaning_of_status(status)];
	/* A poll is refused for good only by somebody else. */
	return result == ERR_PERM ? ERR_CONF : result;
}
