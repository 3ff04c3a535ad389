#include "daemon/run.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "channels/transfers.h"
#include "core/config.h"
#include "daemon/app.h"
#include "daemon/control.h"
#include "daemon/descriptors.h"
#include "daemon/fetchers.h"
#include "daemon/http.h"
#include "daemon/notify.h"
#include "daemon/polls.h"
#include "daemon/readers.h"
#include "daemon/reload.h"
#include "desk/desk.h"
#include "lib/err.h"
#include "lib/log.h"

/* At the end what is in flight may still finish, so long. */
#define DRAIN_MS 5000
/* The same before it begins anew: nobody waits for its end. */
#define RELOAD_MS 20000
/* After a transaction that failed (disk full), before the next try. */
#define RETRY_MS 2000
/* So long results wait for others, to be committed with them. */
#define GATHER_MS 3
/* The demo's clock looks so often whether it may jump. */
#define DEMO_STEP_MS 20

static void
reap_children(struct app *app, msec_t now)
{
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (!readers_reap(app->readers, pid, status))
			(void)fetchers_reap(app->fetchers, pid, status, now);
}

static void
wind_down(struct app *app, enum phase phase, int64_t ms)
{
	app->phase = phase;
	app->until = mono_add(clock_mono(), ms);
	desk_wind_down(app->desk, true);
	fetchers_hold(app->fetchers, true);
}

static void
go_on(struct app *app)
{
	app->phase = RUNNING;
	desk_wind_down(app->desk, false);
	fetchers_hold(app->fetchers, app->is_holding);
	notify_state("READY=1");
}

static void
want_stop(struct app *app)
{
	if (app->phase == STOPPING)
		return;
	notify_state("STOPPING=1");
	wind_down(app, STOPPING, DRAIN_MS);
}

static void
want_reload(struct app *app)
{
	if (app->phase != RUNNING)
		return;
	if (app->clock != &clock_real) {
		log_event(LOG_LEVEL_ERROR, "reload",
		    "state=refused err=\"not on the demo clock\"");
		return;
	}
	notify_reloading();
	if (!reload_is_good(app->conf, app->overrides)) {
		notify_state("READY=1");
		return;
	}
	log_event(LOG_LEVEL_INFO, "reload", "state=begun");
	wind_down(app, RELOADING, RELOAD_MS);
}

/* True when the loop is over. */
static bool
is_wound_down(struct app *app, msec_t now)
{
	if (app->phase == RUNNING ||
	    (mono_left_ms(app->until) > 0 && !desk_is_idle(app->desk, now)))
		return false;
	/* They may have been changed again in the meantime. */
	if (app->phase == STOPPING || reload_is_good(app->conf, app->overrides))
		return true;
	go_on(app);
	return false;
}

static void
take_signals(struct app *app, msec_t now)
{
	struct signalfd_siginfo info;

	while (read(app->signal_fd, &info, sizeof(info)) ==
	       (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGCHLD)
			reap_children(app, now);
		else if (info.ssi_signo == SIGHUP)
			want_reload(app);
		else
			want_stop(app);
	}
}

static void
sooner(int *timeout, int other)
{
	if (other >= 0 && (*timeout < 0 || other < *timeout))
		*timeout = other;
}

static int
next_timeout(struct app *app, msec_t now)
{
	int timeout = notify_watchdog_ms();
	msec_t next = desk_next(app->desk);

	sooner(&timeout, readers_timeout(app->readers));
	sooner(&timeout, fetchers_timeout(app->fetchers));
	sooner(&timeout, polls_timeout(app->polls));
	sooner(&timeout, control_timeout(app->control));
	if (app->http != NULL)
		sooner(&timeout, http_timeout(app->http));
	if (app->phase != RUNNING)
		sooner(&timeout, mono_left_ms(app->until));
	if (app->has_failed)
		sooner(&timeout, RETRY_MS);
	else if (next != 0 && next <= now)
		sooner(&timeout, 0);
	else if (next != 0)
		sooner(
		    &timeout, next - now > 60000 ? 60000 : (int)(next - now));
	if (app->clock != &clock_real)
		sooner(&timeout, DEMO_STEP_MS);
	return timeout < 0 ? 60000 : timeout;
}

