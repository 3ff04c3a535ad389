#include "lib/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
buf_init(struct buf *buf, size_t cap_bytes)
{
	*buf = (struct buf){ .cap = cap_bytes };
}

void
buf_done(struct buf *buf)
{
	free(buf->data);
	buf->data = NULL;
	buf->len = buf->size = 0;
}

void
buf_reset(struct buf *buf)
{
	buf->len = 0;
	buf->over = false;
	if (buf->data != NULL)
		buf->data[0] = '\0';
}

char *
buf_room(struct buf *buf, size_t len)
{
	size_t size = buf->size;

	if (buf->over || len > buf->cap - buf->len) {
		buf->over = true;
		return NULL;
	}
	if (buf->len + len + 1 > size) {
		while (size < buf->len + len + 1)
			size = size == 0 ? 256 : size * 2;
		buf->data = realloc(buf->data, size);
		if (buf->data == NULL)
			abort();
		buf->size = size;
	}
	return buf->data + buf->len;
}

void
buf_grow(struct buf *buf, size_t len)
{
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void
buf_add(struct buf *buf, const void *data, size_t len)
{
	/* Mostly there is room already. */
	bool fits = !buf->over && len < buf->size - buf->len &&
		    len <= buf->cap - buf->len;
	char *room = fits ? buf->data + buf->len : buf_room(buf, len);

	if (room == NULL)
		return;
	if (len > 0)
		memcpy(room, data, len);
	buf_grow(buf, len);
}

void
buf_puts(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void
buf_putc(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void
buf_printf(struct buf *buf, const char *fmt, ...)
{
	size_t free_bytes = buf->over ? 0 : buf->size - buf->len;
	va_list ap, again;
	char *room;
	int len;

	/* Mostly there is room, and formatting once is enough. */
	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(free_bytes == 0 ? NULL : buf->data + buf->len,
	    free_bytes, fmt, ap);
	va_end(ap);
	if (len < 0)
		abort();
	room = buf_room(buf, (size_t)len);
	if (room != NULL && (size_t)len >= free_bytes)
		(void)vsnprintf(room, (size_t)len + 1, fmt, again);
	if (room != NULL)
		buf_grow(buf, (size_t)len);
	else if (free_bytes > 0 && buf->data != NULL)
		buf->data[buf->len] = '\0';
	va_end(again);
}

void
buf_shift(struct buf *buf, size_t len)
{
	if (len >= buf->len) {
		buf_reset(buf);
		return;
	}
	memmove(buf->data, buf->data + len, buf->len - len + 1);
	buf->len -= len;
}

const char *
buf_text(const struct buf *buf)
{
	return buf->data == NULL ? "" : buf->data;
}

bool
buf_is_over(const struct buf *buf)
{
	return buf->over;
}
