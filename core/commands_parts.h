/*
 * commands_parts - the pieces of the command grammar, internal to
 * core/commands*.c.
 */
#ifndef CORE_COMMANDS_PARTS_H
#define CORE_COMMANDS_PARTS_H

#include "core/commands.h"
#include "core/glyphs.h"
#include "lib/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct calendar;
struct zone;

/* -- the words (commands_words.c) ----------------------------------------- */

/* What the arguments of a command begin with. */
enum command_target {
	TARGET_NONE,
	TARGET_WHO, /* a department or a person */
	TARGET_PERSON,
	TARGET_ASK,   /* a department, a person or a level */
	TARGET_LEVEL, /* L2..L5; may be left out */
};

enum command_value {
	VALUE_NONE,
	VALUE_SEVERITY,
	VALUE_CATEGORY,
	VALUE_CASE,
	VALUE_MEANS,  /* phone, visit, mail, sms */
	VALUE_RATING, /* may be left out */
	VALUE_PIN,
	VALUE_PLAN, /* P3; may be left out */
};

enum command_when {
	WHEN_NONE,
	WHEN_AHEAD, /* must lie ahead */
	WHEN_PAST,  /* a record; may be left out */
	WHEN_DAYS,  /* from and to, whole days allowed */
};

struct command_spec {
	const char *names[6]; /* the code first; NULL-terminated */
	enum command_target target;
	enum command_value value;
	enum command_when when;
	bool swallows; /* the following lines are its text too */
	bool needs_text;
	bool may_join; /* the word may stand without a blank before the rest */
	bool is_alone; /* about no case: in a text no number goes before */
	enum command_pin pin;
	const char *usage_zh, *usage_en;
};

extern const struct command_spec command_specs[COMMAND_KIND_COUNT];

/* The command that `word' names, or -1. */
int command_from_word(const char *word);
/* The known words most like `word': "#assign / #转派". */
const char *command_nearest(const char *word, struct arena *arena);
/* A pair that cannot stand in one message (rules.md 4.3.8). */
bool command_contradicts(enum command_kind a, enum command_kind b);

/* -- times (commands_time.c) ---------------------------------------------- */

enum time_mistake {
	TIME_FINE,
	TIME_NONE,      /* nothing that looks like a time */
	TIME_NO_HOUR,   /* a day alone */
	TIME_AMBIGUOUS, /* 5点: morning or afternoon? */
	TIME_WRONG,     /* 13-45, 25:00 */
	TIME_PASSED,
};

struct time_want {
	const struct zone *zone;
	const struct calendar *calendar;
	msec_t now;
	bool is_past; /* of "11-24" the nearest one behind us */
	bool days;    /* a day alone will do */
};

struct time_read {
	msec_t at;
	size_t end;  /* glyph after it */
	bool is_day; /* a day alone: `at' is its first moment */
	enum time_mistake mistake;
};

/* Read a time at glyph `at' (rules.md 4.2, 5.14). */
void command_time(const struct glyphs *text, size_t at,
    const struct time_want *want, struct time_read *ret);

/* -- names (commands_names.c) --------------------------------------------- */

struct who {
	const char *to;         /* staff id, department code or "L4"; or NULL */
	size_t end;             /* glyph after the name */
	const char *candidates; /* several fit, or none: what there is */
	bool is_many;
};

struct who command_who(const struct commands_context *ctx,
    const struct glyphs *text, size_t at, enum command_target target,
    struct arena *arena);
/* "L2".."L5" as 2..5, or 0. */
int command_level(const struct glyphs *text, size_t at, size_t *end);
/* The estate's category of that code or name at `at', or NULL. */
const char *command_category(const struct estate *estate,
    const struct glyphs *text, size_t at, size_t *end);

/* -- mistakes (commands_mistakes.c) ---------------------------------------- */

