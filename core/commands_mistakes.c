/*
 * What is wrong with a command, as a sentence in the language of who wrote it.
 */
#include "core/commands_parts.h"
#include "core/language.h"
#include "core/limits.h"
#include "core/phrase.h"
#include "lib/arena.h"
#include "lib/text.h"

/* {1} is what was written, {2} what may be. */
static const char *const sentences[MISTAKE_COUNT][LANGUAGE_COUNT] = {
	[MISTAKE_UNKNOWN] = { "没有“#{1}”这个指令。相近的有：{2}",
	    "there is no command \"#{1}\". Nearest: {2}" },
	[MISTAKE_WHO_NONE] = { "“{1}”中没有认得的部门或人员。可写：{2}",
	    "no department or person is known in \"{1}\". There are: "
	    "{2}" },
	[MISTAKE_WHO_MANY] = { "“{1}”不止一个，请写全名：{2}",
	    "\"{1}\" fits several; please write one in full: {2}" },
	[MISTAKE_TEXT] = { "“#{1}”后面缺少内容。格式：{2}",
	    "\"#{1}\" lacks its text. Form: {2}" },
	[MISTAKE_VALUE] = { "看不懂“{1}”。格式：{2}",
	    "\"{1}\" is not understood. Form: {2}" },
	[MISTAKE_CASE] = { "“{1}”不是工单编号。格式：{2}",
	    "\"{1}\" is no case number. Form: {2}" },
	[MISTAKE_TIME_NONE] = { "“{1}”中没有认得的时间。格式：{2}",
	    "no time is known in \"{1}\". Form: {2}" },
	[MISTAKE_TIME_NO_HOUR] = { "“{1}”缺少几点。格式：{2}",
	    "\"{1}\" lacks the hour. Form: {2}" },
	[MISTAKE_TIME_AMBIGUOUS] = { "“{1}”的时间有歧义，请写明上午或下午，或用24小时制。格式：{2}",
	    "the time in \"{1}\" is ambiguous; write am, pm or 24-hour "
	    "time. Form: {2}" },
	[MISTAKE_TIME_WRONG] = { "“{1}”中没有这样的日期或时间。格式：{2}",
	    "there is no such date or time as in \"{1}\". Form: {2}" },
	[MISTAKE_TIME_PASSED] = { "“{1}”中的时间已过去。格式：{2}",
	    "the time in \"{1}\" has passed. Form: {2}" },
	[MISTAKE_CONTRADICTS] = { "“#{1}”与“#{2}”不能同时使用，请只留一个",
	    "\"#{1}\" and \"#{2}\" cannot stand in one message; "
	    "please keep one" },
	[MISTAKE_SEVERAL] = { "一条短信只办一件工单，请分开发送：{1}、{2}",
	    "a text is about one case; please send one for each: {1}, {2}" },
	[MISTAKE_TOO_MANY] = { "指令超过{1}条，请分几次发送（{2}）",
	    "more than {1} commands; please send several messages "
	    "({2})" },
};

static const char *const line_words[LANGUAGE_COUNT] = { "第{1}行：{2}",
	"Line {1}: {2}" };

const char *
command_at_line(
    enum language language, int line, const char *words, struct arena *arena)
{
	const char *const args[] = { arena_printf(arena, "%d", line), words };

	return phrase(language, line_words, args, ARRAY_COUNT(args), arena);
}

void
command_words(language_visit *visit, void *arg)
{
	visit(line_words[LANGUAGE_ZH], line_words[LANGUAGE_EN], arg);
	for (size_t i = 0; i < MISTAKE_COUNT; i++)
		visit(sentences[i][LANGUAGE_ZH], sentences[i][LANGUAGE_EN],
		    arg);
}

void
command_complain(struct command_parse *parse, int line,
    enum command_mistake mistake, const char *what, const char *right)
{
	struct commands *out = parse->out;
	enum language language = parse->ctx->language;
	struct arena *arena = parse->arena;
	const char *const args[] = { what, right };
	const char *text;

	if (out->error_count == LIMIT_COMMANDS)
		return;
	out->error_lines[out->error_count] = line;
	text = phrase(
	    language, sentences[mistake], args, ARRAY_COUNT(args), arena);
	if (!parse->is_one_line)
		text = command_at_line(language, line, text, arena);
	out->errors[out->error_count++] = text;
}

const char *
command_usage(const struct command_parse *parse, enum command_kind kind)
{
	if (parse->ctx->channel == CHANNEL_SMS)
		return command_text_form(
		    kind, parse->ctx->language, parse->arena);
	return command_form(kind, parse->ctx->language);
}
