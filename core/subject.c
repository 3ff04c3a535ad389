#include "core/subject.h"

#include "core/config.h"
#include "core/unicode.h"
#include "lib/text.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A stranger's sentence may be as long as a mail, and be full of names: so what
 * is before a name is looked at for a stretch, and the whole only once. */
enum { NAME_MAX_BYTES = 80, CLAUSE_BYTES = 120 };

/* One place where the text names the person, and the sentence around it. */
struct mention {
	const char *start, *end; /* the sentence; end NULL: not looked for */
	const char *at, *behind; /* the name */
	bool is_full;
	bool is_harmless; /* nothing in the sentence blames */
};

/* ---- words of a sentence ---- */

/* In either case; most differ in their first byte. */
static bool
begins(const char *text, const char *word)
{
	return ((*text ^ *word) & ~0x20) == 0 && text_starts_nocase(text, word);
}

static bool
has_word(const char *start, const char *end, const char *word)
{
	size_t len = strlen(word);

	for (; start + len <= end; start++)
		if (begins(start, word))
			return true;
	return false;
}

static bool
has_any(const char *start, const char *end, const char *const *words)
{
	for (; *words != NULL; words++)
		if (has_word(start, end, *words))
			return true;
	return false;
}

static bool
ends_with_any(const char *start, const char *end, const char *const *words)
{
	while (end > start && end[-1] == ' ')
		end--;
	for (; *words != NULL; words++) {
		size_t len = strlen(*words);

		if ((size_t)(end - start) >= len && begins(end - len, *words))
			return true;
	}
	return false;
}

static bool
begins_with_any(const char *text, const char *const *words)
{
	for (; *words != NULL; words++)
		if (begins(text, *words))
			return true;
	return false;
}

/* Bytes of the end of a sentence that stands here; 0: none.  A dot is one only
 * before a space: "Ms. Lin" is dealt with by whoever looks for it. */
static size_t
stop_at(const char *at)
{
	static const char *const stops[] = { "。", "！", "？", "；", "!", "?",
		";", "\n", NULL };

	for (size_t i = 0; stops[i] != NULL; i++)
		if (text_starts(at, stops[i]))
			return strlen(stops[i]);
	return 0;
}

static const char *
sentence_end(const char *at)
{
	while (*at != '\0' && stop_at(at) == 0)
		at++;
	return at;
}

/* ---- what is said of them ---- */

static const char *const blames[] = { "投诉", "举报", "态度", "恶劣", "换人",
	"换个人", "没来", "不来", "没到", "没人", "没有来", "不理", "不管",
	"不接", "不回", "没回", "没有回", "不处理", "没处理", "推诿", "推脱",
	"推来", "敷衍", "骗", "撒谎", "骂", "凶", "不负责", "不专业", "不耐烦",
	"拖延", "拖着", "失职", "吵", "动手", "打人", "收钱", "不满",
	"complain", "rude", "unprofessional", "never came", "did not come",
	"didn't come", "not show up", "no show", "ignore", "someone else",
	"somebody else", "another person", "lied", "lying", "shout", "insult",
	"useless", "does nothing", "did nothing", "never call", "never repl",
	"attitude", "negligen", "careless", NULL };

static bool
is_addressed(const struct mention *mention)
{
	static const char *const before[] = { "向", "请", "谢谢", "感谢",
		"多谢", "尊敬的", "表扬", "dear", "hi", "hello", "thanks",
		"thank you", "thanks to", "please", NULL };
	static const char *const behind[] = { "您好", "你好", "早上好",
		"上午好", "下午好", "晚上好", "好,", "好，", NULL };
	static const char *const departments[] = { "客服", "工程部", "物业",
		"部", "主管", "经理", NULL };
	const char *at = mention->at;

	for (size_t i = 0; departments[i] != NULL; i++) {
		const char *const one[] = { departments[i], NULL };

		if (ends_with_any(mention->start, at, one))
			at -= strlen(departments[i]);
	}
	return ends_with_any(mention->start, at, before) ||
	       begins_with_any(mention->behind, behind);
}

