/*
 * Words of staff that a text message has no room for.
 */
#include <string.h>

#include "core/language.h"
#include "core/unicode.h"
#include "handlers/tell_send.h"
#include "lib/arena.h"
#include "lib/text.h"

/* Of the words that it is about, so many characters. */
static struct tell
beginning(const struct work *work, const struct tell *tell, size_t count)
{
	const char *words = text_or(tell->facts.words, tell->facts.reason);
	const char *end = words;
	struct tell ret = *tell;

	for (; count > 0 && *end != '\0'; count--)
		end += unicode_grapheme(end);
	words = arena_strndup(work->arena, words, (size_t)(end - words));
	if (tell->facts.words != NULL)
		ret.facts.words = words;
	else
		ret.facts.reason = words;
	return ret;
}

bool
tell_is_too_long(struct work *work, const struct tell_target *target,
    const struct tell *tell, size_t *ret_most)
{
	const char *words = text_or(tell->facts.words, tell->facts.reason);
	size_t least = 0, most;

	if (words == NULL || tell_fits(work, target, tell))
		return false;
	/* What is short enough stays so when it is made shorter. */
	most = strlen(words);
	while (least < most) {
		size_t middle = least + (most - least + 1) / 2;
		const struct tell shorter = beginning(work, tell, middle);

		if (tell_fits(work, target, &shorter))
			least = middle;
		else
			most = middle - 1;
	}
	*ret_most = least;
	return true;
}

bool
tell_all_is_too_long(
    struct work *work, const struct tell *tell, size_t *ret_most)
{
	struct tell_target target = {
		.channel = CHANNEL_SMS,
		.role = ROLE_OWNER,
	};
	bool is_too_long = false;

	/* What stands around the words differs. */
	for (int i = 0; i < language_count(); i++) {
		size_t most;

		target.language = (enum language)i;
		if (!tell_is_too_long(work, &target, tell, &most))
			continue;
		if (!is_too_long || most < *ret_most)
			*ret_most = most;
		is_too_long = true;
	}
	return is_too_long;
}
