/*
 * The settings of SMS channels, and what a provider file says (docs/SMS.md).
 */
#include "core/limits.h"
#include "desk/config_parts.h"

#define AT(type, field) .at = offsetof(struct type, field)
#define ROWS(list)      .rows = (list), .count = ARRAY_COUNT(list)

/* ---- shouwen.conf ---- */

static const char *const countings[] = {
	[SMS_COUNTED_PRESET] = "preset",
	[SMS_COUNTED_GSM] = "gsm",
	[SMS_COUNTED_MAINLAND] = "mainland",
	NULL,
};

static const struct config_row sms_rows[] = {
	{ "preset", ROW_TEXT, .required = true, AT(sms_channel, preset),
	    .doc = "The gateway's kind: the name of its provider file without "
		   ".conf." },
	{ "number", ROW_SENDER, .required = true, AT(sms_channel, number),
	    .doc = "Our number as owners see it." },
	{ "country", ROW_COUNTRY, AT(sms_channel, country), .standard = "86",
	    .doc = "Country code of numbers written without one." },
	{ "keyword_countries", ROW_COUNTRIES,
	    AT(sms_channel, keyword_countries),
	    .doc = "Countries whose words end texts and begin them again "
		   "(words/sms.conf), besides those of the sender's number. "
		   "Default: country." },
	{ "url", ROW_URL, AT(sms_channel, url),
	    .doc = "Where the gateway is. Default: what its provider file "
		   "says." },
	{ "user", ROW_TEXT, AT(sms_channel, user),
	    .doc = "Login name at the gateway." },
	{ "password_file", ROW_SECRET, AT(sms_channel, password),
	    .doc = "File with the password." },
	{ "values", ROW_GROUP,
	    .doc = "What else its provider file asks for, by name; a secret "
		   "NAME is given as NAME_file." },
	{ "templates", ROW_GROUP,
	    .doc = "Our texts as templates of the gateway, where it sends "
		   "nothing else." },
	{ "ca_file", ROW_PATH, AT(sms_channel, ca_file),
	    .doc = "Certificates to trust instead of the system's." },
	{ "has_reports", ROW_FLAG, AT(sms_channel, has_reports),
	    .standard = "true",
	    .doc = "The gateway reports delivery. Where it does not, its "
		   "acceptance is the proof." },
	{ "report_minutes", ROW_NUMBER, .min = 1, .max = 10080,
	    AT(sms_channel, report_minutes), .standard = "240",
	    .doc = "A text that was accepted and not reported delivered by "
		   "then goes another way, or somebody telephones." },
	{ "report_urgent_minutes", ROW_NUMBER, .min = 1, .max = 10080,
	    AT(sms_channel, report_urgent_minutes), .standard = "10",
	    .doc = "The same in an emergency; also when it cannot be handed "
		   "over for so long." },
	{ "max_parts", ROW_NUMBER, .min = 1, .max = LIMIT_SMS_PARTS,
	    AT(sms_channel, counting.max_parts), .standard = "4",
	    .doc = "A longer text is not sent: an answer to an owner goes by "
		   "mail, or back to its author; what we write ourselves ends "
		   "in dots." },
	{ "counting", ROW_CHOICE, .choices = countings,
	    AT(sms_channel, counted), .standard = "preset",
	    .doc = "How parts are counted. gsm: 160 characters or 153 in each "
		   "of several, 70 or 67 where one is not of GSM 7 bit. "
		   "mainland: 70 or 67 whatever they are, signature included, "
		   "500 at the most. preset: as its provider file says." },
	{ "signature", ROW_TEXT, AT(sms_channel, signature),
	    .doc = "The approved signature that every text has to begin with, "
		   "written without brackets; 2 to 20 characters. It takes "
		   "the place of the estate's. Default: none." },
	{ "smart_encoding", ROW_FLAG, AT(sms_channel, folds),
	    .standard = "false",
	    .doc = "Write curly quotes, dashes, dots and the like as plain "
		   "ones where that makes the whole text GSM 7 bit; never in "
		   "Chinese." },
	{ "day_texts", ROW_NUMBER, .min = 0, .max = 10000000,
	    AT(sms_channel, day_texts), .standard = "5000",
	    .doc = "Texts from midnight to midnight; then owners get mail or "
		   "a call until the next day, emergencies apart, and the "
		   "admin is told. 0: no limit." },
	{ "day_cost", ROW_AMOUNT, AT(sms_channel, day_cost), .standard = "0",
	    .doc = "The same in money, counted in parts at part_price, which "
		   "it needs. 0: no limit." },
	{ "part_price", ROW_AMOUNT, AT(sms_channel, part_price),
	    .standard = "0",
	    .doc = "What one part costs, for day_cost and shouwen check "
		   "--texts; 0: not said, and then day_cost may not be set." },
	{ "currency", ROW_TEXT, AT(sms_channel, currency), .standard = "CNY",
	    .doc = "Of part_price." },
	{ "connections", ROW_NUMBER, .min = 1, .max = LIMIT_SENDS_IN_FLIGHT,
	    AT(sms_channel, connections), .standard = "8",
	    .doc = "Texts handed in at the same time." },
	{ "per_second", ROW_NUMBER, .min = 0, .max = 1000,
	    AT(sms_channel, per_second), .standard = "0",
	    .doc = "Texts a second at the most; 0: no limit." },
	{ "push_secret_file", ROW_SECRET, AT(sms_channel, push_secret),
	    .doc = "File with the secret part of the path that the gateway "
		   "calls, /sms/NAME/SECRET/mo and /dlr. Default: no push." },
	{ "push_from", ROW_TEXTS, AT(sms_channel, push_from),
	    .doc = "Addresses that may push, such as \"192.0.2.7\", "
		   "\"192.0.2.0/24\" or \"2001:db8::/32\"; behind a proxy on this machine the last "
		   "one of X-Forwarded-For. Default: all." },
	{ "public_url", ROW_URL, AT(sms_channel, public_url),
	    .doc = "How the gateway reaches our listener." },
	{ "poll_seconds", ROW_NUMBER, .min = 0, .max = 3600,
	    AT(sms_channel, poll_seconds), .standard = "30",
	    .doc = "Time between looks where the provider file knows how to "
		   "look; 0: none." },
};

