#include "core/trust.h"

#include <string.h>
#include <strings.h>

#include "lib/cleanup.h"
#include "lib/text.h"

/* The methods that say something about who sent it (RFC 8601, 2.7). */
static const char *const methods[] = { "dkim", "spf", "dmarc", "auth", "arc",
	"dkim-adsp" };

static const char SPACES[] = " \t\r\n";

/* After white space and (comments), which may be nested (RFC 5322, 3.2.2). */
static const char *
skip_comments(const char *at)
{
	int depth = 0;

	for (; *at != '\0'; at++) {
		if (depth > 0 && *at == '\\' && at[1] != '\0')
			at++;
		else if (*at == '(')
			depth++;
		else if (*at == ')' && depth > 0)
			depth--;
		else if (depth == 0 && strchr(SPACES, *at) == NULL)
			break;
	}
	return at;
}

static bool
word_is(const char *at, size_t len, const char *word)
{
	return strlen(word) == len && strncasecmp(at, word, len) == 0;
}

static bool
is_by(const char *header, const char *authserv_id)
{
	const char *at = skip_comments(header);
	size_t len = strcspn(at, "; \t\r\n(");

	return word_is(at, len, authserv_id);
}

static bool
is_method(const char *at, size_t len)
{
	for (size_t i = 0; i < ARRAY_COUNT(methods); i++) {
		if (word_is(at, len, methods[i]))
			return true;
	}
	return false;
}

/* One "dkim=pass (...) header.d=..." between semicolons. */
static enum trust
judge_result(const char *at)
{
	at = skip_comments(at);
	size_t len = strcspn(at, "=;/ \t\r\n(");

	if (!is_method(at, len))
		return TRUST_UNKNOWN;
	at += len;
	at += strcspn(at, "=;");
	if (*at != '=')
		return TRUST_UNKNOWN;
	at = skip_comments(at + 1);
	len = strcspn(at, "; \t\r\n(");
	if (word_is(at, len, "fail") || word_is(at, len, "hardfail") ||
	    word_is(at, len, "softfail") || word_is(at, len, "policy"))
		return TRUST_FAILED;
	return word_is(at, len, "pass") ? TRUST_PASSED : TRUST_UNKNOWN;
}

/* The end of a result: a semicolon outside comments and quotes. */
static const char *
next_result(const char *at)
{
	bool is_quoted = false;

	for (;; at++) {
		if (!is_quoted && *at == '(')
			at = skip_comments(at);
		if (*at == '\0')
			return NULL;
		if (*at == '"')
			is_quoted = !is_quoted;
		else if (*at == '\\' && at[1] != '\0')
			at++;
		else if (*at == ';' && !is_quoted)
			return at + 1;
	}
}

static enum trust
judge_header(const char *header)
{
	enum trust found = TRUST_UNKNOWN;

	for (const char *at = next_result(header); at != NULL;
	     at = next_result(at)) {
		enum trust one = judge_result(at);

		if (one == TRUST_FAILED)
			return TRUST_FAILED;
		if (one == TRUST_PASSED)
			found = TRUST_PASSED;
	}
	return found;
}

static bool
is_staff_domain(const struct estate *estate, const char *address)
{
	const char *sign = address == NULL ? NULL : strrchr(address, '@');

	for (size_t i = 0; sign != NULL && estate->staff_domains != NULL &&
	     estate->staff_domains[i] != NULL;
	     i++) {
		if (text_eq_nocase(estate->staff_domains[i], sign + 1))
			return true;
	}
	return false;
}

enum trust
trust_of(const struct estate *estate, const struct message *message)
{
	enum trust found = TRUST_UNKNOWN;

	if (text_is_empty(estate->authserv_id))
		return TRUST_UNKNOWN;
	for (size_t i = 0; i < message->auth_result_count; i++) {
		const char *header = message->auth_results[i];

		if (!is_by(header, estate->authserv_id))
			continue;
		enum trust one = judge_header(header);

		if (one == TRUST_FAILED)
			return TRUST_FAILED;
		if (one == TRUST_PASSED)
			found = TRUST_PASSED;
	}
	if (found == TRUST_UNKNOWN &&
	    is_staff_domain(estate, message->from.addr))
		return TRUST_FAILED;
	return found;
}
