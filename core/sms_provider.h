/*
 * sms_provider - one kind of SMS gateway as plain data: how it is asked, how
 * its answers are understood, and what its pushes look like.
 *
 * Read from conf/sms/NAME.conf (docs/SMS.md); the adapter in channels/ and the
 * reader know no gateway by name.  A "form" is a text with {placeholders}
 * (channels/sms_form.h).  NULL everywhere: not said.
 */
#ifndef CORE_SMS_PROVIDER_H
#define CORE_SMS_PROVIDER_H

#include <stdbool.h>
#include <stddef.h>

struct sms_pair {
	const char *name;
	const char *text;
};

/* Something that the settings of a channel give besides what all have. */
struct sms_value {
	const char *name;
	const char *doc;
	const char *standard; /* NULL: the channel must say it */
	bool is_secret;       /* said as NAME_file */
	bool is_optional;     /* "" where nobody says it */
};

enum sms_auth_kind {
	SMS_AUTH_NONE,
	SMS_AUTH_BASIC,  /* user, password */
	SMS_AUTH_BEARER, /* password */
	SMS_AUTH_HEADER, /* name, password */
	SMS_AUTH_QUERY,  /* name, password */
	SMS_AUTH_TC3,    /* user, password, service (Tencent Cloud) */
	SMS_AUTH_ACS3,   /* user, password (Alibaba Cloud) */
	SMS_AUTH_HMAC,   /* name, password, over */
};
struct sms_auth {
	enum sms_auth_kind kind;
	const char *user, *password; /* forms */
	const char *name;            /* of a header or a query field */
	const char *service;
	const char *over; /* form of what is signed; {body} and {now} too */
};

enum sms_method { SMS_GET, SMS_POST };
struct sms_request {
	enum sms_method method;
	const char *url, *type, *body;  /* forms */
	const struct sms_pair *headers; /* their texts are forms */
	size_t header_count;
};

/* When an answer is a yes: status, and what stands at a JSON pointer (or the
 * whole body) matches.  The patterns are POSIX extended ones. */
struct sms_accepted {
	const char *status; /* "200-299,409" */
	const char *at, *is;
	const char *id_at; /* JSON pointer to the gateway's id */
	const char *id_is; /* pattern with one group, in the body */
};

enum sms_then {
	SMS_THEN_ACCEPTED, /* it has that message already */
	SMS_THEN_RETRY,
	SMS_THEN_THROTTLE,
	SMS_THEN_PERMANENT,
	SMS_THEN_OPTOUT,
	SMS_THEN_CONFIG,
};
struct sms_error {
	const char *status; /* NULL: any */
	const char *at, *is;
	enum sms_then then;
	unsigned delay_seconds; /* SMS_THEN_THROTTLE */
};

/* What to do about a text whose answer did not come. */
enum sms_unknown_policy {
	SMS_UNKNOWN_RETRY,   /* rules.md 5.38: wait, then once more */
	SMS_UNKNOWN_HOLD,    /* wait, then another way; never again */
	SMS_UNKNOWN_LOOK_UP, /* as retry, but first ask whether it is there */
};
struct sms_unknown {
	enum sms_unknown_policy policy;
	struct sms_request request;
	const char *found;   /* statuses that list or show it */
	const char *absent;  /* statuses that say it is not there */
	const char *items;   /* JSON pointer to a list, or NULL */
	const char *same_at; /* JSON pointer inside one item */
	const char *same_as; /* form that must stand there */
	const char *id_at;
	const char *time_at;  /* when the gateway got it */
	const char *state_at; /* what became of it */
	const char *const *failed; /* the words there of one that is none */
};

enum sms_format {
	SMS_FORMAT_QUERY,
	SMS_FORMAT_FORM,
	SMS_FORMAT_JSON,
	SMS_FORMAT_JSON_ARRAY,
	SMS_FORMAT_XML,
};
/* Where things stand in what a gateway says: "name" is a field of query or
 * form, "?name" of the query whatever the format, "/a/b" a JSON pointer
 * (RFC 6901) or the path of an XML element, "body" the whole body unless it is
 * a form; "a|b": b where there is no a. */
struct sms_fields {
	enum sms_format format;
	const char *items;             /* JSON pointer to a list */
	const char *only_at, *only_is; /* others are no texts or reports */
	const char *id, *from, *to, *text, *time;
	const char *time_zone; /* of times without one, "+08:00" */
	const char *charset, *coding;
	const char *const *utf16_codings;
	const char *text_hex; /* hexadecimal, where there is no text */
	const char *header;   /* the user data header, raw or hexadecimal */
	const char *part_ref, *part_count, *part_number;
	/* of reports */
	const char *state, *reason;
	const char *const *delivered;
	const char *const *sent; /* its network has it */
	const char *const *expired;
	const char *const *failed;
	const char *const *accepted;
	const char *const *optout; /* reasons: they want no texts */
	/* of polls */
	const char *cursor;
};

enum sms_verifier {
	SMS_VERIFY_TOKEN, /* the secret in the path alone */
	SMS_VERIFY_BASIC,
	SMS_VERIFY_HMAC,
	SMS_VERIFY_TWILIO,
	SMS_VERIFY_VONAGE,
	SMS_VERIFY_JWT,
};
enum sms_hash {
	SMS_HASH_SHA256,
	SMS_HASH_SHA1,
	SMS_HASH_MD5,
	SMS_HASH_SHA512,
	SMS_HASH_MD5HASH, /* Vonage: no HMAC, secret behind the text */
};
enum sms_spelling { SMS_SPELL_HEX, SMS_SPELL_BASE64 };
struct sms_verify {
	enum sms_verifier kind;
	const char *user, *key; /* forms */
	const char *header;     /* of the signature or token */
	const char *time_header;
	enum sms_hash hash;
	enum sms_spelling spelling;
	unsigned skew_seconds; /* of the timestamp; 0: any */
};

struct sms_push {
	bool is_there;
	struct sms_fields fields;
	unsigned status; /* of our answer */
	const char *type, *body;
};

enum sms_poll_mode { SMS_POLL_WINDOW, SMS_POLL_QUEUE };
enum sms_paging {
	SMS_PAGING_NONE,
	SMS_PAGING_URL,    /* fields.cursor is the next address */
	SMS_PAGING_OFFSET, /* {cursor} counts what was listed */
	SMS_PAGING_LAST,   /* {cursor} is the id of the last one listed */
	SMS_PAGING_CURSOR, /* {cursor} is at fields.cursor, or in the header
			    * X-Next-Cursor */
};
struct sms_poll {
	bool is_there;
	struct sms_request request;
	struct sms_fields fields;
	enum sms_poll_mode mode;
	enum sms_paging paging;
	unsigned limit; /* {limit} */
	unsigned overlap_minutes;
};

enum sms_counts { SMS_COUNTS_GSM, SMS_COUNTS_MAINLAND };

struct sms_provider {
	const char *name;
	const char *url; /* {url} unless the channel says another */
	bool is_template_only;
	const struct sms_value *values;
	size_t value_count;
	struct sms_auth auth;
	struct sms_request send;
	struct sms_accepted accepted;
	const struct sms_error *errors;
	size_t error_count;
	unsigned max_parts, per_second; /* limits of the gateway; 0: none */
	enum sms_counts counts;  /* core/sms_text.h */
	const char *signature;	 /* form of what it puts in front, or NULL */
	struct sms_unknown unknown;
	struct sms_verify verify;
	struct sms_push push, report;
	struct sms_poll poll, report_poll;
};

#endif