static const struct config_row template_rows[] = {
	{ "kind", ROW_TEXT, .required = true, AT(sms_template, kind),
	    .doc = "Name of our text, such as \"ack\", or \"*\" for all "
		   "others." },
	{ "id", ROW_TEXT, .required = true, AT(sms_template, id),
	    .doc = "Id of the gateway's template." },
	{ "params", ROW_GROUP,
	    .doc = "What fills it, in order: a list of \"name=fact\"; facts "
		   "are case, name, estate, phone." },
	{ "text", ROW_TEXT, AT(sms_template, text),
	    .doc = "Its wording at the gateway, without the signature, with "
		   "{no} or ${no} for the parameter no, or {1} for the first: "
		   "what is then on record and counted. Default: our own text "
		   "is on record." },
};

/* ---- provider files ---- */

static const char *const auth_kinds[] = {
	[SMS_AUTH_NONE] = "none",
	[SMS_AUTH_BASIC] = "basic",
	[SMS_AUTH_BEARER] = "bearer",
	[SMS_AUTH_HEADER] = "header",
	[SMS_AUTH_QUERY] = "query",
	[SMS_AUTH_TC3] = "tc3",
	[SMS_AUTH_ACS3] = "acs3",
	[SMS_AUTH_HMAC] = "hmac",
	NULL,
};
static const char *const methods[] = {
	[SMS_GET] = "GET",
	[SMS_POST] = "POST",
	NULL,
};
static const char *const thens[] = {
	[SMS_THEN_ACCEPTED] = "accepted",
	[SMS_THEN_RETRY] = "retry",
	[SMS_THEN_THROTTLE] = "throttle",
	[SMS_THEN_PERMANENT] = "permanent",
	[SMS_THEN_OPTOUT] = "optout",
	[SMS_THEN_CONFIG] = "config",
	NULL,
};
static const char *const policies[] = {
	[SMS_UNKNOWN_RETRY] = "retry",
	[SMS_UNKNOWN_HOLD] = "hold",
	[SMS_UNKNOWN_LOOK_UP] = "look_up",
	NULL,
};
static const char *const verifiers[] = {
	[SMS_VERIFY_TOKEN] = "token",
	[SMS_VERIFY_BASIC] = "basic",
	[SMS_VERIFY_HMAC] = "hmac",
	[SMS_VERIFY_TWILIO] = "twilio",
	[SMS_VERIFY_VONAGE] = "vonage",
	[SMS_VERIFY_JWT] = "jwt",
	NULL,
};
static const char *const hashes[] = {
	[SMS_HASH_SHA256] = "sha256",
	[SMS_HASH_SHA1] = "sha1",
	[SMS_HASH_MD5] = "md5",
	[SMS_HASH_SHA512] = "sha512",
	[SMS_HASH_MD5HASH] = "md5hash",
	NULL,
};
static const char *const spellings[] = {
	[SMS_SPELL_HEX] = "hex",
	[SMS_SPELL_BASE64] = "base64",
	NULL,
};
static const char *const formats[] = {
	[SMS_FORMAT_QUERY] = "query",
	[SMS_FORMAT_FORM] = "form",
	[SMS_FORMAT_JSON] = "json",
	[SMS_FORMAT_JSON_ARRAY] = "json_array",
	[SMS_FORMAT_XML] = "xml",
	NULL,
};
static const char *const modes[] = {
	[SMS_POLL_WINDOW] = "window",
	[SMS_POLL_QUEUE] = "queue",
	NULL,
};
static const char *const pagings[] = {
	[SMS_PAGING_NONE] = "none",
	[SMS_PAGING_URL] = "url",
	[SMS_PAGING_OFFSET] = "offset",
	[SMS_PAGING_LAST] = "last",
	[SMS_PAGING_CURSOR] = "cursor",
	NULL,
};

