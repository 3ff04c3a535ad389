/*
 * config_files - configurations for tests: the demo's, and small files in a
 * folder of their own.
 */
#ifndef TESTS_SUPPORT_CONFIG_FILES_H
#define TESTS_SUPPORT_CONFIG_FILES_H

#include "desk/config.h"
#include "lib/buf.h"
#include "lib/units.h"

#define DEMO  "conf/demo/shouwen.conf"
#define DEMO2 "conf/demo2/shouwen.conf"

extern struct buf config_said; /* what the loader complained of */
extern char config_folder[64];
/* All that is required, and no more. */
extern const char config_minimal[];

/* For a test; the second two with a folder. */
int config_files_open(void **state);
int config_files_close(void **state);
int config_folder_open(void **state);
int config_folder_close(void **state);

#define TEST(name)                       \
	cmocka_unit_test_setup_teardown( \
	    name, config_files_open, config_files_close)
#define TEST_IN_FOLDER(name)             \
	cmocka_unit_test_setup_teardown( \
	    name, config_folder_open, config_folder_close)

/* What the loader complains to. */
void config_note(const char *mistake, void *arg);
/* Must succeed; the caller frees it. */
struct config *config_demo(const char *path);
/* Load the demo with arguments, which must be refused. */
void config_refused(const char *const *overrides);
/* Fails the test unless that was complained of. */
void config_was_said(const char *words);

/* Write a file of the folder; its path, until the next one. */
const char *config_put(const char *name, const char *text);
/* The minimal configuration with some text after it: as config_load(). */
int config_load_minimal(const char *more, struct config **ret);

/* "2026-11-23T08:30:00+08:00", or a failed test. */
msec_t config_time(const char *time);

#endif
