/*
 * The fetcher process as the desk sees it: against Dovecot, and against a
 * server that misbehaves.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "channels/fetcher.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/frame.h"
#include "lib/text.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/fake_imap.h"
#include "tests/support/maildir.h"
#include "tests/support/real_servers.h"

enum { ANSWER_MS = 20000, SEALS = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE };

/* The desk's end. */
struct desk {
	struct frame_link link;
	pid_t pid;
	json_t *frame; /* the last one */
	uint32_t type;
	char *raw; /* of the last batch, mapped */
	size_t raw_len;
};

/* ---- the desk's part ---- */

static void
send_frame(struct desk *desk, uint32_t type, json_t *payload)
{
	char *text = json_dumps(payload, JSON_COMPACT);
	struct err err = { 0 };

	assert_non_null(text);
	assert_int_equal(
	    frame_send(&desk->link, type, text, strlen(text), -1, &err), 0);
	free(text);
	json_decref(payload);
}

static void
start_fetcher(struct desk *desk, json_t *start)
{
	int pair[2];

	*desk = (struct desk){ 0 };
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	desk->pid = fork();
	assert_true(desk->pid >= 0);
	if (desk->pid == 0) {
		(void)close(pair[0]);
		_exit(fetcher_run(pair[1]));
	}
	(void)close(pair[1]);
	frame_link_init(&desk->link, pair[0], LIMIT_FETCH_BATCH_BYTES);
	send_frame(desk, FETCHER_START, start);
}

static void
forget_frame(struct desk *desk)
{
	if (desk->raw != NULL)
		(void)munmap(desk->raw, desk->raw_len);
	desk->raw = NULL;
	json_release(&desk->frame);
}

static void
map_raw(struct desk *desk, int fd)
{
	struct stat info;

	assert_int_equal(fcntl(fd, F_GET_SEALS) & SEALS, SEALS);
	assert_int_equal(fstat(fd, &info), 0);
	desk->raw_len = (size_t)info.st_size;
	desk->raw =
	    mmap(NULL, desk->raw_len, PROT_READ, MAP_SHARED, fd, 0);
	assert_ptr_not_equal(desk->raw, MAP_FAILED);
	(void)close(fd);
}