enum command_mistake {
	MISTAKE_UNKNOWN,
	MISTAKE_WHO_NONE,
	MISTAKE_WHO_MANY,
	MISTAKE_TEXT,
	MISTAKE_VALUE,
	MISTAKE_CASE,
	MISTAKE_TIME_NONE,
	MISTAKE_TIME_NO_HOUR,
	MISTAKE_TIME_AMBIGUOUS,
	MISTAKE_TIME_WRONG,
	MISTAKE_TIME_PASSED,
	MISTAKE_CONTRADICTS,
	MISTAKE_TOO_MANY,
	MISTAKE_SEVERAL,
	MISTAKE_COUNT
};

struct command_parse {
	const struct commands_context *ctx;
	const struct estate *estate; /* ctx's, or the first there is */
	bool is_one_line;	     /* a text whose lines nobody counts */
	struct arena *arena;
	struct commands *out;
	uint16_t *simple; /* core/han.h; made for the first that needs it */
	const char *tried_pin; /* stands where a PIN should, and is none */
};

/* Tell a mistake of `line'; `what' and `right' fill its sentence. */
void command_complain(struct command_parse *parse, int line,
    enum command_mistake mistake, const char *what, const char *right);
/* How it is written, in the channel of the message. */
const char *command_usage(
    const struct command_parse *parse, enum command_kind kind);

/* -- where one begins (commands_head.c) ------------------------------------ */

/* One line of the own text. */
struct command_line {
	const char *start;
	size_t len;
	int number; /* from 1 */
};

/* The next line from *at on; false: there is none. */
bool command_line_next(const char **at, struct command_line *line);

enum line_kind { LINE_TEXT, LINE_COMMAND, LINE_UNKNOWN };

/* What a line begins with. */
struct command_head {
	enum line_kind is;
	enum command_kind kind;
	const char *word; /* as it was written */
	const char *args; /* rest of the line, in the own text */
};

struct command_head command_head(
    struct command_parse *parse, const struct command_line *line);

/* A text that begins with the number of its case, "0001 接单", with the word
 * put first; any other as it is. */
const char *command_word_first(struct command_parse *parse, const char *own);

/* -- arguments (commands_args.c) ------------------------------------------- */

/* A command whose arguments are being read. */
struct command_args {
	struct command_parse *parse;
	struct command *command;
	struct glyphs text;
	size_t at; /* glyph of the first argument not yet read */
	bool failed;
};

/* commands_field.c: the next word as it was written, for the sentences. */
const char *command_args_word(const struct command_args *args);
/* Tell what is wrong with the argument at ->at, the first time; `right' NULL:
 * the command's form. */
void command_args_fail(struct command_args *args,
    enum command_mistake mistake, const char *right);
void command_args_fail_time(
    struct command_args *args, enum time_mistake mistake);
void command_args_fail_who(struct command_args *args, const struct who *who);
/* Who is named at `at', in the estate that the message is about. */
struct who command_args_who(const struct command_args *args, size_t at,
    enum command_target target);
/* What a time is read with: that estate's zone, calendar and now. */
struct time_want command_args_time(
    const struct command_args *args, enum command_when when);
/* commands_plan.c.  "measure; responsible; date": the measure becomes the text,
 * the lines below it the value. */
void command_args_plan(struct command_args *args);

/* Take the leading arguments out of command->text. */
void command_args(struct command_parse *parse, struct command *command);
/* In a text, "0007" or "T261123-0007" first; in a mail only the latter. */
void command_case_no(struct command_parse *parse, struct command *command);

/* -- the PIN (commands_pin.c) ---------------------------------------------- */

/* `own' without the sender's PIN, which is parse->out->pin then: the last word
 * of the first line; by text, where a command takes one, wherever it stands
 * behind the command and its case.  Marks may stand around it. */
const char *command_take_pin(struct command_parse *parse, const char *own);
/* Digits that are left where the PIN should be: mistyped, or a colleague's.
 * They are kept no more than a right one. */
void command_drop_wrong_pin(
    struct command_parse *parse, struct command *command);

#endif
