/*
 * What core/sms_text says of texts, for segments.mjs: a JSON string a line in,
 * a JSON object a line out.
 */
#include "core/sms_text.h"
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
		struct sms_size size;

		if (!json_is_string(text))
			return 65;
		size = sms_text_size(
		    &(struct sms_counting){ 0 }, json_string_value(text));
		(void)printf("{\"gsm7\": %s, \"units\": %zu, \"parts\": %zu}\n",
		    size.is_gsm7 ? "true" : "false", size.units, size.parts);
		json_decref(text);
	}
	free(line);
	return 0;
}
