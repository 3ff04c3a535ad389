/*
 * The fetcher process as the desk sees it, against Dovecot.
 */
#include <signal.h>
#include <stdio.h>
#include <sysexits.h>

#include "tests/channels/fetching.h"
#include "tests/support/maildir.h"
#include "tests/support/real_servers.h"

static struct mailbox
dovecot_box(const char *user)
{
	real_servers_need();
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

#define MAIL_A "Subject: a\r\n\r\nwater\r\n"
#define MAIL_B "Subject: b\r\n\r\nlift\r\n"

static void
put(const char *user, unsigned number, const char *text)
{
	maildir_put(user, number, text, strlen(text));
}

static void
mail_that_is_there_comes_when_asked_for(void **state)
{
	struct mailbox box = dovecot_box("start");
	struct desk desk;

	(void)state;
	put("start", 1, MAIL_A);
	put("start", 2, MAIL_B);
	connect_box(&desk, &box, 0, 0);
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
	connect_and_fetch(&desk, &box);
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
	uidvalidity = (uint32_t)json_int(desk.frame, "uidvalidity", 0);
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(end_fetcher(&desk), EX_OK);
	/* "2:*" is answered with mail 1, which we have. */
	connect_box(&desk, &box, uidvalidity, 1);
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
	uidvalidity = (uint32_t)json_int(desk.frame, "uidvalidity", 0);
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(end_fetcher(&desk), EX_OK);
	connect_box(&desk, &box, uidvalidity - 1, 9);
	assert_int_equal(json_int(desk.frame, "uidvalidity", 0), uidvalidity);
	assert_false(json_flag(desk.frame, "first"));
	next_frame(&desk, FETCHER_BATCH);
	assert_int_equal(json_int(desk.frame, "uidvalidity", 0), uidvalidity);
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
	connect_and_fetch(&desk, &box);
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
		connect_and_fetch(&desk, &box);
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
	connect_and_fetch(&desk, &box);
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
	connect_and_fetch(&desk, &box);
	assert_mail(&desk, 0, 1, MAIL_A);
	next_frame(&desk, FETCHER_BATCH);
	assert_true(json_flag(mail_at(&desk, 0), "too_large"));
	assert_int_equal(desk.raw.size, LIMIT_FETCH_HEAD_BYTES);
	assert_memory_equal(desk.raw.data, data, LIMIT_FETCH_HEAD_BYTES);
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
	connect_and_fetch(&desk, &box);
	assert_int_equal(desk.raw.size, len);
	assert_memory_equal(desk.raw.data, data, len);
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
	start_fetcher(&desk, fetcher_start_json(&box, 0, 0));
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
	connect_and_fetch(&desk, &box);
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

		start_fetcher(&desk, fetcher_start_json(cases[i].box, 0, 0));
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
		cmocka_unit_test(
		    of_a_mail_that_is_too_large_only_the_head_comes),
		cmocka_unit_test(a_mail_just_below_the_ceiling_comes_whole),
		cmocka_unit_test(a_paused_fetcher_fetches_nothing),
		cmocka_unit_test(stop_ends_it_well),
		cmocka_unit_test(xoauth2_and_starttls_work),
		cmocka_unit_test(what_the_operator_must_mend_is_configuration),
	};

	return cmocka_run_group_tests(
	    tests, real_servers_start_mail, real_servers_stop);
}
