#include "core/token.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/config.h"
#include "core/message.h"
#include "lib/arena.h"
#include "lib/digest.h"
#include "lib/text.h"

enum { TOKEN_BYTES = 10, TOKEN_LEN = TOKEN_TEXT - 1 };

/* Enough for four fields; a longer address is hashed by its beginning, which
 * still binds the row: the row's id is in it. */
enum { SEED_BYTES = 512 };

void
token_make(const struct config *conf, const struct outgoing *out,
    char ret[TOKEN_TEXT])
{
	uint8_t mac[SHA256_BYTES];
	char base32[TOKEN_BYTES * 8 / 5 + 2];
	char seed[SEED_BYTES];
	const char *whom = out->person != NULL ? out->person : out->to;
	int len = snprintf(seed, sizeof(seed), "%" PRId64 " %" PRId64 " %d %c%s",
	    out->id, out->case_id, (int)out->reply_kind,
	    out->person != NULL ? 'p' : 'a', text_or(whom, ""));

	if ((size_t)len >= sizeof(seed))
		len = sizeof(seed) - 1;
	digest_hmac_sha256(conf->token_key, sizeof(conf->token_key), seed,
	    (size_t)len, mac);
	digest_base32(mac, TOKEN_BYTES, base32);
	memcpy(ret, base32, TOKEN_LEN);
	ret[TOKEN_LEN] = '\0';
}

bool
token_is_valid(const struct config *conf, const struct outgoing *out,
    const char *token)
{
	char mine[TOKEN_TEXT];

	if (out->reply_kind == REPLY_NONE || strlen(token) != TOKEN_LEN)
		return false;
	token_make(conf, out, mine);
	return digest_eq(mine, token, TOKEN_LEN);
}

void
token_address(const struct config *conf, const struct mailbox *mailbox,
    struct outgoing *out, struct arena *arena)
{
	char token[TOKEN_TEXT], id[TEXT_INT];
	const char *at;

	token_make(conf, out, token);
	text_from_int(out->id, id);
	out->message_id = arena_join(arena,
	    (const char *[]){ id, ".", token, "@", conf->domain }, 5);
	if (mailbox == NULL)
		return;
	out->reply_to = mailbox->address;
	at = strrchr(mailbox->address, '@');
	if (mailbox->plus_addresses && out->reply_kind != REPLY_NONE &&
	    at != NULL)
		out->reply_to = arena_join(arena,
		    (const char *[]){ arena_strndup(arena, mailbox->address,
					  (size_t)(at - mailbox->address)),
			"+", id, ".", token, at },
		    6);
}

static bool
is_base32(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
}

/* "881.k3v..." at the start of `text'; the byte behind it, or NULL. */
static const char *
scan_claim(const char *text, struct token_claim *ret)
{
	struct token_claim claim = { 0 };
	int digits = 0;

	for (; *text >= '0' && *text <= '9'; text++) {
		if (++digits > 18)
			return NULL;
		claim.out = claim.out * 10 + (*text - '0');
	}
	if (digits == 0 || claim.out == 0 || *text++ != '.')
		return NULL;
	for (size_t i = 0; i < TOKEN_LEN; i++, text++) {
		/* Relays may change the case of an address. */
		char c = *text;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!is_base32(c))
			return NULL;
		claim.token[i] = c;
	}
	*ret = claim;
	return text;
}

bool
token_claim_from(const struct config *conf, const char *message_id,
    struct token_claim *ret)
{
	struct token_claim claim;
	const char *end;

	if (message_id == NULL)
		return false;
	end = scan_claim(message_id, &claim);
	if (end == NULL || *end != '@' ||
	    !text_eq_nocase(end + 1, conf->domain))
		return false;
	*ret = claim;
	return true;
}

/* "desk+881.k3v...@sunshine.example" for a mailbox of ours. */
static bool
claim_from_address(const struct config *conf, const char *address,
    struct token_claim *ret)
{
	const char *plus = address == NULL ? NULL : strchr(address, '+');
	struct token_claim claim;
	const char *end;

	if (plus == NULL)
		return false;
	end = scan_claim(plus + 1, &claim);
	if (end == NULL || *end != '@')
		return false;
	for (size_t i = 0; i < conf->mailbox_count; i++) {
		const char *ours = conf->mailboxes[i].address;
		size_t local = strcspn(ours, "@");

		if (local == (size_t)(plus - address) &&
		    strncasecmp(ours, address, local) == 0 &&
		    text_eq_nocase(ours + local, end)) {
			*ret = claim;
			return true;
		}
	}
	return false;
}

static size_t
add_claim(struct token_claim *list, size_t count, size_t max,
    const struct token_claim *claim)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i].out == claim->out &&
		    strcmp(list[i].token, claim->token) == 0)
			return count;
	}
	if (count < max)
		list[count++] = *claim;
	return count;
}

size_t
token_claims(const struct config *conf, const struct message *message,
    struct token_claim *ret, size_t max)
{
	struct token_claim claim;
	size_t count = 0;

	for (size_t i = 0; i < message->to_count; i++) {
		if (claim_from_address(conf, message->to[i].addr, &claim))
			count = add_claim(ret, count, max, &claim);
	}
	if (token_claim_from(conf, message->in_reply_to, &claim))
		count = add_claim(ret, count, max, &claim);
	for (size_t i = message->reference_count; i > 0; i--) {
		if (token_claim_from(conf, message->references[i - 1], &claim))
			count = add_claim(ret, count, max, &claim);
	}
	return count;
}