/* "小孙子", "小高层" are no people called 小孙 and 小高. */
static bool
is_other_word(const struct mention *mention)
{
	static const char *const more[] = { "子", "女", "层", NULL };

	return !mention->is_full && begins_with_any(mention->behind, more);
}

/* "我是3-2-501的林女士": an owner may be called the same. */
static bool
is_self(const struct mention *mention)
{
	static const char *const selves[] = { "我是", "我叫", "业主", "住户",
		"邻居", "i am ", "i'm ", "my name is", NULL };
	/* Who is complained of is not who complains. */
	static const char *const commas[] = { ",", "，", "、", "：", ":",
		"要投诉", "要举报", NULL };
	const char *clause = mention->at - mention->start > CLAUSE_BYTES
				 ? mention->at - CLAUSE_BYTES
				 : mention->start;

	for (const char *at = clause; at < mention->at; at++)
		if (begins_with_any(at, commas))
			clause = at + 1;
	return has_any(clause, mention->at, selves);
}

static bool
is_blamed(struct mention *mention, bool is_complaint)
{
	if (is_addressed(mention) || is_self(mention) || is_other_word(mention))
		return false;
	if (is_complaint && mention->is_full)
		return true;
	if (!mention->is_harmless)
		mention->is_harmless =
		    !has_any(mention->start, mention->end, blames);
	return !mention->is_harmless;
}

/* ---- names ---- */

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Some mention of this name is blame. */
static bool
name_is_blamed(
    const char *text, const char *name, bool is_full, bool is_complaint)
{
	struct mention mention = { .start = text, .is_full = is_full };
	size_t len = strlen(name), stop;

	for (const char *at = text; *at != '\0'; at++) {
		if ((stop = stop_at(at)) > 0) {
			mention = (struct mention){ .start = at + stop,
				.is_full = is_full };
			continue;
		}
		if (!begins(at, name) ||
		    (is_letter(*name) && at > text && is_letter(at[-1])) ||
		    (is_letter(name[len - 1]) && is_letter(at[len])))
			continue;
		mention.at = at;
		mention.behind = at + len;
		if (mention.end == NULL)
			mention.end = sentence_end(at + len);
		if (is_blamed(&mention, is_complaint))
			return true;
	}
	return false;
}

/* Bytes of the surname of a Chinese name; 0: it is none. */
static size_t
surname_len(const char *name)
{
	static const char *const doubles[] = { "欧阳", "司马", "诸葛", "上官",
		"司徒", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "东方",
		"宇文", "长孙", NULL };
	const char *at = name;

	for (size_t i = 0; doubles[i] != NULL; i++)
		if (text_starts(name, doubles[i]))
			return strlen(doubles[i]);
	return unicode_next(&at) >= 0x2e80 ? (size_t)(at - name) : 0;
}

/* Titles that say man or woman; whose title says the other is not meant. */
static bool
fits(const struct staff *staff, const char *honorific)
{
	static const struct {
		const char *one, *other;
	} pairs[] = { { "女士", "先生" }, { "小姐", "先生" },
		{ "先生", "女士" }, { "先生", "小姐" } };
	const char *title = text_or(staff->title, "");

	for (size_t i = 0; i < ARRAY_COUNT(pairs); i++)
		if (text_eq(honorific, pairs[i].one) &&
		    strstr(title, pairs[i].other) != NULL)
			return false;
	return true;
}

/* The surname with what stands around it: "小" + "林", "林" + "女士". */
static bool
part_is_blamed(const char *text, const char *before, const char *surname,
    size_t len, const char *behind, bool is_complaint)
{
	size_t head = strlen(before), tail = strlen(behind);
	char name[NAME_MAX_BYTES];

	if (head + len + tail >= sizeof(name))
		return false;
	(void)snprintf(name, sizeof(name), "%s", before);
	memcpy(name + head, surname, len);
	memcpy(name + head + len, behind, tail + 1);
	return name_is_blamed(text, name, false, is_complaint);
}

