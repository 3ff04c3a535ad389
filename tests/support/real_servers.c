#include "tests/support/real_servers.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/cmocka_fence.h"

enum { NOT_INSTALLED = 69, ENV_MAX = 8192, PHONE_PATIENCE_SECONDS = 20 };

static char folder[32];
static const char *which;
static char env[ENV_MAX];

/* servers.sh; its exit status. */
static int
run(const char *program, const char *const argv[])
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		int null = open("/dev/null", O_RDWR | O_CLOEXEC);

		/* The daemons would keep our standard output open. */
		(void)dup2(null, STDIN_FILENO);
		(void)dup2(null, STDOUT_FILENO);
		(void)execvp(program, (char *const *)(const void *)argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
servers(const char *verb)
{
	const char *const argv[] = { "tests/servers/servers.sh", folder, verb,
		which, NULL };

	return run(argv[0], argv);
}

static void
read_env(void)
{
	char path[64];
	ssize_t len;
	int fd;

	(void)snprintf(path, sizeof(path), "%s/env", folder);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	memset(env, 0, sizeof(env));
	len = read(fd, env, sizeof(env) - 2);
	assert_true(len > 0);
	close(fd);
	for (ssize_t i = 0; i < len; i++)
		if (env[i] == '\n')
			env[i] = '\0';
}

/* `part' is "mail", "sms" or NULL for both. */
static int
start(const char *part)
{
	int status;

	which = part;
	(void)snprintf(folder, sizeof(folder), "/tmp/servers.XXXXXX");
	if (mkdtemp(folder) == NULL)
		return -1;
	status = servers("start");
	if (status == NOT_INSTALLED)
		return rmdir(folder);
	assert_int_equal(status, 0);
	read_env();
	return 0;
}

int
real_servers_start_all(void **state)
{
	(void)state;
	return start(NULL);
}

int
real_servers_start_mail(void **state)
{
	(void)state;
	return start("mail");
}

int
real_servers_start_sms(void **state)
{
	(void)state;
	return start("sms");
}

int
real_servers_stop(void **state)
{
	const char *const argv[] = { "rm", "-rf", folder, NULL };

	(void)state;
	if (env[0] == '\0')
		return 0;
	(void)servers("stop");
	(void)run(argv[0], argv);
	env[0] = '\0';
	return 0;
}

void
real_servers_need(void)
{
	if (env[0] != '\0')
		return;
	print_message("# SKIP the servers are not installed\n");
	skip();
}

/* `env' is KEY=value strings, one behind the other. */
const char *
real_servers_get(const char *key)
{
	size_t len = strlen(key);

	for (const char *at = env; *at != '\0'; at += strlen(at) + 1)
		if (strncmp(at, key, len) == 0 && at[len] == '=')
			return at + len + 1;
	fail_msg("the servers tell no %s", key);
	return NULL;
}

unsigned
real_servers_port(const char *key)
{
	return (unsigned)strtoul(real_servers_get(key), NULL, 10);
}

int
real_servers_phone(void)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		.sin_port =
		    htons((uint16_t)real_servers_port("KANNEL_SMSC_PORT")),
	};
	struct timeval patience = { .tv_sec = PHONE_PATIENCE_SECONDS };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(
	    connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
			     sizeof(patience)),
	    0);
	return fd;
}
