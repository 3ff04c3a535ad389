/*
 * import - the register of owners from a spreadsheet.
 *
 * CSV (RFC 4180) with a line of column names: name, home, mail, phone,
 * language, kind (owner or tenant), elderly; or 姓名, 房号, 邮箱, 手机, 语言,
 * 类别, 老人.  home and name must be there.  UTF-8; a file that Excel saved as
 * GB18030 is converted.
 */
#ifndef DESK_IMPORT_H
#define DESK_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/config.h"
#include "core/directory.h"
#include "lib/cleanup.h"

struct arena;
struct err;

struct import {
	const char *place; /* the file's name, for mistakes */
	const struct estate *estate;
	bool skip_bad; /* leave bad rows out instead of refusing the file */
	/* "owners.csv:3: phone: what is wrong"; a note has "note: " after the
	 * place and is no mistake.  May be NULL. */
	void (*complain)(const char *mistake, void *arg);
	void *arg;
};

struct owner_list {
	struct owner *list;
	size_t count;
	size_t bad; /* rows left out */
};

/* Rows of `data' into owners, in the arena.  -1 with ERR_DATA when the text is
 * no such table or a row is bad and skip_bad is false; all mistakes are told
 * first. */
int import_parse(const struct import *import, const char *data, size_t len,
    struct arena *arena, struct owner_list *ret, struct err *err) must_check;

/* A whole file. */
int import_file(const struct import *import, struct arena *arena,
    struct owner_list *ret, struct err *err) must_check;

/* The owners_file of every estate that has one, estate after estate. */
int import_registers(const struct config *conf,
    void (*complain)(const char *mistake, void *arg), void *arg,
    struct arena *arena, struct owner_list *ret, struct err *err) must_check;

#endif
