/*
 * What a text costs, as core/sms_text counts it and as Kannel cuts it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/config.h"
#include "core/sms_text.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "tests/channels/sending_kannel.h"
#include "tests/support/cmocka_fence.h"

/* `before' so often, then `cut' once, then `after' so often. */
struct pattern {
	const char *before;
	size_t times;
	const char *cut;
	const char *after;
	size_t more;
	size_t parts; /* as we count */
	size_t kannels;
};

static const struct pattern patterns[] = {
	{ "a", 1, "", "", 0, 1, 1 },
	{ "a", 160, "", "", 0, 1, 1 },
	{ "a", 161, "", "", 0, 2, 2 },
	{ "a", 306, "", "", 0, 2, 2 },
	{ "a", 307, "", "", 0, 3, 3 },
	{ "a", 765, "", "", 0, 5, 5 },
	{ "a", 766, "", "", 0, 6, 6 },
	{ "€", 80, "", "", 0, 1, 1 },
	{ "€", 81, "", "", 0, 2, 2 },
	/* An escape is not cut: 76 to a part. */
	{ "€", 152, "", "", 0, 2, 2 },
	{ "€", 153, "", "", 0, 3, 3 },
	{ "a", 152, "€", "b", 20, 2, 2 },
	{ "a", 152, "€", "b", 151, 2, 2 },
	{ "a", 152, "€", "b", 152, 3, 3 },
	{ "{", 79, "", "é", 2, 1, 1 },
	{ "{", 79, "", "é", 3, 2, 2 },
	{ "中", 1, "", "", 0, 1, 1 },
	{ "中", 70, "", "", 0, 1, 1 },
	{ "中", 71, "", "", 0, 2, 2 },
	{ "中", 134, "", "", 0, 2, 2 },
	{ "中", 135, "", "", 0, 3, 3 },
	{ "中", 335, "", "", 0, 5, 5 },
	{ "中", 336, "", "", 0, 6, 6 },
	{ "a", 69, "中", "", 0, 1, 1 },
	{ "a", 70, "中", "", 0, 2, 2 },
	{ "😀", 35, "", "", 0, 1, 1 },
	{ "😀", 36, "", "", 0, 2, 2 },
	{ "中", 66, "😀", "文", 20, 2, 2 },
	/* Kannel cuts the pair in two, we keep it whole: 66 and then 68. */
	{ "中", 66, "😀", "文", 66, 3, 2 },
};

static char *
text_of(const struct pattern *pattern)
{
	struct buf text = { 0 };

	buf_init(&text, 4096);
	for (size_t i = 0; i < pattern->times; i++)
		buf_puts(&text, pattern->before);
	buf_puts(&text, pattern->cut);
	for (size_t i = 0; i < pattern->more; i++)
		buf_puts(&text, pattern->after);
	return text.data;
}

/* The parts that a line of the network's protocol speaks of:
 * "FROM TO udh %05%00%03%REF%TOTAL%NUMBER data ...", printable octets as they
 * are, or a text that is whole. */
static size_t
parts_of_line(const char *line)
{
	const char *header = strstr(line, " udh %05%00%03");
	unsigned char octets[3];

	if (header == NULL)
		return 1;
	header += strlen(" udh %05%00%03");
	for (size_t i = 0; i < sizeof(octets); i++) {
		char hex[3] = "";

		(void)strncat(hex, header + 1, 2);
		octets[i] = *header == '%'
				? (unsigned char)strtoul(hex, NULL, 16)
				: (unsigned char)*header;
		header += *header == '%' ? 3 : 1;
	}
	return octets[1];
}

static void
read_line(int fd, struct buf *line)
{
	char octet;

	buf_reset(line);
	while (recv(fd, &octet, 1, 0) == 1 && octet != '\n')
		buf_add(line, &octet, 1);
}

static size_t
parts_on_the_phone(int fd)
{
	struct buf line scoped(buf_done) = { 0 };
	size_t parts;

	buf_init(&line, 16384);
	read_line(fd, &line);
	parts = parts_of_line(buf_text(&line));
	for (size_t i = 1; i < parts; i++) {
		read_line(fd, &line);
		assert_int_equal(parts_of_line(buf_text(&line)), parts);
	}
	return parts;
}

static void
kannel_cuts_as_we_count(void **state)
{
	struct gateway gateway scoped(gateway_close) = { 0 };
	struct sending desk scoped(sending_close) = { 0 };
	int phone;

	(void)state;
	sending_to_kannel(&desk, &gateway,
	    "has_reports = false; max_parts = 10;");
	phone = real_servers_phone();
	for (size_t i = 0; i < ARRAY_COUNT(patterns); i++) {
		char *text = text_of(&patterns[i]);
		const struct outgoing out = {
			.id = 1, .to = "+8613800138000", .text = text
		};
		size_t ours = sms_text_size(&gateway.channel->counting, text)
				  .parts,
		       kannels;
		struct receipt receipt;

		sending_start(&desk, &(struct send_job){ .out = &out });
		receipt = sending_wait(&desk);
		if (receipt.result != ERR_NONE)
			fail_msg("pattern %zu: %d %s", i, receipt.code,
			    receipt.answer);
		kannels = parts_on_the_phone(phone);
		if (ours != patterns[i].parts || kannels != patterns[i].kannels)
			fail_msg("pattern %zu: ours %zu, Kannel's %zu", i, ours,
			    kannels);
		free(text);
	}
	close(phone);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kannel_cuts_as_we_count),
	};

	return cmocka_run_group_tests(
	    tests, real_servers_start_sms, real_servers_stop);
}
