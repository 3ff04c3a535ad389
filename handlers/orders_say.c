/* What the orders say to their author, and small questions that they share. */
#include <string.h>

#include "handlers/handlers.h"
#include "handlers/orders.h"
#include "lib/arena.h"
#include "lib/text.h"

enum language
orders_language(const struct orders *orders)
{
	return orders->staff->language;
}

int
orders_level(const struct orders *orders)
{
	return orders->staff->level > 0 ? orders->staff->level : 1;
}

const char *
orders_staff_word(const struct orders *orders, const struct staff *staff)
{
	return name_for(orders_language(orders), staff->name, staff->name_en);
}

const char *
orders_department_word(
    const struct orders *orders, const struct department *department)
{
	return name_for(
	    orders_language(orders), department->name, department->name_en);
}

int
orders_level_named(const char *to)
{
	if (text_is_empty(to) || (to[0] != 'L' && to[0] != 'l') ||
	    to[1] < '1' || to[1] > '0' + LEVEL_MAX || to[2] != '\0')
		return 0;
	return to[1] - '0';
}

static void
say(const char **list, size_t *count, const char *text)
{
	if (*count < ORDER_LINES)
		list[(*count)++] = text;
}

void
orders_done(struct orders *orders, enum sentence which, const char *arg)
{
	say(orders->done, &orders->done_count,
	    sentence(which, orders_language(orders), arg,
		orders->work->arena));
}

const char *
orders_word(const struct orders *orders, const struct command *command)
{
	return command_word(command->kind, orders_language(orders));
}

void
orders_refuse_words(struct orders *orders, int line, const char *words)
{
	if (orders->refused_count < ORDER_LINES)
		orders->refused_lines[orders->refused_count] = line;
	say(orders->refused, &orders->refused_count, words);
}

/* Its author did not know how to write it. */
static bool
wants_form(enum sentence which)
{
	static const enum sentence about_form[] = { NO_TEXT, NO_TIME,
		NO_OUTCOME, NO_SEVERITY, NO_CATEGORY, NO_PERSON, NO_PIN,
		NO_RIGHT_PIN };

	for (size_t i = 0; i < ARRAY_COUNT(about_form); i++)
		if (which == about_form[i])
			return true;
	return false;
}

/* How it is written, where it stands. */
static const char *
form_of(const struct orders *orders, enum sentence which)
{
	enum command_kind kind = orders->command->kind;
	enum language language = orders_language(orders);
	struct arena *arena = orders->work->arena;

	if (orders->work->in->message->channel != CHANNEL_SMS)
		return command_form(kind, language);
	return arena_printf(arena, "%s%s",
	    command_text_form(kind, language, arena),
	    which == NO_PIN || which == NO_RIGHT_PIN ? " PIN" : "");
}

void
orders_refuse_pin(struct orders *orders)
{
	orders_refuse(orders,
	    orders->work->commands.has_wrong_pin ? NO_RIGHT_PIN : NO_PIN,
	    NULL);
}

/* In the form of core/commands' own mistakes; a text of one line has no line
 * that needs a number. */
void
orders_refuse(struct orders *orders, enum sentence which, const char *arg)
{
	const struct message *message = orders->work->in->message;
	const struct command *command = orders->command;
	struct arena *arena = orders->work->arena;
	enum language language = orders_language(orders);
	const char *words = sentence(which, language, arg, arena);

	if (command == NULL) {
		orders_refuse_words(orders, 0, words);
		return;
	}
	if (wants_form(which))
		words = arena_printf(arena, "%s%s%s", words,
		    language == LANGUAGE_ZH ? "" : " ",
		    sentence(SAY_FORM, language, form_of(orders, which),
			arena));
	if (message->channel == CHANNEL_MAIL ||
	    strchr(text_or(message->own, ""), '\n') != NULL)
		words = command_at_line(
		    language, command->line, words, arena);
	orders_refuse_words(orders, command->line, words);
}

static bool
is_wrong(const struct orders *orders, int line)
{
	for (size_t i = 0; i < orders->refused_count; i++)
		if (orders->refused_lines[i] == line)
			return true;
	return false;
}

const char *
orders_marked(const struct orders *orders, const char *own)
{
	static const char mark[] = ">>> ";
	size_t size = strlen(own) + 1;
	char *marked, *end;

	for (const char *at = own; *at != '\0'; at++)
		size += *at == '\n' ? sizeof(mark) : 0;
	marked = end = arena_alloc(orders->work->arena, size + sizeof(mark));
	for (int line = 1; *own != '\0'; line++) {
		size_t len = strcspn(own, "\n");

		len += own[len] == '\n';
		if (is_wrong(orders, line))
			end = stpcpy(end, mark);
		memcpy(end, own, len);
		end += len;
		own += len;
	}
	*end = '\0';
	return marked;
}

void
orders_refuse_state(struct orders *orders)
{
	orders_refuse(orders, NO_STATE,
	    case_state_word(
		orders->work->file.state, orders_language(orders)));
}
