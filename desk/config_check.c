/*
 * Relations between settings, checked after all of them are read.
 */
#include <string.h>

#include "core/survey.h"
#include "desk/config_parts.h"
#include "lib/text.h"

static void
login_check(struct reading *reading, const char *group, const char *name)
{
	const char *user = key_path(reading, group, name, "user");
	const char *password = key_path(reading, group, name, "password_file");

	if (is_written(reading, user) != is_written(reading, password))
		mistake_at(
		    reading, user, "user and password_file go together");
}

static void
mailbox_check(struct reading *reading, const struct mailbox *box)
{
	if (box->tls == TLS_NONE && !is_loopback(box->host))
		mistake_at(reading,
		    key_path(reading, "mailbox", box->name, "tls"),
		    "the password would travel in clear; expected \"implicit\" "
		    "or \"starttls\" unless the server is this machine");
	if (box->move_to != NULL && text_eq(box->move_to, box->folder))
		mistake_at(reading,
		    key_path(reading, "mailbox", box->name, "move_to"),
		    "is the folder that is read; expected another one");
	if (box->estate == NULL)
		mistake_at(reading,
		    key_path(reading, "mailbox", box->name, "address"),
		    "no estate uses this mailbox; expected an estate with "
		    "mailbox = \"%s\"",
		    box->name);
	if (box->flag != NULL && strpbrk(box->flag, " (){%*\"\\]") != NULL)
		mistake_at(reading,
		    key_path(reading, "mailbox", box->name, "flag"),
		    "\"%s\" is no IMAP keyword; expected letters and digits",
		    box->flag);
}

static void
mailboxes_check(struct reading *reading)
{
	const struct config *conf = &reading->loaded->conf;

	for (size_t i = 0; i < conf->mailbox_count; i++) {
		const struct mailbox *box = &conf->mailboxes[i];

		mailbox_check(reading, box);
		for (size_t j = 0; j < i; j++) {
			const struct mailbox *other = &conf->mailboxes[j];

			if (box->address != NULL &&
			    text_eq(box->address, other->address))
				mistake_at(reading,
				    key_path(reading, "mailbox", box->name,
					"address"),
				    "mailbox \"%s\" has this address too; "
				    "expected one mailbox an address",
				    other->name);
		}
		if (box->address != NULL && text_eq(box->address, conf->admin))
			mistake_at(reading, "admin",
			    "is the address of mailbox \"%s\"; expected one "
			    "that the desk does not read",
			    box->name);
	}
}

static void
smtps_check(struct reading *reading)
{
	const struct config *conf = &reading->loaded->conf;

	for (size_t i = 0; i < conf->smtp_count; i++) {
		const struct smtp_account *smtp = &conf->smtps[i];

		if (smtp->tls == TLS_NONE && !is_loopback(smtp->host))
			mistake_at(reading,
			    key_path(reading, "smtp", smtp->name, "tls"),
			    "mail and password would travel in clear; "
			    "expected \"implicit\" or \"starttls\" unless the "
			    "server is this machine");
		login_check(reading, "smtp", smtp->name);
	}
}

/* A message says by which door it came, and that must name its estate. */
static void
doors_check(struct reading *reading, size_t index)
{
	const struct config *conf = &reading->loaded->conf;
	const struct estate *one = &conf->estates[index];

	for (size_t i = 0; i < index; i++) {
		const struct estate *other = &conf->estates[i];

		if (one->mailbox != NULL && one->mailbox == other->mailbox)
			mistake_at(reading,
			    key_path(reading, "estate", one->id, "mailbox"),
			    "estate \"%s\" uses it too; expected a mailbox of "
			    "its own",
			    other->id);
		if (one->sms != NULL && one->sms == other->sms)
			mistake_at(reading,
			    key_path(reading, "estate", one->id, "sms"),
			    "estate \"%s\" uses it too; expected a channel of "
			    "its own",
			    other->id);
	}
	if (one->mailbox == NULL && one->sms == NULL)
		mistake_at(reading,
		    key_path(reading, "estate", one->id, "mailbox"),
		    "neither mailbox nor sms: owners cannot reach this estate");
	if (one->mailbox != NULL && one->smtp == NULL)
		mistake_at(reading,
		    key_path(reading, "estate", one->id, "smtp"),
		    "missing: mail that comes in could not be answered");
	if (one->smtp != NULL && one->mailbox == NULL)
		mistake_at(reading,
		    key_path(reading, "estate", one->id, "mailbox"),
		    "missing: mail that is sent needs an address that answers "
		    "can go to");
}

