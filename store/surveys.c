#include "store/surveys.h"

#include "core/config.h"
#include "core/phone.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"
#include "store/db.h"
#include "store/owners.h"

#include <inttypes.h>
#include <stdio.h>

#define YEAR (365 * MSEC_DAY)

enum { HOME_BYTES = 128, ID_BYTES = 24 };

/* The flat that a row of the register is of, as one word. */
static void
read_key(const struct query *query, char ret[HOME_BYTES])
{
	(void)snprintf(ret, HOME_BYTES, "%s-%s-%s",
	    text_or(query_peek(query, 1), ""),
	    text_or(query_peek(query, 2), ""),
	    text_or(query_peek(query, 3), ""));
}

int64_t
survey_households(
    struct store *store, const struct estate *estate, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	char key[HOME_BYTES], last[HOME_BYTES] = "";
	int64_t count = 0;
	int more;

	if (query_open(&query, store, SQL_SURVEY_PEOPLE, err) < 0)
		return -1;
	query_text(&query, estate->id);
	while ((more = query_row(&query, err)) > 0) {
		read_key(&query, key);
		count += !text_eq(key, last);
		(void)snprintf(last, sizeof(last), "%s", key);
	}
	return more < 0 ? -1 : count;
}

/* ---- drawing ---- */

/* The household that the walk through the register is at. */
struct home {
	char key[HOME_BYTES];
	uint64_t rank;
	bool is_wanted; /* its rank may still win */
	bool is_busy;
	int64_t person; /* whom we would ask; 0: nobody yet */
	uint64_t person_rank;
};

struct walk {
	struct store *store;
	const struct survey_frame *frame;
	struct survey_pick *pick;
	struct home home;
};

static bool
takes_mail(const struct walk *walk, const char *mail)
{
	return mail != NULL && walk->frame->estate->smtp != NULL &&
	       !opt_is_out(walk->store, mail);
}

static bool
takes_texts(const struct walk *walk, const char *phone)
{
	const struct sms_channel *sms = walk->frame->estate->sms;

	return phone != NULL && sms != NULL && phone_takes_texts(phone) &&
	       (!sms->provider->is_template_only ||
		   sms_template_for(sms, "survey") != NULL) &&
	       !opt_is_out(walk->store, phone);
}

bool
survey_is_busy(struct store *store, const char *mail, const char *phone,
    msec_t asked_since)
{
	struct query query scoped(query_done) = { 0 };

	query_open_quietly(&query, store, SQL_SURVEY_IS_BUSY);
	query_text(&query, mail);
	query_text(&query, phone);
	query_num(&query, asked_since);
	return query_number(&query) != 0;
}

static void
finish_home(struct walk *walk)
{
	struct home *home = &walk->home;

	if (home->person != 0 && !home->is_busy)
		survey_pick_take(walk->pick, home->rank, home->person);
}

static void
begin_home(struct walk *walk, const char *key)
{
	struct home *home = &walk->home;

	*home = (struct home){ .rank = survey_rank(walk->frame->seed, key) };
	(void)snprintf(home->key, sizeof(home->key), "%s", key);
	home->is_wanted = survey_pick_wants(walk->pick, home->rank);
}

/* What decides must not depend on the row's place: its id stays. */
static void
consider(struct walk *walk, const struct query *query)
{
	struct home *home = &walk->home;
	const struct config *conf = walk->frame->conf;
	int64_t id = query_get(query, 0);
	const char *mail = query_peek(query, 4);
	const char *phone = query_peek(query, 5);
	char key[ID_BYTES];
	uint64_t rank;

	home->is_busy =
	    home->is_busy || survey_is_busy(walk->store, mail, phone,
				 walk->frame->asked_since);
	if (home->is_busy || config_staff_by_mail(conf, mail) != NULL ||
	    config_staff_by_phone(conf, phone) != NULL ||
	    (!takes_mail(walk, mail) && !takes_texts(walk, phone)))
		return;
	(void)snprintf(key, sizeof(key), "%" PRId64, id);
	rank = survey_rank(walk->frame->seed, key);
	if (home->person != 0 && rank > home->person_rank)
		return;
	home->person = id;
	home->person_rank = rank;
}

int
survey_pick_run(struct store *store, const struct survey_frame *frame,
    struct survey_pick *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct walk walk = { .store = store, .frame = frame, .pick = ret };
	int more;

	if (query_open(&query, store, SQL_SURVEY_PEOPLE, err) < 0)
		return -1;
	query_text(&query, frame->estate->id);
	while ((more = query_row(&query, err)) > 0) {
		char key[HOME_BYTES];

		read_key(&query, key);
		if (!text_eq(key, walk.home.key)) {
			finish_home(&walk);
			begin_home(&walk, key);
		}
		/* Most cannot win any more, and cost no look-up. */
		if (walk.home.is_wanted)
			consider(&walk, &query);
	}
	finish_home(&walk);
	return more < 0 ? -1 : 0;
}

