#include "daemon/child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/err.h"

/* In the child: only async-signal-safe calls until exec. */
static _Noreturn void
become(const char *role, const char *title, int fd)
{
	static char option[32];
	char *const argv[] = { (char *)(uintptr_t)title, option, NULL };
	sigset_t none;

	(void)snprintf(option, sizeof(option), "--role=%s", role);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	/* Without its parent a child has no purpose, whatever kills the
	 * parent. */
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (dup2(fd, CHILD_LINK_FD) < 0)
		_exit(71);
	if (fd == CHILD_LINK_FD)
		(void)fcntl(fd, F_SETFD, 0);
	(void)execv("/proc/self/exe", argv);
	_exit(71);
}

int
child_start(struct child *child, const char *role, const char *title,
    size_t frame_cap, struct err *err)
{
	int pair[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return err_sys(err, ERR_TEMP, "socket pair");
	pid = fork();
	if (pid < 0) {
		(void)err_sys(err, ERR_TEMP, "fork");
		(void)close(pair[0]);
		(void)close(pair[1]);
		return -1;
	}
	if (pid == 0)
		become(role, title, pair[1]);
	(void)close(pair[1]);
	child->pid = pid;
	frame_link_init(&child->link, pair[0], frame_cap);
	return 0;
}

void
child_stop(struct child *child)
{
	if (child->pid == 0)
		return;
	(void)kill(child->pid, SIGKILL);
	(void)waitpid(child->pid, NULL, 0);
	child->pid = 0;
	frame_link_done(&child->link);
}

void
child_kill(const struct child *child)
{
	if (child->pid != 0)
		(void)kill(child->pid, SIGKILL);
}

void
child_ended(struct child *child, int status, char *ret, size_t size)
{
	if (WIFSIGNALED(status))
		(void)snprintf(ret, size, "signal %d", WTERMSIG(status));
	else
		(void)snprintf(ret, size, "exit %d", WEXITSTATUS(status));
	child->pid = 0;
	frame_link_done(&child->link);
}

size_t
child_poll(const struct child *child, struct pollfd *ret)
{
	bool wants_write = frame_wants_write(&child->link);

	if (child->pid == 0)
		return 0;
	*ret = (struct pollfd){
		.fd = child->link.fd,
		.events = (short)(POLLIN | (wants_write ? POLLOUT : 0)),
	};
	return 1;
}