/* Stop it, and give its exit status. */
static int
end_fetcher(struct desk *desk)
{
	int status = 0;

	forget_frame(desk);
	frame_link_done(&desk->link);
	assert_int_equal(waitpid(desk->pid, &status, 0), desk->pid);
	if (WIFSIGNALED(status))
		fail_msg("killed by signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

static void
next_frame(struct desk *desk, uint32_t wanted)
{
	struct err err = { 0 };
	struct frame frame;

	do {
		forget_frame(desk);
		if (frame_wait(&desk->link, ANSWER_MS, &frame, &err) != 1)
			fail_msg("no frame %u: %s (exit %d)", (unsigned)wanted,
			    err.msg, end_fetcher(desk));
		desk->frame = json_from(frame.data, frame.len, &err);
		desk->type = frame.type;
		assert_non_null(desk->frame);
		if (frame.fd >= 0)
			map_raw(desk, frame.fd);
	} while (frame.type == FETCHER_SEEN && wanted != FETCHER_SEEN);
	if (frame.type != wanted)
		fail_msg("frame %u instead of %u: %s", (unsigned)frame.type,
		    (unsigned)wanted,
		    text_or(json_text(desk->frame, "reason"), ""));
}

static void
settle(struct desk *desk, uint32_t first, uint32_t last)
{
	json_t *what = json_object(), *uids = json_array();

	for (uint32_t uid = first; uid <= last; uid++)
		json_array_append_new(uids, json_integer(uid));
	json_object_set_new(what, "uids", uids);
	send_frame(desk, FETCHER_SETTLE, what);
}

static const json_t *
mail_at(const struct desk *desk, size_t i)
{
	return json_array_get(json_object_get(desk->frame, "mails"), i);
}

static size_t
mail_count(const struct desk *desk)
{
	return json_array_size(json_object_get(desk->frame, "mails"));
}

static void
assert_mail(const struct desk *desk, size_t i, uint32_t uid, const char *text)
{
	const json_t *mail = mail_at(desk, i);
	size_t offset = (size_t)json_int(mail, "offset", -1);

	assert_int_equal(json_int(mail, "uid", 0), uid);
	assert_int_equal(json_int(mail, "length", 0), strlen(text));
	assert_true(offset + strlen(text) <= desk->raw_len);
	assert_memory_equal(desk->raw + offset, text, strlen(text));
}

/* ---- mailboxes ---- */

static bool have_servers;

static int
start_servers(void **state)
{
	(void)state;
	have_servers = real_servers_start("mail");
	return 0;
}

static int
stop_servers(void **state)
{
	(void)state;
	real_servers_stop();
	return 0;
}

static struct mailbox
dovecot_box(const char *user)
{
	if (!have_servers) {
		print_message("Dovecot and Postfix are not installed\n");
		skip();
	}
	return (struct mailbox){
		.name = user,
		.host = "localhost",
		.port = real_servers_port("IMAPS_PORT"),
		.tls = TLS_IMPLICIT,
		.ca_file = real_servers_get("CA_FILE"),
		.user = user,
		.password = "secret",
		.folder = "INBOX",
		.flag = "$Ticketed",
		.idle = true,
		.from_start = true,
	};
}

static struct mailbox
fake_box(const struct fake_imap *fake)
{
	return (struct mailbox){
		.name = "fake",
		.host = "127.0.0.1",
		.port = fake_imap_port(fake),
		.tls = TLS_NONE,
		.user = "desk",
		.password = "tell-nobody",
		.folder = "INBOX",
		.flag = "$Ticketed",
		.from_start = true,
	};
}

#define MAIL_A "Subject: a\r\n\r\nwater\r\n"
#define MAIL_B "Subject: b\r\n\r\nlift\r\n"

static void
put(const char *user, unsigned number, const char *text)
{
	maildir_put(user, number, text, strlen(text));
}

static void
connect_box(struct desk *desk, const struct mailbox *box, uint32_t uidvalidity,
    uint32_t uid)
{
	start_fetcher(desk, fetcher_start_json(box, uidvalidity, uid));
}

/* ---- with Dovecot ---- */

static void
mail_that_is_there_comes_when_asked_for(void **state)
{
	struct mailbox box = dovecot_box("start");
	struct desk desk;

	(void)state;
	put("start", 1, MAIL_A);
	put("start", 2, MAIL_B);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	assert_true(json_flag(desk.frame, "first"));
	assert_int_equal(json_int(desk.frame, "exists", 0), 2);
	assert_int_equal(json_int(desk.frame, "uidnext", 0), 3);
	assert_true(json_int(desk.frame, "uidvalidity", 0) > 0);
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(mail_count(&desk), 2);
	assert_mail(&desk, 0, 1, MAIL_A);
	assert_mail(&desk, 1, 2, MAIL_B);
	assert_int_equal(
	    json_int(mail_at(&desk, 0), "size", 0), strlen(MAIL_A));
	assert_true(json_int(mail_at(&desk, 0), "internaldate", 0) > 0);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
the_first_connect_takes_mail_from_now_on(void **state)
{
	struct mailbox box = dovecot_box("now");
	struct desk desk;

	(void)state;
	box.from_start = false;
	put("now", 1, MAIL_A);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	put("now", 2, MAIL_B);
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(mail_count(&desk), 1);
	assert_mail(&desk, 0, 2, MAIL_B);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
new_mail_is_seen_in_idle(void **state)
{
	struct mailbox box = dovecot_box("idle");
	struct desk desk;

	(void)state;
	put("idle", 1, MAIL_A);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	settle(&desk, 1, 1);
	next_frame(&desk, FETCHER_SETTLED);
	put("idle", 2, MAIL_B);
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 2, MAIL_B);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
without_idle_the_mailbox_is_polled(void **state)
{
	struct mailbox box = dovecot_box("poll");
	struct desk desk;

	(void)state;
	box.idle = false;
	box.poll_seconds = 1;
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	put("poll", 1, MAIL_A);
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 1, MAIL_A);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
the_cursor_is_where_it_goes_on(void **state)
{
	struct mailbox box = dovecot_box("cursor");
	struct desk desk;
	uint32_t uidvalidity;

	(void)state;
	put("cursor", 1, MAIL_A);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	uidvalidity = (uint32_t)json_int(desk.frame, "uidvalidity", 0);
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(end_fetcher(&desk), EX_OK);
	/* "2:*" is answered with mail 1, which we have. */
	connect_box(&desk, &box, uidvalidity, 1);
	next_frame(&desk, FETCHER_UP);
	assert_false(json_flag(desk.frame, "first"));
	put("cursor", 2, MAIL_B);
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(mail_count(&desk), 1);
	assert_mail(&desk, 0, 2, MAIL_B);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
a_new_uidvalidity_fetches_everything_again(void **state)
{
	struct mailbox box = dovecot_box("again");
	struct desk desk;
	uint32_t uidvalidity;

	(void)state;
	put("again", 1, MAIL_A);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	uidvalidity = (uint32_t)json_int(desk.frame, "uidvalidity", 0);
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(end_fetcher(&desk), EX_OK);
	connect_box(&desk, &box, uidvalidity - 1, 9);
	next_frame(&desk, FETCHER_UP);
	assert_int_equal(
	    json_int(desk.frame, "uidvalidity", 0), uidvalidity);
	assert_false(json_flag(desk.frame, "first"));
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(
	    json_int(desk.frame, "uidvalidity", 0), uidvalidity);
	assert_mail(&desk, 0, 1, MAIL_A);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
settled_mail_is_flagged(void **state)
{
	struct mailbox box = dovecot_box("flag");
	struct desk desk;

	(void)state;
	put("flag", 1, MAIL_A);
	put("flag", 2, MAIL_B);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	settle(&desk, 1, 2);
	next_frame(&desk, FETCHER_SETTLED);
	assert_true(json_int(desk.frame, "uidvalidity", 0) > 0);
	assert_int_equal(
	    json_array_size(json_object_get(desk.frame, "uids")), 2);
	assert_int_equal(end_fetcher(&desk), EX_OK);
	/* S: seen, a: the first keyword. */
	assert_int_equal(maildir_count("flag", "Maildir/cur/*:2,Sa"), 2);
	assert_int_equal(maildir_count("flag", "Maildir/dovecot-keywords"), 1);
}

static void
settled_mail_is_moved(void **state)
{
	static const struct {
		const char *user, *folder, *found;
	} cases[] = {
		{ "move1", "Done", "Maildir/.Done/[cn]*/*" },
		/* Not there yet: made. */
		{ "move2", "Archive", "Maildir/.Archive/[cn]*/*" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct mailbox box = dovecot_box(cases[i].user);
		struct desk desk;

		box.move_to = cases[i].folder;
		put(cases[i].user, 1, MAIL_A);
		connect_box(&desk, &box, 0, 0);
		next_frame(&desk, FETCHER_UP);
		next_frame(&desk, FETCHER_BATCH);
		settle(&desk, 1, 1);
		next_frame(&desk, FETCHER_SETTLED);
		assert_int_equal(end_fetcher(&desk), EX_OK);
		assert_int_equal(
		    maildir_count(cases[i].user, cases[i].found), 1);
		assert_int_equal(
		    maildir_count(cases[i].user, "Maildir/cur/*"), 0);
	}
}

static void
many_mails_come_in_order_and_once(void **state)
{
	struct mailbox box = dovecot_box("many");
	struct desk desk;
	uint32_t last = 0;

	(void)state;
	for (unsigned i = 1; i <= 1050; i++)
		put("many", i, i % 2 == 0 ? MAIL_A : MAIL_B);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	while (last < 1050) {
		size_t count;

		next_frame(&desk, FETCHER_BATCH);
		count = mail_count(&desk);
		assert_true(count > 0 && count <= LIMIT_FETCH_BATCH_MAILS);
		for (size_t i = 0; i < count; i++)
			assert_int_equal(
			    json_int(mail_at(&desk, i), "uid", 0), ++last);
		/* RESUME opens the window as a settled batch does. */
		if (last % 200 == 0)
			send_frame(&desk, FETCHER_RESUME, json_object());
	}
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
settles_that_wait_become_one_command(void **state)
{
	struct mailbox box = dovecot_box("merge");
	struct desk desk;

	(void)state;
	for (unsigned i = 1; i <= 20; i++)
		put("merge", i, MAIL_A);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	/* While it is stopped, they pile up. */
	(void)kill(desk.pid, SIGSTOP);
	for (uint32_t uid = 1; uid <= 20; uid++)
		settle(&desk, uid, uid);
	(void)kill(desk.pid, SIGCONT);
	next_frame(&desk, FETCHER_SETTLED);
	/* It may have been in the middle of the first. */
	if (json_array_size(json_object_get(desk.frame, "uids")) == 1)
		next_frame(&desk, FETCHER_SETTLED);
	assert_true(json_array_size(json_object_get(desk.frame, "uids")) >= 19);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
of_a_mail_that_is_too_large_only_the_head_comes(void **state)
{
	struct mailbox box = dovecot_box("large");
	size_t len = LIMIT_MAIL_BYTES + KIB;
	char *data = malloc(len);
	struct desk desk;

	(void)state;
	assert_non_null(data);
	memset(data, 'x', len);
	for (size_t i = 70; i < len; i += 72)
		memcpy(data + i, "\r\n", 2);
	memcpy(data, "Subject: large\r\n\r\n", 18);
	put("large", 1, MAIL_A);
	maildir_put("large", 2, data, len);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 1, MAIL_A);
	next_frame(&desk, FETCHER_BATCH);
	assert_true(json_flag(mail_at(&desk, 0), "too_large"));
	assert_int_equal(desk.raw_len, LIMIT_FETCH_HEAD_BYTES);
	assert_memory_equal(desk.raw, data, LIMIT_FETCH_HEAD_BYTES);
	assert_int_equal(end_fetcher(&desk), EX_OK);
	free(data);
}

static void
a_mail_just_below_the_ceiling_comes_whole(void **state)
{
	struct mailbox box = dovecot_box("big");
	size_t len = LIMIT_MAIL_BYTES - KIB;
	char *data = malloc(len);
	struct desk desk;

	(void)state;
	assert_non_null(data);
	/* CRLF at the end only: a line as long as the mail. */
	memset(data, 'y', len);
	memcpy(data, "Subject: big\r\n\r\n", 16);
	memcpy(data + len - 2, "\r\n", 2);
	maildir_put("big", 1, data, len);
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(desk.raw_len, len);
	assert_memory_equal(desk.raw, data, len);
	assert_false(json_flag(mail_at(&desk, 0), "too_large"));
	assert_int_equal(end_fetcher(&desk), EX_OK);
	free(data);
}

static void
a_paused_fetcher_fetches_nothing(void **state)
{
	struct mailbox box = dovecot_box("pause");
	struct desk desk;

	(void)state;
	put("pause", 1, MAIL_A);
	connect_box(&desk, &box, 0, 0);
	send_frame(&desk, FETCHER_PAUSE, json_object());
	next_frame(&desk, FETCHER_UP);
	/* A settle is still served, and nothing comes before its answer. */
	settle(&desk, 1, 1);
	next_frame(&desk, FETCHER_SETTLED);
	send_frame(&desk, FETCHER_RESUME, json_object());
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 1, MAIL_A);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
stop_ends_it_well(void **state)
{
	struct mailbox box = dovecot_box("stop");
	struct desk desk;
	struct err err = { 0 };
	struct frame frame;

	(void)state;
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	send_frame(&desk, FETCHER_STOP, json_object());
	assert_int_equal(frame_wait(&desk.link, ANSWER_MS, &frame, &err), 0);
	assert_int_equal(err.kind, ERR_NONE);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
xoauth2_and_starttls_work(void **state)
{
	struct mailbox box = dovecot_box("token");
	struct desk desk;
	char *token = maildir_token("token");

	(void)state;
	put("token", 1, MAIL_A);
	box.auth = MAIL_AUTH_XOAUTH2;
	box.password = token;
	box.tls = TLS_STARTTLS;
	box.port = real_servers_port("IMAP_PORT");
	box.host = "127.0.0.1";
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 1, MAIL_A);
	assert_int_equal(end_fetcher(&desk), EX_OK);
	free(token);
}

static void
what_the_operator_must_mend_is_configuration(void **state)
{
	struct mailbox wrong_password = dovecot_box("conf");
	struct mailbox wrong_token = wrong_password;
	struct mailbox unknown_ca = wrong_password;
	struct mailbox wrong_name = wrong_password;
	struct mailbox no_folder = wrong_password;
	struct mailbox no_ca_file = wrong_password;
	const struct {
		const struct mailbox *box;
		const char *reason;
	} cases[] = {
		{ &wrong_password, "login at localhost refused" },
		{ &wrong_token, "login at localhost refused" },
		{ &unknown_ca, "issuer is unknown" },
		{ &wrong_name, "does not match" },
		{ &no_folder, "SELECT at localhost refused" },
		{ &no_ca_file, "CA file" },
	};
	char other_ca[160];

	(void)state;
	(void)snprintf(other_ca, sizeof(other_ca), "%s/otherca.pem",
	    real_servers_get("PKI_DIR"));
	wrong_password.password = "tell-nobody";
	wrong_token.password = "tell-nobody";
	wrong_token.auth = MAIL_AUTH_XOAUTH2;
	unknown_ca.ca_file = other_ca;
	/* The same machine, but no name in its certificate. */
	wrong_name.host = "127.1";
	no_folder.folder = "Nowhere";
	no_ca_file.ca_file = "/nonexistent.pem";
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct desk desk;
		const char *reason;

		connect_box(&desk, cases[i].box, 0, 0);
		next_frame(&desk, FETCHER_DOWN);
		reason = json_text(desk.frame, "reason");
		assert_string_equal(
		    json_text(desk.frame, "kind"), "configuration");
		if (strstr(reason, cases[i].reason) == NULL)
			fail_msg("%s: %s", cases[i].reason, reason);
		assert_null(strstr(reason, "tell-nobody"));
		assert_int_equal(end_fetcher(&desk), EX_CONFIG);
	}
}

/* ---- with a server that misbehaves ---- */

struct broken {
	const char *why;
	struct fake_imap_step script[16];
	int quiet_ms, command_ms; /* 0: enough for the slowest machine */
};

static void
assert_ends_as_temporary(const struct broken *broken)
{
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(broken->script, NULL);
	struct mailbox box = fake_box(fake);
	json_t *start = fetcher_start_json(&box, 0, 0);
	struct desk desk;
	const char *reason;

	json_put_int(start, "quiet_ms", broken->quiet_ms);
	json_put_int(start, "command_ms", broken->command_ms);
	start_fetcher(&desk, start);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_DOWN);
	reason = json_text(desk.frame, "reason");
	assert_string_equal(json_text(desk.frame, "kind"), "temporary");
	if (strstr(reason, broken->why) == NULL)
		fail_msg("wanted %s, got %s", broken->why, reason);
	(void)end_fetcher(&desk);
}

#define LISTED                                                                 \
	{ FAKE_IMAP_EXPECT, "FETCH", 0 },                                      \
	{                                                                      \
		FAKE_IMAP_SAY,                                                 \
		    "* 1 FETCH (UID 7 RFC822.SIZE 100 INTERNALDATE "           \
		    "\"01-Nov-2026 10:00:00 +0800\")\r\n$ OK done\r\n",        \
		    0                                                          \
	}

static void
every_broken_answer_ends_as_temporary(void **state)
{
	static const struct broken cases[] = {
		{ .why = "closed the connection", /* in a literal */
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT, LISTED,
			{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
			{ FAKE_IMAP_SAY,
			    "* 1 FETCH (UID 7 BODY[] {100}\r\nhalf", 0 } } },
		{ .why = "fell silent",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT, LISTED,
			{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
			{ FAKE_IMAP_SAY,
			    "* 1 FETCH (UID 7 BODY[] {100}\r\nhalf", 0 },
			{ FAKE_IMAP_HANG, NULL, 0 } },
		    .quiet_ms = 300 },
		{ .why = "took too long",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT, LISTED,
			{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
			{ FAKE_IMAP_SAY, "* 1 FETCH (UID 7 BODY[] {100}\r\n",
			    0 },
			{ FAKE_IMAP_TRICKLE, "x", 90 } },
		    .command_ms = 1000 },
		{ .why = "a line without end",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT,
			{ FAKE_IMAP_EXPECT, "FETCH", 0 },
			{ FAKE_IMAP_SAY, "* OK ", 0 },
			{ FAKE_IMAP_REPEAT, "endless endless ", 10000 },
			{ FAKE_IMAP_HANG, NULL, 0 } } },
		{ .why = "sends without end",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT,
			{ FAKE_IMAP_EXPECT, "FETCH", 0 },
			{ FAKE_IMAP_REPEAT,
			    "* OK chatter chatter chatter chatter chatter chatter "
			    "chatter chatter chatter chatter chatter chatter\r\n",
			    200000 },
			{ FAKE_IMAP_HANG, NULL, 0 } } },
		{ .why = "more than one mail",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT, LISTED,
			{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
			{ FAKE_IMAP_SAY,
			    "* 1 FETCH (UID 7 BODY[] {3000000000}\r\n", 0 },
			{ FAKE_IMAP_HANG, NULL, 0 } } },
		{ .why = "makes no sense",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT,
			{ FAKE_IMAP_EXPECT, "FETCH", 0 },
			{ FAKE_IMAP_SAY, "* 1 FETCH (EMAILID (M1))\r\n", 0 },
			{ FAKE_IMAP_HANG, NULL, 0 } } },
		{ .why = "busy",
		    .script = { FAKE_IMAP_LOGIN, FAKE_IMAP_SELECT,
			{ FAKE_IMAP_EXPECT, "FETCH", 0 },
			{ FAKE_IMAP_SAY, "$ NO [INUSE] busy\r\n", 0 },
			{ FAKE_IMAP_EXPECT, "LOGOUT", 0 } } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_ends_as_temporary(&cases[i]);
}

static void
a_mail_that_the_server_cannot_give_is_told_of(void **state)
{
	static const struct fake_imap_step script[] = {
		FAKE_IMAP_LOGIN,
		FAKE_IMAP_SELECT,
		{ FAKE_IMAP_EXPECT, "FETCH", 0 },
		{ FAKE_IMAP_SAY,
		    "* 1 FETCH (UID 7 RFC822.SIZE 4)\r\n"
		    "* 2 FETCH (UID 8 RFC822.SIZE 4)\r\n$ OK done\r\n",
		    0 },
		{ FAKE_IMAP_EXPECT, "7:8", 0 },
		{ FAKE_IMAP_SAY, "$ NO some are sick\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "FETCH 7 ", 0 },
		{ FAKE_IMAP_SAY, "$ NO this one\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "FETCH 8 ", 0 },
		{ FAKE_IMAP_SAY,
		    "* 2 FETCH (UID 8 BODY[] {4}\r\nabcd)\r\n$ OK done\r\n",
		    0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct mailbox box = fake_box(fake);
	struct desk desk;

	(void)state;
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 7, "");
	assert_int_equal(desk.raw_len, 1);
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 8, "abcd");
	/* The server hears nothing of our going. */
	fake_imap_stop(&fake);
	assert_int_equal(end_fetcher(&desk), EX_OK);
}

static void
news_before_the_go_ahead_of_idle_are_heard(void **state)
{
	static const struct fake_imap_step script[] = {
		{ FAKE_IMAP_SAY, "* OK ready\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "LOGIN", 0 },
		{ FAKE_IMAP_SAY, "$ OK in\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "CAPABILITY", 0 },
		{ FAKE_IMAP_SAY, "* CAPABILITY IMAP4rev1 IDLE\r\n$ OK done\r\n",
		    0 },
		FAKE_IMAP_SELECT,
		LISTED,
		{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
		{ FAKE_IMAP_SAY,
		    "* 1 FETCH (UID 7 BODY[] {1}\r\na)\r\n$ OK done\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "IDLE", 0 },
		/* All in one packet. */
		{ FAKE_IMAP_SAY, "* 2 EXISTS\r\n+ idling\r\n* 2 RECENT\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "DONE", 0 },
		{ FAKE_IMAP_SAY, "idle1 OK done\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "8:*", 0 },
		{ FAKE_IMAP_SAY,
		    "* 2 FETCH (UID 9 RFC822.SIZE 1)\r\n$ OK done\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "FETCH 9 ", 0 },
		{ FAKE_IMAP_SAY,
		    "* 2 FETCH (UID 9 BODY[] {1}\r\nb)\r\n$ OK done\r\n", 0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct mailbox box = fake_box(fake);
	struct desk desk;

	(void)state;
	box.idle = true;
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	/* 2026-11-01T02:00:00Z */
	assert_int_equal(json_int(mail_at(&desk, 0), "internaldate", 0),
	    INT64_C(1793498400000));
	next_frame(&desk, FETCHER_SEEN);
	assert_true(json_int(desk.frame, "mono_ms", 0) > 0);
	next_frame(&desk, FETCHER_BATCH);
	assert_mail(&desk, 0, 9, "b");
	fake_imap_stop(&fake);
	(void)end_fetcher(&desk);
}

static void
without_move_it_copies_and_expunges_these_uids(void **state)
{
	static const struct fake_imap_step script[] = {
		{ FAKE_IMAP_SAY, "* OK ready\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "LOGIN", 0 },
		{ FAKE_IMAP_SAY, "$ OK in\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "CAPABILITY", 0 },
		{ FAKE_IMAP_SAY,
		    "* CAPABILITY IMAP4rev1 UIDPLUS\r\n$ OK done\r\n", 0 },
		FAKE_IMAP_SELECT,
		LISTED,
		{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
		{ FAKE_IMAP_SAY,
		    "* 1 FETCH (UID 7 BODY[] {1}\r\na)\r\n$ OK done\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "UID COPY 7 ", 0 },
		{ FAKE_IMAP_SAY, "$ OK [COPYUID 9 7 1] copied\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "UID STORE 7 +FLAGS.SILENT (\\Deleted)",
		    0 },
		{ FAKE_IMAP_SAY, "$ OK stored\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "UID EXPUNGE 7", 0 },
		{ FAKE_IMAP_SAY, "* 1 EXPUNGE\r\n$ OK gone\r\n", 0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct mailbox box = fake_box(fake);
	struct desk desk;

	(void)state;
	box.move_to = "Done";
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	settle(&desk, 7, 7);
	next_frame(&desk, FETCHER_SETTLED);
	fake_imap_stop(&fake);
	(void)end_fetcher(&desk);
}

static void
a_mailbox_without_keywords_gets_seen_only(void **state)
{
	static const struct fake_imap_step script[] = {
		FAKE_IMAP_LOGIN,
		FAKE_IMAP_SELECT,
		LISTED,
		{ FAKE_IMAP_EXPECT, "BODY.PEEK[]", 0 },
		{ FAKE_IMAP_SAY,
		    "* 1 FETCH (UID 7 BODY[] {1}\r\na)\r\n$ OK done\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "STORE 7 +FLAGS.SILENT (\\Seen $Ticketed)",
		    0 },
		{ FAKE_IMAP_SAY, "$ NO no keywords here\r\n", 0 },
		{ FAKE_IMAP_EXPECT, "STORE 7 +FLAGS.SILENT (\\Seen)", 0 },
		{ FAKE_IMAP_SAY, "$ OK stored\r\n", 0 },
		{ FAKE_IMAP_HANG, NULL, 0 },
		{ FAKE_IMAP_END, NULL, 0 },
	};
	struct fake_imap *fake scoped(fake_imap_stop) =
	    fake_imap_start(script, NULL);
	struct mailbox box = fake_box(fake);
	struct desk desk;

	(void)state;
	connect_box(&desk, &box, 0, 0);
	next_frame(&desk, FETCHER_UP);
	next_frame(&desk, FETCHER_BATCH);
	settle(&desk, 7, 7);
	next_frame(&desk, FETCHER_SETTLED);
	fake_imap_stop(&fake);
	(void)end_fetcher(&desk);
}

static void
a_start_that_makes_no_sense_ends_it(void **state)
{
	struct desk desk;

	(void)state;
	start_fetcher(&desk, json_object());
	next_frame(&desk, FETCHER_DOWN);
	assert_int_equal(end_fetcher(&desk), EX_TEMPFAIL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mail_that_is_there_comes_when_asked_for),
		cmocka_unit_test(the_first_connect_takes_mail_from_now_on),
		cmocka_unit_test(new_mail_is_seen_in_idle),
		cmocka_unit_test(without_idle_the_mailbox_is_polled),
		cmocka_unit_test(the_cursor_is_where_it_goes_on),
		cmocka_unit_test(a_new_uidvalidity_fetches_everything_again),
		cmocka_unit_test(settled_mail_is_flagged),
		cmocka_unit_test(settled_mail_is_moved),
		cmocka_unit_test(many_mails_come_in_order_and_once),
		cmocka_unit_test(settles_that_wait_become_one_command),
		cmocka_unit_test(of_a_mail_that_is_too_large_only_the_head_comes),
		cmocka_unit_test(a_mail_just_below_the_ceiling_comes_whole),
		cmocka_unit_test(a_paused_fetcher_fetches_nothing),
		cmocka_unit_test(stop_ends_it_well),
		cmocka_unit_test(xoauth2_and_starttls_work),
		cmocka_unit_test(what_the_operator_must_mend_is_configuration),
		cmocka_unit_test(every_broken_answer_ends_as_temporary),
		cmocka_unit_test(a_mail_that_the_server_cannot_give_is_told_of),
		cmocka_unit_test(news_before_the_go_ahead_of_idle_are_heard),
		cmocka_unit_test(
		    without_move_it_copies_and_expunges_these_uids),
		cmocka_unit_test(a_mailbox_without_keywords_gets_seen_only),
		cmocka_unit_test(a_start_that_makes_no_sense_ends_it),
	};

	return cmocka_run_group_tests(
	    tests, start_servers, stop_servers);
}
