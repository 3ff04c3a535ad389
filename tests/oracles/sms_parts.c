/*
 * What core/sms_text says of texts, for segments.mjs: a JSON string a line in,
 * a JSON object a line out.
 */
#include "core/sms_fold.h"
#include "core/sms_text.h"
#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/json.h"

#include <stdio.h>
#include <stdlib.h>

int
main(void)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	while ((len = getline(&line, &room, stdin)) > 0) {
		json_t *text =
		    json_loadb(line, (size_t)len, JSON_DECODE_ANY, NULL);
		const struct sms_counting counting = { 0 };
		struct arena arena scoped(arena_done) = { 0 };
		struct sms_size size, folded;

		if (!json_is_string(text))
			return 65;
		arena_init(&arena, 1 << 20);
		size = sms_text_size(&counting, json_string_value(text));
		folded = sms_text_size(&counting,
		    sms_fold(&counting, json_string_value(text), &arena));
		(void)printf("{\"gsm7\": %s, \"units\": %zu, \"parts\": %zu, "
			     "\"folded\": {\"gsm7\": %s, \"parts\": %zu}}\n",
		    size.is_gsm7 ? "true" : "false", size.units, size.parts,
		    folded.is_gsm7 ? "true" : "false", folded.parts);
		json_decref(text);
	}
	free(line);
	return 0;
}
