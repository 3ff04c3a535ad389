#include <stdlib.h>
#include <string.h>

#include "channels/compose_header.h"
#include "channels/send_queue.h"
#include "channels/smtp_verdict.h"
#include "channels/transfer.h"
#include "channels/transfers.h"
#include "core/config.h"
#include "core/limits.h"
#include "lib/err.h"
#include "lib/text.h"

enum {
	CONNECT_MS = 10000,
	MAIL_MS = 60000,
	BYTES_PER_MS = 50, /* the slowest line that is waited for */
	/* After a refusal curl says QUIT and waits for the answer, in the
	 * desk's one loop; no longer than this. */
	FAREWELL_SECONDS = 1,
	REPLY_SECONDS = 60,
};

/* The last answer of the server. */
struct reply {
	int code;     /* 0: none since the last command */
	bool is_open; /* more lines follow */
	struct buf words;
};

struct conversation {
	struct send_slot *slot;
	enum smtp_phase phase;
	struct reply reply;
	size_t sent; /* bytes of the wire that curl has taken */
	bool is_over;
	int replies; /* heard during this job */
	struct curl_slist *recipients;
};

struct smtp_sender {
	const struct smtp_account *account;
	struct send_queue queue;
	struct conversation conversations[LIMIT_SENDS_IN_FLIGHT];
};

static void
forget_reply(struct reply *reply)
{
	reply->code = 0;
	reply->is_open = false;
	buf_reset(&reply->words);
}

/* ---- what curl tells while it talks ---- */

static size_t
give_body(char *to, size_t size, size_t count, void *self)
{
	struct conversation *talk = self;
	const struct queued_job *job = talk->slot->job;
	size_t len = size * count;

	if (len > job->len - talk->sent)
		len = job->len - talk->sent;
	memcpy(to, job->data + talk->sent, len);
	talk->sent += len;
	talk->phase = SMTP_BODY;
	forget_reply(&talk->reply);
	return len;
}

static int
hear_command(CURL *easy, curl_infotype type, char *data, size_t len, void *self)
{
	struct conversation *talk = self;

	(void)easy;
	if (type != CURLINFO_HEADER_OUT || talk->is_over)
		return 0;
	/* What went before the farewell is what counts. */
	talk->is_over = len >= 4 && memcmp(data, "QUIT", 4) == 0;
	if (talk->is_over)
		return 0;
	talk->phase = smtp_phase_of(data, len, talk->phase);
	forget_reply(&talk->reply);
	return 0;
}

/* One line: "550-5.1.1 no such" or "550 5.1.1 mailbox" (RFC 5321 4.2). */
static size_t
hear_reply(char *line, size_t size, size_t count, void *self)
{
	struct conversation *talk = self;
	struct reply *reply = &talk->reply;
	size_t len = size * count;
	int64_t code;
	char digits[4] = "";

	if (len < 3 || talk->is_over)
		return len;
	memcpy(digits, line, 3);
	if (text_to_int(digits, 200, 599, &code) < 0)
		return len;
	if (!reply->is_open)
		forget_reply(reply);
	talk->replies += !reply->is_open;
	reply->is_open = len > 3 && line[3] == '-';
	reply->code = (int)code;
	if (reply->words.len > 0)
		buf_putc(&reply->words, ' ');
	if (len > 4)
		buf_add(&reply->words, line + 4, len - 4);
	if (code >= 400)
		(void)curl_easy_setopt(talk->slot->transfer.easy,
		    CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)FAREWELL_SECONDS);
	return len;
}

/* ---- one job ---- */

static int
prepare(struct send_slot *slot, struct err *err)
{
	struct conversation *talk = slot->state;
	CURL *easy = slot->transfer.easy;
	struct curl_slist *recipients;

	recipients = curl_slist_append(NULL, slot->job->to);
	if (recipients == NULL)
		return err_set(err, ERR_BUG, "no memory for a recipient");
	(void)curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients);
	curl_slist_free_all(talk->recipients);
	talk->recipients = recipients;
	(void)curl_easy_setopt(easy, CURLOPT_MAIL_FROM, slot->job->from);
	(void)curl_easy_setopt(
	    easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)slot->job->len);
	(void)curl_easy_setopt(
	    easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)REPLY_SECONDS);
	(void)curl_easy_setopt(
	    easy, CURLOPT_FRESH_CONNECT, slot->job->is_again ? 1L : 0L);
	transfer_deadline(&slot->transfer, CONNECT_MS,
	    MAIL_MS + (int)(slot->job->len / BYTES_PER_MS));
	talk->phase = SMTP_GREETING;
	talk->sent = 0;
	talk->is_over = false;
	talk->replies = 0;
	forget_reply(&talk->reply);
	return 0;
}

/* A kept connection that the server had closed meanwhile, perhaps with a 421:
 * the mail has not been mentioned, so this was no attempt. */
static bool
was_dead(const struct conversation *talk, const struct queued_job *job)
{
	long connects = 1;

	(void)curl_easy_getinfo(
	    talk->slot->transfer.easy, CURLINFO_NUM_CONNECTS, &connects);
	return connects == 0 && !job->is_again && talk->phase <= SMTP_MAIL &&
	       (talk->replies == 0 ||
		   (talk->replies == 1 && talk->reply.code == 421));
}

