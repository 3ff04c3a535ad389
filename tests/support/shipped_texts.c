#include "tests/support/cmocka_fence.h"

#include "tests/support/shipped_texts.h"

#include <stdio.h>

#include "core/limits.h"
#include "core/text_list.h"
#include "lib/err.h"
#include "lib/text.h"
#include "tests/support/text_facts.h"

struct arena shipped_arena;
struct buf shipped_mistakes;
struct texts *shipped;

const char *
shipped_read(const char *path, void *arg)
{
	const struct shipped_files *files = arg;
	char full[160];
	char data[16384];
	FILE *file;
	size_t len;

	for (size_t i = 0; files != NULL && i < 4; i++) {
		if (text_eq(files->path[i], path) && files->path[i] != NULL)
			return files->instead[i];
	}
	(void)snprintf(full, sizeof(full), "templates/%s", path);
	file = fopen(full, "rb");
	if (file == NULL)
		return NULL;
	len = fread(data, 1, sizeof(data), file);
	(void)fclose(file);
	assert_true(len < sizeof(data));
	return arena_strndup(&shipped_arena, data, len);
}

void
shipped_note(const char *mistake, void *arg)
{
	(void)arg;
	buf_puts(&shipped_mistakes, mistake);
	buf_putc(&shipped_mistakes, '\n');
}

int
shipped_open(void **state)
{
	(void)state;
	arena_init(&shipped_arena, LIMIT_WORK_BYTES);
	buf_init(&shipped_mistakes, LIMIT_WORK_BYTES);
	shipped = texts_load(shipped_read, shipped_note, NULL);
	if (shipped == NULL)
		printf("%s", buf_text(&shipped_mistakes));
	return shipped == NULL;
}

int
shipped_close(void **state)
{
	(void)state;
	texts_free(&shipped);
	buf_done(&shipped_mistakes);
	arena_done(&shipped_arena);
	return 0;
}

bool
shipped_is_for_staff(const char *name)
{
	bool is_staff = false;

	for (size_t i = 0; i < text_row_count; i++) {
		is_staff = is_staff || text_eq(text_rows[i].name, "new_case");
		if (text_eq(text_rows[i].name, "channel_down"))
			return false;
		if (text_eq(text_rows[i].name, name))
			return is_staff;
	}
	return false;
}

struct text_rendered
shipped_render(const char *name, const struct text_facts *facts)
{
	struct text_rendered ret = { 0 };
	struct err err = { 0 };

	if (texts_render(shipped, name, facts, &shipped_arena, &ret, &err) != 0)
		fail_msg("%s", err.msg);
	return ret;
}

struct text_facts
shipped_facts(const char *name, enum channel channel, enum language language)
{
	struct text_facts facts = demo_facts(channel, language);

	if (shipped_is_for_staff(name)) {
		facts.to_staff = demo_staff("lin");
		facts.to_name = NULL;
	}
	return facts;
}