static const char *const provider_countings[] = {
	[SMS_COUNTS_GSM] = "gsm",
	[SMS_COUNTS_MAINLAND] = "mainland",
	NULL,
};

static const struct config_row provider_rows[] = {
	{ "url", ROW_URL, AT(sms_provider, url),
	    .doc = "{url} where the channel says no other." },
	{ "template_only", ROW_FLAG, AT(sms_provider, is_template_only),
	    .standard = "false",
	    .doc = "It sends no text of ours, only templates that it keeps." },
	{ "max_parts", ROW_NUMBER, .min = 0, .max = LIMIT_SMS_PARTS,
	    AT(sms_provider, max_parts), .standard = "0",
	    .doc = "Parts of one text that it takes; 0: no limit of its "
		   "own." },
	{ "per_second", ROW_NUMBER, .min = 0, .max = 1000,
	    AT(sms_provider, per_second), .standard = "0",
	    .doc = "Texts a second that it takes; 0: no limit of its own." },
	{ "counting", ROW_CHOICE, .choices = provider_countings,
	    AT(sms_provider, counts), .standard = "gsm",
	    .doc = "How it counts parts where the channel does not say." },
	{ "signature", ROW_FORM, AT(sms_provider, signature),
	    .doc = "The signature that it puts in front of each text itself; "
		   "then a channel says none." },
	{ "values", ROW_GROUP, .doc = "List of what a channel has to say." },
	{ "auth", ROW_GROUP, .doc = "How we log in." },
	{ "send", ROW_GROUP, .doc = "The request that hands in a text." },
	{ "accepted", ROW_GROUP, .doc = "When its answer is a yes." },
	{ "errors", ROW_GROUP, .doc = "List of what other answers mean." },
	{ "unknown", ROW_GROUP, .doc = "What to do without an answer." },
	{ "verify", ROW_GROUP, .doc = "How a push shows that it is one." },
	{ "push", ROW_GROUP, .doc = "Texts that it pushes to us, at /mo." },
	{ "report", ROW_GROUP, .doc = "Reports that it pushes, at /dlr." },
	{ "poll", ROW_GROUP, .doc = "Texts that we fetch." },
	{ "report_poll", ROW_GROUP, .doc = "Reports that we fetch." },
};

