#include "cli/verb.h"

#include "core/limits.h"
#include "lib/buf.h"
#include "lib/text.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

enum { OPTIONS_MAX = 16, FIRST_OWN = 256, LINE_MAX_BYTES = 60 };

static const struct option common[] = {
	{ "conf", required_argument, NULL, 'c' },
	{ "override", required_argument, NULL, 'o' },
	{ "json", no_argument, NULL, 'j' },
	{ "help", no_argument, NULL, 'h' },
};

static void
print_usage(const struct verb *verb, FILE *out)
{
	const struct verb_operand *operand = &verb->operand;

	(void)fprintf(out, "usage: shouwen %s [OPTION]...", verb->name);
	if (operand->key != NULL)
		(void)fprintf(
		    out, operand->required ? " %s" : " [%s]", operand->shown);
	if (verb->second != NULL)
		(void)fprintf(out, " %s", verb->second);
	(void)fprintf(out, "\n\n%s\n\n", verb->doc);
	for (size_t i = 0; i < verb->option_count; i++) {
		const struct verb_option *option = &verb->options[i];
		char left[LINE_MAX_BYTES];

		(void)snprintf(left, sizeof(left), "--%s %s", option->name,
		    text_or(option->shown, ""));
		(void)fprintf(out, "  %-18s %s\n", left, option->doc);
	}
	(void)fputs(
	    "  --json             the answer as one line of JSON\n"
	    "  --conf FILE        settings (default: " CLI_DEFAULT_CONF ")\n"
	    "  -o KEY=VALUE       a setting that stands over the file's\n",
	    out);
}

static int
wrong(const struct verb *verb, const char *why, const char *what)
{
	(void)fprintf(stderr, "shouwen: %s: %s%s\nTry `shouwen %s --help'.\n",
	    verb->name, why, text_or(what, ""), verb->name);
	return EX_USAGE;
}

static int
put_value(const struct verb *verb, struct asking *asking, const char *key,
    enum verb_value value, const char *text)
{
	int64_t number;

	switch (value) {
	case VERB_FLAG: json_put_flag(asking->request, key, true); break;
	case VERB_TEXT: json_put_text(asking->request, key, text); break;
	case VERB_NUMBER:
		if (text_to_int(text, 1, INT64_MAX, &number) < 0)
			return wrong(verb, "not a number: ", text);
		json_put_int(asking->request, key, number);
		break;
	}
	return -1;
}

static void
list_options(const struct verb *verb, struct option *ret)
{
	for (size_t i = 0; i < verb->option_count; i++)
		ret[i] = (struct option){
			.name = verb->options[i].name,
			.has_arg = verb->options[i].value == VERB_FLAG
				       ? no_argument
				       : required_argument,
			.val = FIRST_OWN + (int)i,
		};
	memcpy(ret + verb->option_count, common, sizeof(common));
}

static int
take_option(const struct verb *verb, struct asking *asking, int found)
{
	size_t own = (size_t)(found - FIRST_OWN);
	size_t count = 0;

	if (found >= FIRST_OWN)
		return put_value(verb, asking, verb->options[own].name,
		    verb->options[own].value, optarg);
	switch (found) {
	case 'c': asking->desk.conf = optarg; return -1;
	case 'j': asking->is_json = true; return -1;
	case 'h': print_usage(verb, stdout); return EX_OK;
	case 'o': break;
	default: return wrong(verb, "see above", NULL);
	}
	while (asking->overrides[count] != NULL)
		count++;
	if (count == VERB_OVERRIDES_MAX)
		return wrong(verb, "too many -o", NULL);
	asking->overrides[count] = optarg;
	return -1;
}

int
asking_read(const struct verb *verb, int argc, char **argv, struct asking *ret)
{
	struct option known[OPTIONS_MAX] = { 0 };
	const struct verb_operand *operand = &verb->operand;
	int found, status = -1;

	*ret = (struct asking){
		.desk = { .conf = CLI_DEFAULT_CONF },
		.request = json_object(),
	};
	ret->desk.overrides = ret->overrides;
	json_put_text(ret->request, "verb", verb->name);
	list_options(verb, known);
	while (status < 0 &&
	       (found = getopt_long(argc, argv, "c:o:jh", known, NULL)) != -1)
		status = take_option(verb, ret, found);
	if (status >= 0)
		return status;
	if (optind == argc)
		return operand->required
			   ? wrong(verb, "which one? give ", operand->shown)
			   : -1;
	if (verb->second != NULL) {
		if (optind + 2 > argc)
			return wrong(verb, "what else? give ", verb->second);
		ret->second = argv[optind + 1];
	}
	if (operand->key == NULL ||
	    optind + (verb->second != NULL ? 2 : 1) < argc)
		return wrong(verb, "unexpected: ", argv[argc - 1]);
	return put_value(verb, ret, operand->key, operand->value, argv[optind]);
}

void
asking_done(struct asking *asking)
{
	json_release(&asking->request);
}

void
verb_print_json(const json_t *answer)
{
	struct buf line scoped(buf_done);

	buf_init(&line, 256 * MIB);
	json_to_buf(answer, &line);
	(void)puts(buf_text(&line));
}

int
asking_run(struct asking *asking, void (*print)(const json_t *answer))
{
	json_t *answer scoped(json_release) = NULL;
	int status = cli_ask(&asking->desk, asking->request, &answer);

	if (status != EX_OK)
		return status;
	if (asking->is_json)
		verb_print_json(answer);
	else
		print(answer);
	return EX_OK;
}

int
verb_run(const struct verb *verb, int argc, char **argv,
    void (*print)(const json_t *answer))
{
	struct asking asking scoped(asking_done);
	int status = asking_read(verb, argc, argv, &asking);

	return status >= 0 ? status : asking_run(&asking, print);
}

void
verb_time(const json_t *row, const char *key, char *ret)
{
	/* RFC 3339 with the day's ten and the minute's five characters. */
	(void)snprintf(ret, 24, "%.16s", text_or(json_text(row, key), ""));
	if (ret[0] != '\0')
		ret[10] = ' ';
}

const char *
verb_text(const json_t *row, const char *key)
{
	const char *text = json_text(row, key);

	return text_is_empty(text) ? NULL : text;
}

void
verb_say_more(const json_t *answer)
{
	if (json_flag(answer, "more"))
		(void)puts("There are more: --limit N shows up to 1000.");
}
