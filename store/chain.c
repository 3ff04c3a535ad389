#include "store/chain.h"

#include <string.h>

/* NULL and "" must differ, and no text may run into the next. */
static void
put_text(struct buf *buf, const char *text)
{
	if (text == NULL)
		buf_puts(buf, "-\n");
	else
		buf_printf(buf, "%zu:%s\n", strlen(text), text);
}

void
chain_link(struct buf *scratch, const uint8_t before[SHA256_BYTES],
    const struct link *link, uint8_t ret[SHA256_BYTES])
{
	buf_reset(scratch);
	buf_add(scratch, before, SHA256_BYTES);
	buf_printf(scratch, "%lld %lld %lld %lld %lld %lld\n",
	    (long long)link->id, (long long)link->case_id, (long long)link->at,
	    (long long)link->level, (long long)link->inbox,
	    (long long)link->out);
	put_text(scratch, link->name);
	put_text(scratch, link->state);
	put_text(scratch, link->actor);
	put_text(scratch, link->reason);
	buf_add(scratch, link->text_digest.data, link->text_digest.len);
	digest_sha256(buf_text(scratch), scratch->len, ret);
}

void
chain_text(struct buf *scratch, struct bytes salt, const char *text,
    uint8_t ret[SHA256_BYTES])
{
	buf_reset(scratch);
	buf_add(scratch, salt.data, salt.len);
	buf_puts(scratch, text);
	digest_sha256(buf_text(scratch), scratch->len, ret);
}
