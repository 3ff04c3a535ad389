#include <ctype.h>
#include <string.h>

#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/marker_words.h"
#include "reader/markers.h"

/* Does the line hold nothing but a short hint at a program or a device? */
static bool
names_device(const char *line)
{
	static const char *const ends[] = { "发送", "传送", "傳送", "發送",
		"寄出", "发来", "发出", "客户端", "手机", "邮箱", "大师",
		"微信", "钉钉", "飞书", "平板", "版", "手機" };
	size_t len = strlen(line);

	if (len > 90 || text_starts(line, "由于") ||
	    text_starts(line, "由於") || !word_list_in(&marker_devices, line))
		return false;
	if ((unsigned char)line[len - 1] < 0x80)
		return true;
	for (size_t i = 0; i < ARRAY_COUNT(ends); i++)
		if (text_ends(line, ends[i]))
			return true;
	return false;
}

static size_t
count_words(const char *line)
{
	size_t words = 0;
	bool in_word = false;

	for (; *line != '\0' && *line != '<' && *line != '('; line++) {
		words += *line != ' ' && !in_word;
		in_word = *line != ' ';
	}
	return words;
}

/* "Sent from my iPhone", but not "Sent by post on Monday." */
static bool
is_sent_from(const char *line)
{
	struct word_hit hit = { 0 };

	while (word_list_next(&marker_sent_from, line, &hit)) {
		const char *with = line + hit.len;

		with += strspn(with, " ");
		if (word_at(with, "my ") > 0)
			return true;
		if (isupper((unsigned char)*with) || *with == '[' ||
		    word_list_in(&marker_devices, with))
			return true;
	}
	return false;
}

bool
marker_is_footer(const char *line)
{
	size_t len = strlen(line);

	line = marker_skip_decoration(line);
	line += *line == '(';
	if (len == 0 || len > 200)
		return false;
	if (word_list_at(&marker_footer_lines, line))
		return true;
	if (word_list_at(&marker_footers_zh, line) && names_device(line))
		return true;
	if (len < 80 &&
	    (text_ends(line, "から送信") || text_ends(line, "에서 보냄") ||
		text_ends(line, "로부터 전송")))
		return true;
	/* A sentence is no footer. */
	if (count_words(line) > 10 || word_find(line, " is ") != NULL)
		return false;
	if (word_list_at(&marker_footers, line) || is_sent_from(line))
		return true;
	return count_words(line) <= 3 &&
	       word_find(line, " from mobile") != NULL;
}
