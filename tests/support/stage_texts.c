/*
 * What people text, what the gateway says of our texts, and what is in flight.
 */
#include "tests/support/cmocka_fence.h"

#include "tests/support/stage.h"

#include <stdio.h>
#include <string.h>

#include "core/config.h"

/* ---- in ---- */

static void
push_text(
    struct stage *stage, const char *id, const char *from, const char *text)
{
	char query[300];

	(void)snprintf(query, sizeof(query),
	    "{\"id\":\"%s\",\"from\":\"%s\",\"to\":\"10690001\","
	    "\"text\":\"%s\",\"coding\":\"0\",\"charset\":\"UTF-8\"}",
	    id, from, text);
	stage_push(stage, false, query);
}

void
stage_text(struct stage *stage, const char *id)
{
	push_text(stage, id, "13900139003", "3-2-601 电梯坏了");
}

void
stage_say(
    struct stage *stage, const char *id, const char *from, const char *text)
{
	push_text(stage, id, from, text);
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
}

void
stage_report_of(struct stage *stage, const char *id, int type)
{
	char query[120];

	(void)snprintf(
	    query, sizeof(query), "{\"id\":\"%s\",\"type\":\"%d\"}", id, type);
	stage_push(stage, true, query);
	stage_turns(stage);
	assert_int_equal(stage->status, 200);
}

void
stage_report(struct stage *stage, const struct stage_sent *sent, int type)
{
	char id[72];

	(void)snprintf(id, sizeof(id), "%lld-%lld-%lld", (long long)sent->out,
	    (long long)sent->attempt, (long long)sent->created_at);
	stage_report_of(stage, id, type);
}

/* ---- out ---- */

static struct stage_sent *
alone_in_flight(struct stage *stage, const char *to)
{
	assert_non_null(stage_last(stage, to));
	stage_accept_others(stage, stage_last(stage, to)->out);
	return stage_last(stage, to);
}

struct stage_sent *
stage_mail_in_flight(struct stage *stage, const char *from)
{
	stage_by_hand(stage);
	stage_mail(stage, 7, 1, stage_letter(from, "a", "电梯坏了"), false);
	stage_turns(stage);
	return alone_in_flight(stage, from);
}

struct stage_sent *
stage_text_in_flight(struct stage *stage, const char *from, const char *text)
{
	char id[24];

	stage_by_hand(stage);
	(void)snprintf(id, sizeof(id), "k%zu", stage->sent_count);
	stage_say(stage, id, from, text);
	return alone_in_flight(stage, from);
}

/* ---- the gateway's settings ---- */

struct sms_channel *
stage_gateway(struct stage *stage)
{
	return (struct sms_channel *)(uintptr_t)config_sms(
	    stage->conf, "gateway");
}

struct sms_provider *
stage_provider(struct stage *stage)
{
	struct sms_channel *gateway = stage_gateway(stage);
	struct sms_provider *own =
	    arena_alloc(&stage->fixture->arena, sizeof(*own));

	*own = *gateway->provider;
	gateway->provider = own;
	return own;
}
