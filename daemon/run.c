#include "daemon/run.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "channels/transfers.h"
#include "core/config.h"
#include "core/texts.h"
#include "daemon/control.h"
#include "daemon/demo_clock.h"
#include "daemon/fetchers.h"
#include "daemon/http.h"
#include "daemon/notify.h"
#include "daemon/polls.h"
#include "daemon/readers.h"
#include "desk/desk.h"
#include "desk/texts.h"
#include "lib/err.h"
#include "lib/log.h"
#include "store/store.h"

/* At the end what is in flight may still finish, so long. */
#define DRAIN_MS 5000
/* After a transaction that failed (disk full), before the next try. */
#define RETRY_MS 2000
/* The demo's clock looks so often whether it may jump. */
#define DEMO_STEP_MS 20

struct app {
	const struct config *conf;
	const struct clock *clock;
	struct demo_clock demo;
	struct texts *texts;
	struct store *store;
	struct transfers *transfers;
	struct sender **senders;
	size_t smtp_count, sender_count;
	struct readers *readers;
	struct fetchers *fetchers;
	struct polls *polls;
	struct http *http;
	struct control *control;
	struct desk *desk;
	struct pollfd *fds;
	int signal_fd;
	bool is_stopping;
	bool has_failed; /* the last turn */
};

/* ---- ports ---- */

static void
on_read(void *self, const struct desk_read *read)
{
	readers_read(((struct app *)self)->readers, read);
}

static void
on_settle(void *self, const char *mailbox, uint32_t uidvalidity,
    const uint32_t *uids, size_t count)
{
	fetchers_settle(
	    ((struct app *)self)->fetchers, mailbox, uidvalidity, uids, count);
}

static void
on_hold(void *self, bool hold)
{
	fetchers_hold(((struct app *)self)->fetchers, hold);
}

static void
on_answer(void *self, void *request, int status, const char *why)
{
	http_answer(((struct app *)self)->http, request, status, why);
}

static void
on_note(void *self, enum desk_note_kind kind, const char *at, const char *text)
{
	static const enum log_level levels[] = {
		[NOTE_INFO] = LOG_LEVEL_INFO,
		[NOTE_WARN] = LOG_LEVEL_WARN,
		[NOTE_ERROR] = LOG_LEVEL_ERROR,
	};

	(void)self;
	log_event(levels[kind], at, "%s", text);
}

/* ---- opening and closing ---- */

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	log_event(LOG_LEVEL_ERROR, "templates", "%s", mistake);
}

static int
open_senders(struct app *app, struct err *err)
{
	const struct config *conf = app->conf;

	app->senders = calloc(conf->smtp_count + conf->sms_channel_count + 1,
	    sizeof(struct sender *));
	if (app->senders == NULL)
		abort();
	for (size_t i = 0; i < conf->smtp_count; i++) {
		struct sender *sender = smtp_sender_open(
		    app->transfers, &conf->smtps[i], err);

		if (sender == NULL)
			return -1;
		app->senders[app->sender_count++] = sender;
	}
	app->smtp_count = app->sender_count;
	for (size_t i = 0; i < conf->sms_channel_count; i++) {
		struct sender *sender = sms_sender_open(
		    app->transfers, &conf->sms_channels[i], err);

		if (sender == NULL)
			return -1;
		app->senders[app->sender_count++] = sender;
	}
	return 0;
}

static int
open_signals(struct app *app, struct err *err)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGCHLD);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return err_sys(err, ERR_BUG, "block signals");
	app->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return app->signal_fd < 0 ? err_sys(err, ERR_BUG, "signalfd") : 0;
}

static int
open_desk(struct app *app, struct err *err)
{
	struct desk_setup setup = {
		.conf = app->conf,
		.texts = app->texts,
		.store = app->store,
		.senders = app->senders,
		.sender_count = app->sender_count,
		.ports = {
			.read = on_read,
			.settle = on_settle,
			.hold = on_hold,
			.answer = on_answer,
			.note = on_note,
			.self = app,
		},
	};
	struct control_setup control = {
		.conf = app->conf,
		.store = app->store,
		.demo = app->clock == &clock_real ? NULL : &app->demo,
	};

	app->desk = desk_open(&setup, clock_wall(app->clock), err);
	if (app->desk == NULL)
		return -1;
	readers_serve(app->readers, app->desk);
	fetchers_serve(app->fetchers, app->desk);
	polls_serve(app->polls, app->desk);
	if (app->http != NULL)
		http_serve(app->http, app->desk);
	control.desk = app->desk;
	app->control = control_open(&control, err);
	return app->control == NULL ? -1 : 0;
}

