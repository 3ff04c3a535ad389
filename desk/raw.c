#include "desk/raw.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/err.h"

enum { WANTED_SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE };

static struct raw *
map_fd(int fd, size_t size, struct err *err)
{
	struct raw *raw;
	void *data = NULL;

	if (size > 0)
		data = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (data == MAP_FAILED) {
		(void)err_sys(err, ERR_TEMP, "map %zu bytes", size);
		(void)close(fd);
		return NULL;
	}
	raw = calloc(1, sizeof(*raw));
	if (raw == NULL)
		abort();
	raw->fd = fd;
	raw->data = data;
	raw->size = size;
	raw->references = 1;
	return raw;
}

struct raw *
raw_from_fd(int fd, struct err *err)
{
	struct stat info;
	int seals = fcntl(fd, F_GET_SEALS);

	/* Without the seals the far process could cut the file under our
	 * mapping, and reading it would kill the desk with SIGBUS. */
	if (seals < 0 || (seals & WANTED_SEALS) != WANTED_SEALS ||
	    fstat(fd, &info) < 0 || info.st_size < 0) {
		(void)close(fd);
		(void)err_set(err, ERR_DATA, "a descriptor without its seals");
		return NULL;
	}
	return map_fd(fd, (size_t)info.st_size, err);
}

static int
write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t put = write(fd, data, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		data += put;
		len -= (size_t)put;
	}
	return 0;
}

struct raw *
raw_from_bytes(const char *data, size_t len, struct err *err)
{
	int fd = memfd_create("shouwen-raw", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0) {
		(void)err_sys(err, ERR_TEMP, "memfd");
		return NULL;
	}
	if (write_all(fd, data, len) < 0 ||
	    fcntl(fd, F_ADD_SEALS, WANTED_SEALS | F_SEAL_SEAL) < 0) {
		(void)err_sys(err, ERR_TEMP, "fill memfd");
		(void)close(fd);
		return NULL;
	}
	return map_fd(fd, len, err);
}

struct raw *
raw_keep(struct raw *raw)
{
	raw->references++;
	return raw;
}

int
raw_fd_copy(const struct raw *raw, struct err *err)
{
	int fd = fcntl(raw->fd, F_DUPFD_CLOEXEC, 3);

	return fd < 0 ? err_sys(err, ERR_TEMP, "copy a descriptor") : fd;
}

void
raw_drop(struct raw **raw)
{
	struct raw *old = *raw;

	*raw = NULL;
	if (old == NULL || --old->references > 0)
		return;
	if (old->size > 0)
		(void)munmap(old->data, old->size);
	(void)close(old->fd);
	free(old);
}
