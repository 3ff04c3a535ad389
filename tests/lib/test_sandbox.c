/*
 * What a sandboxed process can no longer do: each try is made by a child that
 * must die of SIGSYS.
 */
#include "core/limits.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/sandbox.h"
#include "tests/support/cmocka_fence.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct sandbox_limits limits = {
	.memory_bytes = LIMIT_READER_MEMORY,
	.open_files = 16,
};

static int pair[2];

static void
try_open(void)
{
	_exit(open("/etc/hostname", O_RDONLY) >= 0);
}

static void
try_stat(void)
{
	struct stat info;

	_exit(stat("/etc/hostname", &info) == 0);
}

static void
try_socket(void)
{
	_exit(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static void
try_fork(void)
{
	_exit(fork() >= 0);
}

static void
try_exec(void)
{
	char *const none[] = { NULL };

	_exit(execve("/bin/true", none, none) == 0);
}

static void
try_code(void)
{
	_exit(mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

static void
try_kill_parent(void)
{
	_exit(kill(getppid(), 0) == 0);
}

static void
try_connect(void)
{
	struct sockaddr address = { .sa_family = AF_INET };

	_exit(connect(pair[0], &address, sizeof(address)) == 0);
}

static void
try_openat2(void)
{
	struct open_how how = { .flags = O_RDONLY };

	_exit(syscall(SYS_openat2, AT_FDCWD, "/etc/hostname", &how,
		  sizeof(how)) >= 0);
}

static void
try_create(void)
{
	_exit(creat("/tmp/shouwen-sandbox-test", 0600) >= 0);
}

static void
try_unlink(void)
{
	_exit(unlink("/nowhere/at/all") == 0);
}

static void
try_socketpair(void)
{
	int two[2];

	_exit(socketpair(AF_UNIX, SOCK_STREAM, 0, two) == 0);
}

static void
try_vfork(void)
{
	_exit(syscall(SYS_vfork) >= 0);
}

static void
try_clone3(void)
{
	char none[64] = { 0 };

	_exit(syscall(SYS_clone3, none, sizeof(none)) >= 0);
}

static void
try_ptrace(void)
{
	_exit(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0);
}

static void
try_kill_thread_of_parent(void)
{
	_exit(syscall(SYS_tgkill, getppid(), getppid(), 0) == 0);
}

static void
try_read_memory_of_parent(void)
{
	_exit(process_vm_readv(getppid(), NULL, 0, NULL, 0, 0) == 0);
}

static void
try_bpf(void)
{
	_exit(syscall(SYS_bpf, 0, NULL, 0) == 0);
}

static void
try_io_uring(void)
{
	_exit(syscall(SYS_io_uring_setup, 1, NULL) == 0);
}

static void
try_more_rights(void)
{
	_exit(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0);
}

static void
try_more_memory(void)
{
	const struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };

	_exit(setrlimit(RLIMIT_AS, &none) == 0);
}

static void
try_memfd(void)
{
	_exit(memfd_create("x", 0) >= 0);
}

/* How a child ends that enters `profile' and does `what'. */
static int
run(enum sandbox_profile profile, void (*what)(void))
{
	pid_t child = fork();
	int status = 0;

	assert_true(child >= 0);
	if (child == 0) {
		struct err err = { 0 };

		if (sandbox_enter(profile, &limits, &err) < 0)
			_exit(99);
		what();
		_exit(98);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void
assert_killed(enum sandbox_profile profile, void (*what)(void))
{
	int status = run(profile, what);

	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSYS);
}

static void
files_sockets_processes_and_code_are_forbidden(void **state)
{
	static void (*const tries[])(void) = { try_open, try_openat2,
		try_create, try_unlink, try_stat, try_socket, try_socketpair,
		try_connect, try_fork, try_vfork, try_clone3, try_exec,
		try_code, try_ptrace, try_kill_parent,
		try_kill_thread_of_parent, try_read_memory_of_parent, try_bpf,
		try_io_uring, try_more_rights, try_more_memory };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(tries); i++) {
		assert_killed(SANDBOX_READER, tries[i]);
		assert_killed(SANDBOX_FETCHER, tries[i]);
	}
}

static void
look_up(void)
{
	struct stat info;

	_exit(fstatat(AT_FDCWD, "/", &info, AT_EMPTY_PATH) == 0 ? 0 : 1);
}

/* THREATS.md says so: the filter cannot see the path. */
static void
whether_a_file_exists_can_still_be_asked(void **state)
{
	(void)state;
	assert_int_equal(run(SANDBOX_READER, look_up), 0);
}

static void
only_the_fetcher_makes_memory_to_hand_on(void **state)
{
	(void)state;
	assert_killed(SANDBOX_READER, try_memfd);
	assert_int_equal(WEXITSTATUS(run(SANDBOX_FETCHER, try_memfd)), 1);
}

static void
talk_over_the_link(void)
{
	char byte = 0;

	if (write(pair[0], "x", 1) != 1 || read(pair[0], &byte, 1) != 1)
		_exit(1);
	free(malloc((size_t)1 << 20));
	_exit(byte == 'y' ? 0 : 2);
}

static void
an_open_link_still_works(void **state)
{
	(void)state;
	assert_int_equal(write(pair[1], "y", 1), 1);
	assert_int_equal(run(SANDBOX_READER, talk_over_the_link), 0);
	assert_int_equal(write(pair[1], "y", 1), 1);
	assert_int_equal(run(SANDBOX_FETCHER, talk_over_the_link), 0);
}

static void
hand_on_sealed_memory(void)
{
	int fd = memfd_create("mail", MFD_ALLOW_SEALING | MFD_CLOEXEC);
	const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

	if (fd < 0 || ftruncate(fd, 4) < 0 || lseek(fd, 0, SEEK_SET) < 0 ||
	    write(fd, "mail", 4) != 4 || fcntl(fd, F_ADD_SEALS, seals) < 0)
		_exit(1);
	_exit(fcntl(fd, F_GET_SEALS) == seals ? 0 : 2);
}

static void
the_fetcher_seals_what_it_hands_on(void **state)
{
	(void)state;
	assert_int_equal(run(SANDBOX_FETCHER, hand_on_sealed_memory), 0);
}

static void
look_at_itself(void)
{
	void *big;

	/* prctl() and getrlimit() are forbidden by now: feel the limits. */
	big = mmap(NULL, LIMIT_READER_MEMORY, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	_exit(big == MAP_FAILED ? 0 : 1);
}

static void
memory_is_bounded(void **state)
{
	(void)state;
#ifdef __SANITIZE_ADDRESS__
	skip();
#endif
	assert_int_equal(run(SANDBOX_READER, look_at_itself), 0);
}

static void
fill_memory(void)
{
	for (;;) {
		char *piece = malloc(MIB);

		if (piece == NULL)
			abort();
		memset(piece, 1, MIB);
	}
}

/* As our arenas end when there is no more. */
static void
who_takes_all_memory_ends_alone(void **state)
{
	(void)state;
#ifdef __SANITIZE_ADDRESS__
	skip();
#endif
	assert_int_equal(WTERMSIG(run(SANDBOX_READER, fill_memory)), SIGABRT);
}

static void
hang(void)
{
	volatile int stuck = 1;

	while (stuck)
		;
}

static void
hang_with_an_alarm(void)
{
	const struct itimerval soon = { .it_value = { .tv_usec = 20000 } };

	(void)setitimer(ITIMER_REAL, &soon, NULL);
	hang();
}

/* The worker's own deadline, should the desk be stuck (reader/worker.c); the
 * desk's is tests/program/reader_faults.t. */
static void
an_alarm_ends_who_hangs(void **state)
{
	(void)state;
	assert_int_equal(
	    WTERMSIG(run(SANDBOX_READER, hang_with_an_alarm)), SIGALRM);
}

static void
processor_time_is_bounded(void **state)
{
	static const struct sandbox_limits one_second = { .cpu_seconds = 1 };
	pid_t child = fork();
	int status = 0;

	(void)state;
	assert_true(child >= 0);
	if (child == 0) {
		struct err err = { 0 };

		if (sandbox_enter(SANDBOX_READER, &one_second, &err) < 0)
			_exit(99);
		hang();
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	/* Hard and soft limit are one, and the hard one kills. */
	assert_int_equal(WTERMSIG(status), SIGKILL);
}

static int
open_pair(void **state)
{
	(void)state;
	return socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    files_sockets_processes_and_code_are_forbidden),
		cmocka_unit_test(whether_a_file_exists_can_still_be_asked),
		cmocka_unit_test(only_the_fetcher_makes_memory_to_hand_on),
		cmocka_unit_test(an_open_link_still_works),
		cmocka_unit_test(the_fetcher_seals_what_it_hands_on),
		cmocka_unit_test(memory_is_bounded),
		cmocka_unit_test(who_takes_all_memory_ends_alone),
		cmocka_unit_test(an_alarm_ends_who_hangs),
		cmocka_unit_test(processor_time_is_bounded),
	};

	return cmocka_run_group_tests(tests, open_pair, NULL);
}
