#include "tests/support/maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/cleanup.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/real_servers.h"

char *
maildir_token(const char *user)
{
	char *token = calloc(1, 1024);
	const char *dir = real_servers_get("SERVERS_DIR");
	int out[2], status = 0;
	size_t len = 0;
	ssize_t got;
	pid_t pid;

	assert_non_null(token);
	assert_int_equal(pipe(out), 0);
	pid = fork();
	if (pid == 0) {
		(void)dup2(out[1], STDOUT_FILENO);
		(void)execl("tests/servers/servers.sh", "servers.sh", dir,
		    "token", user, (char *)NULL);
		_exit(127);
	}
	(void)close(out[1]);
	while ((got = read(out[0], token + len, 1023 - len)) > 0)
		len += (size_t)got;
	(void)close(out[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	token[strcspn(token, "\n")] = '\0';
	return token;
}

static void
maildir_path(char *path, size_t size, const char *user, const char *name)
{
	(void)snprintf(path, size, "%s/%s/%s", real_servers_get("VMAIL_DIR"),
	    user, name);
}

static void
make_owned(const char *path)
{
	unsigned owner = real_servers_port("VMAIL_UID");

	assert_int_equal(chown(path, (uid_t)owner, (gid_t)owner), 0);
}

static void
make_dir(const char *user, const char *name)
{
	char path[160];

	maildir_path(path, sizeof(path), user, name);
	if (mkdir(path, 0700) == 0)
		make_owned(path);
	else
		assert_int_equal(errno, EEXIST);
}

void
maildir_put(
    const char *user, unsigned number, const char *data, size_t len)
{
	static const char *const dirs[] = { "", "Maildir", "Maildir/tmp",
		"Maildir/new", "Maildir/cur" };
	char name[48], from[160], to[160];
	int fd;

	for (size_t i = 0; i < ARRAY_COUNT(dirs); i++)
		make_dir(user, dirs[i]);
	(void)snprintf(name, sizeof(name), "Maildir/tmp/%u.M%06u.test",
	    1000000 + number, number);
	maildir_path(from, sizeof(from), user, name);
	memcpy(name + strlen("Maildir/"), "new", 3);
	maildir_path(to, sizeof(to), user, name);
	fd = open(from, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	while (len > 0) {
		ssize_t put = write(fd, data, len);

		assert_true(put > 0);
		data += put;
		len -= (size_t)put;
	}
	(void)close(fd);
	make_owned(from);
	assert_int_equal(rename(from, to), 0);
}

size_t
maildir_count(const char *user, const char *pattern)
{
	char path[160];
	glob_t found = { 0 };
	size_t count;

	maildir_path(path, sizeof(path), user, pattern);
	count = glob(path, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
	globfree(&found);
	return count;
}
