#include "desk/import.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/limits.h"
#include "core/unicode.h"
#include "desk/import_row.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/csv.h"
#include "lib/err.h"
#include "lib/text.h"

enum { FIELDS_MAX = 64, REGISTER_ROWS_MAX = 200000 };

/* 8 MiB are a hundred thousand homes. */
#define REGISTER_BYTES_MAX (8 * MIB)

static bool
is_utf8(const char *text, size_t len)
{
	const char *end = text + len;

	if (memchr(text, '\0', len) != NULL)
		return false;
	while (text < end) {
		const char *before = text;
		uint32_t character = unicode_next(&text);

		/* U+FFFD itself is three bytes long; a wrong byte is not. */
		if (character == 0xFFFD && text - before != 3)
			return false;
	}
	return true;
}

static bool
is_open(iconv_t converter)
{
	/* iconv_open(3) says so; NOLINTNEXTLINE(performance-no-int-to-ptr) */
	return converter != (iconv_t)-1;
}

/* The analyzer takes iconv's (iconv_t)-1 for something to be closed. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
/* NULL when it is no GB18030 either. */
static const char *
from_gb18030(const char *data, size_t len, struct arena *arena)
{
	size_t room = len * 3 + 1, in_len = len, out_len = room - 1, status;
	char *in = arena_strndup(arena, data, len);
	char *text = arena_alloc(arena, room), *out = text;
	iconv_t converter = iconv_open("UTF-8", "GB18030");

	if (!is_open(converter))
		return NULL;
	status = iconv(converter, &in, &in_len, &out, &out_len);
	(void)iconv_close(converter);
	if (status == (size_t)-1 ||
	    memchr(text, '\0', (size_t)(out - text)) != NULL)
		return NULL;
	*out = '\0';
	return text;
}
#pragma GCC diagnostic pop

static const char *
text_of(const struct import *import, const char *data, size_t len,
    struct arena *arena, struct err *err)
{
	static const char bom[] = "\xef\xbb\xbf";
	const char *text;

	if (len >= 2 &&
	    (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0)) {
		err_set(err, ERR_DATA,
		    "%s: is UTF-16; in Excel choose \"CSV UTF-8\" when saving",
		    import->place);
		return NULL;
	}
	if (len >= 2 && memcmp(data, "PK", 2) == 0) {
		err_set(err, ERR_DATA,
		    "%s: is a workbook; in Excel choose \"CSV UTF-8\" when "
		    "saving",
		    import->place);
		return NULL;
	}
	if (len >= 3 && memcmp(data, bom, 3) == 0) {
		data += 3;
		len -= 3;
	}
	if (is_utf8(data, len))
		return arena_strndup(arena, data, len);
	text = from_gb18030(data, len, arena);
	if (text == NULL)
		err_set(err, ERR_DATA,
		    "%s: is neither UTF-8 nor GB18030; in Excel choose \"CSV "
		    "UTF-8\" when saving",
		    import->place);
	else
		import_say(import, 0,
		    "note: not UTF-8; read as GB18030, as Excel saves it");
	return text;
}

/* Spreadsheets of some countries write semicolons or tabs. */
static char
separator_of(const char *text)
{
	size_t line = strcspn(text, "\r\n");

	if (memchr(text, ',', line) != NULL)
		return ',';
	if (memchr(text, '\t', line) != NULL)
		return '\t';
	return memchr(text, ';', line) != NULL ? ';' : ',';
}

static int
rows_parse(struct import_rows *rows, struct csv *csv, struct arena *arena,
    struct err *err)
{
	const struct import *import = rows->import;
	const char *fields[FIELDS_MAX];
	size_t count = 0;
	int status;

	while ((status = csv_next(
		    csv, arena, fields, FIELDS_MAX, &count, err)) > 0) {
		if (rows->found->count == REGISTER_ROWS_MAX)
			return err_set(err, ERR_DATA, "%s: more than %d rows",
			    import->place, REGISTER_ROWS_MAX);
		if (!import_row(rows, csv->line, fields, count, arena))
			rows->found->bad++;
	}
	if (status < 0)
		return err_wrap(err, "%s:%u", import->place, csv->line);
	if (rows->found->bad > 0 && !import->skip_bad)
		return err_set(err, ERR_DATA,
		    "%s: %zu bad row%s; nothing was imported", import->place,
		    rows->found->bad, rows->found->bad == 1 ? "" : "s");
	return 0;
}

int
import_parse(const struct import *import, const char *data, size_t len,
    struct arena *arena, struct owner_list *ret, struct err *err)
{
	struct owner_list found = { 0 };
	struct import_rows rows scoped(import_rows_done) = { .import = import,
		.found = &found };
	const char *text = text_of(import, data, len, arena, err);
	const char *fields[FIELDS_MAX];
	struct csv csv;
	size_t count = 0;
	int status;

	if (text == NULL)
		return -1;
	csv_open(&csv, text, separator_of(text));
	status = csv_next(&csv, arena, fields, FIELDS_MAX, &count, err);
	if (status < 0)
		return err_wrap(err, "%s:%u", import->place, csv.line);
	if (status == 0)
		return err_set(err, ERR_DATA,
		    "%s: is empty; expected a line of column names",
		    import->place);
	if (import_columns(&rows, csv.line, fields,
		count < FIELDS_MAX ? count : FIELDS_MAX) < 0)
		return err_set(err, ERR_DATA,
		    "%s: column names are wrong; nothing was imported",
		    import->place);
	import_rows_room(&rows, text, arena);
	if (rows_parse(&rows, &csv, arena, err) < 0)
		return -1;
	*ret = found;
	return 0;
}

static void
close_file(FILE **file)
{
	if (*file != NULL)
		(void)fclose(*file);
}

int
import_file(const struct import *import, struct arena *arena,
    struct owner_list *ret, struct err *err)
{
	FILE *file scoped(close_file) = fopen(import->place, "re");
	struct buf text scoped(buf_done) = { 0 };
	size_t got = 0;

	if (file == NULL)
		return err_sys(err, ERR_DATA, "%s", import->place);
	buf_init(&text, REGISTER_BYTES_MAX);
	do {
		char *room = buf_room(&text, 64 * KIB);

		if (room == NULL)
			return err_set(err, ERR_DATA, "%s: is larger than %zu "
						      "MiB",
			    import->place, REGISTER_BYTES_MAX / MIB);
		got = fread(room, 1, 64 * KIB, file);
		buf_grow(&text, got);
	} while (got > 0);
	if (ferror(file))
		return err_sys(err, ERR_DATA, "%s", import->place);
	return import_parse(
	    import, buf_text(&text), text.len, arena, ret, err);
}

int
import_registers(const struct config *conf,
    void (*complain)(const char *mistake, void *arg), void *arg,
    struct arena *arena, struct owner_list *ret, struct err *err)
{
	struct owner_list all = { 0 };

	for (size_t i = 0; i < conf->estate_count; i++) {
		const struct estate *estate = &conf->estates[i];
		struct import import = { .place = estate->owners_file,
			.estate = estate,
			.complain = complain,
			.arg = arg };
		struct owner_list one = { 0 };
		struct owner *both;

		if (estate->owners_file == NULL)
			continue;
		if (import_file(&import, arena, &one, err) < 0)
			return -1;
		both = arena_array(
		    arena, all.count + one.count + 1, sizeof(*both));
		for (size_t j = 0; j < all.count; j++)
			both[j] = all.list[j];
		for (size_t j = 0; j < one.count; j++)
			both[all.count + j] = one.list[j];
		all.list = both;
		all.count += one.count;
	}
	*ret = all;
	return 0;
}
