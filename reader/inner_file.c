#include "reader/inner_file.h"

#include "core/limits.h"
#include "lib/arena.h"

void
inner_file_add(
    struct inner_files *files, struct arena *arena, struct inner_file file)
{
	if (files->list == NULL)
		files->list =
		    arena_array(arena, LIMIT_ATTACHMENTS, sizeof(*files->list));
	if (files->count < LIMIT_ATTACHMENTS)
		files->list[files->count++] = file;
}
