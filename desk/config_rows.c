/*
 * The settings of the program and of its doors; those of estates and people
 * are in config_rows_estate.c, those of SMS in config_rows_sms.c.
 */
#include "core/limits.h"
#include "desk/config_parts.h"

#define AT(type, field) .at = offsetof(struct type, field)

static const char *const tls_modes[] = {
	[TLS_IMPLICIT] = "implicit",
	[TLS_STARTTLS] = "starttls",
	[TLS_NONE] = "none",
	NULL,
};
static const char *const mail_auths[] = {
	[MAIL_AUTH_PASSWORD] = "password",
	[MAIL_AUTH_XOAUTH2] = "xoauth2",
	NULL,
};
static const struct config_row top_rows[] = {
	{ "world_readable_secrets", ROW_FLAG, AT(config, world_readable_secrets),
	    .standard = "false",
	    .doc = "Do not warn of secret files that everybody can read." },
	{ "domain", ROW_HOST, .required = true, AT(config, domain),
	    .doc = "Right-hand side of the Message-IDs that the desk makes." },
	{ "admin", ROW_MAIL, .required = true, AT(config, admin),
	    .doc = "Who hears of trouble: a mailbox that the desk does not "
		   "read." },
	{ "token_key_file", ROW_KEY, .required = true, AT(config, token_key),
	    .doc = "File with 32 secret bytes or more. Reply tokens are made "
		   "with it; a new key makes all old tokens void, and the PINs "
		   "that staff set themselves." },
	{ "state_dir", ROW_PATH, AT(config, state_dir),
	    .standard = "/var/lib/shouwen",
	    .doc = "Folder that the desk may write to." },
	{ "database", ROW_PATH, AT(config, database),
	    .doc = "The store. Default: shouwen.db in state_dir." },
	{ "control_socket", ROW_PATH, AT(config, control_socket),
	    .standard = "/run/shouwen/control",
	    .doc = "Socket over which shouwen talks to shouwend." },
	{ "templates", ROW_PATH, AT(config, templates),
	    .standard = "/usr/share/shouwen/templates",
	    .doc = "Folder of the texts, one folder a language." },
	{ "words", ROW_PATH, AT(config, words),
	    .standard = "/usr/share/shouwen/conf/words",
	    .doc = "Folder of the word lists by which messages are "
		   "understood." },
	{ "sms_presets", ROW_PATH, AT(config, sms_presets),
	    .standard = "/usr/share/shouwen/conf/sms",
	    .doc = "Folder of the provider files that are shipped; the folder "
		   "sms beside this file stands before it." },
	{ "zoneinfo", ROW_PATH, AT(config, zoneinfo),
	    .standard = "/usr/share/zoneinfo",
	    .doc = "Folder of the time zone files." },
	{ "listen_address", ROW_HOST, AT(config, listen_address),
	    .standard = "127.0.0.1",
	    .doc = "Address for pushes of SMS gateways, and /health." },
	{ "listen_port", ROW_NUMBER, .min = 0, .max = 65535,
	    AT(config, listen_port), .standard = "0",
	    .doc = "Its port; 0: no listener." },
	{ "readers", ROW_NUMBER, .min = 1, .max = 16, AT(config, readers),
	    .standard = "1",
	    .doc = "Sandboxed processes that take messages apart." },
	{ "undo_seconds", ROW_NUMBER, .min = 0, .max = 3600,
	    AT(config, undo_seconds), .standard = "60",
	    .doc = "How long a staff message to an owner waits for #undo; "
		   "0: not at all." },
	{ "plain_reply_is_note", ROW_FLAG, AT(config, plain_reply_is_note),
	    .standard = "false",
	    .doc = "A staff reply without a command is an internal note and "
		   "does not go to the owner." },
	{ "mailbox", ROW_GROUP, .doc = "Mailboxes, by name." },
	{ "smtp", ROW_GROUP, .doc = "SMTP accounts, by name." },
	{ "sms", ROW_GROUP, .doc = "SMS channels, by name." },
	{ "staff", ROW_GROUP, .doc = "People, by name." },
	{ "estate", ROW_GROUP, .doc = "Estates, by name." },
	{ "rules", ROW_GROUP, .doc = "Thresholds of the rules." },
};