static const struct config_row value_rows[] = {
	{ "name", ROW_TEXT, .required = true, AT(sms_value, name),
	    .doc = "As {name} in forms, and in values of the channel." },
	{ "doc", ROW_TEXT, .required = true, AT(sms_value, doc),
	    .doc = "What it is, for who has to write it." },
	{ "standard", ROW_TEXT, AT(sms_value, standard),
	    .doc = "What it is unless the channel says it. Default: the "
		   "channel must say it." },
	{ "optional", ROW_FLAG, AT(sms_value, is_optional),
	    .standard = "false",
	    .doc = "It may be left out; forms then find it empty." },
	{ "secret", ROW_FLAG, AT(sms_value, is_secret), .standard = "false",
	    .doc = "It is read from a file and shown to nobody." },
};

static const struct config_row auth_rows[] = {
	{ "type", ROW_CHOICE, .choices = auth_kinds, AT(sms_auth, kind),
	    .standard = "none",
	    .doc = "tc3 signs for Tencent Cloud, acs3 for Alibaba Cloud; "
		   "hmac puts HMAC-SHA256 in hexadecimal into a header." },
	{ "user", ROW_FORM, AT(sms_auth, user), .standard = "{user}",
	    .doc = "Login name or key id." },
	{ "password", ROW_FORM, AT(sms_auth, password),
	    .standard = "{password}", .doc = "Password, token or key." },
	{ "name", ROW_TEXT, AT(sms_auth, name),
	    .doc = "Name of the header or query field." },
	{ "service", ROW_TEXT, AT(sms_auth, service),
	    .doc = "tc3: name of the service." },
	{ "over", ROW_FORM, AT(sms_auth, over), .standard = "{body}",
	    .doc = "hmac: what is signed." },
};

static const struct config_row request_rows[] = {
	{ "method", ROW_CHOICE, .choices = methods, AT(sms_request, method),
	    .standard = "GET", .doc = "HTTP method." },
	{ "url", ROW_FORM, .required = true, AT(sms_request, url),
	    .doc = "Address." },
	{ "type", ROW_TEXT, AT(sms_request, type),
	    .doc = "Content-Type of a POST." },
	{ "body", ROW_FORM, AT(sms_request, body), .doc = "Body of a POST." },
	{ "headers", ROW_GROUP, .doc = "Other headers: Name = \"form\";" },
};

static const struct config_row accepted_rows[] = {
	{ "status", ROW_STATUS, AT(sms_accepted, status), .standard = "200-299",
	    .doc = "The statuses that may be a yes." },
	{ "at", ROW_POINTER, AT(sms_accepted, at),
	    .doc = "Where in the answer it says yes. Default: the whole "
		   "body." },
	{ "is", ROW_PATTERN, AT(sms_accepted, is),
	    .doc = "What stands there." },
	{ "id_at", ROW_POINTER, AT(sms_accepted, id_at),
	    .doc = "Where the gateway's own id stands." },
	{ "id_is", ROW_PATTERN, AT(sms_accepted, id_is),
	    .doc = "The id in an answer that is no JSON: the group of this "
		   "expression." },
};

static const struct config_row error_rows[] = {
	{ "status", ROW_STATUS, AT(sms_error, status), .doc = "Default: any." },
	{ "at", ROW_POINTER, AT(sms_error, at),
	    .doc = "Where it says what is wrong. Default: the whole body." },
	{ "is", ROW_PATTERN, AT(sms_error, is), .doc = "What stands there." },
	{ "then", ROW_CHOICE, .required = true, .choices = thens,
	    AT(sms_error, then),
	    .doc = "accepted: it has the message already, or there is no "
		   "news. retry, throttle: later. permanent: never to this "
		   "number. optout: they want no texts. config: the channel "
		   "is down until somebody mends it." },
	{ "delay", ROW_NUMBER, .min = 0, .max = 86400,
	    AT(sms_error, delay_seconds), .standard = "0",
	    .doc = "Seconds to wait at the least." },
};

