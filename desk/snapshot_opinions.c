/*
 * What owners said of each department in the weeks of the digest (R28).
 */
#include "core/opinion.h"
#include "core/subject.h"
#include "desk/snapshot_parts.h"
#include "handlers/act.h"
#include "lib/arena.h"
#include "lib/text.h"
#include "store/statistics.h"

struct opinion_load {
	struct desk *desk;
	const struct estate *estate;
	struct opinions *list;
	size_t count;
	msec_t before;
};

/* The department that it is about: the one that has it, else the one that its
 * category belongs to. */
static struct opinions *
concerned(const struct opinion_load *load, const struct case_file *file)
{
	const struct category *category =
	    estate_category(load->estate, file->category);
	const char *department = file->department;

	if (department == NULL && category != NULL)
		department = category->department;
	for (size_t i = 0; i < load->count; i++)
		if (text_eq(load->list[i].department, department))
			return &load->list[i];
	return NULL;
}

/* Nobody reads of themselves (R9). */
static struct weekly_view *
view_for(
    struct opinions *opinions, const struct case_file *file, const char *words)
{
	const struct staff *reader = opinions->reader;

	if (reader != NULL &&
	    (act_is_subject(file, reader) ||
		subject_is_named(words, reader, file->kind == KIND_COMPLAINT)))
		return &opinions->above;
	return &opinions->view;
}

static int
add_case(const struct case_file *file, void *arg, struct err *err)
{
	struct opinion_load *load = arg;
	struct opinions *opinions;

	(void)err;
	if ((file->kind != KIND_COMPLAINT && file->kind != KIND_SUGGESTION) ||
	    file->state == CASE_MERGED || file->state == CASE_SPAM ||
	    file->received_at < load->before)
		return 0;
	opinions = concerned(load, file);
	if (opinions != NULL)
		weekly_add_remark(view_for(opinions, file, NULL), file);
	return 0;
}

static int
add_rating(const struct case_file *file, const struct statistics_rating *rating,
    void *arg, struct err *err)
{
	struct opinions *opinions = concerned(arg, file);

	(void)err;
	if (opinions != NULL)
		weekly_add_rating(view_for(opinions, file, rating->words), file,
		    rating->score, rating->words, rating->at);
	return 0;
}

static void
begin(const struct opinion_load *load, const struct weekly_window *window,
    msec_t now, struct arena *arena)
{
	const struct config *conf = load->desk->conf;

	for (size_t i = 0; i < load->count; i++) {
		struct opinions *it = &load->list[i];
		const struct staff *head;

		it->department = load->estate->departments[i].code;
		head = config_head(conf, load->estate, it->department);
		it->reader =
		    head != NULL ? head : config_level(conf, load->estate, 2);
		weekly_begin(&it->view, conf, load->estate, window, now, arena);
		weekly_begin(
		    &it->above, conf, load->estate, window, now, arena);
	}
}

int
snapshot_load_opinions(struct desk *desk, const struct estate *estate,
    const struct weekly_window *window, msec_t now, struct arena *arena,
    struct snapshot *ret, struct err *err)
{
	struct opinion_load load = {
		.desk = desk,
		.estate = estate,
		.list = arena_array(
		    arena, estate->department_count, sizeof(*load.list)),
		.count = estate->department_count,
		.before = window->before,
	};
	const struct stretch stretch = { estate->id, window->before,
		window->to };

	begin(&load, window, now, arena);
	if (statistics_cases(desk->store, &stretch, add_case, &load, err) < 0 ||
	    statistics_ratings(desk->store, &stretch, add_rating, &load, err) <
		0)
		return -1;
	for (size_t i = 0; i < load.count; i++) {
		weekly_end(&load.list[i].view);
		weekly_end(&load.list[i].above);
	}
	ret->opinions = load.list;
	ret->opinion_count = load.count;
	return 0;
}
