#include "tests/support/households.h"

#include <stddef.h>

struct incident_case
neighbour(case_id id, const char *room)
{
	return (struct incident_case){
		.id = id,
		.number = "T261123-0001",
		.state = CASE_ACKNOWLEDGED,
		.kind = KIND_REQUEST,
		.severity = SEVERITY_NORMAL,
		.place = { .building = "3", .area = "楼道" },
		.home = { .building = "3", .unit = "2", .room = room },
		.owner_name = "黄丽",
		.phone = "+8613900139003",
		.first_responder = "zhou",
	};
}

struct incident
the_incident(void)
{
	return (struct incident){
		.id = 3,
		.number = "T261123-0001",
		.estate = "sunshine",
		.category = "plumbing",
		.place = { .building = "3" },
		.is_open = true,
	};
}

const struct effect *
nth_effect(const struct decision *d, enum effect_kind kind, int n)
{
	for (size_t i = 0; i < d->out.count; i++) {
		if (d->out.list[i].kind == kind && n-- == 0)
			return &d->out.list[i];
	}
	return NULL;
}

const struct incident *
incident_after(const struct decision *d)
{
	const struct effect *last = NULL, *next;

	for (int n = 0; (next = nth_effect(d, EFFECT_INCIDENT, n)) != NULL; n++)
		last = next;
	return last == NULL ? NULL : &last->incident;
}

const struct incident_word *
word_of(const struct decision *d)
{
	const struct effect *effect = nth_effect(d, EFFECT_WORD, 0);

	return effect == NULL ? NULL : &effect->word;
}

msec_t
ring_of(const struct decision *d)
{
	const struct effect *effect = nth_effect(d, EFFECT_INCIDENT_RING, 0);

	return effect == NULL ? 0 : effect->ring.due;
}