static bool
judge(struct send_slot *slot, CURLcode code)
{
	const struct conversation *talk = slot->state;
	struct receipt *receipt = &slot->job->receipt;
	const struct reply *reply = &talk->reply;
	char why[CURL_ERROR_SIZE];

	if (code != CURLE_OK && was_dead(talk, slot->job))
		return false;
	if (code == CURLE_OK || reply->code >= 400) {
		receipt->code = reply->code;
		receipt_answer(receipt, buf_text(&reply->words));
		if (code != CURLE_OK)
			receipt->result = smtp_verdict(talk->phase, reply->code,
			    buf_text(&reply->words), &receipt->is_of_sender);
		/* An empty one is nobody's. */
		receipt->is_of_sender =
		    receipt->is_of_sender && *slot->job->from != '\0';
		return true;
	}
	receipt->result = transfer_failure(code);
	receipt->is_unknown =
	    talk->phase == SMTP_BODY && talk->sent == slot->job->len;
	transfer_reason(&slot->transfer, code, NULL, why, sizeof(why));
	receipt_answer(receipt, why);
	return true;
}

static struct queued_job *
take(void *owner, const struct send_job *job, struct err *err)
{
	const char *from = job->out->null_sender ? "" : job->envelope_from;

	(void)owner;
	if (!header_is_address(job->out->to)) {
		(void)err_set(err, ERR_DATA, "the recipient's address is none");
		return NULL;
	}
	if (!job->out->null_sender && !header_is_address(from)) {
		(void)err_set(err, ERR_BUG, "the envelope sender is none");
		return NULL;
	}
	if (job->wire_len == 0) {
		(void)err_set(err, ERR_BUG, "an empty mail");
		return NULL;
	}
	return queued_job_new(job, job->wire, job->wire_len, from);
}

/* ---- opening and closing ---- */

static bool
is_loopback(const char *host)
{
	return text_eq_nocase(host, "localhost") || text_starts(host, "127.") ||
	       text_eq(host, "::1");
}

static const struct {
	const char *scheme;
	long use_ssl;
} modes[] = {
	[TLS_IMPLICIT] = { "smtps", CURLUSESSL_ALL },
	/* Without STARTTLS the transfer fails: never in clear by surprise. */
	[TLS_STARTTLS] = { "smtp", CURLUSESSL_ALL },
	[TLS_NONE] = { "smtp", CURLUSESSL_NONE },
};

static void
set_url(CURL *easy, const struct smtp_account *account)
{
	bool is_v6 = strchr(account->host, ':') != NULL;
	char *hello = curl_easy_escape(easy, text_or(account->hello, ""), 0);
	struct buf url scoped(buf_done);

	buf_init(&url, LIMIT_HEADER_BYTES);
	buf_printf(&url, "%s://%s%s%s:%u/%s", modes[account->tls].scheme,
	    is_v6 ? "[" : "", account->host, is_v6 ? "]" : "", account->port,
	    text_or(hello, ""));
	(void)curl_easy_setopt(easy, CURLOPT_URL, buf_text(&url));
	curl_free(hello);
}

static void
set_talk(CURL *easy, struct conversation *talk)
{
	(void)curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
	(void)curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_body);
	(void)curl_easy_setopt(easy, CURLOPT_READDATA, talk);
	(void)curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, hear_reply);
	(void)curl_easy_setopt(easy, CURLOPT_HEADERDATA, talk);
	(void)curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, hear_command);
	(void)curl_easy_setopt(easy, CURLOPT_DEBUGDATA, talk);
	(void)curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
}

static int
open_slot(struct send_slot *slot, size_t place, struct err *err)
{
	struct smtp_sender *sender = slot->queue->owner;
	const struct smtp_account *account = sender->account;
	struct conversation *talk = &sender->conversations[place];
	CURL *easy;

	if (transfer_open(&slot->transfer, slot->queue->transfers,
		modes[account->tls].scheme, account->ca_file, err) < 0)
		return -1;
	easy = slot->transfer.easy;
	slot->state = talk;
	talk->slot = slot;
	buf_init(&talk->reply.words, LIMIT_HEADER_BYTES);
	set_url(easy, account);
	(void)curl_easy_setopt(
	    easy, CURLOPT_USE_SSL, modes[account->tls].use_ssl);
	if (account->user != NULL) {
		(void)curl_easy_setopt(easy, CURLOPT_USERNAME, account->user);
		(void)curl_easy_setopt(
		    easy, CURLOPT_PASSWORD, text_or(account->password, ""));
		(void)curl_easy_setopt(easy, CURLOPT_SASL_IR, 1L);
	}
	set_talk(easy, talk);
	return 0;
}

static void
free_sender(void *owner)
{
	struct smtp_sender *sender = owner;

	for (size_t i = 0; i < LIMIT_SENDS_IN_FLIGHT; i++) {
		curl_slist_free_all(sender->conversations[i].recipients);
		buf_done(&sender->conversations[i].reply.words);
	}
	free(sender);
}

static const struct send_queue_ops ops = {
	.open_slot = open_slot,
	.take = take,
	.prepare = prepare,
	.judge = judge,
	.free = free_sender,
};

struct sender *
smtp_sender_open(struct transfers *transfers,
    const struct smtp_account *account, struct err *err)
{
	struct smtp_sender *sender;
	size_t slots = account->connections;

	if (account->tls == TLS_NONE && !is_loopback(account->host)) {
		(void)err_set(err, ERR_CONF,
		    "%s: mail without TLS goes to this machine only",
		    account->name);
		return NULL;
	}
	sender = calloc(1, sizeof(*sender));
	if (sender == NULL)
		abort();
	if (slots == 0)
		slots = 1;
	if (slots > LIMIT_SENDS_IN_FLIGHT)
		slots = LIMIT_SENDS_IN_FLIGHT;
	sender->account = account;
	return send_queue_open(&sender->queue, transfers,
	    &(struct send_queue_setup){
		.name = account->name,
		.ops = &ops,
		.owner = sender,
		.slots = slots,
	    },
	    err);
}
