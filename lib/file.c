#include "lib/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/err.h"

enum { CHUNK_BYTES = 65536 };

static void
close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

char *
file_read_in(int folder, const char *path, size_t cap, struct arena *arena,
    size_t *ret_len, struct err *err)
{
	/* A pipe that nobody writes into would be waited for. */
	int fd scoped(close_fd) =
	    openat(folder, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat facts;
	char *data;
	size_t len = 0;

	if (fd < 0 || fstat(fd, &facts) < 0) {
		err_sys(err, ERR_CONF, "cannot read \"%s\"", path);
		return NULL;
	}
	if (!S_ISREG(facts.st_mode)) {
		err_set(err, ERR_CONF, "\"%s\" is not a file", path);
		return NULL;
	}
	if ((size_t)facts.st_size > cap) {
		err_set(err, ERR_CONF, "\"%s\" is larger than %zu bytes", path,
		    cap);
		return NULL;
	}
	data = arena_alloc(arena, (size_t)facts.st_size + 1);
	while (len < (size_t)facts.st_size) {
		ssize_t count =
		    read(fd, data + len, (size_t)facts.st_size - len);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0) {
			err_sys(err, ERR_CONF, "cannot read \"%s\"", path);
			return NULL;
		}
		if (count == 0)
			break;
		len += (size_t)count;
	}
	data[len] = '\0'; /* also of one that became shorter meanwhile */
	*ret_len = len;
	return data;
}

char *
file_read(const char *path, size_t cap, struct arena *arena, size_t *ret_len,
    struct err *err)
{
	return file_read_in(AT_FDCWD, path, cap, arena, ret_len, err);
}

int
file_read_rest(int fd, struct buf *ret)
{
	for (;;) {
		char *room = buf_room(ret, CHUNK_BYTES);
		ssize_t got;

		if (room == NULL) {
			errno = EFBIG;
			return -1;
		}
		got = read(fd, room, CHUNK_BYTES);
		if (got == 0)
			return 0;
		if (got < 0 && errno != EINTR)
			return -1;
		if (got > 0)
			buf_grow(ret, (size_t)got);
	}
}