static const struct config_row mailbox_rows[] = {
	{ "address", ROW_MAIL, .required = true, AT(mailbox, address),
	    .doc = "The address that owners write to." },
	{ "host", ROW_HOST, .required = true, AT(mailbox, host),
	    .doc = "IMAP server." },
	{ "port", ROW_NUMBER, .min = 0, .max = 65535, AT(mailbox, port),
	    .standard = "0", .doc = "0: 993 with implicit TLS, else 143." },
	{ "tls", ROW_CHOICE, .choices = tls_modes, AT(mailbox, tls),
	    .standard = "implicit",
	    .doc = "How the connection is encrypted; none only to this "
		   "machine." },
	{ "ca_file", ROW_PATH, AT(mailbox, ca_file),
	    .doc = "Certificates to trust instead of the system's." },
	{ "auth", ROW_CHOICE, .choices = mail_auths, AT(mailbox, auth),
	    .standard = "password",
	    .doc = "xoauth2: password_file holds an access token." },
	{ "user", ROW_TEXT, AT(mailbox, user),
	    .doc = "Login name. Default: the address." },
	{ "password_file", ROW_SECRET, .required = true,
	    AT(mailbox, password), .doc = "File with the password." },
	{ "folder", ROW_TEXT, AT(mailbox, folder), .standard = "INBOX",
	    .doc = "Folder that is read." },
	{ "move_to", ROW_TEXT, AT(mailbox, move_to),
	    .doc = "Folder for handled mail. Default: it stays and is "
		   "flagged." },
	{ "flag", ROW_TEXT, AT(mailbox, flag), .standard = "ShouwenDone",
	    .doc = "Keyword set on handled mail." },
	{ "poll_seconds", ROW_NUMBER, .min = 5, .max = 3600,
	    AT(mailbox, poll_seconds), .standard = "60",
	    .doc = "Time between looks where IDLE is not used." },
	{ "idle", ROW_FLAG, AT(mailbox, idle), .standard = "true",
	    .doc = "Let the server tell of new mail (RFC 2177)." },
	{ "from_start", ROW_FLAG, AT(mailbox, from_start),
	    .standard = "false",
	    .doc = "On the first connect take the mail that is there "
		   "already; it is not acknowledged." },
	{ "plus_addresses", ROW_FLAG, AT(mailbox, plus_addresses),
	    .standard = "false",
	    .doc = "The server delivers user+anything here too; replies are "
		   "then matched by address as well." },
};

static const struct config_row smtp_rows[] = {
	{ "host", ROW_HOST, .required = true, AT(smtp_account, host),
	    .doc = "SMTP server." },
	{ "port", ROW_NUMBER, .min = 0, .max = 65535, AT(smtp_account, port),
	    .standard = "0",
	    .doc = "0: 465 with implicit TLS, 587 with starttls, else 25." },
	{ "tls", ROW_CHOICE, .choices = tls_modes, AT(smtp_account, tls),
	    .standard = "implicit",
	    .doc = "How the connection is encrypted; none only to this "
		   "machine." },
	{ "ca_file", ROW_PATH, AT(smtp_account, ca_file),
	    .doc = "Certificates to trust instead of the system's." },
	{ "user", ROW_TEXT, AT(smtp_account, user),
	    .doc = "Login name. Default: no login." },
	{ "password_file", ROW_SECRET, AT(smtp_account, password),
	    .doc = "File with the password." },
	{ "hello", ROW_HOST, AT(smtp_account, hello),
	    .doc = "Name for EHLO. Default: domain." },
	{ "connections", ROW_NUMBER, .min = 1, .max = LIMIT_SENDS_IN_FLIGHT,
	    AT(smtp_account, connections), .standard = "2",
	    .doc = "Mails handed in at the same time." },
};

#define ROWS(list) .rows = (list), .count = ARRAY_COUNT(list)

const struct config_section config_top = { .path = "",
	.title = "The program",
	.doc = "Settings that stand in no group.",
	ROWS(top_rows) };
const struct config_section config_mailbox_section = { .path = "mailbox.NAME",
	.title = "Mailboxes",
	.doc = "A mailbox that the desk reads, and no person.",
	ROWS(mailbox_rows) };
const struct config_section config_smtp_section = { .path = "smtp.NAME",
	.title = "SMTP accounts",
	.doc = "Where mail is handed in.",
	ROWS(smtp_rows) };
const struct config_section *const config_sections[] = { &config_top,
	&config_mailbox_section, &config_smtp_section, &config_sms_section,
	&config_sms_template_section,
	&config_staff_section, &config_estate_section,
	&config_department_section, &config_category_section,
	&config_duty_section, &config_deadlines_section,
	&config_rules_section, &config_provider_section,
	&config_sms_value_section, &config_sms_auth_section,
	&config_sms_request_section, &config_sms_accepted_section,
	&config_sms_error_section, &config_sms_unknown_section,
	&config_sms_verify_section, &config_sms_push_section,
	&config_sms_poll_section, &config_sms_fields_section };
const size_t config_section_count = ARRAY_COUNT(config_sections);
