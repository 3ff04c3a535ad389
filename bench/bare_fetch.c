/*
 * How fast a mailbox can be fetched when nothing is done with the mails: the
 * same driver and the same batches as the fetcher's, in one process.
 *
 * usage: bare_fetch HOST IMAPS_PORT CA_FILE USER PASSWORD
 */
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "channels/fetcher_plan.h"
#include "channels/imap.h"
#include "core/config.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/text.h"

struct tally {
	size_t mails, bytes;
};

static int
count(void *ctx, const struct imap_body *bodies, size_t body_count,
    struct err *err)
{
	struct tally *tally = ctx;

	(void)err;
	for (size_t i = 0; i < body_count; i++) {
		tally->mails += bodies[i].data != NULL;
		tally->bytes += bodies[i].len;
	}
	return 0;
}

static int
fetch_all(struct imap *imap, struct tally *tally, struct err *err)
{
	const struct imap_mail *mails;
	struct imap_selected selected;
	struct fetcher_plan plan;
	uint32_t first, last, head;
	int result = imap_select(imap, &selected, err);
	size_t batch;

	if (result < 0)
		return -1;
	fetcher_plan_init(&plan, 1, &selected);
	while (result == 0 && fetcher_plan_range(&plan, &first, &last)) {
		result = imap_list(imap, first, last, &plan.mails, err);
		fetcher_plan_listed(&plan, last);
		while (result == 0 &&
		       (batch = fetcher_plan_batch(&plan, &mails, &head)) > 0) {
			result = imap_fetch(
			    imap, mails, batch, head, count, tally, err);
			fetcher_plan_fetched(&plan, batch);
		}
	}
	fetcher_plan_done(&plan);
	return result;
}

static int
run(const struct mailbox *box, struct err *err)
{
	const struct imap_times times = { 0 };
	struct imap *imap scoped(imap_close) = imap_open(box, &times, err);
	struct tally tally = { 0 };
	mono_t begun = clock_mono();
	double seconds;

	if (imap == NULL || imap_login(imap, err) < 0 ||
	    fetch_all(imap, &tally, err) < 0)
		return -1;
	seconds = (double)(clock_mono().ms - begun.ms) / 1000.0;
	if (tally.mails == 0 || seconds <= 0)
		return err_set(err, ERR_DATA, "no mail");
	(void)printf("bare_fetch.mails %.0f 1/s\nbare_fetch.bytes %.1f MB/s\n",
	    (double)tally.mails / seconds, (double)tally.bytes / seconds / 1e6);
	return 0;
}

int
main(int argc, char **argv)
{
	struct mailbox box = { .tls = TLS_IMPLICIT, .folder = "INBOX" };
	struct err err = { 0 };
	int64_t port = 0;

	if (argc != 6 || text_to_int(argv[2], 1, 65535, &port) < 0) {
		(void)fputs("usage: bare_fetch HOST IMAPS_PORT CA_FILE USER "
			    "PASSWORD\n",
		    stderr);
		return EX_USAGE;
	}
	box.name = box.user = argv[4];
	box.host = argv[1];
	box.port = (unsigned)port;
	box.ca_file = argv[3];
	box.password = argv[5];
	if (run(&box, &err) == 0)
		return EX_OK;
	(void)fprintf(stderr, "bare_fetch: %s\n", err.msg);
	return EX_UNAVAILABLE;
}