static const struct config_row unknown_rows[] = {
	{ "policy", ROW_CHOICE, .choices = policies, AT(sms_unknown, policy),
	    .standard = "retry",
	    .doc = "retry: wait for a report, then send once more. hold: "
		   "wait, then another way. look_up: as retry, but first ask "
		   "the gateway whether it has it." },
	{ "request", ROW_GROUP, .doc = "look_up: how to ask." },
	{ "found", ROW_STATUS, AT(sms_unknown, found), .standard = "200-299",
	    .doc = "Statuses of an answer that shows it." },
	{ "absent", ROW_STATUS, AT(sms_unknown, absent), .standard = "404",
	    .doc = "Statuses that say that it is not there." },
	{ "items", ROW_POINTER, AT(sms_unknown, items),
	    .doc = "The list in the answer. Default: it is one message." },
	{ "same_at", ROW_POINTER, AT(sms_unknown, same_at),
	    .doc = "Where in one item to compare." },
	{ "same_as", ROW_FORM, AT(sms_unknown, same_as), .doc = "With what." },
	{ "id_at", ROW_POINTER, AT(sms_unknown, id_at),
	    .doc = "Where the gateway's id stands in it. One that it gave to "
		   "another text of ours is not this one." },
	{ "time_at", ROW_POINTER, AT(sms_unknown, time_at),
	    .doc = "Where the time stands at which the gateway got it (RFC "
		   "3339 or RFC 5322): of several that are the same the one "
		   "nearest to our attempt is ours, and none from before it." },
	{ "state_at", ROW_POINTER, AT(sms_unknown, state_at),
	    .doc = "Where it says what became of it." },
	{ "failed", ROW_TEXTS, AT(sms_unknown, failed),
	    .doc = "The words there of one that did not go: it counts as not "
		   "there." },
};

static const struct config_row verify_rows[] = {
	{ "type", ROW_CHOICE, .choices = verifiers, AT(sms_verify, kind),
	    .standard = "token",
	    .doc = "token: the secret in the path is all. hmac: over the "
		   "body, with the text of time_header behind it; a push with "
		   "a query is refused, since nobody has signed that. jwt: a "
		   "token with url_hash and payload_hash." },
	{ "user", ROW_FORM, AT(sms_verify, user), .standard = "{user}",
	    .doc = "basic: the name that the gateway logs in with." },
	{ "key", ROW_FORM, AT(sms_verify, key), .standard = "{password}",
	    .doc = "Its password, or the key of the signature." },
	{ "header", ROW_TEXT, AT(sms_verify, header),
	    .doc = "hmac, jwt: header of the signature or token." },
	{ "time_header", ROW_TEXT, AT(sms_verify, time_header),
	    .doc = "hmac: header of its Unix time, ten digits. Without one "
		   "a push that somebody has seen can be said again." },
	{ "hash", ROW_CHOICE, .choices = hashes, AT(sms_verify, hash),
	    .standard = "sha256",
	    .doc = "hmac, vonage, jwt: the hash; md5hash is Vonage's without "
		   "HMAC." },
	{ "spelling", ROW_CHOICE, .choices = spellings,
	    AT(sms_verify, spelling), .standard = "hex",
	    .doc = "hmac: how the signature is written." },
	{ "skew", ROW_NUMBER, .min = 0, .max = 86400,
	    AT(sms_verify, skew_seconds), .standard = "300",
	    .doc = "Seconds that a signed time may be off; 0: any." },
};

