#include "core/texts_inside.h"

void
loader_mistake(struct loader *loader, const char *mistake)
{
	loader->mistakes++;
	loader->complain(mistake, loader->arg);
}
