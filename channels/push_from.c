#include "channels/push_from.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>

#include "lib/text.h"

enum { ADDRESS_BYTES = 16, FOUR_AT = 12, BITS = 128, FOUR_BITS = 32 };

/* Both kinds as one: IPv4 is ::ffff:a.b.c.d (RFC 4291 2.5.5.2), which is also
 * how a listener of both writes it. */
struct network {
	uint8_t address[ADDRESS_BYTES];
	int bits;
};

static bool
read_address(const char *text, size_t len, struct network *ret)
{
	static const uint8_t mapped[FOUR_AT] = { [10] = 0xff, [11] = 0xff };
	char address[INET6_ADDRSTRLEN] = "";

	if (len >= sizeof(address))
		return false;
	memcpy(address, text, len);
	ret->bits = BITS;
	if (inet_pton(AF_INET6, address, ret->address) == 1)
		return true;
	memcpy(ret->address, mapped, sizeof(mapped));
	return inet_pton(AF_INET, address, ret->address + FOUR_AT) == 1;
}

/* "a.b.c.d/n", "2001:db8::/n", or either without "/n". */
static bool
read_network(const char *text, struct network *ret)
{
	size_t len = strcspn(text, "/");
	bool is_four = memchr(text, ':', len) == NULL;
	int most = is_four ? FOUR_BITS : BITS;
	int64_t bits = most;

	if (!read_address(text, len, ret) ||
	    (text[len] == '/' &&
		text_to_int(text + len + 1, 0, most, &bits) < 0))
		return false;
	ret->bits = BITS - most + (int)bits;
	return true;
}

/* As proxies write it: some with a port, and IPv6 in brackets then. */
static bool
read_far_side(const char *text, struct network *ret)
{
	const char *colon = strchr(text, ':');
	size_t len = strlen(text);

	if (*text == '[') {
		text++;
		len = strcspn(text, "]");
	} else if (colon != NULL && strchr(colon + 1, ':') == NULL) {
		len = (size_t)(colon - text);
	}
	return read_address(text, len, ret);
}

static bool
is_inside(const struct network *network, const struct network *address)
{
	size_t whole = (size_t)network->bits / 8;
	unsigned rest = (unsigned)network->bits % 8;
	uint8_t mask = (uint8_t)(0xff00U >> rest);

	return memcmp(network->address, address->address, whole) == 0 &&
	       (rest == 0 ||
		   ((network->address[whole] ^ address->address[whole]) &
		       mask) == 0);
}

bool
push_from_is_valid(const char *address)
{
	struct network network;

	return read_network(address, &network);
}

static bool
is_in_list(const char *const *list, const struct network *address)
{
	for (size_t i = 0; list[i] != NULL; i++) {
		struct network allowed;

		if (read_network(list[i], &allowed) &&
		    is_inside(&allowed, address))
			return true;
	}
	return false;
}

/* Behind a proxy on this machine the far side is the last one that it names:
 * those before it are hearsay. */
static const char *
last_of(const char *forwarded)
{
	const char *comma, *last = forwarded;

	while ((comma = strchr(last, ',')) != NULL)
		last = comma + 1;
	return last + strspn(last, " ");
}

bool
push_from_allows(
    const char *const *list, const char *address, const char *forwarded)
{
	static const char *const here[] = { "127.0.0.0/8", "::1", NULL };
	struct network from;

	if (list == NULL || list[0] == NULL)
		return true;
	if (!read_address(address, strlen(address), &from))
		return false;
	if (forwarded != NULL && is_in_list(here, &from) &&
	    !read_far_side(last_of(forwarded), &from))
		return false;
	return is_in_list(list, &from);
}
