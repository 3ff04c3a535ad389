#include "core/sms_signature.h"

#include <string.h>

#include "core/config.h"
#include "core/unicode.h"
#include "lib/arena.h"
#include "lib/text.h"

enum { SIGNATURE_LEAST = 2, SIGNATURE_MOST = 20 };

static const char open_bracket[] = "【", close_bracket[] = "】";

bool
sms_signature_is_valid(const char *signature)
{
	size_t count = 0;

	for (const char *at = signature; *at != '\0'; count++) {
		if ((unsigned char)*at < ' ' || strchr("[]{}", *at) != NULL ||
		    text_starts(at, open_bracket) ||
		    text_starts(at, close_bracket))
			return false;
		(void)unicode_next(&at);
	}
	return count >= SIGNATURE_LEAST && count <= SIGNATURE_MOST;
}

/* Behind "【...】", when it is a signature; else NULL. */
static const char *
behind_brackets(const char *text, struct arena *arena)
{
	const char *from = text + strlen(open_bracket), *end;

	if (!text_starts(text, open_bracket))
		return NULL;
	end = strstr(from, close_bracket);
	if (end == NULL || !sms_signature_is_valid(arena_strndup(
			       arena, from, (size_t)(end - from))))
		return NULL;
	return end + strlen(close_bracket);
}

static const char *
behind(const char *text, const char *first)
{
	return text != NULL && text_starts(text, first) ? text + strlen(first)
							: NULL;
}

/* Behind OPEN signature CLOSE; else NULL. */
static const char *
behind_own(const char *text, const char *open, const char *signature,
    const char *close)
{
	if (signature == NULL)
		return NULL;
	return behind(behind(behind(text, open), signature), close);
}

/* Behind the estate's own signature, as our templates write it. */
static const char *
behind_estate(const char *text, const struct estate *estate)
{
	const char *const signatures[] = { estate->signature,
		estate->signature_en };
	const char *rest = NULL;

	for (size_t i = 0; i < ARRAY_COUNT(signatures) && rest == NULL; i++) {
		rest = behind_own(
		    text, open_bracket, signatures[i], close_bracket);
		if (rest == NULL)
			rest = behind_own(text, "[", signatures[i], "] ");
	}
	return rest;
}

const char *
sms_signature_put(const struct sms_channel *channel,
    const struct estate *estate, const char *text, struct arena *arena)
{
	const char *own = behind_estate(text, estate);
	const char *any = own != NULL ? own : behind_brackets(text, arena);

	if (channel->counting.signature != NULL)
		return any != NULL ? any : text;
	if (channel->signature == NULL || (own == NULL && any != NULL))
		return text;
	return arena_join(arena,
	    (const char *[]){ open_bracket, channel->signature, close_bracket,
		own != NULL ? own : text },
	    4);
}
