#include "lib/sealed.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/err.h"

enum { WANTED_SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE };

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

static int
fill(int fd, const struct bytes *parts, size_t count)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++) {
		if (write_all(fd, parts[i].data, parts[i].len) < 0)
			return -1;
		total += parts[i].len;
	}
	if (total == 0 && write_all(fd, "\n", 1) < 0)
		return -1;
	return fcntl(fd, F_ADD_SEALS, WANTED_SEALS | F_SEAL_SEAL);
}

int
sealed_new(const struct bytes *parts, size_t count, struct err *err)
{
	int fd = memfd_create("shouwen", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		return err_sys(err, ERR_TEMP, "memfd");
	if (fill(fd, parts, count) < 0) {
		(void)err_sys(err, ERR_TEMP, "fill memfd");
		(void)close(fd);
		return -1;
	}
	return fd;
}

int
sealed_map(int fd, struct sealed *ret, struct err *err)
{
	int seals = fcntl(fd, F_GET_SEALS);
	struct stat info;
	void *data;

	*ret = (struct sealed){ 0 };
	if (seals < 0 || (seals & WANTED_SEALS) != WANTED_SEALS ||
	    fstat(fd, &info) < 0)
		return err_set(err, ERR_DATA, "memory that is not sealed");
	if (info.st_size <= 0)
		return err_set(err, ERR_DATA, "memory with nothing in it");
	data = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (data == MAP_FAILED)
		return err_sys(
		    err, ERR_TEMP, "map %lld bytes", (long long)info.st_size);
	*ret = (struct sealed){ data, (size_t)info.st_size };
	return 0;
}

void
sealed_unmap(struct sealed *sealed)
{
	if (sealed->data != NULL)
		(void)munmap(sealed->data, sealed->size);
	*sealed = (struct sealed){ 0 };
}