static const struct config_row push_rows[] = {
	{ "format", ROW_CHOICE, .required = true, .choices = formats,
	    AT(sms_push, fields.format), .doc = "How it is written." },
	{ "status", ROW_NUMBER, .min = 200, .max = 299, AT(sms_push, status),
	    .standard = "200", .doc = "Status of our answer." },
	{ "type", ROW_TEXT, AT(sms_push, type),
	    .doc = "Content-Type of our answer." },
	{ "body", ROW_TEXT, AT(sms_push, body),
	    .doc = "Body of our answer. Default: empty." },
	{ "fields", ROW_GROUP, .doc = "What stands where." },
};

static const struct config_row poll_rows[] = {
	{ "request", ROW_GROUP, .doc = "How to ask." },
	{ "fields", ROW_GROUP, .doc = "What stands where in the answer." },
	{ "mode", ROW_CHOICE, .choices = modes, AT(sms_poll, mode),
	    .standard = "window",
	    .doc = "window: what came {since}, again and again. queue: each "
		   "thing is handed out once." },
	{ "paging", ROW_CHOICE, .choices = pagings, AT(sms_poll, paging),
	    .standard = "none",
	    .doc = "What {cursor} is: the next address, how many were "
		   "listed, the last id, or what stands at cursor of the "
		   "fields (or the header X-Next-Cursor)." },
	{ "limit", ROW_NUMBER, .min = 1, .max = 1000, AT(sms_poll, limit),
	    .standard = "100", .doc = "{limit}: items to ask for at once." },
	{ "overlap_minutes", ROW_NUMBER, .min = 0, .max = 10080,
	    AT(sms_poll, overlap_minutes), .standard = "10",
	    .doc = "window: how far it reaches back, because gateways list "
		   "late." },
};

static const struct config_row fields_rows[] = {
	{ "items", ROW_POINTER, AT(sms_fields, items), .standard = "",
	    .doc = "List of texts or reports in JSON. Default: all of it." },
	{ "only_at", ROW_FIELD, AT(sms_fields, only_at),
	    .doc = "Where an item says what it is." },
	{ "only_is", ROW_TEXT, AT(sms_fields, only_is),
	    .doc = "What stands there; other items are passed over." },
	{ "id", ROW_FIELD, AT(sms_fields, id),
	    .doc = "The message's id; of a "
		   "report that of ours, {ref} or the gateway's." },
	{ "from", ROW_FIELD, AT(sms_fields, from), .doc = "Its sender." },
	{ "to", ROW_FIELD, AT(sms_fields, to), .doc = "Our number." },
	{ "text", ROW_FIELD, AT(sms_fields, text), .doc = "Its words." },
	{ "time", ROW_FIELD, AT(sms_fields, time),
	    .doc = "When it was sent: Unix time, RFC 3339, RFC 5322, or "
		   "\"2026-11-25 09:30:00\"." },
	{ "time_zone", ROW_OFFSET, AT(sms_fields, time_zone),
	    .standard = "+00:00", .doc = "Of times that name none." },
	{ "charset", ROW_FIELD, AT(sms_fields, charset),
	    .doc = "Where the charset of its words is named. Default: "
		   "UTF-8." },
	{ "coding", ROW_FIELD, AT(sms_fields, coding),
	    .doc = "Where their coding is numbered." },
	{ "utf16_codings", ROW_TEXTS, AT(sms_fields, utf16_codings),
	    .doc = "The numbers that mean UTF-16BE." },
	{ "text_hex", ROW_FIELD, AT(sms_fields, text_hex),
	    .doc = "Its words in hexadecimal, instead of text." },
	{ "header", ROW_FIELD, AT(sms_fields, header),
	    .doc = "The user data header, which numbers the parts of a long "
		   "text; raw or in hexadecimal." },
	{ "part_ref", ROW_FIELD, AT(sms_fields, part_ref),
	    .doc = "The number that all parts of a long text have." },
	{ "part_count", ROW_FIELD, AT(sms_fields, part_count),
	    .doc = "How many parts there are." },
	{ "part_number", ROW_FIELD, AT(sms_fields, part_number),
	    .doc = "Which one this is, from 1." },
	{ "state", ROW_FIELD, AT(sms_fields, state),
	    .doc = "Report: what became of it." },
	{ "reason", ROW_FIELD, AT(sms_fields, reason), .doc = "Report: why." },
	{ "delivered", ROW_TEXTS, AT(sms_fields, delivered),
	    .doc = "States that mean delivered, besides the usual words." },
	{ "sent", ROW_TEXTS, AT(sms_fields, sent),
	    .doc = "States that mean that the network has it." },
	{ "accepted", ROW_TEXTS, AT(sms_fields, accepted),
	    .doc = "States that mean that the gateway has it." },
	{ "expired", ROW_TEXTS, AT(sms_fields, expired),
	    .doc = "States that mean that its time ran out." },
	{ "failed", ROW_TEXTS, AT(sms_fields, failed),
	    .doc = "States that mean that it will not be delivered." },
	{ "optout", ROW_TEXTS, AT(sms_fields, optout),
	    .doc = "Words at reason of one that failed because they want no "
		   "texts: as by their own STOP no more go to that number." },
	{ "cursor", ROW_FIELD, AT(sms_fields, cursor),
	    .doc = "Poll: JSON pointer, in the whole answer, to the next "
		   "address or cursor." },
};

