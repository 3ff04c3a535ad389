#include "daemon/reload.h"

#include <string.h>

#include "core/config.h"
#include "core/texts.h"
#include "desk/config.h"
#include "desk/texts.h"
#include "lib/err.h"
#include "lib/log.h"
#include "lib/text.h"

static void
complain(const char *mistake, void *arg)
{
	bool is_warning = strstr(mistake, ": warning: ") != NULL;

	(void)arg;
	log_event(is_warning ? LOG_LEVEL_WARN : LOG_LEVEL_ERROR, "reload",
	    "mistake=\"%s\"", mistake);
}

static bool
texts_are_good(const struct config *conf, struct err *err)
{
	struct texts *texts scoped(texts_free) =
	    desk_texts_load(conf->templates, conf->classifier, complain, NULL, err);

	return texts != NULL;
}

/* What the desk holds on to while it runs: another store is another desk, and
 * a port or a socket that somebody else has would stop the start. */
static bool
is_same_place(const struct config *now, const struct config *then)
{
	const struct {
		const char *name;
		bool is_same;
	} places[] = {
		{ "database", text_eq(now->database, then->database) },
		{ "control_socket",
		    text_eq(now->control_socket, then->control_socket) },
		{ "listen_address",
		    text_eq(now->listen_address, then->listen_address) },
		{ "listen_port", now->listen_port == then->listen_port },
	};
	bool all = true;

	for (size_t i = 0; i < ARRAY_COUNT(places); i++) {
		if (places[i].is_same)
			continue;
		all = false;
		log_event(LOG_LEVEL_ERROR, "reload",
		    "mistake=\"%s: %s has changed; that needs a restart\"",
		    then->path, places[i].name);
	}
	return all;
}

bool
reload_is_good(const struct config *now, const char *const *overrides)
{
	struct config *then scoped(config_free) = NULL;
	struct err err = { 0 };
	bool texts, places;

	if (config_load_with(
		now->path, overrides, complain, NULL, &then, &err) < 0) {
		log_event(LOG_LEVEL_ERROR, "reload",
		    "state=refused err=\"%s\"", err.msg);
		return false;
	}
	texts = texts_are_good(then, &err);
	places = is_same_place(now, then);
	if (texts && places)
		return true;
	log_event(LOG_LEVEL_ERROR, "reload", "state=refused err=\"%s\"",
	    err.kind == ERR_NONE ? "the desk would not start" : err.msg);
	return false;
}
