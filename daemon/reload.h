/*
 * reload - may the desk begin anew with the settings that are there now?
 *
 * A reload is an orderly end and a new start of the same process (SIGHUP):
 * all that must survive is rows.  So everything that could stop the start is
 * looked at before, and when anything is wrong the old settings stay.
 */
#ifndef DAEMON_RELOAD_H
#define DAEMON_RELOAD_H

#include <stdbool.h>

struct config;

/* Reads settings, word lists, calendars and texts as a start would and logs
 * every mistake with its place.  `overrides' as in config_load_with(). */
bool reload_is_good(const struct config *now, const char *const *overrides);

#endif
