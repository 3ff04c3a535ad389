/*
 * What the checks of the settings ask.
 */
#include "desk/config_parts.h"
#include "lib/text.h"

bool
is_written(struct reading *reading, const char *path)
{
	const char *text = NULL;
	const config_setting_t *setting =
	    config_lookup(&reading->file, path);

	if (setting != NULL)
		text = config_setting_get_string(setting);
	return setting != NULL && (text == NULL || *text != '\0');
}

bool
is_loopback(const char *host)
{
	return text_eq(host, "localhost") || text_eq(host, "127.0.0.1") ||
	    text_eq(host, "::1");
}
