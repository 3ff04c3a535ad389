/*
 * How fast a gateway takes texts from libcurl when nothing is remembered of
 * them: the most that the desk could reach.
 *
 * usage: bare_send URL COUNT PARALLEL fresh|kept
 * URL: everything of the request but the recipient, which is added to it.
 * Prints `rate N'.
 */
#include <curl/curl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/measure.h"
#include "lib/cleanup.h"

enum { PARALLEL_MAX = 256 };

struct sender {
	CURLM *multi;
	const char *url;
	long count, given, taken;
	bool is_fresh;
};

static void
die(const char *what)
{
	(void)fprintf(stderr, "bare_send: %s\n", what);
	exit(1);
}

static size_t
drop(char *data, size_t size, size_t count, void *self)
{
	(void)data;
	(void)self;
	return size * count;
}

static void
give(struct sender *sender, CURL *easy)
{
	char url[1000];

	(void)snprintf(
	    url, sizeof(url), "%s%%2B86137%08ld", sender->url, sender->given++);
	(void)curl_easy_setopt(easy, CURLOPT_URL, url);
	if (curl_multi_add_handle(sender->multi, easy) != CURLM_OK)
		die("no room");
}

static void
open_slots(struct sender *sender, long parallel)
{
	for (long i = 0; i < parallel && sender->given < sender->count; i++) {
		CURL *easy = curl_easy_init();

		if (easy == NULL)
			die("no memory");
		(void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
		(void)curl_easy_setopt(easy, CURLOPT_PROXY, "");
		(void)curl_easy_setopt(
		    easy, CURLOPT_FRESH_CONNECT, (long)sender->is_fresh);
		(void)curl_easy_setopt(
		    easy, CURLOPT_FORBID_REUSE, (long)sender->is_fresh);
		give(sender, easy);
	}
}

static void
take(struct sender *sender, CURL *easy, CURLcode result)
{
	long status = 0;

	(void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_multi_remove_handle(sender->multi, easy);
	if (result != CURLE_OK || status != 202)
		die("the gateway did not take one");
	sender->taken++;
	if (sender->given < sender->count)
		give(sender, easy);
	else
		curl_easy_cleanup(easy);
}

static void
run(struct sender *sender)
{
	while (sender->taken < sender->count) {
		const CURLMsg *message;
		int running, left;

		(void)curl_multi_perform(sender->multi, &running);
		while ((message = curl_multi_info_read(sender->multi, &left)) !=
		       NULL)
			take(
			    sender, message->easy_handle, message->data.result);
		(void)curl_multi_poll(sender->multi, NULL, 0, 100, NULL);
	}
}

int
main(int argc, char **argv)
{
	struct sender sender = { 0 };
	double begun;
	long parallel;

	if (argc != 5)
		die("usage: bare_send URL COUNT PARALLEL fresh|kept");
	sender.url = argv[1];
	sender.count = strtol(argv[2], NULL, 10);
	parallel = strtol(argv[3], NULL, 10);
	sender.is_fresh = strcmp(argv[4], "fresh") == 0;
	if (sender.count <= 0 || parallel <= 0 || parallel > PARALLEL_MAX)
		die("a count is none");
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
	sender.multi = curl_multi_init();
	begun = seconds();
	open_slots(&sender, parallel);
	run(&sender);
	(void)printf("rate %.1f\n", (double)sender.count / (seconds() - begun));
	(void)curl_multi_cleanup(sender.multi);
	curl_global_cleanup();
	return 0;
}