const struct config_section config_sms_section = { .path = "sms.NAME",
	.title = "SMS channels",
	.doc = "A gateway, both ways.",
	ROWS(sms_rows) };
const struct config_section config_sms_template_section = {
	.path = "sms.NAME.templates.[]",
	.title = "Templates of an SMS channel",
	.doc = "One text of ours as a template that the gateway keeps.",
	ROWS(template_rows)
};
const struct config_section config_provider_section = { .path = "",
	.title = "Provider files",
	.doc = "What conf/sms/NAME.conf says of one kind of gateway; "
	       "docs/SMS.md shows how to write one.",
	ROWS(provider_rows) };
const struct config_section config_sms_value_section = { .path = "values.[]",
	.title = "Provider files: a value",
	.doc = "Something that channels say besides what all have.",
	ROWS(value_rows) };
const struct config_section config_sms_auth_section = { .path = "auth",
	.title = "Provider files: the login",
	.doc = "On every request.",
	ROWS(auth_rows) };
const struct config_section config_sms_request_section = { .path = "send",
	.title = "Provider files: a request",
	.doc = "Also as request inside unknown, poll and report_poll.",
	ROWS(request_rows) };
const struct config_section config_sms_accepted_section = { .path = "accepted",
	.title = "Provider files: acceptance",
	.doc = "All that is said has to hold.",
	ROWS(accepted_rows) };
const struct config_section config_sms_error_section = { .path = "errors.[]",
	.title = "Provider files: another answer",
	.doc = "The first one that fits decides; without one 429 throttles, "
	       "408 and 5xx are tried again, 400, 413 and 422 are permanent, "
	       "all else is config. A 504 is no answer, unless the row names "
	       "it (not in a range) or words of the answer.",
	ROWS(error_rows) };
const struct config_section config_sms_unknown_section = { .path = "unknown",
	.title = "Provider files: no answer",
	.doc = "The gateway may have the text or not.",
	ROWS(unknown_rows) };
const struct config_section config_sms_verify_section = { .path = "verify",
	.title = "Provider files: who pushes",
	.doc = "Besides the secret in the path, and push_from.",
	ROWS(verify_rows) };
const struct config_section config_sms_push_section = { .path = "push",
	.title = "Provider files: a push",
	.doc = "Also as report.",
	ROWS(push_rows) };
const struct config_section config_sms_poll_section = { .path = "poll",
	.title = "Provider files: a poll",
	.doc = "Also as report_poll.",
	ROWS(poll_rows) };
const struct config_section config_sms_fields_section = { .path = "push.fields",
	.title = "Provider files: what stands where",
	.doc = "Inside push, report, poll and report_poll.",
	ROWS(fields_rows) };
