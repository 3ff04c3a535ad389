#include "cli/classify.h"

#include "cli/ask.h"
#include "core/classify.h"
#include "core/config.h"
#include "core/limits.h"
#include "core/zone.h"
#include "desk/config.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/clock.h"
#include "lib/err.h"
#include "lib/json.h"
#include "lib/text.h"
#include "reader/reader.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const char usage[] =
    "usage: shouwen classify [--conf FILE] < MESSAGES\n"
    "\n"
    "Reads one JSON object a line,\n"
    "  {\"channel\": \"mail\" | \"sms\", \"from_role\": \"owner\" | \"tenant\" "
    "| \"staff\" |\n"
    "   \"unknown\", \"subject\", \"body\", \"headers\"?, \"context\"?: "
    "{\"now\",\n"
    "   \"pending_rating\", \"open_question\", \"recent_text\", \"estate\"}}\n"
    "and prints for each, on one line, what the desk understands, or an\n"
    "\"error\".\n"
    "\n"
    "Exit: 0, 65 when a line is no such object (told with its number), 78\n"
    "mistakes in the settings.\n";

enum { LINE_BYTES_MAX = 2 * 1024 * 1024, RFC3339_BYTES = 32 };

/* What all lines share. */
struct run {
	struct config *conf;
	struct arena arena;
	struct buf mail, out;
};

/* -- one message in
 * ------------------------------------------------------------ */

static const struct estate *
estate_of(const struct run *run, const json_t *context)
{
	const struct estate *estate =
	    config_estate(run->conf, json_text(context, "estate"));

	return estate == NULL && run->conf->estate_count > 0
		   ? &run->conf->estates[0]
		   : estate;
}

static int
read_from(const json_t *document, enum from_role *ret, struct err *err)
{
	static const struct {
		const char *name;
		enum from_role role;
	} roles[] = {
		{ "owner", FROM_OWNER },
		{ "tenant", FROM_OWNER },
		{ "staff", FROM_STAFF },
		{ "unknown", FROM_UNKNOWN },
	};
	const char *name = text_or(json_text(document, "from_role"), "unknown");

	for (size_t i = 0; i < ARRAY_COUNT(roles); i++) {
		*ret = roles[i].role;
		if (text_eq(name, roles[i].name))
			return 0;
	}
	return err_set(err, ERR_DATA,
	    "from_role: %.40s is none of owner, tenant, staff, unknown", name);
}

static void
put_header(struct buf *mail, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buf_printf(mail, "%s: ", name);
	for (; *value != '\0'; value++) {
		bool is_break = *value == '\n' || *value == '\r';

		buf_add(mail, is_break ? " " : value, 1);
	}
	buf_puts(mail, "\n");
}

/* The mail that the object stands for, so that the reader says what is own
 * text, forwarded, or written by a machine, as it does in the desk. */
static void
compose(const json_t *message, struct buf *mail)
{
	json_t *headers = json_object_get(message, "headers"), *value;
	const char *key;

	json_object_foreach(headers, key, value)
	    put_header(mail, key, json_string_value(value));
	if (json_object_get(headers, "From") == NULL)
		put_header(mail, "From", "someone@sender.invalid");
	put_header(mail, "Subject", json_text(message, "subject"));
	put_header(mail, "MIME-Version", "1.0");
	put_header(mail, "Content-Type", "text/plain; charset=utf-8");
	put_header(mail, "Content-Transfer-Encoding", "8bit");
	buf_puts(mail, "\n");
	buf_puts(mail, text_or(json_text(message, "body"), ""));
	buf_puts(mail, "\n");
}

static int
read_mail(struct run *run, const json_t *document, struct message *ret,
    struct err *err)
{
	buf_reset(&run->mail);
	compose(document, &run->mail);
	return reader_mail(
	    buf_text(&run->mail), run->mail.len, &run->arena, ret, err);
}

static bool
is_set(const json_t *context, const char *key)
{
	const json_t *value = json_object_get(context, key);

	return value != NULL && !json_is_null(value) && !json_is_false(value);
}

struct question {
	struct classify_context ctx;
	struct classify_in in;
};

/* The moment that relative times count from: told, the mail's, or now. */
static int
read_now(const json_t *context, const struct message *mail, msec_t *ret,
    struct err *err)
{
	const char *now = json_text(context, "now");

	*ret = mail->sent_at != 0 ? mail->sent_at : clock_wall(&clock_real);
	if (now != NULL && time_from_rfc3339(now, ret) < 0)
		return err_set(err, ERR_DATA,
		    "context.now: %.40s is not RFC 3339 with an offset", now);
	return 0;
}

