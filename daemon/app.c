#include "daemon/app.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "channels/transfers.h"
#include "core/config.h"
#include "core/texts.h"
#include "daemon/control.h"
#include "daemon/descriptors.h"
#include "daemon/fetchers.h"
#include "daemon/http.h"
#include "daemon/only_one.h"
#include "daemon/polls.h"
#include "daemon/readers.h"
#include "desk/desk.h"
#include "desk/texts.h"
#include "lib/err.h"
#include "lib/log.h"
#include "store/store.h"

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
	struct app *app = self;

	app->is_holding = hold;
	fetchers_hold(app->fetchers, hold || app->phase != RUNNING);
}

static void
on_answer(void *self, void *request, int status, const char *why)
{
	http_answer(((struct app *)self)->http, request, status, why);
}

static void
on_polled(void *self, const char *channel, bool is_report, bool is_read)
{
	polls_said(((struct app *)self)->polls, channel, is_report, is_read);
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
	log_event(LOG_LEVEL_ERROR, "templates", "mistake=\"%s\"", mistake);
}

static int
add_sender(struct app *app, struct sender *sender)
{
	if (sender == NULL)
		return -1;
	app->senders[app->sender_count++] = sender;
	return 0;
}

static int
open_senders(struct app *app, struct err *err)
{
	const struct config *conf = app->conf;

	app->senders = calloc(conf->smtp_count + conf->sms_channel_count + 1,
	    sizeof(struct sender *));
	if (app->senders == NULL)
		abort();
	for (size_t i = 0; i < conf->smtp_count; i++)
		if (add_sender(app,
			smtp_sender_open(app->transfers, &conf->smtps[i],
			    err)) < 0)
			return -1;
	for (size_t i = 0; i < conf->sms_channel_count; i++)
		if (add_sender(app,
			sms_sender_open(app->transfers,
			    &conf->sms_channels[i], err)) < 0)
			return -1;
	return 0;
}

static int
open_signals(struct app *app, struct err *err)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGHUP);
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
			.polled = on_polled,
			.note = on_note,
			.self = app,
		},
	};
	struct control_setup control = {
		.conf = app->conf,
		.store = app->store,
		.demo = app->clock == &clock_real ? NULL : &app->demo,
		.idle_ms = CONTROL_IDLE_MS,
	};

	app->desk = desk_open(&setup, clock_wall(app->clock), err);
	if (app->desk == NULL)
		return -1;
	readers_serve(app->readers, app->desk);
	fetchers_serve(app->fetchers, app->desk);
	polls_serve(app->polls, app->desk, clock_wall(app->clock));
	if (app->http != NULL)
		http_serve(app->http, app->desk);
	control.desk = app->desk;
	app->control = control_open(&control, err);
	return app->control == NULL ? -1 : 0;
}

int
app_open(struct app *app, struct err *err)
{
	const struct config *conf = app->conf;

	if (descriptors_check(conf, app->descriptors, err) < 0 ||
	    open_signals(app, err) < 0)
		return -1;
	app->texts = desk_texts_load(conf->templates, conf->classifier, complain, NULL, err);
	if (app->texts == NULL)
		return -1;
	app->lock_fd = only_one(conf->database, err);
	if (app->lock_fd < 0)
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

void
app_close(struct app *app)
{
	control_close(&app->control);
	http_close(&app->http);
	fetchers_close(&app->fetchers);
	readers_close(&app->readers);
	desk_close(&app->desk);
	polls_close(&app->polls);
	for (size_t i = 0; i < app->sender_count; i++)
		sender_close(&app->senders[i]);
	free(app->senders);
	transfers_close(&app->transfers);
	store_close(&app->store);
	texts_free(&app->texts);
	free(app->fds);
	if (app->signal_fd >= 0)
		(void)close(app->signal_fd);
	/* Last: until here the store was ours. */
	if (app->lock_fd >= 0)
		(void)close(app->lock_fd);
}