static int
app_open(struct app *app, struct err *err)
{
	const struct config *conf = app->conf;

	if (open_signals(app, err) < 0)
		return -1;
	app->texts = desk_texts_load(conf->templates, complain, NULL, err);
	if (app->texts == NULL)
		return -1;
	app->store = store_open(conf->database, err);
	if (app->store == NULL)
		return -1;
	app->transfers = transfers_open(err);
	if (app->transfers == NULL || open_senders(app, err) < 0)
		return -1;
	app->readers = readers_open(conf->readers, err);
	if (app->readers == NULL)
		return -1;
	app->fetchers = fetchers_open(conf, app->store);
	app->polls = polls_open(conf, app->store, app->transfers, err);
	if (app->polls == NULL)
		return -1;
	if (conf->listen_port != 0) {
		app->http = http_open(conf, err);
		if (app->http == NULL)
			return -1;
	}
	app->fds = calloc(2 + readers_count(app->readers) +
			      fetchers_count(app->fetchers) + CONTROL_FDS_MAX,
	    sizeof(*app->fds));
	if (app->fds == NULL)
		abort();
	return open_desk(app, err);
}

static void
app_close(struct app *app)
{
	control_close(&app->control);
	http_close(&app->http);
	fetchers_close(&app->fetchers);
	readers_close(&app->readers);
	desk_close(&app->desk);
	polls_close(&app->polls);
	for (size_t i = 0; i < app->sender_count; i++) {
		if (i < app->smtp_count)
			smtp_sender_close(&app->senders[i]);
		else
			sms_sender_close(&app->senders[i]);
	}
	free(app->senders);
	transfers_close(&app->transfers);
	store_close(&app->store);
	texts_free(&app->texts);
	free(app->fds);
	if (app->signal_fd >= 0)
		(void)close(app->signal_fd);
}

/* ---- the loop ---- */

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
take_signals(struct app *app, msec_t now)
{
	struct signalfd_siginfo info;

	while (read(app->signal_fd, &info, sizeof(info)) ==
	       (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGCHLD)
			reap_children(app, now);
		else
			app->is_stopping = true;
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
	if (app->http != NULL)
		sooner(&timeout, http_timeout(app->http));
	if (app->has_failed)
		sooner(&timeout, RETRY_MS);
	else if (next != 0 && next <= now)
		sooner(&timeout, 0);
	else if (next != 0)
		sooner(&timeout,
		    next - now > 60000 ? 60000 : (int)(next - now));
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

static int
loop(struct app *app, struct err *err)
{
	bool busy = false;
	mono_t stop_at = { 0 };

	for (;;) {
		msec_t now = clock_wall(app->clock);

		if (wait_and_work(app, busy ? 0 : next_timeout(app, now), err) <
		    0)
			return EX_SOFTWARE;
		if (app->is_stopping && stop_at.ms == 0) {
			notify_state("STOPPING=1");
			stop_at = mono_add(clock_mono(), DRAIN_MS);
		}
		now = clock_wall(app->clock);
		busy = turn(app, now);
		maybe_jump(app);
		notify_state("WATCHDOG=1");
		if (app->is_stopping && (mono_left_ms(stop_at) == 0 ||
					    desk_is_idle(app->desk, now)))
			return EX_OK;
	}
}

/* Secrets are in memory: no core dump, no ptrace by others. Descriptors: one
 * for each mail in flight at most. */
static void
harden(void)
{
	struct rlimit limit;

	(void)prctl(PR_SET_DUMPABLE, 0);
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max < 8192 ? limit.rlim_max : 8192;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}
	(void)signal(SIGPIPE, SIG_IGN);
}

int
run_desk(const struct config *conf, msec_t demo_start)
{
	struct app app = {
		.conf = conf,
		.clock = &clock_real,
		.signal_fd = -1,
	};
	struct err err = { 0 };
	int status = EX_OK;

	harden();
	if (demo_start > 0) {
		demo_clock_init(&app.demo, demo_start);
		app.clock = &app.demo.clock;
	}
	if (app_open(&app, &err) < 0) {
		status = err.kind == ERR_CONF ? EX_CONFIG : EX_TEMPFAIL;
	} else {
		log_event(LOG_LEVEL_INFO, "start",
		    "mailboxes=%zu senders=%zu readers=%u",
		    conf->mailbox_count, app.sender_count, conf->readers);
		notify_state("READY=1");
		status = loop(&app, &err);
	}
	if (err.kind != ERR_NONE)
		log_event(LOG_LEVEL_ERROR, "stop", "err=\"%s\"", err.msg);
	app_close(&app);
	log_event(LOG_LEVEL_INFO, "stop", "status=%d", status);
	return status;
}
