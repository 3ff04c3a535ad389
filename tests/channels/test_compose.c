#include "tests/support/cmocka_fence.h"

#include <stdio.h>
#include <string.h>

#include "channels/compose.h"
#include "channels/compose_coding.h"
#include "channels/compose_header.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/json.h"

enum { CAP = 4 << 20 };

static const struct compose_from desk = {
	.addr = "desk@sunshine.example",
	.name = "阳光物业",
	.date = "Mon, 23 Nov 2026 09:00:00 +0800",
};

static const struct outgoing plain = {
	.id = 881,
	.role = ROLE_OWNER,
	.to = "zhang@owner.example",
	.to_name = "Zhang Wei",
	.subject = "[T261123-0007] water",
	.text = "Good morning.\nWe have it.\n",
	.message_id = "881.k3v@sunshine.example",
};

/* What compose makes of it; the caller frees. */
static struct buf
wire_of(const struct outgoing *out, const struct bytes *parts)
{
	struct err err = { 0 };
	struct buf wire;

	buf_init(&wire, CAP);
	if (compose_mail(out, &desk, parts, &wire, &err) < 0)
		fail_msg("%s", err.msg);
	return wire;
}

static bool
has(const struct buf *wire, const char *text)
{
	return strstr(buf_text(wire), text) != NULL;
}

/* Every line ends in CRLF and is not over `max'. */
static void
check_lines(const struct buf *wire, size_t max)
{
	const char *at = buf_text(wire);

	assert_true(coding_is_transportable(at, wire->len));
	while (*at != '\0') {
		const char *end = strstr(at, "\r\n");

		assert_non_null(end);
		if ((size_t)(end - at) > max)
			fail_msg("long line: %.*s", (int)(end - at), at);
		at = end + 2;
	}
}

