/*
 * sms_preset - how one kind of SMS gateway is asked and understood.
 */
#ifndef CHANNELS_SMS_PRESET_H
#define CHANNELS_SMS_PRESET_H

#include <stdbool.h>

#include "channels/send_queue.h"
#include "core/sms_text.h"
#include "lib/buf.h"

struct sms_channel;

struct sms_request {
	struct buf url;
	struct buf body; /* JSON to POST; empty: GET */
};

struct sms_preset_ops {
	bool has_login; /* user and password by HTTP's Basic scheme */
	void (*ask)(const struct sms_channel *channel,
	    const struct queued_job *job, const struct sms_size *size,
	    struct sms_request *ret);
	/* Sets result and provider_id from status and body. */
	void (*judge)(int status, const struct buf *body, struct receipt *ret);
};

extern const struct sms_preset_ops sms_preset_kannel;
extern const struct sms_preset_ops sms_preset_json;

/* One row of a preset's answers; the first that fits decides. */
struct sms_verdict {
	int from, to;	   /* HTTP status */
	const char *words; /* the body holds them; NULL: whatever it says */
	enum err_kind result;
};
/* The verdict, or ERR_CONF when no row fits: nobody who answers like that is
 * the gateway that we were told of. */
enum err_kind sms_verdict(const struct sms_verdict *rows, size_t count,
    int status, const char *body);

/* Percent-coded as RFC 3986 2.3 wants it for everything not unreserved. */
void sms_url_add(struct buf *url, const char *text);

#endif