/* A field that is there but of another type is a mistake, not an absence. */
static int
check_types(const json_t *document, struct err *err)
{
	static const char *const texts[] = { "channel", "from_role", "subject",
		"body" };
	static const char *const objects[] = { "headers", "context" };
	const json_t *value;

	if (!json_is_object(document))
		return err_set(err, ERR_DATA, "not a JSON object");
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		value = json_object_get(document, texts[i]);
		if (value != NULL && !json_is_string(value) &&
		    !json_is_null(value))
			return err_set(
			    err, ERR_DATA, "%s: not a text", texts[i]);
	}
	for (size_t i = 0; i < ARRAY_COUNT(objects); i++) {
		value = json_object_get(document, objects[i]);
		if (value != NULL && !json_is_object(value) &&
		    !json_is_null(value))
			return err_set(
			    err, ERR_DATA, "%s: not an object", objects[i]);
	}
	return 0;
}

static int
question_read(struct run *run, const json_t *document, struct question *ret,
    struct err *err)
{
	const json_t *context = json_object_get(document, "context");
	const char *channel = text_or(json_text(document, "channel"), "mail");
	const char *subject = json_text(document, "subject");
	struct message mail = { .own =
				    text_or(json_text(document, "body"), "") };

	if (check_types(document, err) < 0)
		return -1;
	if (text_eq(channel, "email"))
		channel = "mail";
	if (channel_from(channel, &ret->in.channel) < 0)
		return err_set(err, ERR_DATA,
		    "channel: %.40s is neither mail nor sms", channel);
	if (read_from(document, &ret->in.from, err) < 0)
		return -1;
	if (ret->in.channel == CHANNEL_MAIL &&
	    read_mail(run, document, &mail, err) < 0)
		return -1;
	ret->ctx = (struct classify_context){
		.conf = run->conf,
		.estate = estate_of(run, context),
		.pending_rating = is_set(context, "pending_rating"),
		.open_question = is_set(context, "open_question"),
		.recent_text = is_set(context, "recent_text"),
		.is_reply = mail.in_reply_to != NULL ||
			    case_number_find(subject, &run->arena) != NULL,
	};
	ret->in.subject = subject;
	ret->in.own = text_or(mail.own, "");
	ret->in.forwarded = mail.forward.is_forward ? mail.forward.body : NULL;
	ret->in.is_auto = mail.is_auto;
	ret->in.is_bounce = mail.bounce.is_bounce;
	ret->in.spam_hint = mail.spam_hint;
	return read_now(context, &mail, &ret->ctx.now, err);
}

/* -- what was understood, out
 * --------------------------------------------------- */

static json_t *
place_to_json(const struct place *place)
{
	json_t *object;

	if (place_is_empty(place))
		return json_null();
	object = json_object();
	json_put_text(object, "building", place->building);
	json_put_text(object, "unit", place->unit);
	json_put_text(object, "room", place->room);
	json_put_text(object, "floor", place->floor);
	json_put_text(object, "area", place->area);
	return object;
}

static void
put_if(json_t *object, const char *key, const char *text)
{
	if (text != NULL)
		json_put_text(object, key, text);
}

static json_t *
command_to_json(const struct command *command, const struct estate *estate)
{
	json_t *object = json_object();
	char at[RFC3339_BYTES];

	json_put_text(object, "cmd", command_name(command->kind));
	put_if(object, "to", command->to);
	put_if(object, "text", command->text);
	put_if(object, "value", command->value);
	put_if(object, "case_no", command->case_no);
	if (command->score != 0)
		json_put_int(object, "score", command->score);
	if (command->at != 0 && estate != NULL && estate->zone != NULL) {
		zone_rfc3339(estate->zone, command->at, at);
		json_put_text(object, "at", at);
	}
	return object;
}

/* What an owner asks of the machine, as a command too. */
static json_t *
owner_command(const struct understanding *seen)
{
	static const char *const names[KIND_COUNT] = {
		[KIND_OPTOUT] = "optout",
		[KIND_OPTIN] = "optin",
		[KIND_RATING] = "rate",
		[KIND_STATUS_QUERY] = "status",
		[KIND_WITHDRAW] = "withdraw",
		[KIND_HELP] = "help",
		[KIND_CALLBACK] = "callback",
	};
	json_t *object;

	if (names[seen->kind] == NULL)
		return NULL;
	object = json_object();
	json_put_text(object, "cmd", names[seen->kind]);
	if (seen->score != 0)
		json_put_int(object, "score", seen->score);
	put_if(object, "case_no", seen->case_no);
	return object;
}

