#include "desk/import_row.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/language.h"
#include "core/limits.h"
#include "core/phone.h"
#include "core/unicode.h"
#include "desk/config.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/text.h"

struct import_seen {
	const char *address;
	unsigned line;
};

/* The row at hand. */
struct row {
	struct import_rows *rows;
	unsigned line;
	const char *const *fields;
	struct arena *arena;
	struct owner owner;
	bool is_bad;
};

static const struct {
	const char *words[6];
} columns[COLUMN_COUNT] = {
	[COLUMN_NAME] = { { "name", "姓名", "业主姓名" } },
	[COLUMN_HOME] = { { "home", "房号", "房屋", "地址", "flat" } },
	[COLUMN_MAIL] = { { "mail", "email", "e-mail", "邮箱", "电子邮箱" } },
	[COLUMN_PHONE] = { { "phone", "mobile", "手机", "手机号", "电话" } },
	[COLUMN_LANGUAGE] = { { "language", "语言" } },
	[COLUMN_KIND] = { { "kind", "类别", "身份", "类型" } },
	[COLUMN_ELDERLY] = { { "elderly", "老人", "老年" } },
};

static const char *
column_name(enum import_column column)
{
	return columns[column].words[0];
}

void
import_say(const struct import *import, unsigned line, const char *words)
{
	struct buf text scoped(buf_done) = { 0 };

	if (import->complain == NULL)
		return;
	buf_init(&text, 2048);
	if (line > 0)
		buf_printf(&text, "%s:%u: %s", import->place, line, words);
	else
		buf_printf(&text, "%s: %s", import->place, words);
	import->complain(buf_text(&text), import->arg);
}

static void
complain(struct row *row, enum import_column column, const char *value,
    const char *words)
{
	row->is_bad = true;
	import_say(row->rows->import, row->line,
	    arena_printf(row->arena, "%s: \"%s\" %s", column_name(column),
		value, words));
}

static int
column_of(const char *name)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		for (size_t j = 0; j < ARRAY_COUNT(columns[i].words); j++)
			if (columns[i].words[j] != NULL &&
			    text_eq_nocase(columns[i].words[j], name))
				return i;
	return -1;
}

int
import_columns(struct import_rows *rows, unsigned line,
    const char *const *names, size_t count)
{
	struct arena arena scoped(arena_done) = { 0 };
	int status = 0;

	arena_init(&arena, 64 * KIB);
	rows->field_count = count;
	for (int i = 0; i < COLUMN_COUNT; i++)
		rows->field_of[i] = count;
	for (size_t i = 0; i < count; i++) {
		char *name = text_trim(arena_strdup(&arena, names[i]));
		int column = column_of(name);
		const char *why = NULL;

		if (column < 0)
			why = "unknown column; known are name, home, mail, "
			      "phone, language, kind, elderly";
		else if (rows->field_of[column] != count)
			why = "stands twice";
		else
			rows->field_of[column] = i;
		if (why == NULL)
			continue;
		import_say(rows->import, line,
		    arena_printf(&arena, "\"%s\": %s", name, why));
		status = -1;
	}
	for (int i = COLUMN_NAME; i <= COLUMN_HOME; i++) {
		if (rows->field_of[i] != count)
			continue;
		import_say(rows->import, line,
		    arena_printf(&arena, "column \"%s\" is missing",
			column_name((enum import_column)i)));
		status = -1;
	}
	return status;
}

void
import_rows_room(
    struct import_rows *rows, const char *text, struct arena *arena)
{
	size_t lines = 2;

	for (; *text != '\0'; text++)
		lines += *text == '\n' || *text == '\r';
	rows->found->list =
	    arena_array(arena, lines, sizeof(*rows->found->list));
	/* Two addresses a row, and half of the table stays empty. */
	rows->seen_room = 16;
	while (rows->seen_room < 4 * lines)
		rows->seen_room *= 2;
	rows->seen = calloc(rows->seen_room, sizeof(*rows->seen));
	if (rows->seen == NULL)
		abort();
}

void
import_rows_done(struct import_rows *rows)
{
	free(rows->seen);
	rows->seen = NULL;
}

/* The line that had this address before; 0: none, and it is kept. */
static unsigned
seen_before(struct import_rows *rows, const char *address, unsigned line)
{
	uint64_t hash = 14695981039346656037U; /* FNV-1a, 64 bit */
	size_t slot;

	for (const char *p = address; *p != '\0'; p++)
		hash = (hash ^ (unsigned char)*p) * 1099511628211U;
	slot = hash & (rows->seen_room - 1);
	while (rows->seen[slot].address != NULL) {
		if (text_eq(rows->seen[slot].address, address))
			return rows->seen[slot].line;
		slot = (slot + 1) & (rows->seen_room - 1);
	}
	rows->seen[slot] =
	    (struct import_seen){ .address = address, .line = line };
	return 0;
}

/* The trimmed field in its normal form, NULL when empty or absent. */
static const char *
field(const struct row *row, enum import_column column)
{
	size_t at = row->rows->field_of[column];
	char *text;

	if (at == row->rows->field_count)
		return NULL;
	text = text_trim(arena_strdup(
	    row->arena, unicode_nfkc(row->fields[at], false, row->arena)));
	return *text == '\0' ? NULL : text;
}