static bool
surname_is_blamed(
    const char *text, const struct staff *staff, bool is_complaint)
{
	static const char *const behind[] = { "女士", "先生", "小姐", "师傅",
		"主管", "经理", "队长", "管家" };
	static const char *const before[] = { "小", "老" };
	const char *own = text_or(staff->name, "");
	size_t len = surname_len(own);

	if (len == 0)
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(behind); i++)
		if (fits(staff, behind[i]) &&
		    part_is_blamed(text, "", own, len, behind[i], is_complaint))
			return true;
	for (size_t i = 0; i < ARRAY_COUNT(before); i++)
		if (part_is_blamed(text, before[i], own, len, "", is_complaint))
			return true;
	return false;
}

/* "Ms Lin": which word of "Lin Xiao" is the surname tells the title that
 * owners read, "Ms Lin, customer service". */
static bool
english_is_blamed(
    const char *text, const struct staff *staff, bool is_complaint)
{
	static const char *const before[] = { "Mr ", "Mr. ", "Ms ", "Ms. ",
		"Mrs ", "Mrs. ", "Miss " };
	const char *title = text_or(staff->title_en, staff->name_en);
	const char *at = text_or(staff->name_en, "");

	while (*(at += strspn(at, " ")) != '\0') {
		size_t len = strcspn(at, " ");

		for (size_t i = 0; i < ARRAY_COUNT(before); i++)
			if (memmem(title, strlen(title), at, len) != NULL &&
			    part_is_blamed(text, before[i], at, len, "",
				is_complaint))
				return true;
		at += len;
	}
	return false;
}

/* ---- a look that finds most texts free of the name ---- */

static bool
has_from(const char *text, const char *end, char first, const char *word,
    size_t len)
{
	const char *at = text;

	while ((at = memchr(at, first, (size_t)(end - at))) != NULL) {
		if (strncasecmp(at, word, len) == 0)
			return true;
		at++;
	}
	return false;
}

/* Any word of the English name, in either case. */
static bool
has_english(const char *text, const char *end, const char *name)
{
	const char *at = text_or(name, "");

	while (*(at += strspn(at, " ")) != '\0') {
		size_t len = strcspn(at, " ");

		if (has_from(text, end, (char)toupper((unsigned char)*at), at,
			len) ||
		    has_from(text, end, (char)tolower((unsigned char)*at), at,
			len))
			return true;
		at += len;
	}
	return false;
}

/* Every form of a name holds the surname or a word of the English name. */
static bool
may_name(const char *text, const struct staff *staff)
{
	const char *own = text_or(staff->name, "");
	size_t size = strlen(text), len = surname_len(own);

	if (len > 0 ? memmem(text, size, own, len) != NULL
		    : has_english(text, text + size, own))
		return true;
	return has_english(text, text + size, staff->name_en);
}

bool
subject_is_named(const char *text, const struct staff *staff, bool is_complaint)
{
	const char *const full[] = { staff->name, staff->name_en };

	if (text_is_empty(text) || !may_name(text, staff))
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(full); i++)
		if (!text_is_empty(full[i]) &&
		    name_is_blamed(text, full[i], true, is_complaint))
			return true;
	return surname_is_blamed(text, staff, is_complaint) ||
	       english_is_blamed(text, staff, is_complaint);
}

bool
subject_is_listed(const char *list, const char *id)
{
	size_t len = strlen(id);

	for (list = text_or(list, ""); *list != '\0';
	     list += strspn(list, " ")) {
		size_t word = strcspn(list, " ");

		if (word == len && strncmp(list, id, len) == 0)
			return true;
		list += word;
	}
	return false;
}
