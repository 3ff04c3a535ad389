#include <stdio.h>
#include <string.h>

#include "core/limits.h"
#include "desk/simulator.h"
#include "lib/buf.h"
#include "lib/json.h"
#include "lib/sealed.h"
#include "lib/text.h"

static const struct mailbox *
mailbox_for(struct simulator *sim, const json_t *mail)
{
	const struct config *conf = sim->setup->conf;
	const char *to = text_or(json_text(mail, "to"), "");

	for (size_t i = 0; i < conf->mailbox_count; i++)
		if (strstr(to, conf->mailboxes[i].address) != NULL)
			return &conf->mailboxes[i];
	return conf->mailbox_count == 0 ? NULL : &conf->mailboxes[0];
}

static const struct sent *
sent_named(const struct simulator *sim, int64_t number)
{
	return number < 1 || (size_t)number > sim->sent_count
		   ? NULL
		   : &sim->sent[number - 1];
}

static int
hand_in_mail(struct simulator *sim, const struct mailbox *box,
    const struct buf *raw, struct err *err)
{
	struct desk_mail mail = { .uid = ++sim->uid, .length = raw->len };
	int fd = sealed_new(&(struct bytes){ buf_text(raw), raw->len }, 1, err);

	return fd < 0 ? -1
		      : desk_mails(sim->desk, box->name, 1, fd, &mail, 1, err);
}

static int
do_mail(struct simulator *sim, const struct script_line *line,
    const char *place, const char *folder, struct err *err)
{
	int64_t number = json_int(line->what, "reply_to", 0);
	const struct sent *answered = sent_named(sim, number);
	const struct mailbox *box = mailbox_for(sim, line->what);
	struct buf raw scoped(buf_done) = { 0 };

	if (number != 0 && answered == NULL)
		return err_set(err, ERR_DATA,
		    "%s:%d: reply_to %lld: so far %zu messages have gone out",
		    place, line->number, (long long)number, sim->sent_count);
	if (answered != NULL)
		box = sim_estate(sim, answered->out.estate)->mailbox;
	if (box == NULL)
		return err_set(err, ERR_CONF, "no mailbox is configured");
	buf_init(&raw, LIMIT_MAIL_BYTES);
	if (script_mail(line, answered == NULL ? NULL : &answered->out,
		box->address, sim_estate(sim, box->estate)->authserv_id, folder,
		&raw, err) < 0)
		return err_wrap(err, "%s:%d", place, line->number);
	return hand_in_mail(sim, box, &raw, err);
}

static int
push(struct simulator *sim, const struct sms_channel *sms, bool is_report,
    json_t *query, struct err *err)
{
	struct buf text scoped(buf_done);
	json_t *push = json_object();
	int result;

	buf_init(&text, LIMIT_PUSH_BYTES);
	json_object_set_new(push, "query", query);
	json_to_buf(push, &text);
	json_decref(push);
	result = desk_push(sim->desk, sms->name, is_report, buf_text(&text),
	    text.len, NULL, err);
	return result;
}

static const struct sms_channel *
channel_for(struct simulator *sim, const char *number)
{
	const struct config *conf = sim->setup->conf;

	for (size_t i = 0; i < conf->sms_channel_count; i++)
		if (text_eq(conf->sms_channels[i].number, number))
			return &conf->sms_channels[i];
	return conf->sms_channel_count == 0 ? NULL : &conf->sms_channels[0];
}

static int
do_sms(struct simulator *sim, const struct script_line *line, struct err *err)
{
	const struct sms_channel *sms =
	    channel_for(sim, json_text(line->what, "to"));
	const char *id = json_text(line->what, "id");
	json_t *query = json_object();
	char made[32];

	(void)snprintf(made, sizeof(made), "line-%d", line->number);
	json_put_text(query, "id", id != NULL ? id : made);
	json_put_text(query, "from", json_text(line->what, "from"));
	json_put_text(query, "to", json_text(line->what, "to"));
	json_put_text(query, "text", json_text(line->what, "text"));
	if (sms == NULL) {
		json_decref(query);
		return err_set(err, ERR_CONF, "no SMS channel is configured");
	}
	return push(sim, sms, false, query, err);
}

/* The gateway's report of a text, or the mail that came back. */
int
sim_do_report(struct simulator *sim, const struct sent *sent, const char *state,
    struct err *err)
{
	const struct estate *estate = sim_estate(sim, sent->out.estate);
	char id[48];
	json_t *query;

	if (sent->out.channel == CHANNEL_MAIL) {
		struct buf raw scoped(buf_done);

		buf_init(&raw, LIMIT_MAIL_BYTES);
		script_bounce(
		    &sent->out, sent->from, "mx.simulator.example", &raw);
		return hand_in_mail(sim, estate->mailbox, &raw, err);
	}
	if (estate->sms == NULL)
		return 0;
	query = json_object();
	(void)snprintf(id, sizeof(id), "%lld-%lld", (long long)sent->out.id,
	    (long long)sent->out.created_at);
	json_put_text(query, "id", id);
	json_put_text(query, "state", state);
	return push(sim, estate->sms, true, query, err);
}

int
sim_do_line(struct simulator *sim, const struct script_line *line,
    const char *place, const char *folder, struct err *err)
{
	const struct sent *sent;

	switch (line->kind) {
	case SCRIPT_MAIL: return do_mail(sim, line, place, folder, err);
	case SCRIPT_SMS: return do_sms(sim, line, err);
	case SCRIPT_REPORT:
		sent = sent_named(sim, line->out);
		if (sent == NULL)
			return err_set(err, ERR_DATA,
			    "%s:%d: report for %d: so far %zu messages have "
			    "gone out",
			    place, line->number, line->out, sim->sent_count);
		/* "failed" was refused when it was sent, and of mails there
		 * are no other reports. */
		if (text_eq(line->state, "failed") ||
		    text_eq(line->state, "silent") ||
		    (sent->out.channel == CHANNEL_MAIL &&
			!text_eq(line->state, "bounced")))
			return 0;
		return sim_do_report(sim, sent, line->state, err);
	case SCRIPT_WAIT: return 0;
	}
	return 0;
}