static void
trust_check(struct reading *reading, const struct estate *estate)
{
	if (estate->mailbox == NULL)
		return;
	if (estate->authserv_id == NULL)
		warning_at(reading,
		    key_path(reading, "estate", estate->id, "authserv_id"),
		    "not set: a forged From is only stopped by tokens and "
		    "PINs");
	else if (estate->staff_domains == NULL ||
	    estate->staff_domains[0] == NULL)
		mistake_at(reading,
		    key_path(reading, "estate", estate->id, "staff_domains"),
		    "missing: authserv_id is set, so name the domains of staff "
		    "addresses");
}

static bool
is_scope(const struct config *conf, const char *scope)
{
	for (size_t i = 0; i < conf->estate_count; i++)
		if (estate_category(&conf->estates[i], scope) != NULL)
			return true;
	return text_eq(scope, SURVEY_GENERAL) || text_eq(scope, SURVEY_REPAIR);
}

/* One that is misspelled would be asked as a general question. */
static void
scopes_check(struct reading *reading)
{
	const struct config *conf = &reading->loaded->conf;

	for (const char *const *scope = conf->rules.survey_scopes;
	     *scope != NULL; scope++)
		if (!is_scope(conf, *scope))
			mistake_at(reading, "rules.survey_scopes",
			    "\"%s\" is no category of an estate; expected "
			    "\"" SURVEY_GENERAL "\", \"" SURVEY_REPAIR
			    "\" or the code of one",
			    *scope);
}

static void
rules_check(struct reading *reading)
{
	const struct rules *rules = &reading->loaded->conf.rules;

	if (rules->survey_from_minute >= rules->survey_to_minute)
		mistake_at(reading, "rules.survey_to",
		    "must be later than survey_from");
	if (rules->brake_10min > rules->brake_hour)
		mistake_at(reading, "rules.brake_hour",
		    "must not be below brake_10min");
	if (rules->brake_hour > rules->brake_day)
		mistake_at(reading, "rules.brake_day",
		    "must not be below brake_hour");
	if (rules->alert_again_minutes >= rules->alert_top_minutes)
		mistake_at(reading, "rules.alert_top_minutes",
		    "must be more than alert_again_minutes");
	if (rules->unknown_urgent_minutes > rules->unknown_minutes)
		mistake_at(reading, "rules.unknown_urgent_minutes",
		    "must not be above unknown_minutes");
}

void
relations_check(struct reading *reading)
{
	const struct config *conf = &reading->loaded->conf;

	if (conf->estate_count == 0)
		mistake_at(reading, "estate",
		    "missing; expected estate: { NAME: { ... }; };");
	mailboxes_check(reading);
	smtps_check(reading);
	for (size_t i = 0; i < conf->sms_channel_count; i++)
		sms_check(reading, &conf->sms_channels[i]);
	for (size_t i = 0; i < conf->estate_count; i++) {
		doors_check(reading, i);
		trust_check(reading, &conf->estates[i]);
	}
	if (conf->listen_port != 0 && !is_loopback(conf->listen_address))
		warning_at(reading, "listen_address",
		    "other machines can reach the listener, which speaks "
		    "without TLS; a proxy in front of it is safer");
	rules_check(reading);
	scopes_check(reading);
}
