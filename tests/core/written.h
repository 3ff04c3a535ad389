/*
 * What lin writes to the desk on a Monday, and all that was understood of it,
 * as one line.
 */
#ifndef TESTS_CORE_WRITTEN_H
#define TESTS_CORE_WRITTEN_H

#include "core/commands.h"
#include "core/config.h"
#include "core/zone.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"
#include "tests/core/cast.h"
#include "tests/support/cmocka_fence.h"

static struct arena written_arena;
static struct commands_context written_ctx;

/* Mon 2026-11-23 10:00 in Shanghai. */
static const msec_t written_at = (msec_t)1795399200 * 1000;

struct written {
	const char *own, *want;
};

static inline struct commands
written_parse(enum channel channel, const char *own)
{
	struct commands ret;

	written_ctx = (struct commands_context){
		.conf = &cast,
		.estate = cast.estates,
		.now = written_at,
		.channel = channel,
		.language = LANGUAGE_EN,
		.sender = "lin",
	};
	commands_parse(&written_ctx, own, &written_arena, &ret);
	return ret;
}

/* All that was understood, on one line. */
static inline const char *
written_told(const struct commands *commands)
{
	struct buf out;
	char at[32];

	buf_init(&out, 1 << 16);
	for (size_t i = 0; i < commands->count; i++) {
		const struct command *it = &commands->list[i];

		buf_printf(
		    &out, "%s%s", i == 0 ? "" : " | ", command_name(it->kind));
		if (it->case_no != NULL)
			buf_printf(&out, " no=%s", it->case_no);
		if (it->to != NULL)
			buf_printf(&out, " to=%s", it->to);
		if (it->value != NULL)
			buf_printf(&out, " value=%s", it->value);
		if (it->score != 0)
			buf_printf(&out, " score=%d", it->score);
		if (it->at != 0) {
			zone_rfc3339(cast.estates->zone, it->at, at);
			buf_printf(&out, " at=%.16s", at);
		}
		if (it->text != NULL)
			buf_printf(&out, " text=%s", it->text);
	}
	if (commands->plain != NULL)
		buf_printf(&out, " plain=%s", commands->plain);
	if (commands->pin != NULL)
		buf_printf(&out, " pin=%s", commands->pin);
	if (commands->has_wrong_pin)
		buf_printf(&out, " wrong-pin own=%s", commands->own);
	for (size_t i = 0; i < commands->error_count; i++)
		buf_printf(&out, " error=%s", commands->errors[i]);
	{
		const char *ret = arena_strdup(&written_arena, buf_text(&out));

		buf_done(&out);
		return ret;
	}
}

static inline void
written_are(enum channel channel, const struct written *rows)
{
	for (; rows->own != NULL; rows++) {
		struct commands commands = written_parse(channel, rows->own);
		const char *got = written_told(&commands);

		if (!text_eq(got, rows->want))
			fail_msg("%s\n  gave   %s\n  wanted %s", rows->own, got,
			    rows->want);
	}
}

static inline int
written_open(void **state)
{
	(void)state;
	arena_init(&written_arena, (size_t)64 << 20);
	cast_open();
	return 0;
}

static inline int
written_close(void **state)
{
	(void)state;
	cast_close();
	arena_done(&written_arena);
	return 0;
}

#endif
