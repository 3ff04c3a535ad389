/*
 * uuencode - files between the lines of a text ("begin 644 name").
 */
#ifndef READER_UUENCODE_H
#define READER_UUENCODE_H

struct arena;
struct inner_files;

/* Takes them out of `text', in place, and adds them to `files'. */
void uuencode_take(char *text, struct arena *arena, struct inner_files *files);

#endif