/* Wait for anything, then let everybody do their part. */
static int
wait_and_work(struct app *app, int timeout, struct err *err)
{
	size_t count = 0, control_at;
	msec_t now;

	app->fds[count++] =
	    (struct pollfd){ .fd = app->signal_fd, .events = POLLIN };
	if (app->http != NULL)
		app->fds[count++] = http_poll(app->http);
	count += readers_poll(app->readers, app->fds + count);
	count += fetchers_poll(app->fetchers, app->fds + count);
	control_at = count;
	count += control_poll(app->control, app->fds + count);
	if (transfers_wait(app->transfers, app->fds, count, timeout, err) < 0)
		return -1;
	now = clock_wall(app->clock);
	control_work(
	    app->control, app->fds + control_at, count - control_at, now);
	take_signals(app, now);
	readers_work(app->readers);
	fetchers_work(app->fetchers, now);
	polls_work(app->polls, now);
	if (app->http != NULL)
		http_work(app->http);
	return 0;
}

/* 1 when something was done, 0 when not; a failed transaction is told and
 * tried again: everything that arrived still waits. */
static int
turn(struct app *app, msec_t now)
{
	struct err err = { 0 };
	int done = desk_turn(app->desk, now, &err);

	app->has_failed = done < 0;
	if (done < 0)
		log_event(LOG_LEVEL_ERROR, "turn", "kind=%s err=\"%s\"",
		    err_kind_name(err.kind), err.msg);
	/* New jobs leave before the next wait. */
	readers_work(app->readers);
	return done > 0;
}

static void
maybe_jump(struct app *app)
{
	msec_t now = clock_wall(app->clock);

	if (app->clock != &clock_real && desk_is_idle(app->desk, now))
		(void)demo_clock_jump(&app->demo, desk_next(app->desk));
}

/* One commit costs as much for one message as for fifty: while readers and
 * senders have more that will be ready at once, the turn waits for it, but not
 * long. */
static bool
gathers(struct app *app, bool already)
{
	if (app->phase != RUNNING || !desk_expects_more(app->desk))
		return false;
	if (!already)
		app->gather_until = mono_add(clock_mono(), GATHER_MS);
	return mono_left_ms(app->gather_until) > 0;
}

/* Of the next wait. */
static int
loop_timeout(struct app *app, bool busy, bool gathering)
{
	if (gathering)
		return mono_left_ms(app->gather_until);
	return busy ? 0 : next_timeout(app, clock_wall(app->clock));
}

static int
loop(struct app *app, struct err *err)
{
	bool busy = false, gathering = false;

	for (;;) {
		int timeout = loop_timeout(app, busy, gathering);
		msec_t now;

		if (wait_and_work(app, timeout, err) < 0)
			return EX_SOFTWARE;
		gathering = gathers(app, gathering);
		if (gathering)
			continue;
		now = clock_wall(app->clock);
		busy = turn(app, now);
		maybe_jump(app);
		notify_alive();
		if (is_wound_down(app, now))
			return app->phase == STOPPING ? EX_OK : RUN_AGAIN;
	}
}

/* Secrets are in memory: no core dump, no ptrace by others. */
static void
harden(void)
{
	(void)prctl(PR_SET_DUMPABLE, 0);
	(void)signal(SIGPIPE, SIG_IGN);
}

int
run_desk(const struct run_setup *setup)
{
	const struct config *conf = setup->conf;
	struct app app = {
		.conf = conf,
		.overrides = setup->overrides,
		.clock = &clock_real,
		.signal_fd = -1,
		.lock_fd = -1,
	};
	struct err err = { 0 };
	int status = EX_OK;

	harden();
	app.descriptors = descriptors_raise();
	if (setup->demo_start > 0) {
		demo_clock_init(&app.demo, setup->demo_start);
		app.clock = &app.demo.clock;
	}
	if (app_open(&app, &err) < 0) {
		status = err.kind == ERR_CONF ? EX_CONFIG : EX_TEMPFAIL;
	} else {
		log_event(LOG_LEVEL_INFO, "start",
		    "mailboxes=%zu senders=%zu readers=%u descriptors=%zu/%zu",
		    conf->mailbox_count, app.sender_count, conf->readers,
		    descriptors_needed(conf), app.descriptors);
		notify_state("READY=1");
		status = loop(&app, &err);
	}
	if (err.kind != ERR_NONE)
		log_event(LOG_LEVEL_ERROR, "stop", "err=\"%s\"", err.msg);
	app_close(&app);
	if (status != RUN_AGAIN)
		log_event(LOG_LEVEL_INFO, "stop", "status=%d", status);
	return status;
}
