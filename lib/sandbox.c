#include "lib/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lib/err.h"

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN true
#else
#define UNDER_ASAN false
#endif

/* Memory, time, signals to itself, and reading and writing what is open. */
static const int everybody[] = {
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(readv),
	SCMP_SYS(writev),
	SCMP_SYS(recvmsg),
	SCMP_SYS(sendmsg),
	SCMP_SYS(recvfrom),
	SCMP_SYS(sendto),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(close),
	SCMP_SYS(fstat),
	SCMP_SYS(lseek),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(brk),
	SCMP_SYS(futex),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(sched_yield),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_getres),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(setitimer),
	SCMP_SYS(alarm),
	SCMP_SYS(getrandom),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(getrusage),
	SCMP_SYS(sysinfo), /* glibc's qsort() asks how much memory there is */
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

/* The connection it already has, and memory to hand mails on in. */
static const int fetcher_only[] = {
	SCMP_SYS(memfd_create),
	SCMP_SYS(ftruncate),
	SCMP_SYS(shutdown),
	SCMP_SYS(getsockopt),
	SCMP_SYS(getpeername),
	SCMP_SYS(getsockname),
	SCMP_SYS(select),
	SCMP_SYS(pselect6),
	SCMP_SYS(clock_nanosleep),
	SCMP_SYS(nanosleep),
	SCMP_SYS(time),
	SCMP_SYS(times),
	SCMP_SYS(uname),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
};

/* glibc's fcntl() commands that a process needs on what it holds. */
static const unsigned fcntl_commands[] = { F_GETFD, F_SETFD, F_GETFL, F_SETFL,
	F_GET_SEALS, F_ADD_SEALS, F_DUPFD_CLOEXEC };

static int
allow_calls(scmp_filter_ctx filter, const int *calls, size_t count)
{
	int result = 0;

	for (size_t i = 0; i < count && result == 0; i++)
		result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	return result;
}

/* Calls that are harmless only with certain arguments. */
static int
allow_with_arguments(scmp_filter_ctx filter)
{
	int result = 0;

	/* Memory that is written must never be run. */
	result |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	result |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect),
	    1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	/* glibc's fstat().  A filter cannot look at the path: one that is not
	 * empty is looked up all the same, which tells whether a file is there,
	 * its size and times, and none of its bytes. */
	result |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat),
	    1, SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
	/* abort() and nothing else: signals go to nobody but itself. */
	result |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
	    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid()));
	for (size_t i = 0;
	     i < sizeof(fcntl_commands) / sizeof(fcntl_commands[0]); i++)
		result |=
		    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
			SCMP_A1(SCMP_CMP_EQ, fcntl_commands[i]));
	return result;
}

static int
load_filter(enum sandbox_profile profile)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int result;

	if (filter == NULL)
		return -ENOMEM;
	result = allow_calls(
	    filter, everybody, sizeof(everybody) / sizeof(everybody[0]));
	if (result == 0)
		result = allow_with_arguments(filter);
	if (result == 0 && profile == SANDBOX_FETCHER)
		result = allow_calls(filter, fetcher_only,
		    sizeof(fetcher_only) / sizeof(fetcher_only[0]));
	if (result == 0)
		result = seccomp_load(filter);
	seccomp_release(filter);
	return result;
}

static int
limit(int resource, rlim_t value, struct err *err)
{
	const struct rlimit both = { .rlim_cur = value, .rlim_max = value };

	return setrlimit((__rlimit_resource_t)resource, &both) < 0
		   ? err_sys(err, ERR_CONF, "setrlimit %d", resource)
		   : 0;
}

static int
set_limits(const struct sandbox_limits *limits, struct err *err)
{
	/* AddressSanitizer reserves terabytes of address space. */
	if (limits->memory_bytes > 0 && !UNDER_ASAN &&
	    limit(RLIMIT_AS, limits->memory_bytes, err) < 0)
		return -1;
	if (limits->cpu_seconds > 0 &&
	    limit(RLIMIT_CPU, limits->cpu_seconds, err) < 0)
		return -1;
	if (limit(RLIMIT_CORE, 0, err) < 0)
		return -1;
	return limits->open_files > 0
		   ? limit(RLIMIT_NOFILE, limits->open_files, err)
		   : 0;
}

int
sandbox_enter(enum sandbox_profile profile, const struct sandbox_limits *limits,
    struct err *err)
{
	int result;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_sys(err, ERR_CONF, "no new privileges");
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
		return err_sys(err, ERR_CONF, "not dumpable");
	if (set_limits(limits, err) < 0)
		return -1;
	result = load_filter(profile);
	if (result < 0)
		return err_set(err, ERR_CONF,
		    "the system call filter was refused (%d)", result);
	return 0;
}