static void
a_plain_mail_has_its_headers_in_order(void **state)
{
	struct buf wire scoped(buf_done) = wire_of(&plain, NULL);

	(void)state;
	assert_string_equal(buf_text(&wire),
	    "From: =?UTF-8?B?6Ziz5YWJ54mp5Lia?= <desk@sunshine.example>\r\n"
	    "To: Zhang Wei <zhang@owner.example>\r\n"
	    "Subject: [T261123-0007] water\r\n"
	    "Date: Mon, 23 Nov 2026 09:00:00 +0800\r\n"
	    "Message-ID: <881.k3v@sunshine.example>\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "Good morning.\r\nWe have it.\r\n");
}

static void
machines_say_that_they_are_machines(void **state)
{
	static const struct {
		struct outgoing out;
		const char *lines; /* NULL: a person's words */
	} cases[] = {
		{ { .role = ROLE_OWNER, .null_sender = true,
		      .is_automatic = true },
		    "\r\nAuto-Submitted: auto-replied\r\n"
		    "X-Auto-Response-Suppress: All\r\n" },
		{ { .role = ROLE_OWNER, .is_automatic = true },
		    "\r\nAuto-Submitted: auto-generated\r\n"
		    "X-Auto-Response-Suppress: All\r\n" },
		{ { .role = ROLE_STAFF },
		    "\r\nAuto-Submitted: auto-generated\r\n"
		    "X-Auto-Response-Suppress: All\r\n" },
		{ { .role = ROLE_OWNER }, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct outgoing out = cases[i].out;

		out.to = "a@b.example";
		out.text = "x";
		struct buf wire scoped(buf_done) = wire_of(&out, NULL);

		if (cases[i].lines != NULL) {
			assert_true(has(&wire, cases[i].lines));
			continue;
		}
		assert_false(has(&wire, "Auto-Submitted"));
		assert_false(has(&wire, "X-Auto-Response-Suppress"));
	}
}

static void
nothing_in_a_value_becomes_a_header(void **state)
{
	static const char *const hostile[] = {
		"x\r\nBcc: evil@evil.example",
		"x\nBcc: evil@evil.example",
		"x\rBcc: evil@evil.example",
		"x\r\n\r\nBcc: evil@evil.example",
		"投诉\r\nBcc: evil@evil.example",
		"x\xc2\x85"
		"Bcc: evil@evil.example",
		"x\xe2\x80\xa8"
		"Bcc: evil@evil.example",
		"x\x0b\x0c"
		"Bcc: evil@evil.example",
		"\" <evil@evil.example>\r\nBcc: evil@evil.example",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(hostile); i++) {
		struct outgoing out = plain;

		out.subject = hostile[i];
		out.to_name = hostile[i];
		out.in_reply_to = hostile[i];
		out.references = hostile[i];
		out.message_id = hostile[i];
		struct buf wire scoped(buf_done) = wire_of(&out, NULL);

		check_lines(&wire, 78);
		assert_false(has(&wire, "\nBcc:"));
		assert_false(has(&wire, "\n <evil"));
	}
}

static void
an_address_that_could_be_more_is_refused(void **state)
{
	static const char *const wrong[] = { NULL, "", "a", "@b.example", "a@",
		"a@b.example\r\nRCPT TO:<c@d.example>", "a b@c.example",
		"a@b.example>", "<a@b.example", "a,b@c.example",
		"\"a b\"@c.example", "投@c.example", "a@b..example",
		"a@b.example." };
	static const char *const right[] = { "a@b", "a+1.tok@b.example",
		"..a..@docomo.example", "o'neil@b-c.example" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++) {
		struct buf wire scoped(buf_done);
		struct outgoing out = plain;
		struct compose_from from = desk;
		struct err err = { 0 };

		buf_init(&wire, CAP);
		out.to = wrong[i];
		assert_int_equal(
		    compose_mail(&out, &desk, NULL, &wire, &err), -1);
		assert_int_equal(err.kind, ERR_DATA);
		from.addr = wrong[i];
		assert_int_equal(
		    compose_mail(&plain, &from, NULL, &wire, &err), -1);
		assert_int_equal(err.kind, ERR_CONF);
		assert_int_equal(wire.len, 0);
	}
	for (size_t i = 0; i < ARRAY_COUNT(right); i++)
		assert_true(header_is_address(right[i]));
}

static void
long_headers_are_folded(void **state)
{
	struct buf subject scoped(buf_done);
	struct buf references scoped(buf_done);
	struct outgoing out = plain;

	(void)state;
	buf_init(&subject, CAP);
	buf_init(&references, CAP);
	for (int i = 0; i < 400; i++) {
		buf_puts(&subject, i % 2 == 0 ? "电梯又坏了😀" : " lift ");
		buf_printf(&references, "%d.abcdef@owner.example ", i);
	}
	out.subject = buf_text(&subject);
	out.references = buf_text(&references);
	out.in_reply_to = "399.abcdef@owner.example";
	out.to_name = buf_text(&subject);
	struct buf wire scoped(buf_done) = wire_of(&out, NULL);

	check_lines(&wire, 78);
	/* The first and the newest stay; the last stands there once. */
	assert_true(has(&wire, "References: <0.abcdef@owner.example>"));
	assert_false(has(&wire, "<5.abcdef@owner.example>"));
	assert_true(has(&wire, "<399.abcdef@owner.example>\r\nMIME-Version"));
	assert_false(has(&wire, "<399.abcdef@owner.example> <399."));
}

static void
the_answered_mail_ends_the_references(void **state)
{
	static const struct {
		const char *references;
		const char *in_reply_to;
		const char *line; /* NULL: none */
	} cases[] = {
		{ NULL, "b@x", "\r\nReferences: <b@x>\r\n" },
		{ "a@x", "b@x", "\r\nReferences: <a@x> <b@x>\r\n" },
		{ "a@x b@x", "b@x", "\r\nReferences: <a@x> <b@x>\r\n" },
		{ "a@x", NULL, "\r\nReferences: <a@x>\r\n" },
		{ "<a@x> b>c@x 投@x d@x", NULL, "\r\nReferences: <d@x>\r\n" },
		{ NULL, NULL, NULL },
		{ " ", "b@x y", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct outgoing out = plain;

		out.references = cases[i].references;
		out.in_reply_to = cases[i].in_reply_to;
		struct buf wire scoped(buf_done) = wire_of(&out, NULL);

		if (cases[i].line == NULL)
			assert_false(has(&wire, "References:"));
		else
			assert_true(has(&wire, cases[i].line));
	}
}

static const char photo[] = "Content-Type: image/jpeg; name=\"a.jpg\"\r\n"
			    "Content-Disposition: attachment\r\n"
			    "Content-Transfer-Encoding: base64\r\n"
			    "\r\n"
			    "/9j/4AAQ\r\n";

static void
a_clean_part_goes_along_unchanged(void **state)
{
	const struct bytes parts[] = { { photo, sizeof(photo) - 1 } };
	struct outgoing out = plain;

	(void)state;
	out.part_count = 1;
	struct buf wire scoped(buf_done) = wire_of(&out, parts);

	check_lines(&wire, 78);
	assert_true(has(&wire, photo));
	assert_true(has(&wire, "Content-Type: multipart/mixed; boundary=\"=_"));
}

static void
a_part_that_the_wire_cannot_carry_is_coded_anew(void **state)
{
	static const struct {
		const char *given;
		const char *header;
		const char *body;
	} cases[] = {
		{ "Content-Type: image/jpeg;\n name=\"照.jpg\"\n"
		  "Content-Disposition: attachment; filename=\"照.jpg\"\n"
		  "Content-Transfer-Encoding: base64\n\n/9j/\n4AAQ\n",
		    "Content-Type: image/jpeg; name=\"照.jpg\"\r\n"
		    "Content-Disposition: attachment; filename=\"照.jpg\"\r\n",
		    "\r\n\r\n/9j/4AAQ\r\n" },
		{ "Content-Type: text/csv\r\n\r\na\rb", "text/csv\r\n",
		    "\r\n\r\nYQ1i\r\n" },
		{ "content-type: text/x-y\nContent-Transfer-Encoding: "
		  "Quoted-Printable\n\nA=41=\n=42=3G",
		    "Content-Type: text/x-y\r\n", "\r\n\r\nQUFCPTNH\r\n" },
		{ "Content-Type: message/rfc822\n\nSubject: x\n\ny\n",
		    "Content-Type: application/octet-stream; "
		    "name=\"message.eml\"\r\n",
		    "\r\n\r\nU3ViamVjdDogeAoKeQo=\r\n" },
		{ "\n\nx", "Content-Type: text/plain\r\n", "\r\n\r\nCng=\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct bytes parts[] = { { cases[i].given,
		    strlen(cases[i].given) } };
		struct outgoing out = plain;

		out.part_count = 1;
		struct buf wire scoped(buf_done) = wire_of(&out, parts);

		check_lines(&wire, 78);
		if (!has(&wire, cases[i].header) || !has(&wire, cases[i].body))
			fail_msg("case %zu: %s", i, buf_text(&wire));
	}
}

static void
no_line_of_a_part_is_too_long(void **state)
{
	struct buf part scoped(buf_done);
	struct outgoing out = plain;

	(void)state;
	buf_init(&part, CAP);
	buf_puts(&part, "Content-Type: text/plain; x=");
	for (int i = 0; i < 1100; i++)
		buf_putc(&part, 'a');
	buf_puts(&part, "\r\n\r\n");
	for (int i = 0; i < 999; i++)
		buf_putc(&part, 'a');
	buf_puts(&part, "\r\n");
	const struct bytes parts[] = { { buf_text(&part), part.len } };

	out.part_count = 1;
	struct buf wire scoped(buf_done) = wire_of(&out, parts);

	check_lines(&wire, 998);
}

enum { BOUNDARY_LEN = 26 };

static const char *
boundary_of(const struct buf *wire)
{
	const char *at = strstr(buf_text(wire), "boundary=\"");

	assert_non_null(at);
	return at + strlen("boundary=\"");
}

static void
a_part_that_holds_the_boundary_gets_another_one(void **state)
{
	const struct bytes none[] = { { "", 0 } };
	struct buf part scoped(buf_done);
	struct outgoing out = plain;

	(void)state;
	out.part_count = 1;
	struct buf first scoped(buf_done) = wire_of(&out, none);

	buf_init(&part, CAP);
	buf_printf(&part, "Content-Type: text/plain\r\n\r\n--%.*s--\r\n",
	    BOUNDARY_LEN, boundary_of(&first));
	const struct bytes parts[] = { { buf_text(&part), part.len } };
	struct buf second scoped(buf_done) = wire_of(&out, parts);

	assert_memory_not_equal(
	    boundary_of(&first), boundary_of(&second), BOUNDARY_LEN);
	assert_true(has(&second, buf_text(&part)));
}

static void
a_mail_over_the_cap_is_an_error(void **state)
{
	struct err err = { 0 };
	struct buf wire scoped(buf_done);

	(void)state;
	buf_init(&wire, 200);
	assert_int_equal(compose_mail(&plain, &desk, NULL, &wire, &err), -1);
	assert_int_equal(err.kind, ERR_DATA);
}

static void
quoted_lines_survive_relays(void **state)
{
	struct buf coded scoped(buf_done);
	static const char text[] = ".x\r\nFrom me \r\nFront\r\nend\t\r\na=b\r\n";

	(void)state;
	buf_init(&coded, CAP);
	coding_quoted(&coded, text, sizeof(text) - 1);
	assert_string_equal(buf_text(&coded),
	    "=2Ex\r\n=46rom me=20\r\nFront\r\nend=09\r\na=3Db\r\n");
}

/* ---- for tests/program/compose.t ---- */

static const char *const some_texts[] = {
	"",
	"one line",
	"Good morning,\n\nwe have it.\r\n.\r\n..\rFrom here \n\ttab\t\n",
	"您好！\n\n您反映的3栋2单元电梯故障已受理，编号 T261123-0007。\n",
	"mixed 电梯 and a very long line that goes on and on, past any margin, "
	"past any column, with = signs and spaces and é, until it ends  \n"
	"trailing",
	"😀👨‍👩‍👧‍👦 emoji only",
};
static const char *const some_values[] = {
	NULL,
	"Zhang Wei",
	"张伟",
	"O'Brien, \"Bob\" \\ Jr. (home)",
	"[T261123-0007] 回复：电梯又坏了😀，请尽快处理，谢谢！已经第三次了，"
	"每次都说修好了，可是过两天又坏，老人上下楼很不方便",
	"=?utf-8?b?aGFjaw==?= not decoded",
	"a very long subject in plain words that needs to be folded at some "
	"place because it does not fit into one line of any length",
	"Ünïcödé with spaces and (parens) <brackets> \"quotes\" _under_ ?",
	"a.b@c",
};

static void
print_one(const struct outgoing *out, const struct bytes *parts)
{
	struct buf wire scoped(buf_done) = wire_of(out, parts);
	struct buf line scoped(buf_done);
	json_t *mail scoped(json_release) = json_object();

	buf_init(&line, CAP);
	json_put_text(mail, "subject", out->subject);
	json_put_text(mail, "to_name", out->to_name);
	json_put_text(mail, "to", out->to);
	json_put_text(mail, "text", out->text);
	json_put_text(mail, "html", out->html);
	json_put_int(mail, "parts", (int64_t)out->part_count);
	json_put_text(mail, "wire", buf_text(&wire));
	json_to_buf(mail, &line);
	puts(buf_text(&line));
}

static int
print_all(void)
{
	const struct bytes parts[] = { { photo, sizeof(photo) - 1 },
		{ photo, sizeof(photo) - 1 } };

	for (size_t i = 0; i < ARRAY_COUNT(some_values); i++) {
		for (size_t j = 0; j < ARRAY_COUNT(some_texts); j++) {
			struct outgoing out = plain;

			out.subject = some_values[i];
			out.to_name = some_values[i];
			out.text = some_texts[j];
			out.html = (i + j) % 3 == 0 ? "<p>您好</p>\n" : NULL;
			out.part_count = (i + j) % 4 == 0 ? 2 : 0;
			print_one(&out, parts);
		}
	}
	return 0;
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_mail_has_its_headers_in_order),
		cmocka_unit_test(machines_say_that_they_are_machines),
		cmocka_unit_test(nothing_in_a_value_becomes_a_header),
		cmocka_unit_test(an_address_that_could_be_more_is_refused),
		cmocka_unit_test(long_headers_are_folded),
		cmocka_unit_test(the_answered_mail_ends_the_references),
		cmocka_unit_test(a_clean_part_goes_along_unchanged),
		cmocka_unit_test(
		    a_part_that_the_wire_cannot_carry_is_coded_anew),
		cmocka_unit_test(no_line_of_a_part_is_too_long),
		cmocka_unit_test(
		    a_part_that_holds_the_boundary_gets_another_one),
		cmocka_unit_test(a_mail_over_the_cap_is_an_error),
		cmocka_unit_test(quoted_lines_survive_relays),
	};

	if (argc > 1 && strcmp(argv[1], "--print") == 0)
		return print_all();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
