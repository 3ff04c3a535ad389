#include <string.h>

#include "core/place.h"
#include "desk/config_parts.h"
#include "lib/text.h"

/* rules.md 2.1 and 3.1. */
static const struct department usual_departments[] = {
	{ "customer_service", "客服部", "customer service" },
	{ "engineering", "工程部", "engineering" },
	{ "environment", "环境部", "cleaning & greening" },
	{ "order", "秩序部", "security & order" },
	{ "finance", "财务部", "finance" },
};

static const struct category usual_categories[] = {
	{ "lift", "电梯", "lift", "engineering", false },
	{ "plumbing", "给排水", "plumbing", "engineering", false },
	{ "electrical", "供电照明", "electricity and lighting", "engineering",
	    false },
	{ "gas", "燃气", "gas", "engineering", false },
	{ "heating", "供暖", "heating", "engineering", false },
	{ "access", "门禁对讲道闸", "doors, intercom and barriers",
	    "engineering", false },
	{ "building", "房屋本体/渗漏", "building and leaks", "engineering",
	    false },
	{ "fire", "消防", "fire safety", "order", false },
	{ "greening", "绿化", "greening", "environment", false },
	{ "cleaning", "保洁/垃圾/消杀", "cleaning and waste", "environment",
	    false },
	{ "security", "秩序维护/治安", "security", "order", false },
	{ "parking", "停车/充电", "parking and charging", "order", false },
	{ "noise", "噪音扰民", "noise", "order", false },
	{ "pets", "宠物", "pets", "order", false },
	{ "violation", "违建/违规", "violations", "order", false },
	{ "fees", "收费账务", "fees and bills", "finance", false },
	{ "records", "档案/证明/门卡/入住", "records and cards",
	    "customer_service", false },
	{ "service", "服务态度/首问/处理过程", "our service",
	    "customer_service", false },
	{ "other", "其他", "other", "customer_service", false },
};

static const char *
inside(struct reading *reading, const struct estate *estate, const char *name)
{
	return arena_printf(
	    &reading->loaded->arena, "estate.%s.%s", estate->id, name);
}

static void
departments_read(struct reading *reading, struct estate *estate)
{
	struct arena *arena = &reading->loaded->arena;
	const char *path = inside(reading, estate, "departments");

	if (config_lookup(&reading->file, path) != NULL) {
		estate->departments = named_read(reading, path,
		    &config_department_section, sizeof(struct department),
		    &estate->department_count);
	} else {
		estate->departments = arena_alloc(
		    arena, sizeof(usual_departments));
		memcpy(estate->departments, usual_departments,
		    sizeof(usual_departments));
		estate->department_count = ARRAY_COUNT(usual_departments);
	}
	for (size_t i = 0; i < estate->department_count; i++)
		if (estate->departments[i].name_en == NULL)
			estate->departments[i].name_en =
			    estate->departments[i].name;
}

static struct category *
category_slot(struct reading *reading, struct estate *estate, const char *code)
{
	struct category *slot;

	for (size_t i = 0; i < estate->category_count; i++)
		if (text_eq(estate->categories[i].code, code))
			return &estate->categories[i];
	slot = &estate->categories[estate->category_count++];
	slot->code = arena_strdup(&reading->loaded->arena, code);
	return slot;
}

static void
category_read(struct reading *reading, struct estate *estate,
    const config_setting_t *group)
{
	struct category *category =
	    category_slot(reading, estate, config_setting_name(group));

	rows_read(reading, group, &config_category_section, category);
	if (category->name == NULL)
		reading_mistake(reading, group, "name",
		    "missing; a category of your own needs a name");
	if (category->department == NULL)
		reading_mistake(reading, group, "department",
		    "missing; a category of your own needs a department");
	if (category->name_en == NULL)
		category->name_en = category->name;
}

