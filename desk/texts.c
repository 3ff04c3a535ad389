#include "desk/texts.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/limits.h"
#include "core/texts.h"
#include "desk/languages.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/file.h"

struct folder {
	int fd;
	struct arena arena;
	void (*complain)(const char *mistake, void *arg);
	void *arg;
};

static void
pass_on(const char *mistake, void *arg)
{
	struct folder *folder = arg;

	folder->complain(mistake, folder->arg);
}

static const char *
read_file(const char *path, void *arg)
{
	struct folder *folder = arg;
	struct err err = { 0 };
	size_t len;

	return file_read_in(folder->fd, path, LIMIT_RENDERED_BYTES,
	    &folder->arena, &len, &err);
}

struct texts *
desk_texts_load(const char *path, const struct classifier *words,
    void (*complain)(const char *mistake, void *arg), void *arg,
    struct err *err)
{
	struct folder folder = {
		.fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
		.complain = complain,
		.arg = arg,
	};
	struct texts *texts;

	if (folder.fd < 0) {
		(void)err_sys(err, ERR_CONF, "templates folder %s", path);
		return NULL;
	}
	arena_init(&folder.arena, 64 * MIB);
	texts = texts_load(read_file, pass_on, &folder);
	if (words != NULL &&
	    texts_lint(read_file, words, pass_on, &folder) > 0)
		texts_free(&texts);
	if (!languages_load_words(folder.fd, complain, arg))
		texts_free(&texts);
	arena_done(&folder.arena);
	(void)close(folder.fd);
	if (texts == NULL)
		(void)err_set(
		    err, ERR_CONF, "the templates in %s have mistakes", path);
	return texts;
}
