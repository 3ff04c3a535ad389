#include "core/sms_cost.h"

#include <stdio.h>
#include <string.h>

#include "core/config.h"
#include "core/language.h"
#include "core/limits.h"
#include "core/sms_ready.h"
#include "core/sms_template.h"
#include "core/text_list.h"
#include "core/text_sample.h"
#include "core/texts.h"
#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

/* One run over all of them. */
struct counting_run {
	const struct config *conf;
	const struct texts *texts;
	sms_cost_visit *visit;
	void *arg;
	struct arena arena; /* of one text */
	struct err *err;
};

static int
write_text(struct counting_run *run, const struct text_facts *facts,
    struct sms_cost *cost)
{
	struct text_rendered rendered;

	if (texts_render(run->texts, cost->name, facts, &run->arena, &rendered,
		run->err) < 0)
		return -1;
	cost->text = sms_ready(
	    cost->channel, cost->estate, rendered.text, &run->arena);
	return 0;
}

static void
write_template(struct counting_run *run, const struct text_facts *facts,
    struct sms_cost *cost)
{
	const struct sms_template_facts known = {
		.case_number = facts->the_case->number,
		.name = facts->the_case->owner_name,
		.estate = cost->estate->name,
		.phone = cost->estate->duty_phone,
	};

	cost->template = sms_template_for(cost->channel, cost->name);
	if (cost->template != NULL)
		cost->text = sms_template_fill(cost->template,
		    sms_template_values(cost->template, &known, &run->arena),
		    &run->arena);
}

static int
cost_of(struct counting_run *run, struct sms_cost *cost)
{
	const struct sms_counting *counting = &cost->channel->counting;
	const struct text_facts facts = text_sample(run->conf, cost->estate,
	    cost->name, cost->language, &run->arena);

	cost->fits = true;
	if (cost->channel->provider->is_template_only)
		write_template(run, &facts, cost);
	else if (write_text(run, &facts, cost) < 0)
		return -1;
	if (cost->text == NULL)
		return 0;
	cost->size = sms_text_size(counting, cost->text);
	cost->fits = sms_text_fits(counting, cost->text);
	return 0;
}

/* Of all estates that send by it. */
static int
visit_longest(struct counting_run *run, const struct sms_channel *channel,
    const char *name, enum language language)
{
	struct sms_cost longest = { 0 };

	arena_reset(&run->arena);
	for (size_t i = 0; i < run->conf->estate_count; i++) {
		struct sms_cost cost = {
			.channel = channel,
			.estate = &run->conf->estates[i],
			.name = name,
			.language = language,
		};

		if (cost.estate->sms != channel)
			continue;
		if (cost_of(run, &cost) < 0)
			return -1;
		if (longest.estate == NULL ||
		    cost.size.parts > longest.size.parts ||
		    (cost.size.parts == longest.size.parts &&
			cost.size.units > longest.size.units))
			longest = cost;
	}
	if (longest.estate != NULL)
		run->visit(&longest, run->arg);
	return 0;
}

int
sms_costs(const struct config *conf, const struct texts *texts,
    sms_cost_visit *visit, void *arg, struct err *err)
{
	struct counting_run run = {
		.conf = conf,
		.texts = texts,
		.visit = visit,
		.arg = arg,
		.err = err,
	};
	int ret = 0;

	arena_init(&run.arena, LIMIT_WORK_BYTES);
	for (size_t i = 0; i < conf->sms_channel_count; i++)
		for (int language = 0; language < language_count(); language++)
			for (size_t k = 0; k < text_row_count && ret == 0; k++)
				if (text_rows[k].sms != NULL)
					ret = visit_longest(&run,
					    &conf->sms_channels[i],
					    text_rows[k].name,
					    (enum language)language);
	arena_done(&run.arena);
	return ret;
}

const char *
sms_price_words(int64_t millionths, char ret[SMS_PRICE_BYTES])
{
	size_t len;

	(void)snprintf(ret, SMS_PRICE_BYTES, "%lld.%06lld",
	    (long long)(millionths / 1000000),
	    (long long)(millionths % 1000000));
	for (len = strlen(ret);
	     ret[len - 1] == '0' && ret[len - 3] != '.'; len--)
		;
	ret[len] = '\0';
	return ret;
}

const char *
sms_cost_price(const struct sms_cost *cost, char ret[SMS_PRICE_BYTES])
{
	if (cost->channel->part_price == 0 || cost->text == NULL)
		return NULL;
	return sms_price_words(
	    (int64_t)cost->size.parts * cost->channel->part_price, ret);
}
