#include "reader/tnef.h"

#include <stdint.h>
#include <string.h>

#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "reader/charset.h"
#include "reader/inner_file.h"

enum {
	SIGNATURE = 0x223E9F78,
	/* attributes, without their type */
	ATTACH_RENDDATA = 0x9002,
	MESSAGE_PROPS = 0x9003,
	ATTACH_PROPS = 0x9005,
	OEM_CODEPAGE = 0x9007,
	BODY = 0x800C,
	ATTACH_DATA = 0x800F,
	ATTACH_TITLE = 0x8010,
	/* MAPI properties */
	PROP_BODY = 0x1000,
	PROP_BODY_HTML = 0x1013,
	PROP_FILE_NAME = 0x3707,
	/* MAPI types */
	TYPE_UNICODE = 0x1F,
	TYPE_MANY = 0x1000,
};

/* Bytes from here on; after a read past the end `is_bad' is true and all reads
 * give zero. */
struct cursor {
	const unsigned char *at;
	size_t left;
	bool is_bad;
};

struct tnef {
	struct arena *arena;
	struct inner_files *files;
	struct tnef_body *body;
	struct inner_file file; /* the one that is being read */
	bool in_file, has_long_name;
	const char *codepage;
};

static const char *
take(struct cursor *in, size_t len)
{
	const unsigned char *data = in->at;

	if (in->is_bad || len > in->left) {
		in->is_bad = true;
		return NULL;
	}
	in->at += len;
	in->left -= len;
	return (const char *)data;
}

static uint32_t
number(struct cursor *in, size_t bytes)
{
	const unsigned char *data = (const unsigned char *)take(in, bytes);
	uint32_t value = 0;

	for (size_t i = bytes; data != NULL && i-- > 0;)
		value = value << 8 | data[i];
	return value;
}

/* Values are padded to four bytes. */
static const char *
take_padded(struct cursor *in, size_t len)
{
	const char *data = take(in, len);

	if (len % 4 != 0 && in->left >= 4 - len % 4)
		(void)take(in, 4 - len % 4);
	return data;
}

/* A name instead of a number. */
static void
skip_name(struct cursor *in)
{
	(void)take(in, 16);
	if (number(in, 4) == 0)
		(void)number(in, 4);
	else
		(void)take_padded(in, number(in, 4));
}

static size_t
fixed_size(uint32_t type)
{
	switch (type) {
	case 2:
	case 3:
	case 4:
	case 0xA:
	case 0xB: return 4;
	case 5:
	case 6:
	case 7:
	case 0x14:
	case 0x40: return 8;
	case 0x48: return 16;
	default: return 0;
	}
}

static const char *
text_of(const struct tnef *tnef, const char *label, struct bytes value)
{
	size_t len =
	    value.len < LIMIT_TEXT_BYTES ? value.len : LIMIT_TEXT_BYTES;

	return charset_to_utf8(label, value.data, len, tnef->arena);
}

static void
use_body(struct tnef *tnef, const char *label, struct bytes value, bool is_html)
{
	if (tnef->body->text != NULL)
		return;
	tnef->body->text = text_of(tnef, label, value);
	tnef->body->is_html = is_html;
}

static void
use_property(struct tnef *tnef, uint32_t id, uint32_t type, struct bytes value)
{
	const char *label = type == TYPE_UNICODE ? "utf-16le" : tnef->codepage;

	if (tnef->in_file && id == PROP_FILE_NAME && !tnef->has_long_name) {
		tnef->file.name = text_of(tnef, label, value);
		tnef->has_long_name = true;
	}
	if (!tnef->in_file && id == PROP_BODY)
		use_body(tnef, label, value, false);
	if (!tnef->in_file && id == PROP_BODY_HTML)
		use_body(tnef, label, value, true);
}

static void
read_property(struct tnef *tnef, struct cursor *in)
{
	uint32_t type = number(in, 2);
	uint32_t id = number(in, 2);
	uint32_t count = 1;
	size_t fixed = fixed_size(type & ~(uint32_t)TYPE_MANY);

	if (id >= 0x8000)
		skip_name(in);
	if (fixed == 0 || (type & TYPE_MANY) != 0)
		count = number(in, 4);
	for (uint32_t i = 0; i < count && !in->is_bad; i++) {
		size_t len = fixed > 0 ? fixed : number(in, 4);
		const char *data = take_padded(in, len);

		if (data != NULL && i == 0)
			use_property(
			    tnef, id, type, (struct bytes){ data, len });
	}
}

static void
read_properties(struct tnef *tnef, struct cursor in)
{
	for (uint32_t count = number(&in, 4); count > 0 && !in.is_bad; count--)
		read_property(tnef, &in);
}

static void
finish_file(struct tnef *tnef)
{
	if (tnef->in_file)
		inner_file_add(tnef->files, tnef->arena, tnef->file);
	tnef->in_file = false;
}

static void
start_file(struct tnef *tnef)
{
	finish_file(tnef);
	tnef->in_file = true;
	tnef->has_long_name = false;
	tnef->file = (struct inner_file){ .type = "application/octet-stream" };
}

static void
use_attribute(struct tnef *tnef, uint32_t id, struct cursor data)
{
	const struct bytes value = { (const char *)data.at, data.left };

	switch (id) {
	case OEM_CODEPAGE:
		if (tnef->codepage == NULL)
			tnef->codepage =
			    arena_printf(tnef->arena, "cp%u", number(&data, 4));
		break;
	case BODY: use_body(tnef, tnef->codepage, value, false); break;
	case ATTACH_RENDDATA: start_file(tnef); break;
	case ATTACH_TITLE:
		if (tnef->file.name == NULL)
			tnef->file.name = text_of(tnef, tnef->codepage, value);
		break;
	case ATTACH_DATA: tnef->file.size = value.len; break;
	case MESSAGE_PROPS:
	case ATTACH_PROPS: read_properties(tnef, data); break;
	default: break;
	}
}

void
tnef_read(const char *data, size_t len, struct arena *arena,
    struct inner_files *files, struct tnef_body *ret)
{
	struct cursor in = { (const unsigned char *)data, len, false };
	struct tnef tnef = { .arena = arena, .files = files, .body = ret };

	*ret = (struct tnef_body){ 0 };
	if (number(&in, 4) != SIGNATURE)
		return;
	(void)number(&in, 2); /* a key for nobody */
	while (in.left > 0 && !in.is_bad) {
		uint32_t id;
		struct cursor one = { 0 };

		(void)number(&in, 1); /* of the message or of a file */
		id = number(&in, 4) & 0xFFFF;
		one.left = number(&in, 4);
		one.at = (const unsigned char *)take(&in, one.left);
		if (one.at == NULL)
			break;
		use_attribute(&tnef, id, one);
		(void)number(&in, 2); /* checksum */
	}
	finish_file(&tnef);
}
