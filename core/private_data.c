#include "core/private_data.h"

#include "core/case.h"
#include "core/config.h"
#include "core/phone.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

#include <string.h>

enum {
	MOBILE_DIGITS = 11,
	IDENTITY_DIGITS = 18,
	ROOM_MIN = 3,
	ROOM_MAX = 4,
	NAME_GLYPHS = 2,   /* behind the surname */
	CLAUSE_BYTES = 60, /* between "业主" and the name that it is about */
};

struct search {
	const struct private_known *known;
	struct arena *arena;
	struct private_find *list;
	size_t count, max;
};

static void
add(struct search *search, const char *start, const char *end, bool blocks)
{
	if (search->count == search->max)
		return;
	search->list[search->count++] = (struct private_find){
		.words =
		    arena_strndup(search->arena, start, (size_t)(end - start)),
		.blocks = blocks,
	};
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the word of the list with which `at' begins; 0: none. */
static size_t
begins(const char *at, const char *const *words)
{
	for (; *words != NULL; words++)
		if (text_starts(at, *words))
			return strlen(*words);
	return 0;
}

/* ---- numbers ---- */

static size_t
digit_run(const char *at)
{
	return strspn(at, "0123456789");
}

/* The mobile number of mainland China that begins here, as people write one:
 * with the country or without, in groups of 3-4-4 or 3-8 or 7-4.  Its end and
 * its digits; NULL: none. */
static const char *
read_mobile(const char *at, char ret[static MOBILE_DIGITS + 1])
{
	static const char *const countries[] = { "0086", "86", NULL };
	size_t count = 0, first;

	at += begins(at, countries);
	at += strspn(at, " -");
	first = digit_run(at);
	if (first != 3 && first != 7 && first != MOBILE_DIGITS)
		return NULL;
	for (; count < MOBILE_DIGITS; at++) {
		if (is_digit(*at))
			ret[count++] = *at;
		else if ((*at != ' ' && *at != '-') || !is_digit(at[1]))
			return NULL;
	}
	ret[count] = '\0';
	return !is_digit(*at) && ret[0] == '1' && ret[1] >= '3' ? at : NULL;
}

/* A mobile: whose?  A colleague gives their own away if they like. */
static void
check_mobile(struct search *search, const char *start, const char *end,
    const char *digits)
{
	const struct private_known *known = search->known;
	const char *mobile = phone_e164(digits, "86", search->arena);

	if (known != NULL &&
	    (text_eq(mobile, known->file->phone) ||
		text_eq(mobile, phone_e164(known->estate->duty_phone, "86",
				    search->arena))))
		return;
	add(search, start, end,
	    known == NULL ||
		config_staff_by_phone(known->conf, mobile) == NULL);
}

static void
find_numbers(struct search *search, const char *text)
{
	char digits[MOBILE_DIGITS + 1];

	while (*text != '\0') {
		size_t run = digit_run(text);
		const char *end = run > 0 ? read_mobile(text, digits) : NULL;

		if (end != NULL) {
			check_mobile(search, text, end, digits);
			text = end;
			continue;
		}
		if (run == IDENTITY_DIGITS ||
		    (run == IDENTITY_DIGITS - 1 && text[run] == 'x'))
			add(search, text, text + IDENTITY_DIGITS, true);
		text += run + (text[run] != '\0' && run == 0);
	}
}

/* ---- mail addresses ---- */

static bool
is_mail_byte(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
	       (c != '\0' && strchr("._%+-", c) != NULL);
}

static bool
may_be_read(const struct search *search, const char *mail)
{
	const struct private_known *known = search->known;

	if (text_eq_nocase(mail, known->file->mail) ||
	    config_staff_by_mail(known->conf, mail) != NULL)
		return true;
	for (size_t i = 0; i < known->conf->mailbox_count; i++)
		if (text_eq_nocase(mail, known->conf->mailboxes[i].address))
			return true;
	return false;
}

static void
find_mails(struct search *search, const char *text)
{
	for (const char *at = text; (at = strchr(at, '@')) != NULL; at++) {
		const char *start = at, *end = at + 1;

		while (start > text && is_mail_byte(start[-1]))
			start--;
		while (is_mail_byte(*end))
			end++;
		while (end > at + 1 && end[-1] == '.')
			end--;
		if (start == at || end == at + 1)
			continue;
		if (!may_be_read(search, arena_strndup(search->arena, start,
					     (size_t)(end - start))))
			add(search, start, end, true);
	}
}

/* ---- who lives here ---- */

static const char *const residents[] = { "业主", "住户", "租户", "邻居",
	"投诉人", "举报人", "报修人", "反映人", NULL };
/* Those words mean all of them, or an office. */
static const char *const everybody[] = { "大会", "委员会", "代表", "群", "们",
	"您", NULL };
static const char *const clause_ends[] = { ",", "。", "!", "?", ";", "、", "\n",
	NULL };
static const char *const honorifics[] = { "先生", "女士", "小姐", "师傅",
	NULL };

static const char *const surnames =
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘"
    "蒋蔡余杜叶程苏魏吕丁沈任姚卢姜崔钟谭陆汪范金石廖贾夏韦付邹孟熊秦邱江尹薛"
    "闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤温康施牛樊葛";

static bool
is_surname(const char *at)
{
	char one[4] = { 0 };

	if (strlen(at) < 3)
		return false;
	memcpy(one, at, 3);
	return (unsigned char)one[0] >= 0xe4 && strstr(surnames, one) != NULL;
}

static bool
is_own_name(const struct search *search, const char *at)
{
	const char *own = text_or(search->known->file->owner_name, "");

	return *own != '\0' && strncmp(at, own, strlen(own)) == 0;
}

/* "王女士" of an owner called 王芳, or of staff whose title says so. */
static bool
may_be_titled(const struct search *search, const char *at, size_t len)
{
	const struct config *conf = search->known->conf;
	const char *word = arena_strndup(search->arena, at, len);

	if (strncmp(text_or(search->known->file->owner_name, ""), at, 3) == 0)
		return true;
	for (size_t i = 0; i < conf->staff_count; i++) {
		const struct staff *staff = &conf->staff[i];

		if (strstr(text_or(staff->title, ""), word) != NULL ||
		    strncmp(text_or(staff->name, ""), at, 3) == 0)
			return true;
	}
	return false;
}

/* "刘洋说", "黄丽家": the end of the name, or NULL. */
static const char *
named_speaker(const struct search *search, const char *at)
{
	static const char *const verbs[] = { "说", "反映", "投诉", "举报",
		"报修", "表示", "家", NULL };
	const char *end = at + 3;

	if (!is_surname(at) || is_own_name(search, at))
		return NULL;
	for (int i = 0; i < NAME_GLYPHS; i++) {
		if (unicode_next(&end) < 0x2e80)
			return NULL;
		if (begins(end, verbs) > 0)
			return end;
	}
	return NULL;
}

/* The name that stands in the same clause behind "业主". */
static void
find_name(struct search *search, const char *from)
{
	const char *limit = from + strnlen(from, CLAUSE_BYTES), *end;

	for (const char *at = from; at < limit && begins(at, clause_ends) == 0;
	     at++) {
		size_t title = is_surname(at) ? begins(at + 3, honorifics) : 0;

		if (title > 0 && !may_be_titled(search, at, 3 + title)) {
			add(search, at, at + 3 + title, true);
			return;
		}
		if (at == from && (end = named_speaker(search, at)) != NULL) {
			add(search, at, end, true);
			return;
		}
	}
}

/* The room that stands right before `at', and what tells that it is one:
 * "号", a building with a dash, "楼上".  NULL: none, or the owner's own. */
static const char *
other_room_before(const struct search *search, const char *text, const char *at)
{
	static const char *const behind[] = { "号", "室", "房", "的", " ",
		NULL };
	static const char *const near[] = { "楼上", "楼下", "隔壁", "对门" };
	const char *own = search->known->file->place.room;
	const char *end = at, *start;
	bool is_room = false;

	for (size_t i = 0; behind[i] != NULL; i++) {
		size_t len = strlen(behind[i]);

		if ((size_t)(end - text) < len ||
		    strncmp(end - len, behind[i], len) != 0)
			continue;
		is_room = is_room || len > 1;
		end -= len;
		i = (size_t)-1;
	}
	for (start = end; start > text && is_digit(start[-1]);)
		start--;
	if (end - start < ROOM_MIN || end - start > ROOM_MAX)
		return NULL;
	if (start > text && start[-1] == '-')
		is_room = true;
	for (size_t i = 0; i < ARRAY_COUNT(near); i++)
		if ((size_t)(start - text) >= strlen(near[i]) &&
		    text_starts(start - strlen(near[i]), near[i]))
			is_room = true;
	if (!is_room || (own != NULL && strlen(own) == (size_t)(end - start) &&
			    strncmp(own, start, (size_t)(end - start)) == 0))
		return NULL;
	return start;
}

static void
find_residents(struct search *search, const char *text)
{
	for (const char *at = text; *at != '\0'; at++) {
		size_t len = begins(at, residents);
		const char *room;

		if (len == 0 || begins(at + len, everybody) > 0)
			continue;
		room = other_room_before(search, text, at);
		if (room != NULL)
			add(search, room, at + len, true);
		find_name(search, at + len);
	}
}

size_t
private_data_find(const char *text, const struct private_known *known,
    struct arena *arena, struct private_find *ret, size_t max)
{
	struct search search = {
		.known = known, .arena = arena, .list = ret, .max = max
	};

	find_numbers(&search, text);
	if (known == NULL)
		return search.count;
	find_mails(&search, text);
	find_residents(&search, text);
	return search.count;
}
