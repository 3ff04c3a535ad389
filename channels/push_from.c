#include "channels/push_from.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

#include "lib/text.h"

/* "a.b.c.d/n" into address and mask, host order. */
static bool
read_network(const char *text, uint32_t *ret, uint32_t *ret_mask)
{
	char address[INET_ADDRSTRLEN] = "";
	size_t len = strcspn(text, "/");
	struct in_addr in;
	int64_t bits = 32;

	if (len >= sizeof(address) ||
	    (text[len] == '/' && text_to_int(text + len + 1, 0, 32, &bits) < 0))
		return false;
	memcpy(address, text, len);
	if (inet_pton(AF_INET, address, &in) != 1)
		return false;
	*ret = ntohl(in.s_addr);
	*ret_mask = bits == 0 ? 0 : UINT32_MAX << (32 - bits);
	return true;
}

bool
push_from_is_valid(const char *address)
{
	struct in6_addr six;
	uint32_t four, mask;

	return read_network(address, &four, &mask) ||
	       inet_pton(AF_INET6, address, &six) == 1;
}

static bool
address_fits(const char *allowed, const char *address)
{
	uint32_t network, mask, own, own_mask;

	if (!read_network(allowed, &network, &mask))
		return text_eq_nocase(allowed, address);
	return read_network(address, &own, &own_mask) &&
	       (own & mask) == (network & mask);
}

/* Behind a proxy on this machine the far side is the last one that it names:
 * those before it are hearsay. */
static const char *
far_side(const char *address, const char *forwarded)
{
	const char *comma;
	const char *last = forwarded;

	if (last == NULL || !text_eq(address, "127.0.0.1"))
		return address;
	while ((comma = strchr(last, ',')) != NULL)
		last = comma + 1;
	return last + strspn(last, " ");
}

bool
push_from_allows(
    const char *const *list, const char *address, const char *forwarded)
{
	const char *from = far_side(address, forwarded);

	if (list == NULL || list[0] == NULL)
		return true;
	for (size_t i = 0; list[i] != NULL; i++)
		if (address_fits(list[i], from))
			return true;
	return false;
}
