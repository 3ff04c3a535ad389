#include "desk/raw.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/limits.h"

struct raw *
raw_from_fd(int fd, struct err *err)
{
	struct raw *raw = calloc(1, sizeof(*raw));

	if (raw == NULL)
		abort();
	raw->fd = fd;
	raw->references = 1;
	if (sealed_map(fd, &raw->bytes, err) < 0)
		raw_drop(&raw);
	return raw;
}

struct raw *
raw_from_bytes(const char *data, size_t len, struct err *err)
{
	struct raw *raw;
	int fd;

	if (len > LIMIT_JOB_BYTES) {
		fd = sealed_new(&(struct bytes){ data, len }, 1, err);
		return fd < 0 ? NULL : raw_from_fd(fd, err);
	}
	raw = calloc(1, sizeof(*raw));
	if (raw == NULL)
		abort();
	raw->fd = -1;
	raw->references = 1;
	raw->own = malloc(len + 1);
	if (raw->own == NULL)
		abort();
	memcpy(raw->own, data, len);
	raw->own[len] = '\0';
	raw->bytes = (struct sealed){ raw->own, len };
	return raw;
}

struct raw *
raw_keep(struct raw *raw)
{
	raw->references++;
	return raw;
}

void
raw_drop(struct raw **raw)
{
	struct raw *old = *raw;

	*raw = NULL;
	if (old == NULL || --old->references > 0)
		return;
	if (old->own == NULL)
		sealed_unmap(&old->bytes);
	if (old->fd >= 0)
		(void)close(old->fd);
	free(old->own);
	free(old);
}
