#include "cli/archive.h"

#include "cli/archive_file.h"
#include "cli/verb.h"
#include "core/limits.h"
#include "lib/cleanup.h"
#include "lib/digest.h"
#include "lib/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const struct verb verb = {
	.name = "archive",
	.doc = "Writes a case that has ended as one file: a mail that any mail "
	       "client opens, with\nthe case's story as its text and every "
	       "message in and out attached, with hashes.\nNames and addresses "
	       "are in clear; it is recorded who made it.",
	.operand = { .key = "case",
	    .value = VERB_TEXT,
	    .shown = "NUMBER",
	    .required = true },
	.second = "FILE",
};

struct making {
	struct asking *asking;
	struct cli_line *line;
	struct archive *archive;
	struct buf index;
};

/* ---- the index ---- */

static void
put_facts(struct buf *index, const json_t *facts)
{
	static const char *const keys[] = { "case", "estate", "state", "kind",
		"category", "severity", "place", "owner", "mail", "phone",
		"first_responder", "handler", "department", "received",
		"first_reply", "fed_back", "closed", "subject" };

	for (size_t i = 0; i < ARRAY_COUNT(keys); i++) {
		const char *text = verb_text(facts, keys[i]);

		if (text != NULL)
			buf_printf(index, "%s: %s\r\n", keys[i], text);
	}
}

static void
put_words(struct buf *index, const char *title, const char *text)
{
	if (text != NULL)
		buf_printf(index, "\r\n%s\r\n\r\n%s\r\n", title, text);
}

static void
put_story(struct buf *index, const json_t *events)
{
	buf_puts(index, "\r\nStory\r\n\r\n");
	for (size_t i = 0; i < json_array_size(events); i++) {
		const json_t *event = json_array_get(events, i);
		const char *said = verb_text(event, "text");

		buf_printf(index, "%s  %s  %s%s%s\r\n",
		    text_or(json_text(event, "at"), ""),
		    text_or(json_text(event, "event"), ""),
		    text_or(json_text(event, "actor"), "-"),
		    said != NULL ? ": " : "", text_or(said, ""));
	}
}

/* ---- the messages ---- */

/* Raw bytes come in slices, in hexadecimal. */
static int
add_raw(struct making *making, int64_t id)
{
	json_t *request = making->asking->request;
	int64_t have = 0, bytes = 1;

	json_put_int(request, "id", id);
	while (have < bytes) {
		json_t *answer scoped(json_release) = NULL;
		const char *hex;
		uint8_t byte;
		int status;

		json_put_int(request, "offset", have);
		status = cli_line_ask(making->line, request, &answer);
		if (status != EX_OK)
			return status;
		hex = text_or(json_text(answer, "raw_hex"), "");
		bytes = json_int(answer, "bytes", 0);
		if (*hex == '\0')
			break;
		for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2, have++) {
			const char pair[] = { hex[0], hex[1], '\0' };

			if (digest_unhex(pair, &byte, 1) == 0)
				archive_add(making->archive, &byte, 1);
		}
	}
	return EX_OK;
}

static int
add_inbox(struct making *making, const json_t *row)
{
	bool is_mail = text_eq(json_text(row, "channel"), "mail");
	int64_t id = json_int(row, "id", 0);
	char name[64];
	int status;

	(void)snprintf(name, sizeof(name), "in-%lld.%s", (long long)id,
	    is_mail ? "eml" : "txt");
	archive_begin(making->archive, name,
	    is_mail ? "message/rfc822" : "text/plain; charset=utf-8");
	status = add_raw(making, id);
	archive_end(making->archive);
	return status;
}

static int
add_out(struct making *making, const json_t *row)
{
	json_t *request = making->asking->request;
	json_t *answer scoped(json_release) = NULL;
	struct buf text scoped(buf_done) = { 0 };
	int64_t id = json_int(row, "id", 0);
	char name[64];
	int status;

	json_put_int(request, "id", 0);
	json_put_int(request, "out", id);
	status = cli_line_ask(making->line, request, &answer);
	if (status != EX_OK)
		return status;
	buf_init(&text, LIMIT_WORK_BYTES);
	buf_printf(&text,
	    "To: %s\r\nBy: %s\r\nWritten: %s\r\nState: %s\r\nSubject: %s\r\n"
	    "\r\n%s\r\n",
	    text_or(json_text(answer, "to"), "-"),
	    text_or(json_text(row, "channel"), "-"),
	    text_or(json_text(row, "created"), "-"),
	    text_or(json_text(row, "state"), "-"),
	    text_or(json_text(answer, "subject"), "-"),
	    text_or(json_text(answer, "text"), ""));
	(void)snprintf(name, sizeof(name), "out-%lld.txt", (long long)id);
	archive_begin(making->archive, name, "text/plain; charset=utf-8");
	archive_add(making->archive, buf_text(&text), text.len);
	archive_end(making->archive);
	return EX_OK;
}

static int
add_all(struct making *making, const json_t *rows,
    int (*add)(struct making *, const json_t *))
{
	int status = EX_OK;

	for (size_t i = 0; status == EX_OK && i < json_array_size(rows); i++)
		status = add(making, json_array_get(rows, i));
	return status;
}

/* ---- the whole ---- */

static int
make(struct making *making)
{
	json_t *request = making->asking->request;
	json_t *facts scoped(json_release) = NULL;
	char subject[80];
	int status;

	json_put_int(request, "limit", 1000);
	status = cli_line_ask(making->line, request, &facts);
	if (status != EX_OK)
		return status;
	if (json_flag(facts, "more")) {
		(void)fputs("shouwen: archive: over 1000 messages, more than "
			    "one file takes\n",
		    stderr);
		return EX_DATAERR;
	}
	put_facts(&making->index, facts);
	put_words(&making->index, "Words", verb_text(facts, "text"));
	put_words(&making->index, "Outcome", verb_text(facts, "outcome"));
	put_story(&making->index, json_object_get(facts, "events"));
	status = add_all(making, json_object_get(facts, "inbox"), add_inbox);
	if (status == EX_OK)
		status =
		    add_all(making, json_object_get(facts, "outbox"), add_out);
	if (status != EX_OK)
		return status;
	(void)snprintf(subject, sizeof(subject), "Case %.40s",
	    text_or(json_text(facts, "case"), ""));
	return archive_finish(making->archive, subject, &making->index) < 0
		   ? EX_CANTCREAT
		   : EX_OK;
}

int
cli_archive(int argc, char **argv)
{
	struct asking asking scoped(asking_done);
	struct cli_line *line scoped(cli_line_close) = NULL;
	struct archive *archive scoped(archive_close) = NULL;
	struct making making = { .asking = &asking };
	int status = asking_read(&verb, argc, argv, &asking);

	if (status >= 0)
		return status;
	status = cli_line_open(&asking.desk, &line);
	if (status != EX_OK)
		return status;
	archive = archive_open(asking.second);
	if (archive == NULL)
		return EX_CANTCREAT;
	making.line = line;
	making.archive = archive;
	buf_init(&making.index, LIMIT_WORK_BYTES);
	status = make(&making);
	buf_done(&making.index);
	if (status == EX_OK)
		(void)printf("%s is written.\n", asking.second);
	return status;
}
