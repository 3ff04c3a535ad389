#include "daemon/only_one.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "lib/err.h"

int
only_one(const char *database, struct err *err)
{
	char path[PATH_MAX];
	int fd, len;

	len = snprintf(path, sizeof(path), "%s.lock", database);
	if (len < 0 || (size_t)len >= sizeof(path))
		return err_set(err, ERR_CONF, "%s: name too long", database);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_sys(err, ERR_CONF, "lock %s", path);
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (errno == EWOULDBLOCK)
		(void)err_set(err, ERR_TEMP,
		    "another shouwend works on %s; stop it first", database);
	else
		(void)err_sys(err, ERR_CONF, "lock %s", path);
	(void)close(fd);
	return -1;
}