int
survey_draw_add(struct store *store, const struct survey_draw *draw, msec_t now,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	struct query row scoped(query_done) = { 0 };
	int64_t id;

	if (query_open(&query, store, SQL_SURVEY_DRAW_ADD, err) < 0)
		return -1;
	query_text(&query, draw->estate);
	query_num(&query, now);
	query_text(&query, draw->scope);
	query_text(&query, draw->seed);
	query_num(&query, draw->households);
	query_num(&query, (int64_t)draw->count);
	if (query_insert(&query, &id, err) < 0 ||
	    query_open(&row, store, SQL_SURVEY_ADD, err) < 0)
		return -1;
	for (size_t i = 0; i < draw->count; i++) {
		query_num(&row, id);
		query_num(&row, draw->list[i].owner);
		query_text(&row, draw->estate);
		if (query_again(&row, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- asking and answering ---- */

int
surveys_waiting(struct store *store, const char *estate, struct arena *arena,
    struct survey *ret, int max, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int count = 0, more = 0;

	if (query_open(&query, store, SQL_SURVEY_WAITING, err) < 0)
		return -1;
	query_text(&query, estate);
	query_num(&query, max);
	while (count < max && (more = query_row(&query, err)) > 0)
		ret[count++] = (struct survey){
			.id = query_get(&query, 0),
			.owner = query_get(&query, 1),
			.scope = query_get_text(&query, 2, arena),
		};
	return more < 0 ? -1 : count;
}

int64_t
surveys_waiting_count(struct store *store, const char *estate)
{
	return store_number_of(store, SQL_SURVEY_WAITING_COUNT, estate);
}

int
survey_open(struct store *store, const char *estate, const char *address,
    msec_t since, struct arena *arena, struct survey *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };
	int found;

	if (query_open(&query, store, SQL_SURVEY_OPEN, err) < 0)
		return -1;
	query_text(&query, address);
	query_num(&query, since);
	query_text(&query, estate);
	found = query_row(&query, err);
	if (found > 0)
		*ret = (struct survey){
			.id = query_get(&query, 0),
			.owner = query_get(&query, 1),
			.scope = query_get_text(&query, 2, arena),
			.asked_at = query_get(&query, 3),
			.asked_again = query_get(&query, 4) != 0,
		};
	return found;
}

static int
note_asked(struct store *store, const struct survey_news *news, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_SURVEY_ASKED, err) < 0)
		return -1;
	query_num(&query, news->asked_at);
	query_text(&query, news->address);
	query_num(&query, news->id);
	return query_run(&query, err);
}

static int
note_again(struct store *store, const struct survey_news *news, struct err *err)
{
	return store_run(store, SQL_SURVEY_AGAIN, news->id, err);
}

static int
note_answer(
    struct store *store, const struct survey_news *news, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_SURVEY_ANSWER, err) < 0)
		return -1;
	query_num(&query, news->answered_at);
	query_text(&query, channel_name(news->channel));
	query_maybe(&query, news->score);
	query_text(&query, news->text);
	query_maybe(&query, news->opened);
	query_num(&query, news->id);
	return query_run(&query, err);
}

int
survey_note(
    struct store *store, const struct survey_news *news, struct err *err)
{
	if (news->answered_at != 0)
		return note_answer(store, news, err);
	if (news->asked_again)
		return note_again(store, news, err);
	return note_asked(store, news, err);
}

/* ---- for the weekly meeting ---- */

static int
load_home_visits(struct store *store, const char *estate, msec_t from,
    msec_t to, struct survey_week *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_HOME_VISIT_WEEK, err) < 0)
		return -1;
	query_text(&query, estate);
	query_num(&query, from);
	query_num(&query, to);
	query_num(&query, to - YEAR);
	if (query_row(&query, err) < 0)
		return -1;
	ret->visits_due = (int)query_get(&query, 0);
	ret->visits_done = (int)query_get(&query, 1);
	ret->visits_declined = (int)query_get(&query, 2);
	return 0;
}

static int
load_overdue(struct store *store, const char *estate, struct survey_week *ret,
    struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	if (query_open(&query, store, SQL_VISITS_OVERDUE, err) < 0)
		return -1;
	query_text(&query, estate);
	if (query_row(&query, err) < 0)
		return -1;
	ret->calls_overdue = (int)query_get(&query, 0);
	return 0;
}

int
survey_week_load(struct store *store, const char *estate, msec_t from,
    msec_t to, struct survey_week *ret, struct err *err)
{
	struct query query scoped(query_done) = { 0 };

	*ret = (struct survey_week){ 0 };
	if (query_open(&query, store, SQL_SURVEY_WEEK, err) < 0)
		return -1;
	query_text(&query, estate);
	query_num(&query, from);
	query_num(&query, to);
	if (query_row(&query, err) < 0)
		return -1;
	ret->asked = (int)query_get(&query, 0);
	ret->answered = (int)query_get(&query, 1);
	ret->scored = (int)query_get(&query, 2);
	ret->satisfied = (int)query_get(&query, 3);
	if (load_overdue(store, estate, ret, err) < 0)
		return -1;
	return load_home_visits(store, estate, from, to, ret, err);
}