/* The mistakes of the whole message stand in its first command; when it has
 * none, in one that names nothing. */
static json_t *
commands_to_json(const struct understanding *seen, const struct estate *estate)
{
	const struct commands *commands = &seen->commands;
	json_t *list = json_array(), *errors = json_array();
	json_t *own = owner_command(seen);

	if (own != NULL)
		(void)json_array_append_new(list, own);
	for (size_t i = 0; i < commands->count; i++)
		(void)json_array_append_new(
		    list, command_to_json(&commands->list[i], estate));
	for (size_t i = 0; i < commands->error_count; i++)
		(void)json_array_append_new(
		    errors, json_string(commands->errors[i]));
	if (commands->error_count > 0 && commands->count == 0) {
		json_t *object = json_object();

		json_put_text(object, "cmd", NULL);
		(void)json_array_append_new(list, object);
	}
	if (commands->error_count > 0)
		(void)json_object_set(
		    json_array_get(list, 0), "errors", errors);
	json_release(&errors);
	return list;
}

static json_t *
answer_to_json(const struct question *asked, const struct understanding *seen)
{
	json_t *object = json_object();

	json_put_text(object, "kind", kind_name(seen->kind));
	json_put_text(object, "category", seen->category);
	json_put_text(object, "severity", severity_name(seen->severity));
	(void)json_object_set_new(
	    object, "location", place_to_json(&seen->place));
	json_put_flag(object, "is_reply", seen->is_reply);
	(void)json_object_set_new(
	    object, "commands", commands_to_json(seen, asked->ctx.estate));
	json_put_text(object, "own_text", asked->in.own);
	json_put_text(object, "case_no", seen->case_no);
	json_put_flag(object, "agitated", seen->agitated);
	json_put_text(object, "emergency", seen->emergency);
	json_put_text(object, "language", language_name(seen->language));
	return object;
}

/* -- the lines
 * -------------------------------------------------------------------- */

static int
classify_line(struct run *run, const char *line, size_t len, struct err *err)
{
	json_t *message scoped(json_release) = json_from(line, len, err);
	json_t *answer scoped(json_release) = NULL;
	struct question asked = { 0 };
	struct understanding seen = { 0 };

	if (message == NULL || question_read(run, message, &asked, err) < 0 ||
	    classify(&asked.ctx, &asked.in, &run->arena, &seen, err) < 0)
		return -1;
	answer = answer_to_json(&asked, &seen);
	buf_reset(&run->out);
	json_to_buf(answer, &run->out);
	buf_putc(&run->out, '\n');
	(void)fwrite(buf_text(&run->out), 1, run->out.len, stdout);
	return 0;
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
		print_error(run, &err);
		status = EX_DATAERR;
	}
	if (fflush(stdout) != 0 || ferror(stdin))
		status = EX_IOERR;
	return status;
}

static void
complain(const char *mistake, void *arg)
{
	(void)arg;
	(void)fprintf(stderr, "%s\n", mistake);
}

static int
run_with(const char *path)
{
	struct run run = { 0 };
	struct err err = { 0 };
	int status = EX_CONFIG;

	arena_init(&run.arena, LIMIT_WORK_BYTES);
	buf_init(&run.out, LINE_BYTES_MAX);
	buf_init(&run.mail, LINE_BYTES_MAX);
	if (reader_open(&err) < 0 ||
	    config_load(path, complain, NULL, &run.conf, &err) < 0)
		(void)fprintf(stderr, "shouwen: %s\n", err.msg);
	else
		status = classify_all(&run);
	config_free(&run.conf);
	buf_done(&run.out);
	buf_done(&run.mail);
	arena_done(&run.arena);
	return status;
}

int
cli_classify(int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	const char *path = CLI_DEFAULT_CONF;
	int option;

	while ((option = getopt_long(argc, argv, "c:h", known, NULL)) != -1) {
		if (option == 'c') {
			path = optarg;
			continue;
		}
		(void)fputs(usage, option == 'h' ? stdout : stderr);
		return option == 'h' ? EX_OK : EX_USAGE;
	}
	if (optind < argc) {
		(void)fprintf(
		    stderr, "shouwen: unexpected: %s\n%s", argv[optind], usage);
		return EX_USAGE;
	}
	return run_with(path);
}
