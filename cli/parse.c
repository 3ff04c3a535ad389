#include "cli/parse.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "cli/parse_why.h"
#include "core/limits.h"
#include "core/message.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/explain.h"
#include "reader/reader.h"

static const char usage[] =
    "usage: shouwen parse FILE...\n"
    "       shouwen parse --batch < PATHS\n"
    "       shouwen parse --explain [--json] FILE...\n"
    "Prints what is read in each mail as one line of JSON.\n"
    "  --batch    paths from standard input; a mail that cannot be read is a\n"
    "             line {\"error\": ...}\n"
    "  --explain  for people: which lines are the writer's own and why the\n"
    "             others are not, what tells a machine, what came back\n"
    "  --json     the same in a member \"why\" of the line of JSON\n";

/* Memory that the mails share, and where the lines go. */
struct run {
	struct arena arena;
	struct buf out;
	bool is_batch, is_explained, is_json;
};

static int
map_file(const char *path, const char **ret, size_t *ret_len, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat info;
	void *map = NULL;
	int status = 0;

	if (fd < 0)
		return err_sys(err, ERR_DATA, "%s", path);
	if (fstat(fd, &info) < 0 || !S_ISREG(info.st_mode))
		status = err_set(err, ERR_DATA, "%s: not a plain file", path);
	else if ((uintmax_t)info.st_size > LIMIT_MAIL_BYTES)
		status = err_set(err, ERR_DATA, "%s: too large", path);
	else if (info.st_size > 0)
		map = mmap(
		    NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (map == MAP_FAILED)
		status = err_sys(err, ERR_DATA, "%s", path);
	(void)close(fd);
	if (status < 0)
		return -1;
	*ret = map == NULL ? "" : map;
	*ret_len = map == NULL ? 0 : (size_t)info.st_size;
	return 0;
}

static void
print_line(struct run *run, json_t *object)
{
	buf_reset(&run->out);
	json_to_buf(object, &run->out);
	json_decref(object);
	buf_putc(&run->out, '\n');
	(void)fwrite(buf_text(&run->out), 1, run->out.len, stdout);
	(void)fflush(stdout);
}

static void
complain(struct run *run, const struct err *err)
{
	json_t *object;

	if (!run->is_batch) {
		(void)fprintf(stderr, "shouwen: parse: %s\n", err->msg);
		return;
	}
	object = json_object();
	json_put_text(object, "error", err->msg);
	print_line(run, object);
}

/* What was forwarded is what the sender has to say, too (rules.md 3.4); the
 * desk, which hears of both, keeps them apart. */
static json_t *
message_document(const struct message *message, struct arena *arena)
{
	json_t *document = message_to_json(message);
	const char *whole = message->forward.whole;

	if (whole != NULL)
		json_put_text(document, "reply",
		    text_is_empty(message->own)
			? whole
			: arena_printf(arena, "%s\n\n%s", message->own, whole));
	return document;
}

static void
print_message_read(struct run *run, const char *path,
    const struct message *message, const struct explanation *why)
{
	json_t *document;

	if (run->is_explained && !run->is_json) {
		parse_print_why(path, message, why, &run->arena);
		return;
	}
	document = message_document(message, &run->arena);
	if (run->is_explained)
		json_object_set_new(document, "why", parse_why(why));
	print_line(run, document);
}

static int
parse_file(struct run *run, const char *path)
{
	struct err err = { 0 };
	struct message message;
	struct explanation why;
	void *map;
	const char *raw = "";
	size_t len = 0;
	int status = EX_OK;

	if (map_file(path, &raw, &len, &err) < 0) {
		complain(run, &err);
		return EX_NOINPUT;
	}
	arena_reset(&run->arena);
	if (reader_mail_explained(raw, len, &run->arena, &message, &why, &err) <
	    0) {
		(void)err_wrap(&err, "%s", path);
		complain(run, &err);
		status = EX_DATAERR;
	} else {
		print_message_read(run, path, &message, &why);
	}
	memcpy(&map, &raw, sizeof(map));
	if (len > 0)
		(void)munmap(map, len);
	return status;
}

static int
parse_batch(struct run *run)
{
	char *line = NULL;
	size_t size = 0;
	int status = EX_OK;

	while (getline(&line, &size, stdin) > 0) {
		int one = parse_file(run, text_trim(line));

		status = one == EX_OK ? status : one;
	}
	free(line);
	return status;
}

static int
parse_all(struct run *run, int count, char **paths)
{
	struct err err = { 0 };
	int status = EX_OK;

	if (reader_open(&err) < 0) {
		(void)fprintf(stderr, "shouwen: parse: %s\n", err.msg);
		return EX_OSERR;
	}
	if (run->is_batch)
		return parse_batch(run);
	for (int i = 0; i < count; i++) {
		int one = parse_file(run, paths[i]);

		status = one == EX_OK ? status : one;
	}
	return status;
}

/* Takes the options off; how many words were taken, or -1. */
static int
read_options(int argc, char **argv, struct run *run)
{
	int at = 1;

	if (argc == 2 && text_eq(argv[1], "--batch")) {
		run->is_batch = true;
		return 1;
	}
	for (; at < argc && argv[at][0] == '-'; at++) {
		if (text_eq(argv[at], "--explain"))
			run->is_explained = true;
		else if (text_eq(argv[at], "--json"))
			run->is_json = true;
		else
			return -1;
	}
	return at == argc || (run->is_json && !run->is_explained) ? -1 : at - 1;
}

int
cli_parse(int argc, char **argv)
{
	struct run run = { 0 };
	int taken, status;

	if (argc == 2 && text_eq(argv[1], "--help")) {
		(void)fputs(usage, stdout);
		return EX_OK;
	}
	taken = read_options(argc, argv, &run);
	if (taken < 0) {
		(void)fputs(usage, stderr);
		return EX_USAGE;
	}
	arena_init(&run.arena, LIMIT_READER_WORK_BYTES);
	/* Three texts of full length, each byte perhaps as \u00XX. */
	buf_init(&run.out, 32 * LIMIT_TEXT_BYTES);
	status = parse_all(&run, argc - 1 - taken, argv + 1 + taken);
	buf_done(&run.out);
	arena_done(&run.arena);
	return status;
}
