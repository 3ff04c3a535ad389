#include "cli/classify.h"

#include "cli/ask.h"
#include "cli/classify_parts.h"
#include "core/limits.h"
#include "desk/config.h"
#include "lib/err.h"
#include "lib/text.h"
#include "reader/reader.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const char usage[] =
    "usage: shouwen classify [--conf FILE] < MESSAGES\n"
    "       shouwen classify --explain [--json] [--conf FILE] [TEXT...]\n"
    "\n"
    "Reads one JSON object a line,\n"
    "  {\"channel\": \"mail\" | \"sms\", \"from_role\": \"owner\" | \"tenant\" "
    "| \"staff\" |\n"
    "   \"unknown\", \"subject\", \"body\", \"headers\"?, \"context\"?: "
    "{\"now\",\n"
    "   \"pending_rating\", \"open_question\", \"recent_text\", \"number\",\n"
    "   \"estate\"}}\n"
    "and prints for each, on one line, what the desk understands, or an\n"
    "\"error\".\n"
    "\n"
    "  --explain    why: the words that were found, with their list, weight and\n"
    "               line, what took one back, the sums, the places; of TEXT, or\n"
    "               of standard input, which may be plain text (one message, a\n"
    "               text of an owner) or JSON lines as above\n"
    "  --json       the explanation as JSON, in a member \"why\"\n"
    "  --conf FILE  settings (default " CLI_DEFAULT_CONF ")\n"
    "\n"
    "Exit: 0, 65 when a line is no such object (told with its number), 78\n"
    "mistakes in the settings.\n";

static int
classify_one(struct run *run, const json_t *message, struct err *err)
{
	json_t *answer scoped(json_release) = NULL;
	struct question asked = { 0 };
	struct understanding seen = { 0 };
	struct classify_why why = { 0 };

	if (question_read(run, message, &asked, err) < 0)
		return -1;
	asked.ctx.why = run->explains ? &why : NULL;
	if (classify(&asked.ctx, &asked.in, &run->arena, &seen, err) < 0)
		return -1;
	if (run->explains && !run->is_json) {
		why_print(&seen, &why, &run->arena);
		return 0;
	}
	answer = answer_to_json(&asked, &seen);
	if (run->explains)
		(void)json_object_set_new(answer, "why", why_to_json(&why));
	buf_reset(&run->out);
	json_to_buf(answer, &run->out);
	(void)puts(buf_text(&run->out));
	return 0;
}

static int
classify_line(struct run *run, const char *line, size_t len, struct err *err)
{
	json_t *message scoped(json_release) = json_from(line, len, err);

	return message == NULL ? -1 : classify_one(run, message, err);
}

static int
classify_text(struct run *run, const char *text)
{
	json_t *message scoped(json_release) = json_object();
	struct err err = { 0 };

	json_put_text(message, "channel", "sms");
	json_put_text(message, "from_role", "owner");
	json_put_text(message, "body", text);
	if (classify_one(run, message, &err) == 0)
		return EX_OK;
	(void)fprintf(stderr, "shouwen: %s\n", err.msg);
	return EX_DATAERR;
}

/* As many lines out as in, so that the two can be laid side by side. */
static void
print_error(struct run *run, const struct err *err)
{
	json_t *object scoped(json_release) = json_object();

	json_put_text(object, "error", err->msg);
	buf_reset(&run->out);
	json_to_buf(object, &run->out);
	(void)puts(buf_text(&run->out));
}

static void
free_line(char **line)
{
	free(*line);
}

static int
classify_all(struct run *run)
{
	char *line scoped(free_line) = NULL;
	size_t room = 0;
	ssize_t len;
	int number = 0, status = EX_OK;

	while ((len = getline(&line, &room, stdin)) >= 0) {
		struct err err = { 0 };

		number++;
		arena_reset(&run->arena);
		if (strspn(line, " \t\r\n") == (size_t)len)
			continue;
		if (classify_line(run, line, (size_t)len, &err) == 0)
			continue;
		(void)fprintf(
		    stderr, "shouwen: line %d: %s\n", number, err.msg);
		if (!run->explains || run->is_json)
			print_error(run, &err);
		status = EX_DATAERR;
	}
	return ferror(stdin) ? EX_IOERR : status;
}

/* Plain text is one message; what begins with { is JSON lines. */
static int
explain_input(struct run *run)
{
	struct buf text scoped(buf_done) = { 0 };
	char block[4096];
	size_t len;
	int first;

	while ((first = getchar()) == ' ' || first == '\n' || first == '\t')
		continue;
	if (first == EOF)
		return ferror(stdin) ? EX_IOERR : classify_text(run, "");
	(void)ungetc(first, stdin);
	if (first == '{')
		return classify_all(run);
	buf_init(&text, LINE_BYTES_MAX);
	while ((len = fread(block, 1, sizeof(block), stdin)) > 0)
		buf_add(&text, block, len);
	if (ferror(stdin))
		return EX_IOERR;
	if (buf_is_over(&text)) {
		(void)fprintf(stderr, "shouwen: more than %d bytes of text\n",
		    LINE_BYTES_MAX);
		return EX_DATAERR;
	}
	return classify_text(run, buf_text(&text));
}

static int
explain_words(struct run *run, char **words, int count)
{
	const char *text = words[0];

	for (int i = 1; i < count; i++)
		text = arena_printf(&run->arena, "%s %s", text, words[i]);
	return classify_text(run, text);
}

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	(void)fprintf(stderr, "%s\n", mistake);
}

/* What the command line asks for. */
struct order {
	const char *conf;
	bool explains, is_json;
	char **words;
	int word_count;
};

static int
run_order(const struct order *order)
{
	struct run run = { .explains = order->explains,
		.is_json = order->is_json };
	struct err err = { 0 };
	int status = EX_CONFIG;

	arena_init(&run.arena, LIMIT_WORK_BYTES);
	buf_init(&run.out, LINE_BYTES_MAX);
	buf_init(&run.mail, LINE_BYTES_MAX);
	if (reader_open(&err) < 0 ||
	    config_load(order->conf, complain, NULL, &run.conf, &err) < 0)
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
	else if (order->word_count > 0)
		status = explain_words(&run, order->words, order->word_count);
	else
		status =
		    run.explains ? explain_input(&run) : classify_all(&run);
	if (fflush(stdout) != 0)
		status = EX_IOERR;
	config_free(&run.conf);
	buf_done(&run.out);
	buf_done(&run.mail);
	arena_done(&run.arena);
	return status;
}

static int
misuse(const char *what, const char *word)
{
	(void)fprintf(stderr, "shouwen: %s%s\n%s", what, word, usage);
	return EX_USAGE;
}

int
cli_classify(int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "explain", no_argument, NULL, 'e' },
		{ "json", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct order order = { .conf = CLI_DEFAULT_CONF };
	int option;

	while ((option = getopt_long(argc, argv, "c:h", known, NULL)) != -1) {
		if (option == 'c') {
			order.conf = optarg;
		} else if (option == 'e') {
			order.explains = true;
		} else if (option == 'j') {
			order.is_json = true;
		} else {
			(void)fputs(usage, option == 'h' ? stdout : stderr);
			return option == 'h' ? EX_OK : EX_USAGE;
		}
	}
	order.words = argv + optind;
	order.word_count = argc - optind;
	if (order.word_count > 0 && !order.explains)
		return misuse("unexpected: ", argv[optind]);
	if (order.is_json && !order.explains)
		return misuse("--json goes with --explain", "");
	return run_order(&order);
}