static void
unique_check(struct row *row, enum import_column column, const char *address)
{
	unsigned before = seen_before(row->rows, address, row->line);

	if (before != 0)
		complain(row, column, address,
		    arena_printf(row->arena,
			"stands on line %u too; one row a person, with the "
			"main home",
			before));
}

static void
read_home(struct row *row)
{
	const struct estate *estate = row->rows->import->estate;
	const struct place_hints hints = {
		.estate_has_units = estate->has_units,
		.areas = estate->areas,
		.words = estate->place_words,
	};
	const char *home = field(row, COLUMN_HOME);
	struct place *place = &row->owner.home;
	int64_t building = 0;

	if (home == NULL) {
		complain(row, COLUMN_HOME, "",
		    "is empty; expected a flat such as 3-2-501");
		return;
	}
	if ((place_scan(home, row->arena, place) < 0 ||
		!place_is_flat(place)) &&
	    !place_find_primary(home, &hints, row->arena, place))
		*place = (struct place){ 0 };
	if (!place_is_flat(place))
		complain(row, COLUMN_HOME, home,
		    "is no flat; expected such as 3-2-501 or "
		    "3号楼2单元501室");
	else if (estate->has_units && place->unit == NULL)
		complain(row, COLUMN_HOME, home,
		    "names no entrance (unit); expected such as 3-2-501");
	else if (estate->buildings > 0 &&
	    text_to_int(place->building, 0, INT32_MAX, &building) == 0 &&
	    (building < 1 || building > (int64_t)estate->buildings))
		complain(row, COLUMN_HOME, home,
		    arena_printf(row->arena,
			"is in no building of the estate; there are %u",
			estate->buildings));
}

static void
read_addresses(struct row *row)
{
	const struct sms_channel *sms = row->rows->import->estate->sms;
	const char *mail = field(row, COLUMN_MAIL);
	const char *phone = field(row, COLUMN_PHONE);

	if (mail != NULL && !config_mail_is_valid(mail)) {
		complain(row, COLUMN_MAIL, mail, "is no mail address");
	} else if (mail != NULL) {
		row->owner.mail = text_lower(arena_strdup(row->arena, mail));
		unique_check(row, COLUMN_MAIL, row->owner.mail);
	}
	if (phone == NULL)
		return;
	row->owner.phone =
	    phone_e164(phone, sms == NULL ? "86" : sms->country, row->arena);
	if (row->owner.phone == NULL)
		complain(row, COLUMN_PHONE, phone,
		    "is no full number; expected such as +8613900139001 "
		    "(format the column as text)");
	else
		unique_check(row, COLUMN_PHONE, row->owner.phone);
}

/* Index of the word in a list of spellings, or -1. */
static int
word_of(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_eq_nocase(words[i], text))
			return (int)i;
	return -1;
}

static void
read_language(struct row *row)
{
	/* Chinese spellings first. */
	static const char *const words[] = { "zh-CN", "zh", "中文", "汉语",
		"en", "en-GB", "en-US", "English", "英文", "英语" };
	const char *text = field(row, COLUMN_LANGUAGE);
	int word;

	row->owner.language = row->rows->import->estate->language;
	if (text == NULL)
		return;
	word = word_of(text, words, ARRAY_COUNT(words));
	if (word >= 0)
		row->owner.language = word < 4 ? LANGUAGE_ZH : LANGUAGE_EN;
	else if (language_from(text, &row->owner.language) < 0)
		complain(row, COLUMN_LANGUAGE, text,
		    arena_printf(row->arena, "is not known; expected %s",
			language_list()));
}

static void
read_kind(struct row *row)
{
	static const char *const words[] = { "owner", "业主", "tenant", "租户",
		"租客" };
	const char *text = field(row, COLUMN_KIND);
	int word = text == NULL ? 0 : word_of(text, words, ARRAY_COUNT(words));

	if (word < 0)
		complain(row, COLUMN_KIND, text,
		    "is not known; expected owner or tenant");
	row->owner.is_tenant = word >= 2;
}

static void
read_elderly(struct row *row)
{
	static const char *const words[] = { "no", "0", "false", "否", "yes",
		"1", "true", "是", "x" };
	const char *text = field(row, COLUMN_ELDERLY);
	int word = text == NULL ? 0 : word_of(text, words, ARRAY_COUNT(words));

	if (word < 0)
		complain(row, COLUMN_ELDERLY, text,
		    "is not known; expected yes or no");
	row->owner.is_elderly = word >= 4;
}

bool
import_row(struct import_rows *rows, unsigned line, const char *const *fields,
    size_t count, struct arena *arena)
{
	struct row row = { .rows = rows,
		.line = line,
		.fields = fields,
		.arena = arena,
		.owner = { .estate = rows->import->estate->id,
		    .is_confirmed = true } };

	if (count != rows->field_count) {
		import_say(rows->import, line,
		    arena_printf(arena,
			"%zu fields; expected %zu as in the first line", count,
			rows->field_count));
		return false;
	}
	row.owner.name = field(&row, COLUMN_NAME);
	if (row.owner.name == NULL)
		complain(&row, COLUMN_NAME, "", "is empty; expected a name");
	read_home(&row);
	read_addresses(&row);
	read_language(&row);
	read_kind(&row);
	read_elderly(&row);
	if (!row.is_bad)
		rows->found->list[rows->found->count++] = row.owner;
	return !row.is_bad;
}
