#include "store/row.h"

#include "core/case.h"
#include "core/incident.h"
#include "core/input.h"
#include "core/language.h"
#include "core/outgoing.h"
#include "core/vocabulary.h"
#include "lib/text.h"
#include "store/inbox.h"

static const char *
channel_code(int value)
{
	return channel_name((enum channel)value);
}

static const char *
kind_code(int value)
{
	return kind_name((enum kind)value);
}

static const char *
severity_code(int value)
{
	return severity_name((enum severity)value);
}

static const char *
role_code(int value)
{
	return role_name((enum role)value);
}

static const char *
language_code(int value)
{
	return language_name((enum language)value);
}

static const char *
case_state_code(int value)
{
	return case_state_name((enum case_state)value);
}

static const char *
out_state_code(int value)
{
	return out_state_name((enum out_state)value);
}

static const char *
timer_kind_code(int value)
{
	return timer_kind_name((enum timer_kind)value);
}

static const char *
reply_kind_code(int value)
{
	static const char *const codes[] = {
		[REPLY_NONE] = "none",
		[REPLY_OWNER] = "owner",
		[REPLY_MATTER] = "matter",
		[REPLY_INTERNAL] = "internal",
		[REPLY_ASK] = "ask",
		[REPLY_INCIDENT] = "incident",
		[REPLY_DIGEST] = "digest",
		[REPLY_BUNDLE] = "bundle",
		[REPLY_CONFIRM] = "confirm",
	};

	return codes[value];
}

static const char *
visit_code(int value)
{
	return visit_name((enum visit)value);
}

static const char *
word_kind_code(int value)
{
	return value == WORD_OUTCOME ? "outcome" : "reply";
}

static const char *
inbox_state_code(int value)
{
	static const char *const codes[] = {
		[INBOX_RECEIVED] = "received",
		[INBOX_DONE] = "done",
		[INBOX_BINNED] = "binned",
		[INBOX_UNREADABLE] = "unreadable",
	};

	return codes[value];
}

const struct words words_channel = { channel_code, CHANNEL_SMS + 1 };
const struct words words_kind = { kind_code, KIND_COUNT };
const struct words words_severity = { severity_code, SEVERITY_COUNT };
const struct words words_role = { role_code, ROLE_SYSTEM + 1 };
const struct words words_language = { language_code, LANGUAGES_MAX };
const struct words words_case_state = { case_state_code, CASE_STATE_COUNT };
const struct words words_out_state = { out_state_code, OUT_STATE_COUNT };
const struct words words_word_kind = { word_kind_code, WORD_OUTCOME + 1 };
const struct words words_reply_kind = { reply_kind_code, REPLY_KIND_COUNT };
const struct words words_timer_kind = { timer_kind_code, TIMER_KIND_COUNT };
const struct words words_visit = { visit_code, VISIT_COUNT };
const struct words words_inbox_state = { inbox_state_code,
	INBOX_UNREADABLE + 1 };

int
words_find(const struct words *words, const char *code)
{
	if (code == NULL)
		return -1;
	for (int i = 0; i < words->count; i++) {
		const char *one = words->code(i);

		if (one != NULL && text_eq(one, code))
			return i;
	}
	return -1;
}

static void
bind_word(struct query *query, const struct words *words, int value)
{
	if (value < 0 || value >= words->count)
		query_text(query, NULL);
	else
		query_text(query, words->code(value));
}

static void
bind_column(
    struct query *query, const struct column *column, const void *member)
{
	switch (column->type) {
	case COLUMN_TEXT:
		query_text(query, *(const char *const *)member);
		break;
	case COLUMN_NUM:
		query_num(query, *(const int64_t *)member);
		break;
	case COLUMN_MAYBE:
		query_maybe(query, *(const int64_t *)member);
		break;
	case COLUMN_INT:
		query_num(query, *(const int *)member);
		break;
	case COLUMN_SCORE:
		query_maybe(query, *(const int *)member);
		break;
	case COLUMN_FLAG:
		query_num(query, *(const bool *)member);
		break;
	case COLUMN_WORD:
		/* Every enum of this program is an unsigned int to gcc. */
		bind_word(query, column->words, (int)*(const unsigned *)member);
		break;
	}
}

void
row_bind(struct query *query, const struct column *columns, size_t count,
    const void *object)
{
	for (size_t i = 0; i < count; i++)
		bind_column(query, &columns[i],
		    (const char *)object + columns[i].offset);
}

static int
read_word(const struct query *query, int at, const struct column *column,
    void *member, struct err *err)
{
	const char *code = query_peek(query, at);
	int value = words_find(column->words, code);

	/* Its folder is gone. */
	if (code != NULL && value < 0 && column->words == &words_language)
		value = LANGUAGE_EN;
	if (code != NULL && value < 0)
		return err_set(err, ERR_BUG, "column %s holds an unknown word",
		    column->name);
	*(unsigned *)member = code == NULL ? 0 : (unsigned)value;
	return 0;
}

static int
read_column(const struct query *query, int at, const struct column *column,
    struct arena *arena, void *member, struct err *err)
{
	switch (column->type) {
	case COLUMN_TEXT:
		*(const char **)member = query_get_text(query, at, arena);
		break;
	case COLUMN_NUM:
	case COLUMN_MAYBE:
		*(int64_t *)member = query_get(query, at);
		break;
	case COLUMN_INT:
	case COLUMN_SCORE:
		*(int *)member = (int)query_get(query, at);
		break;
	case COLUMN_FLAG:
		*(bool *)member = query_get(query, at) != 0;
		break;
	case COLUMN_WORD:
		return read_word(query, at, column, member, err);
	}
	return 0;
}

int
row_read(const struct query *query, int first, const struct column *columns,
    size_t count, struct arena *arena, void *object, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		if (read_column(query, first + (int)i, &columns[i], arena,
			(char *)object + columns[i].offset, err) < 0)
			return -1;
	}
	return 0;
}

int
row_list(struct query *query, const struct row_form *form, struct arena *arena,
    void *ret, int max, struct err *err)
{
	int count = 0, more = 0;

	while (count < max && (more = query_row(query, err)) > 0) {
		if (row_read(query, 0, form->columns, form->count, arena,
			(char *)ret + (size_t)count * form->size, err) < 0)
			return -1;
		count++;
	}
	return more < 0 ? -1 : count;
}
