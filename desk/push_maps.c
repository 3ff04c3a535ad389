/*
 * What the reader must know of each gateway's pushes: the fields of its
 * provider file, as they are and as the JSON that goes with a job.
 */
#include <stdlib.h>

#include "core/config.h"
#include "desk/engine.h"
#include "lib/json.h"

void
push_maps_open(struct desk *desk)
{
	desk->maps =
	    calloc(desk->conf->sms_channel_count + 1, sizeof(*desk->maps));
	if (desk->maps == NULL)
		abort();
}

void
push_maps_close(struct desk *desk)
{
	for (size_t i = 0; i < desk->conf->sms_channel_count; i++)
		free(desk->maps[i].json);
	free(desk->maps);
}

static void
make_map(const struct sms_provider *provider, struct gateway_map *ret)
{
	json_t *document scoped(json_release) = NULL;

	ret->map = push_map_from(provider);
	document = push_map_to_json(&ret->map);
	ret->json = json_dumps(document, JSON_COMPACT);
	if (ret->json == NULL)
		abort();
}

const struct gateway_map *
push_map_of(struct desk *desk, const struct sms_channel *channel)
{
	struct gateway_map *map =
	    &desk->maps[channel - desk->conf->sms_channels];

	if (map->json == NULL)
		make_map(channel->provider, map);
	return map;
}