static void
categories_read(struct reading *reading, struct estate *estate)
{
	const config_setting_t *list = config_lookup(
	    &reading->file, inside(reading, estate, "categories"));
	size_t room = ARRAY_COUNT(usual_categories);

	if (list != NULL && !config_setting_is_group(list)) {
		reading_mistake(reading, list, NULL,
		    "wrong form; expected categories: { CODE: {...}; };");
		list = NULL;
	}
	if (list != NULL)
		room += (size_t)config_setting_length(list);
	estate->categories = arena_array(
	    &reading->loaded->arena, room, sizeof(*estate->categories));
	memcpy(estate->categories, usual_categories, sizeof(usual_categories));
	estate->category_count = ARRAY_COUNT(usual_categories);
	for (int i = 0; list != NULL && i < config_setting_length(list); i++) {
		const config_setting_t *group =
		    config_setting_get_elem(list, (unsigned)i);

		if (config_setting_is_group(group))
			category_read(reading, estate, group);
		else
			reading_mistake(reading, group, NULL,
			    "wrong form; expected { ... }");
	}
}

static void
duties_read(struct reading *reading, struct estate *estate)
{
	const config_setting_t *list = config_lookup(
	    &reading->file, inside(reading, estate, "duty"));

	if (list == NULL)
		return;
	if (!config_setting_is_list(list)) {
		reading_mistake(reading, list, NULL,
		    "wrong form; expected duty = ( { staff = ...; }, ... );");
		return;
	}
	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *group =
		    config_setting_get_elem(list, (unsigned)i);

		if (estate->duty_count == DUTY_MAX) {
			reading_mistake(reading, list, NULL,
			    "too many rows; %d are allowed", DUTY_MAX);
			return;
		}
		if (!config_setting_is_group(group)) {
			reading_mistake(reading, group, NULL,
			    "wrong form; expected { ... }");
			continue;
		}
		rows_read(reading, group, &config_duty_section,
		    &estate->duties[estate->duty_count++]);
	}
}

static void
deadlines_read(struct reading *reading, struct estate *estate)
{
	const config_setting_t *list = config_lookup(
	    &reading->file, inside(reading, estate, "deadlines"));

	memcpy(estate->deadlines, deadlines_default,
	    sizeof(estate->deadlines));
	if (list == NULL)
		return;
	if (!config_setting_is_group(list)) {
		reading_mistake(reading, list, NULL,
		    "wrong form; expected deadlines: { SEVERITY: {...}; };");
		return;
	}
	for (int i = 0; i < config_setting_length(list); i++) {
		const config_setting_t *group =
		    config_setting_get_elem(list, (unsigned)i);
		enum severity severity;

		if (!config_setting_is_group(group) ||
		    severity_from(config_setting_name(group), &severity) < 0) {
			reading_mistake(reading, group, NULL,
			    "is no severity; expected groups minor, normal, "
			    "major, emergency");
			continue;
		}
		rows_read(reading, group, &config_deadlines_section,
		    &estate->deadlines[severity]);
	}
}

/* A door belongs to the estate that names it. */
static void
doors_claim(struct reading *reading, const struct estate *estate)
{
	struct config *conf = &reading->loaded->conf;

	for (size_t i = 0; i < conf->mailbox_count; i++)
		if (estate->mailbox == &conf->mailboxes[i] &&
		    conf->mailboxes[i].estate == NULL)
			conf->mailboxes[i].estate = estate->id;
}

void
estates_read(struct reading *reading)
{
	struct config *conf = &reading->loaded->conf;

	conf->estates = named_read(reading, "estate", &config_estate_section,
	    sizeof(struct estate), &conf->estate_count);
	for (size_t i = 0; i < conf->estate_count; i++) {
		struct estate *estate = &conf->estates[i];

		estate->name_en = text_or(estate->name_en, estate->name);
		estate->signature_en =
		    text_or(estate->signature_en, estate->signature);
		estate->from_name =
		    text_or(estate->from_name, estate->signature);
		estate->place_words = place_words_make(
		    estate->areas, &reading->loaded->arena);
		departments_read(reading, estate);
		categories_read(reading, estate);
		duties_read(reading, estate);
		deadlines_read(reading, estate);
		calendar_read(reading, estate);
		doors_claim(reading, estate);
	}
}
