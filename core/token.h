/*
 * token - proof that a reply answers a mail that we sent to this person
 * (architecture.md 5.3, rules.md 5.12).
 *
 * HMAC-SHA256 over the outgoing row, its case, its person or address and its
 * kind of reply; 80 bits of it in base 32.  It stands in our Message-ID
 * ("<881.k3v...@domain>") and, where the mailbox has plus-addresses, in
 * Reply-To ("desk+881.k3v...@sunshine.example").
 */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/outgoing.h"
#include "lib/cleanup.h"

enum { TOKEN_TEXT = 17 }; /* 16 characters and NUL */

struct arena;
struct config;
struct mailbox;
struct message;

/* The token of a row whose id, case_id, person, to and reply_kind are set. */
void token_make(const struct config *conf, const struct outgoing *out,
    char ret[TOKEN_TEXT]);
bool token_is_valid(const struct config *conf, const struct outgoing *out,
    const char *token);

/* Sets message_id (without angle brackets) and, with a mailbox, reply_to:
 * "desk+881.k3v...@sunshine.example", or the mailbox's plain address where it
 * has no plus-addresses or no reply is meant. */
void token_address(const struct config *conf, const struct mailbox *mailbox,
    struct outgoing *out, struct arena *arena);

/* A token that a message carries, not yet checked against its row. */
struct token_claim {
	out_id out;
	char token[TOKEN_TEXT];
};

/* From the recipients, In-Reply-To and References, the surest first. */
size_t token_claims(const struct config *conf, const struct message *message,
    struct token_claim *ret, size_t max);
/* From one Message-ID, such as that of a bounced mail. */
bool token_claim_from(const struct config *conf, const char *message_id,
    struct token_claim *ret);

#endif
