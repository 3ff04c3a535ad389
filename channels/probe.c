#include "channels/probe.h"

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "lib/cleanup.h"

#define PROBE_CONNECT_MS 10000L
#define PROBE_MS	 20000L

/* What curl's result means for the operator. */
static const struct {
	CURLcode code;
	const char *result;
	const char *advice;
} verdicts[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, "no such host", "check host" },
	{ CURLE_COULDNT_CONNECT, "nobody answers there",
	    "check host and port; is the server running, is a firewall "
	    "between?" },
	{ CURLE_OPERATION_TIMEDOUT, "no answer in time",
	    "check host and port; does tls fit the port?" },
	{ CURLE_PEER_FAILED_VERIFICATION, "the certificate is not trusted",
	    "set ca_file, or the host name that the certificate is for" },
	{ CURLE_SSL_CACERT_BADFILE, "ca_file cannot be read",
	    "name a file of PEM certificates" },
	{ CURLE_SSL_CONNECT_ERROR, "no TLS there",
	    "check port and tls: 993 and 465 are implicit, 143 and 587 "
	    "starttls" },
	{ CURLE_USE_SSL_FAILED, "the server offers no STARTTLS",
	    "set tls = \"implicit\" and its port" },
	{ CURLE_LOGIN_DENIED, "the login was refused",
	    "check user, password_file and auth" },
	{ CURLE_WEIRD_SERVER_REPLY, "something else answers there",
	    "check port and tls" },
	{ CURLE_QUOTE_ERROR, "logged in, but the folder cannot be opened",
	    "check folder" },
};

static void
judge(CURLcode code, const char *good, struct probe *ret)
{
	const char *result = curl_easy_strerror(code), *advice = "see above";

	if (code == CURLE_OK) {
		ret->is_good = true;
		result = good;
		advice = "";
	}
	for (size_t i = 0; i < ARRAY_COUNT(verdicts); i++) {
		if (verdicts[i].code == code) {
			result = verdicts[i].result;
			advice = verdicts[i].advice;
		}
	}
	(void)snprintf(ret->result, sizeof(ret->result), "%s", result);
	(void)snprintf(ret->advice, sizeof(ret->advice), "%s", advice);
}

static size_t
ignore(const char *data, size_t size, size_t count, void *arg)
{
	(void)data;
	(void)arg;
	return size * count;
}

static void
easy_done(CURL **easy)
{
	curl_easy_cleanup(*easy);
}

/* A handle with everything that all probes have in common. */
static CURL *
easy_new(const char *url, const char *ca_file)
{
	CURL *easy;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return NULL;
	easy = curl_easy_init();
	if (easy == NULL)
		return NULL;
	(void)curl_easy_setopt(easy, CURLOPT_URL, url);
	(void)curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR,
	    "imap,imaps,smtp,smtps,http,https");
	(void)curl_easy_setopt(easy, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(
	    easy, CURLOPT_CONNECTTIMEOUT_MS, PROBE_CONNECT_MS);
	(void)curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, PROBE_MS);
	(void)curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
	(void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
	(void)curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
	(void)curl_easy_setopt(
	    easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (ca_file != NULL) {
		(void)curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
		/* Else the system's folder is trusted as well. */
		(void)curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	return easy;
}

static void
use_tls(CURL *easy, enum tls_mode tls)
{
	(void)curl_easy_setopt(easy, CURLOPT_USE_SSL,
	    tls == TLS_NONE ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
}

static void
server_url(struct probe *ret, const char *scheme, enum tls_mode tls,
    const char *host, unsigned port)
{
	bool is_ipv6 = strchr(host, ':') != NULL;

	*ret = (struct probe){ 0 };
	(void)snprintf(ret->server, sizeof(ret->server), "%s%s://%s%s%s:%u",
	    scheme, tls == TLS_IMPLICIT ? "s" : "", is_ipv6 ? "[" : "", host,
	    is_ipv6 ? "]" : "", port);
}

/* EXAMINE with the folder as a quoted string (RFC 3501 4.3). */
static void
examine_command(const char *folder, char *ret, size_t size)
{
	size_t len = (size_t)snprintf(ret, size, "EXAMINE \"");

	for (; *folder != '\0' && len + 4 < size; folder++) {
		if (*folder == '"' || *folder == '\\')
			ret[len++] = '\\';
		ret[len++] = *folder;
	}
	(void)snprintf(ret + len, size - len, "\"");
}

void
probe_mailbox(const struct mailbox *mailbox, struct probe *ret)
{
	char command[600];
	CURL *easy scoped(easy_done) = NULL;

	server_url(ret, "imap", mailbox->tls, mailbox->host, mailbox->port);
	easy = easy_new(ret->server, mailbox->ca_file);
	if (easy == NULL) {
		judge(CURLE_OUT_OF_MEMORY, "", ret);
		return;
	}
	use_tls(easy, mailbox->tls);
	examine_command(mailbox->folder, command, sizeof(command));
	(void)curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, command);
	(void)curl_easy_setopt(easy, CURLOPT_USERNAME, mailbox->user);
	(void)curl_easy_setopt(easy,
	    mailbox->auth == MAIL_AUTH_XOAUTH2 ? CURLOPT_XOAUTH2_BEARER :
						 CURLOPT_PASSWORD,
	    mailbox->password);
	judge(curl_easy_perform(easy), "logged in, folder opened", ret);
}

void
probe_smtp(const struct smtp_account *account, struct probe *ret)
{
	char url[sizeof(ret->server) + 260];
	CURL *easy scoped(easy_done) = NULL;

	server_url(ret, "smtp", account->tls, account->host, account->port);
	/* The path of the address is the name for EHLO. */
	(void)snprintf(url, sizeof(url), "%s/%.253s", ret->server,
	    account->hello == NULL ? "" : account->hello);
	easy = easy_new(url, account->ca_file);
	if (easy == NULL) {
		judge(CURLE_OUT_OF_MEMORY, "", ret);
		return;
	}
	use_tls(easy, account->tls);
	(void)curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "NOOP");
	if (account->user != NULL) {
		(void)curl_easy_setopt(easy, CURLOPT_USERNAME, account->user);
		(void)curl_easy_setopt(
		    easy, CURLOPT_PASSWORD, account->password);
	}
	judge(curl_easy_perform(easy),
	    account->user != NULL ? "logged in" : "answers", ret);
}

void
probe_sms(const struct sms_channel *channel, struct probe *ret)
{
	CURL *easy scoped(easy_done) = NULL;

	*ret = (struct probe){ 0 };
	(void)snprintf(ret->server, sizeof(ret->server), "%.270s",
	    channel->url);
	/* A query may hold what is nobody's business. */
	ret->server[strcspn(ret->server, "?")] = '\0';
	easy = easy_new(channel->url, channel->ca_file);
	if (easy == NULL) {
		judge(CURLE_OUT_OF_MEMORY, "", ret);
		return;
	}
	(void)curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
	judge(curl_easy_perform(easy), "can be reached", ret);
}
