#include "cli/verify.h"

#include "cli/verb.h"
#include "lib/cleanup.h"
#include "lib/text.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* Told one by one; of a file that is broken everywhere the first are enough. */
enum { FAULTS_SHOWN = 1000, BAR_WIDTH = 30 };

static const struct verb_option options[] = {
	{ "anchor", VERB_TEXT, "EVENT:HASH",
	    "what an earlier run printed: nothing up to that event has "
	    "changed since" },
};

static const struct verb verb = {
	.name = "verify",
	.doc = "Walks the whole record: the chain over all events, each text "
	       "that is still kept,\nthe moves of each case, and that "
	       "nothing owed is without its timer. Tells every\nbroken place "
	       "and ends with 65 when there is one. A running desk goes on "
	       "working.",
	.options = options,
	.option_count = ARRAY_COUNT(options),
};

struct walk {
	struct asking *asking;
	struct cli_line *line;
	bool has_bar;
	int64_t events, cases, erased, fault_count;
	json_t *faults; /* the first FAULTS_SHOWN */
	char head[128];
};

static void
draw_bar(const struct walk *walk, const json_t *answer)
{
	int64_t all = json_int(answer, "event_count", 0) +
		      json_int(answer, "case_count", 0);
	int64_t done = walk->events + walk->cases;
	int filled =
	    all <= 0 || done >= all ? BAR_WIDTH : (int)(done * BAR_WIDTH / all);

	if (!walk->has_bar)
		return;
	(void)fprintf(stderr, "\r[%.*s%*s] %lld of %lld", filled,
	    "##############################", BAR_WIDTH - filled, "",
	    (long long)done, (long long)(done > all ? done : all));
}

static void
wipe_bar(const struct walk *walk)
{
	if (walk->has_bar)
		(void)fputs("\r\033[K", stderr);
}

/* "event 12, case T261123-0001: its text was changed" */
static void
print_fault(const json_t *fault)
{
	int64_t event = json_int(fault, "event", 0);
	const char *number = json_text(fault, "case");

	if (event != 0)
		(void)printf("event %lld%s", (long long)event,
		    number != NULL ? ", " : "");
	if (number != NULL)
		(void)printf("case %s", number);
	(void)printf(": %s\n", text_or(json_text(fault, "what"), "broken"));
}

static void
take_faults(struct walk *walk, json_t *faults)
{
	for (size_t i = 0; i < json_array_size(faults); i++) {
		json_t *fault = json_array_get(faults, i);

		if (walk->fault_count++ >= FAULTS_SHOWN)
			continue;
		if (walk->asking->is_json) {
			json_array_append(walk->faults, fault);
			continue;
		}
		wipe_bar(walk);
		print_fault(fault);
	}
}

/* The next question says where the last answer ended. */
static void
go_on(struct walk *walk, const json_t *answer)
{
	json_t *request = walk->asking->request;

	walk->cases += json_int(answer, "cases", 0);
	if (json_text(answer, "chain") != NULL) {
		walk->events += json_int(answer, "events", 0);
		walk->erased += json_int(answer, "erased", 0);
		json_put_int(
		    request, "after_event", json_int(answer, "after_event", 0));
		json_put_text(request, "chain", json_text(answer, "chain"));
		(void)snprintf(walk->head, sizeof(walk->head), "%lld:%s",
		    (long long)json_int(answer, "after_event", 0),
		    json_text(answer, "chain"));
	}
	if (json_flag(answer, "events_done"))
		json_put_flag(request, "events_done", true);
	json_put_int(request, "after_case", json_int(answer, "after_case", 0));
}

static int
walk_all(struct walk *walk)
{
	bool is_done = false;

	while (!is_done) {
		json_t *answer scoped(json_release) = NULL;
		int status =
		    cli_line_ask(walk->line, walk->asking->request, &answer);

		if (status != EX_OK)
			return status;
		is_done = json_flag(answer, "cases_done");
		take_faults(walk, json_object_get(answer, "faults"));
		go_on(walk, answer);
		draw_bar(walk, answer);
	}
	return EX_OK;
}

static void
print_end(const struct walk *walk)
{
	if (walk->fault_count > FAULTS_SHOWN)
		(void)printf("and %lld more\n",
		    (long long)(walk->fault_count - FAULTS_SHOWN));
	(void)printf("%lld events of %lld cases: ", (long long)walk->events,
	    (long long)walk->cases);
	if (walk->fault_count == 0)
		(void)puts("chain holds");
	else
		(void)printf("%lld broken place%s\n",
		    (long long)walk->fault_count,
		    walk->fault_count == 1 ? "" : "s");
	if (walk->erased > 0)
		(void)printf("%lld texts were forgotten when their time was "
			     "over.\n",
		    (long long)walk->erased);
	if (walk->fault_count == 0 && walk->events > 0)
		(void)printf("Note this down elsewhere; it proves later that "
			     "nothing up to here has changed:\n"
			     "  shouwen verify --anchor %s\n",
		    walk->head);
}

static void
print_json(const struct walk *walk)
{
	json_t *answer scoped(json_release) = json_object();

	json_put_flag(answer, "holds", walk->fault_count == 0);
	json_put_int(answer, "events", walk->events);
	json_put_int(answer, "cases", walk->cases);
	json_put_int(answer, "erased", walk->erased);
	json_put_text(answer, "anchor", walk->events > 0 ? walk->head : NULL);
	json_put_int(answer, "fault_count", walk->fault_count);
	json_object_set(answer, "faults", walk->faults);
	verb_print_json(answer);
}

int
cli_verify(int argc, char **argv)
{
	struct asking asking scoped(asking_done);
	struct cli_line *line scoped(cli_line_close) = NULL;
	json_t *faults scoped(json_release) = json_array();
	struct walk walk = { .asking = &asking, .faults = faults };
	int status = asking_read(&verb, argc, argv, &asking);

	if (status >= 0)
		return status;
	status = cli_line_open(&asking.desk, &line);
	if (status != EX_OK)
		return status;
	walk.line = line;
	walk.has_bar = isatty(STDERR_FILENO) != 0 && !asking.is_json;
	status = walk_all(&walk);
	wipe_bar(&walk);
	if (status != EX_OK)
		return status;
	if (asking.is_json)
		print_json(&walk);
	else
		print_end(&walk);
	return walk.fault_count == 0 ? EX_OK : EX_DATAERR;
}
