/*
 * Provider files: each mistake is told, with its place and what is allowed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/buf.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/gateway.h"

#define OWN \
	"preset = \"own\"; url = \"http://127.0.0.1/\"; has_reports = false; "
#define FORM_PUSH                                                 \
	"push: { format = \"form\"; fields: { from = \"f\"; text = " \
	"\"t\"; }; };\n"
#define SEND \
	"send: { url = \"{url}?i={ref}&to={to|url}&text={text|url}\"; };\n"

static const struct {
	const char *settings, *provider;
	const char *said; /* NULL: nothing is wrong */
} cases[] = {
	{ OWN, SEND, NULL },
	{ OWN, "accepted: { status = \"200\"; };",
	    "sms/own.conf: send: missing" },
	{ OWN, "send: { url = \"{url}\"\n; metod = \"GET\"; };",
	    "sms/own.conf:2: send.metod: unknown setting; did you mean "
	    "\"method\"?" },
	{ OWN, "\n\nsend: { url = \"{urll}\"; };",
	    "sms/own.conf:3: send.url: {urll} is not known" },
	{ OWN, "send: { url = \"{to|utl}\"; };", "is no filter" },
	{ OWN, "send: { url = \"{url}\"; body = \"{#ucs2}\"; };",
	    "send.body: {#ucs2} has no {/ucs2}" },
	{ OWN, "send: { url = \"{url}\"; headers: { X-A = \"{b}\"; }; };",
	    "send.headers.X-A: {b} is not known" },
	{ OWN, "send: { url = \"{url}\"; headers: { X-A = 5; }; };",
	    "expected text in quotes" },
	{ OWN, "send = 5;", "send: wrong form; expected send: { ... };" },
	{ OWN, SEND "accepted: { status = \"2xx\"; };",
	    "accepted.status: \"2xx\" is not valid; expected HTTP statuses" },
	{ OWN, SEND "accepted: { at = \"status\"; };",
	    "accepted.at: \"status\" is not valid; expected a JSON pointer" },
	{ OWN, SEND "accepted: { is = \"(\"; };",
	    "accepted.is: \"(\" is no regular expression" },
	{ OWN,
	    SEND "report: { format = \"form\"; fields: { id = \"i\"; state = "
		 "\"s\"; optout = [ \"stop\" ]; }; };",
	    "report.fields.optout: stands at reason, which is missing" },
	{ OWN, SEND "errors: ( { status = \"200-299\"; then = \"retry\"; } );",
	    "errors.[0]: fits every answer of such a status, a yes too" },
	{ OWN, SEND "errors: ( { status = \"100-599\"; then = \"config\"; } );",
	    "errors.[0]: fits every answer" },
	{ OWN, SEND "errors: ( { is = \".*\"; then = \"retry\"; } );",
	    "errors.[0]: fits every answer" },
	{ OWN, SEND "errors: ( { is = \"\"; then = \"retry\"; } );",
	    "errors.[0]: fits every answer" },
	{ OWN,
	    SEND "accepted: { at = \"/ok\"; };\n"
		 "errors: ( { at = \"/ok\"; then = \"retry\"; } );",
	    "errors.[0]: fits every answer" },
	{ OWN, SEND "accepted: { status = \"500\"; };",
	    "accepted.status: no answer that means yes" },
	{ OWN, SEND "accepted: { id_is = \"^ok [a-z]+\"; };",
	    "accepted.id_is: has no group" },
	{ OWN, SEND "values: ( { name = \"a b\"; doc = \"x\"; } );",
	    "values.[0].name: \"a b\" can stand in no form" },
	{ OWN,
	    SEND "push: { format = \"json\"; fields: { from = \"/f\"; text = "
		 "\"/t\"; time_zone = \"Beijing\"; }; };",
	    "push.fields.time_zone: \"Beijing\" is not valid; expected an "
	    "offset" },
	{ OWN, SEND "errors: ( { status = \"400\"; } );",
	    "errors.[0].then: missing" },
	{ OWN, SEND "errors: ( { then = \"retri\"; } );",
	    "errors.[0].then: \"retri\" is not valid; expected \"accepted\"" },
	{ OWN, SEND "errors = \"x\";",
	    "errors: wrong form; expected errors: (" },
	{ OWN, SEND "errors: ( 5 );", "errors.[0]: wrong form" },
	{ OWN, SEND "auth: { type = \"header\"; };", "auth.name: missing" },
	{ OWN, SEND "auth: { type = \"tc3\"; };", "auth.service: missing" },
	{ OWN,
	    SEND "unknown: { policy = \"look_up\"; request: { url = \"{url}\"; "
		 "}; items = \"\"; same_at = \"/t\"; same_as = \"{text}\"; };",
	    "unknown.id_at: missing; another text" },
	{ OWN,
	    SEND "unknown: { policy = \"look_up\"; request: { url = \"{url}\"; "
		 "}; failed = [ \"x\" ]; };",
	    "unknown.state_at: state_at and failed go together" },
	{ OWN, SEND "unknown: { policy = \"look_up\"; };",
	    "unknown.policy: \"look_up\" needs request" },
	{ OWN, SEND "verify: { type = \"hmac\"; };", "verify.header: missing" },
	{ OWN,
	    SEND "verify: { type = \"vonage\"; };\n"
		 "push: { format = \"json\"; fields: { from = \"/f\"; text = "
		 "\"/t\"; }; };",
	    "verify.type: vonage signs fields" },
	{ OWN,
	    SEND "verify: { type = \"vonage\"; };\n"
		 "report: { format = \"json\"; fields: { id = \"/i\"; state = "
		 "\"/s\"; }; };",
	    "verify.type: vonage signs fields" },
	{ OWN,
	    SEND "verify: { type = \"hmac\"; header = \"X-S\"; };\n"
		 "push: { format = \"query\"; fields: { from = \"f\"; text = "
		 "\"t\"; }; };",
	    "verify.type: hmac signs the body" },
	{ OWN, SEND "push: { fields: { from = \"f\"; text = \"t\"; }; };",
	    "push.format: missing" },
	{ OWN, SEND "push: { format = \"json\"; fields: { from = \"f\"; }; };",
	    "push.fields.from: \"f\" is no path; expected \"/f\"" },
	{ OWN, SEND "push: { format = \"json\"; fields: { from = \"/f\"; }; };",
	    "push.fields.text: missing" },
	{ OWN,
	    SEND "push: { format = \"query\"; fields: { from = \"/f\"; text = "
		 "\"t\"; }; };",
	    "push.fields.from: \"/f\" is no name" },
	{ OWN, SEND "report: { format = \"query\"; fields: { id = \"i\"; }; };",
	    "report.fields.state: missing" },
	{ OWN, SEND "report: { format = \"query\"; };",
	    "report.fields: missing; expected fields: { id = ...; state = ...; "
	    "};" },
	{ OWN, SEND "poll: { request: { url = \"{url}\"; }; };",
	    "poll.fields: missing; expected fields: { from = ...; text = ...; "
	    "};" },
	{ OWN, SEND "poll: { fields: { from = \"/f\"; text = \"/t\"; }; };",
	    "poll.request: missing" },
	{ OWN,
	    SEND "poll: { paging = \"url\"; request: { url = \"{url}\"; }; "
		 "fields: { from = \"/f\"; text = \"/t\"; }; };",
	    "poll.paging: \"url\" needs cursor" },
	{ OWN,
	    SEND "poll: { request: { url = \"{text}\"; }; fields: { from = "
		 "\"/f\"; text = \"/t\"; }; };",
	    "poll.request.url: {text} is not known" },
	{ OWN, "send: {", "sms/own.conf:1: syntax error" },
	{ OWN, SEND "values: ( { name = \"account\"; doc = \"AC...\"; } );",
	    "values.account is missing; preset \"own\" needs it: AC..." },
	{ OWN "values: { acount = \"x\"; };",
	    SEND "values: ( { name = \"account\"; doc = \"d\"; standard = "
		 "\"s\"; } );",
	    "sms.gateway.values.acount: preset \"own\" knows no such value; "
	    "it has account" },
	{ OWN "values: { key = \"x\"; };",
	    SEND "values: ( { name = \"key\"; doc = \"d\"; secret = true; } );",
	    "values.key_file is missing" },
	{ OWN "values: { a = 5; };",
	    SEND "values: ( { name = \"a\"; doc = \"d\"; } );",
	    "expected text in quotes" },
	{ OWN "values = 5;", SEND, "expected values: { ... };" },
	{ OWN "templates = ( { kind = \"*\"; id = \"1\"; } );", SEND,
	    "preset \"own\" sends texts, no templates" },
	{ OWN, SEND "template_only = true;",
	    "templates is missing; preset \"own\" sends nothing but "
	    "templates" },
	{ OWN "templates = ( { kind = \"*\"; id = \"1\"; params = [ \"no\" ]; "
	      "} );",
	    SEND "template_only = true;", "\"no\" is no parameter" },
	{ OWN "templates = ( { kind = \"*\"; id = \"1\"; params = [ "
	      "\"a=colour\" ]; } );",
	    SEND "template_only = true;", "case, name, estate, phone" },
	{ OWN "templates = ( { kind = \"*\"; id = \"1\"; params = 5; } );",
	    SEND "template_only = true;", "expected [ \"no=case\", ... ]" },
	{ OWN "templates = ( { kind = \"*\"; } );",
	    SEND "template_only = true;", "templates.[0].id: missing" },
	{ OWN "templates = ( { kind = \"ack\"; id = \"1\"; },\n"
	      "{ kind = \"akc\"; id = \"2\"; } );",
	    SEND "template_only = true;",
	    "templates.[1].kind: \"akc\" is none of our texts; expected "
	    "\"*\" or one of ack, ack_soothe, " },
	{ OWN "templates = ( { kind = \"help\"; id = \"1\"; params = [ "
	      "\"no=case\" ]; } );",
	    SEND "template_only = true;",
	    "templates.[0].params: \"help\" is about no case; expected facts "
	    "out of name, estate, phone" },
	{ OWN "templates = ( { kind = \"*\"; id = \"1\"; } );",
	    SEND "template_only = true;",
	    "sms.gateway.templates: warning: no template for \"alert\": staff "
	    "hear of danger by mail only" },
	/* By mail only: no template of a gateway is ever asked for it. */
	{ OWN "templates = ( { kind = \"weekly\"; id = \"1\"; } );",
	    SEND "template_only = true;", "\"weekly\" is none of our texts" },
	{ OWN "templates = 5;", SEND "template_only = true;",
	    "expected templates: (" },
	{ "preset = \"own\"; has_reports = false;", SEND,
	    "sms.gateway.url: missing" },
	{ "preset = \"own\"; url = \"http://h/\";", SEND,
	    "preset \"own\" knows no delivery reports" },
	{ OWN "push_secret_file = \"secrets/push\";", SEND,
	    "preset \"own\" is not pushed; leave this out" },
	{ OWN "poll_seconds = 0;", SEND FORM_PUSH,
	    "sms.gateway.push_secret_file: warning: neither push nor poll" },
	{ OWN "poll_seconds = 0;", SEND,
	    "sms.gateway.poll_seconds: warning: neither push nor poll" },
	{ OWN, SEND "auth: { type = \"basic\"; };",
	    "sms.gateway.user: missing; preset \"own\" logs in" },
	{ OWN, SEND "auth: { type = \"bearer\"; };",
	    "sms.gateway.password_file: missing; preset \"own\" logs in" },
	{ OWN "push_secret_file = \"secrets/push\";",
	    SEND "verify: { type = \"twilio\"; };\n"
		 "push: { format = \"form\"; fields: { from = \"f\"; text = "
		 "\"t\"; }; };",
	    "sms.gateway.public_url: missing; its pushes are signed" },
	{ OWN "push_secret_file = \"secrets/push\"; public_url = "
	      "\"https://desk.example/?a=1\";",
	    SEND FORM_PUSH,
	    "sms.gateway.public_url: holds a query; expected an address" },
	{ OWN "country = \"+86\";", SEND,
	    "expected a country code such as \"86\"" },
	{ OWN "country = \"CN\";", SEND,
	    "expected a country code such as \"86\"" },
	{ OWN "keyword_countries = [ \"86\", \"FR\" ];", SEND,
	    "expected a list of country codes" },
	{ OWN "keyword_countries = [ \"33\", \"32\" ];", SEND, NULL },
	{ OWN "push_secret_file = \"secrets/push\"; public_url = "
	      "\"https://desk.example\";",
	    SEND FORM_PUSH,
	    "sms.gateway.push_from: warning: pushes of preset \"own\" are not "
	    "signed" },
	{ OWN "push_secret_file = \"secrets/push\"; public_url = "
	      "\"http://desk.example\";",
	    SEND FORM_PUSH,
	    "sms.gateway.public_url: warning: texts and the secret" },
	{ "preset = \"own\"; url = \"http://127.0.0.1/\";",
	    SEND "report: { format = \"form\"; fields: { id = \"i\"; state = "
		 "\"s\"; }; };",
	    "sms.gateway.has_reports: warning: nothing brings its delivery "
	    "reports: every text would be waited for in vain; set "
	    "push_secret_file" },
	{ "preset = \"own\"; url = \"http://127.0.0.1/\"; poll_seconds = 0;",
	    SEND "report_poll: { request: { url = \"{url}\"; }; fields: { id = "
		 "\"/i\"; state = \"/s\"; }; };",
	    "set poll_seconds, or has_reports = false" },
	{ OWN, SEND "verify: { type = \"jwt\"; };", "verify.header: missing" },
	{ OWN, SEND "verify: { type = \"hmac\"; header = \"X-S\"; hash = "
		    "\"md5hash\"; };",
	    "verify.hash: \"md5hash\" is Vonage's" },
	{ OWN "push_from = [ \"gate.example\" ];", SEND,
	    "\"gate.example\" is no address; expected one such as "
	    "\"192.0.2.7\", \"192.0.2.0/24\" or \"2001:db8::/32\"" },
	{ OWN "signature = \"x\";", SEND,
	    "sms.gateway.signature: \"x\" is no signature; expected 2 to 20 "
	    "characters without brackets" },
	{ OWN "signature = \"【阳光物业】\";", SEND, "is no signature" },
	{ OWN "signature = \"阳光物业\"; values: { own = \"某物业\"; };",
	    SEND "signature = \"{own}\";\n"
		 "values: ( { name = \"own\"; doc = \"d\"; } );",
	    "sms.gateway.signature: preset \"own\" puts \"某物业\" in front "
	    "of each text itself; expected no signature here" },
	{ OWN, SEND "signature = \"{own}\";",
	    "own.conf:2: signature: {own} is not known" },
	{ OWN, SEND "counting = \"letters\";",
	    "own.conf:2: counting: \"letters\" is not valid; expected "
	    "\"gsm\", \"mainland\"" },
	{ OWN "counting = \"letters\";", SEND,
	    "expected \"preset\", \"gsm\", \"mainland\"" },
	{ OWN "part_price = 0.05;", SEND,
	    "sms.gateway.part_price: wrong form; expected an amount in "
	    "quotes" },
	{ OWN "part_price = \"0,05\";", SEND, "\"0,05\" is not valid" },
	{ OWN "part_price = \".5\";", SEND, "\".5\" is not valid" },
	{ OWN "part_price = \"1.\";", SEND, "\"1.\" is not valid" },
	{ OWN "part_price = \"1.0000001\";", SEND,
	    "\"1.0000001\" is not valid" },
	{ OWN "templates = ( { kind = \"ack\"; id = \"1\"; params = [ "
	      "\"no=case\" ]; text = \"您的{no}由${who}处理\"; } );",
	    SEND "template_only = true;",
	    "templates.[0].text: {who} is none of its parameters" },
	/* ---- what cannot work, though each setting is good ---- */
	{ OWN, "send: { url = \"{url}?text={text|url}\"; };",
	    "own.conf:1: send: does not say whom to; expected {to}" },
	{ OWN, "send: { url = \"{url}?to={to_noplus}\"; };",
	    "own.conf:1: send: does not say what; expected {text}" },
	{ OWN, "send: { url = \"{url}?to={to}&text={text}\"; };",
	    "own.conf:1: send.url: {text} as it is breaks an address" },
	{ OWN,
	    "send: { method = \"POST\"; url = \"{url}?to={to}\"; type = "
	    "\"application/json; charset=utf-8\"; body = \"{text}\"; };",
	    "send.body: {text} as it is breaks a body of type "
	    "\"application/json; charset=utf-8\"; expected {text|json}" },
	{ OWN, "send: { url = \"{url}?to={to}\"; body = \"{text|url}\"; };",
	    "send.body: a GET sends none; expected method = \"POST\"" },
	{ OWN, SEND "url = \"http://h/{user}\";",
	    "own.conf:2: url: is taken as it is" },
	{ OWN, SEND "errors: ( { status = \"400\"; then = \"retry\"; },\n"
		    "{ then = \"config\"; } );",
	    "own.conf:3: errors.[1]: fits every answer of such a status, a yes too" },
	{ OWN,
	    SEND "unknown: { policy = \"look_up\"; request: { url = "
		 "\"{url}\"; }; items = \"/list\"; };",
	    "own.conf:2: unknown.same_at: missing; whatever is first" },
	{ OWN,
	    SEND "unknown: { policy = \"look_up\"; request: { url = "
		 "\"{url}\"; }; same_as = \"{text}\"; };",
	    "unknown.same_at: same_at and same_as go together" },
	{ OWN,
	    SEND "unknown: { policy = \"look_up\"; request: { url = "
		 "\"{url}?{id}\"; }; };",
	    "unknown.request: asks for {id}, which the gateway has never" },
	{ OWN,
	    SEND "poll: { paging = \"offset\"; request: { url = "
		 "\"{url}?{since}{#cursor}&next{/cursor}\"; }; fields: { "
		 "from = \"/f\"; text = \"/t\"; }; };",
	    "own.conf:2: poll.paging: the same page would be asked for ever; "
	    "expected {cursor}" },
	{ OWN,
	    SEND "report_poll: { paging = \"last\"; request: { url = "
		 "\"{url}\"; }; fields: { id = \"/i\"; state = \"/s\"; }; };",
	    "report_poll.paging: the same page would be asked for ever" },
	{ OWN,
	    SEND "poll: { request: { url = \"{url}\"; }; fields: { from = "
		 "\"/f\"; text = \"/t\"; }; };",
	    "own.conf:2: poll.request: warning: asks for the same list" },
	{ OWN,
	    SEND "report: { format = \"form\"; fields: { id = \"i\"; state = "
		 "\"s\"; failed = [ \"no\", \"Late\" ]; expired = [ \"late\" ]; "
		 "}; };",
	    "own.conf:2: report.fields.expired: \"late\" is one of failed "
	    "too" },
	{ OWN,
	    "send: { url = \"{url}?to={to}&text={text|url}\"; };\n"
	    "report: { format = \"form\"; fields: { id = \"i\"; state = "
	    "\"s\"; }; };",
	    "accepted.id_at: missing; no report could be told" },
	{ OWN,
	    SEND "values: ( { name = \"a\"; doc = \"d\"; optional = true; },\n"
		 "{ name = \"a\"; doc = \"d\"; optional = true; } );",
	    "own.conf:3: values.[1].name: another value is called \"a\" too" },
	{ OWN, SEND "values: ( { name = \"text\"; doc = \"d\"; } );",
	    "values.[0].name: {text} means something everywhere" },
	{ OWN, SEND "values: ( { name = \"password\"; doc = \"d\"; } );",
	    "values.[0].name: {password} means something everywhere" },
	{ OWN "push_secret_file = \"secrets/push\";",
	    SEND FORM_PUSH "verify: { type = \"hmac\"; header = \"X-S\"; };",
	    "sms.gateway.password_file: missing; preset \"own\" knows pushes "
	    "by it: all would be refused" },
	{ OWN "push_secret_file = \"secrets/push\"; password_file = "
	      "\"secrets/password\";",
	    SEND FORM_PUSH "verify: { type = \"basic\"; };",
	    "sms.gateway.user: missing; preset \"own\" knows pushes by it" },
	{ OWN "push_secret_file = \"secrets/push\";",
	    SEND FORM_PUSH "values: ( { name = \"key\"; doc = \"d\"; secret = "
			   "true; optional = true; } );\n"
			   "verify: { type = \"hmac\"; header = \"X-S\"; key = "
			   "\"{key}\"; };",
	    "sms.gateway.values: preset \"own\" knows pushes by \"{key}\", "
	    "which is empty" },
	{ OWN "push_secret_file = \"secrets/push\"; password_file = "
	      "\"secrets/password\";",
	    SEND FORM_PUSH "values: ( { name = \"caller\"; doc = \"d\"; "
			   "optional = true; } );\n"
			   "verify: { type = \"basic\"; user = "
			   "\"{caller}\"; };",
	    "sms.gateway.values: preset \"own\" knows pushes by "
	    "\"{caller}\", which is empty" },
	{ OWN,
	    "send: { url = \"http://{user}:{password}@h/?to={to}&text="
	    "{text|url}\"; };",
	    "own.conf:1: send.url: holds a name or password; expected auth" },
	{ OWN,
	    "send: { url = \"{url}?to={to}&text={text|url}\"; headers: { X-K = "
	    "\"{password}\"; }; };",
	    "sms.gateway.password_file: missing; preset \"own\" logs in" },
	{ OWN,
	    SEND "poll: { mode = \"queue\"; request: { url = "
		 "\"{url}?u={user|url}\"; }; fields: { from = \"/f\"; text = "
		 "\"/t\"; }; };",
	    "sms.gateway.user: missing; preset \"own\" logs in" },
	{ OWN "push_secret_file = \"secrets/push\"; user = \"SK1\"; "
	      "password_file = \"secrets/password\"; public_url = "
	      "\"https://desk.example\";",
	    SEND FORM_PUSH "verify: { type = \"twilio\"; };",
	    "sms.gateway.values: warning: pushes are signed with" },
	{ "preset = \"own\"; has_reports = false; url = "
	  "\"http://203.0.113.9/\";",
	    SEND, "sms.gateway.url: warning: texts and the login travel in" },
	{ OWN "templates = ( { kind = \"ack\"; id = \"1\"; },\n"
	      "{ kind = \"ack\"; id = \"2\"; } );",
	    SEND "template_only = true;",
	    "templates.[1].kind: \"ack\" has a template above" },
	{ OWN "templates = ( { kind = \"ack\"; id = \"1\"; params = [ "
	      "\"no=case\", \"no=name\" ]; } );",
	    SEND "template_only = true;",
	    "params.[1]: another parameter is \"no\" too" },
	{ OWN "templates = ( { kind = \"ack\"; id = \"1\"; params = [ "
	      "\"no=case\" ]; text = \"您的{no}由{处理\"; } );",
	    SEND "template_only = true;",
	    "templates.[0].text: a place has no end; expected {name}" },
	{ OWN "values: { own = \"【某物业】\"; };",
	    SEND "signature = \"{own}\";\n"
		 "values: ( { name = \"own\"; doc = \"d\"; } );",
	    "sms.gateway.values: \"【某物业】\" is no signature; expected 2 "
	    "to 20 characters without brackets" },
	{ OWN "day_cost = \"10\";", SEND,
	    "sms.gateway.day_cost: limits nothing without the price of a "
	    "part; expected part_price too, or day_texts" },
	{ OWN "day_cost = \"10\"; part_price = \"0.00\";", SEND,
	    "sms.gateway.day_cost: limits nothing" },
	{ "preset = \"own\"; has_reports = false; url = \"http://h:80x/\";",
	    SEND, "sms.gateway.url: \"http://h:80x/\" is not valid" },
	/* A login that gets into an address by one of its places. */
	{ OWN "values: { host = \"me:se-cret@h\"; };",
	    "send: { url = \"http://{host}/?to={to}&text={text|url}\"; };\n"
	    "values: ( { name = \"host\"; doc = \"d\"; } );",
	    "sms.gateway.values: would put a name or password into the "
	    "address of send" },
};

static void
each_mistake_has_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char *said =
		    gateway_mistakes(cases[i].settings, cases[i].provider);
		bool is_good = cases[i].said == NULL
				   ? strstr(said, "own.conf") == NULL
				   : strstr(said, cases[i].said) != NULL;

		if (!is_good)
			fail_msg("case %zu: %s\n%s", i,
			    cases[i].said == NULL ? "" : cases[i].said, said);
		free(said);
	}
}

/* One mistake is one line: what could not be read is not missing too. */
static void
a_mistake_is_told_once(void **state)
{
	static const struct {
		const char *settings, *provider;
		const char *said, *not_said;
	} rows[] = {
		{ OWN "password_file = \"secrets/none\";",
		    SEND "auth: { type = \"bearer\"; };", "cannot read",
		    "missing" },
		{ OWN "password_file = \"\";",
		    SEND "auth: { type = \"bearer\"; };", "is not valid",
		    "missing" },
		{ "preset = \"own\"; has_reports = false; url = \"ftp://h/\";",
		    SEND, "is not valid", "missing" },
		{ OWN "push_secret_file = \"secrets/push\"; password_file = "
		      "\"secrets/password\"; public_url = \"ftp://h/\";",
		    SEND FORM_PUSH "verify: { type = \"twilio\"; };",
		    "is not valid", "missing" },
		{ "preset = \"own\"; url = \"http://127.0.0.1/\"; "
		  "push_secret_file = \"secrets/push\"; password_file = "
		  "\"secrets/password\";",
		    "send: { url = \"{url}?r={ref}&t={to}&m={text|url}&u="
		    "{report_url|url}\"; };\n" FORM_PUSH
		    "verify: { type = \"twilio\"; };\n"
		    "report: { format = \"form\"; fields: { id = \"i\"; state "
		    "= \"s\"; }; };",
		    "delivery reports need public_url", "missing; its pushes" },
		{ OWN, "send = 5;", "send: wrong form", "missing" },
		{ OWN, SEND "push: { format = \"query\"; };",
		    "push.fields: missing", "is required" },
		{ OWN, SEND "push: { format = \"query\"; fields = 5; };",
		    "wrong form; expected fields: { ... };", "missing" },
		{ OWN, "send: { method = \"POST\"; };", "send.url: missing",
		    "send: missing" },
		{ OWN,
		    "send: { url = \"{url}?to={to}\"; body = \"{txt}\"; };",
		    "{txt} is not known", "does not say" },
		{ OWN, SEND "errors: ( { is = \"(\"; then = \"retry\"; } );",
		    "no regular expression", "fits every answer" },
		{ OWN "push_secret_file = \"secrets/push\"; public_url = "
		      "\"https://desk.example\";",
		    SEND, "is not pushed", "are not signed" },
		{ OWN "push_secret_file = \"secrets/push\";",
		    SEND FORM_PUSH "values: ( { name = \"key\"; doc = \"d\"; "
				   "secret = true; } );\nverify: { type = "
				   "\"hmac\"; header = \"X-S\"; key = "
				   "\"{key}\"; };",
		    "values.key_file is missing", "which is empty" },
		{ OWN,
		    SEND "signature = \"{own}\";\n"
			 "values: ( { name = \"own\"; doc = \"d\"; } );",
		    "values.own is missing", "is no signature" },
		{ OWN, SEND "template_only = true;", "templates is missing",
		    "no template for" },
		{ "preset = \"owm\";", SEND, "there is no preset \"owm\"",
		    "neither push nor poll" },
		{ "preset = \"own\"; has_reports = false; url = "
		  "\"http://me:se-cret@h/\";",
		    SEND, "user and password_file are the settings",
		    "se-cret" },
		/* It ends before a "/", and a part of the password with it. */
		{ "preset = \"own\"; has_reports = false; url = "
		  "\"http://me:se-cret/w@h/\";",
		    SEND, "user and password_file are the settings",
		    "se-cret" },
		{ OWN "values: { host = \"me:se-cret@h\"; };",
		    "send: { url = \"http://{host}/?to={to}&text={text|url}"
		    "\"; };\nvalues: ( { name = \"host\"; doc = \"d\"; } );",
		    "would put a name or password", "se-cret" },
		{ OWN "user = \"me\"; password_file = "
		      "\"secrets/password\";",
		    "send: { url = \"http://{user}:{password}@h/?to={to}&"
		    "text={text|url}\"; };",
		    "own.conf:1: send.url: holds a name or password",
		    "sms.gateway.values" },
		{ OWN "day_cost = \"10\"; part_price = \"0,05\";", SEND,
		    "part_price: \"0,05\" is not valid", "day_cost" },
		{ OWN "day_cost = \"10\"; part_price = 0.05;", SEND,
		    "part_price: wrong form", "day_cost" },
		{ "preset = \"own\"; has_reports = false; url = "
		  "\"htp://me:se-cret@h/\";",
		    SEND, "user and password_file are the settings",
		    "se-cret" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		char *said =
		    gateway_mistakes(rows[i].settings, rows[i].provider);

		if (strstr(said, rows[i].said) == NULL ||
		    strstr(said, rows[i].not_said) != NULL)
			fail_msg("case %zu: %s", i, said);
		free(said);
	}
}

/* Behind this machine's own address, or with a list, or signed: no warning. */
static void
a_good_channel_is_not_warned_of(void **state)
{
	static const struct {
		const char *settings, *provider;
	} good[] = {
		{ OWN "push_secret_file = \"secrets/push\"; public_url = "
		      "\"http://127.0.0.1:8080\";",
		    SEND FORM_PUSH },
		{ OWN "push_secret_file = \"secrets/push\"; public_url = "
		      "\"http://[::1]:8080\";",
		    SEND FORM_PUSH },
		{ OWN "push_secret_file = \"secrets/push\"; public_url = "
		      "\"https://desk.example\"; push_from = [ "
		      "\"2001:db8::/32\" ];",
		    SEND FORM_PUSH },
		{ OWN "push_secret_file = \"secrets/push\"; password_file = "
		      "\"secrets/password\"; public_url = "
		      "\"https://desk.example\";",
		    SEND FORM_PUSH "verify: { type = \"twilio\"; };" },
		{ OWN "push_secret_file = \"secrets/push\";",
		    SEND FORM_PUSH "values: ( { name = \"key\"; doc = \"d\"; "
				   "optional = true; } );" },
		{ "preset = \"own\"; url = \"http://127.0.0.1/\"; "
		  "push_secret_file = \"secrets/push\";",
		    SEND FORM_PUSH
		    "report: { format = \"form\"; fields: { id = \"i\"; state "
		    "= \"s\"; }; };" },
		/* Texts are asked for, reports are pushed. */
		{ "preset = \"own\"; url = \"http://127.0.0.1/\"; "
		  "push_secret_file = \"secrets/push\";",
		    SEND "poll: { mode = \"queue\"; request: { url = "
			 "\"{url}\"; }; fields: { from = \"/f\"; text = "
			 "\"/t\"; }; };\n"
			 "report: { format = \"form\"; fields: { id = \"i\"; "
			 "state = \"s\"; }; };" },
		{ "preset = \"own\"; url = \"http://192.168.1.7:8080\"; "
		  "has_reports = false; push_secret_file = \"secrets/push\";",
		    SEND FORM_PUSH },
		{ "preset = \"own\"; url = \"http://kannel:13013\"; "
		  "has_reports = false; push_secret_file = \"secrets/push\";",
		    SEND FORM_PUSH },
		{ "preset = \"own\"; url = \"https://gate.example\"; "
		  "has_reports = false; push_secret_file = \"secrets/push\";",
		    SEND FORM_PUSH },
		{ OWN "push_secret_file = \"secrets/push\"; day_cost = \"10\"; "
		      "part_price = \"0.05\";",
		    SEND FORM_PUSH },
		/* Behind the path it is no login of the address. */
		{ OWN "push_secret_file = \"secrets/push\"; user = \"me@h\"; "
		      "password_file = \"secrets/password\";",
		    "send: { url = \"{url}?u={user}&p={password}&to={to}&"
		    "text={text|url}\"; };\n" FORM_PUSH },
		{ OWN "push_secret_file = \"secrets/push\"; user = \"SK1\"; "
		      "password_file = \"secrets/password\"; public_url = "
		      "\"https://desk.example\"; values: { token_file = "
		      "\"secrets/key\"; };",
		    SEND FORM_PUSH
		    "values: ( { name = \"token\"; doc = \"d\"; secret = true; "
		    "} );\nverify: { type = \"twilio\"; key = \"{token}\"; "
		    "};" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(good); i++) {
		char *said =
		    gateway_mistakes(good[i].settings, good[i].provider);

		if (strstr(said, "sms.gateway") != NULL)
			fail_msg("case %zu: %s", i, said);
		free(said);
	}
}

static void
no_shipped_provider_file_is_warned_of(void **state)
{
	static const char *const presets[] = { "africastalking", "aliyun",
		"clickatell", "infobip", "jasmin", "json", "kannel",
		"messagebird", "playsms", "plivo", "smsgate", "tencent",
		"twilio", "vonage" };

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(presets); i++) {
		char *said =
		    gateway_mistakes(gateway_settings(presets[i]), NULL);

		if (strstr(said, "conf/sms/") != NULL)
			fail_msg("%s: %s", presets[i], said);
		free(said);
	}
}

/* They travel with each job of a reader. */
static void
the_fields_of_a_gateway_are_not_endless(void **state)
{
	static const int lengths[] = { 15000, 16384 };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct buf provider scoped(buf_done) = { 0 };
		char *said;

		buf_init(&provider, 20000);
		buf_puts(&provider, SEND);
		buf_printf(&provider,
		    "push: { format = \"form\"; fields: { from = \"from\"; "
		    "text = \"%*s\"; }; };",
		    lengths[i], "x");
		said = gateway_mistakes(OWN, buf_text(&provider));
		assert_int_equal(
		    strstr(said, "at most 16384 are taken") != NULL, i == 1);
		free(said);
	}
}

static void
all_mistakes_are_told_in_one_run(void **state)
{
	char *said = gateway_mistakes(OWN "colour = 5;",
	    "send: { url = \"{x}\"; };\nauth: { type = \"no\"; };\n"
	    "accepted: { status = \"2\"; };\n");

	(void)state;
	assert_non_null(strstr(said, "own.conf:1: send.url"));
	assert_non_null(strstr(said, "own.conf:2: auth.type"));
	assert_non_null(strstr(said, "own.conf:3: accepted.status"));
	assert_non_null(strstr(said, "sms.gateway.colour: unknown setting"));
	free(said);
}

/* One form: a filter and two names that are none, a text as it is, and what is
 * not closed. */
static void
all_mistakes_of_one_form_are_told(void **state)
{
	static const char *const told[] = { "\"urk\" in {to} is no filter",
		"{ucs3} is not known", "{/gsm7} ends what is not open",
		"{#ucs2} has no {/ucs2}", "{text} as it is breaks an address",
		"values.[0].name: missing" };
	char *said = gateway_mistakes(OWN,
	    "send: { url = \"{url}?t={to|urk}&x={text}{ucs3}{#ucs2}1{/gsm7}\"; "
	    "};\nvalues: ( { doc = \"x\" } );\n");

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(told); i++)
		if (strstr(said, told[i]) == NULL)
			fail_msg("%s: %s", told[i], said);
	assert_null(strstr(said, "null"));
	free(said);
}

static void
a_channel_counts_as_it_says_or_as_its_preset_does(void **state)
{
	static const struct {
		const char *settings;
		bool is_mainland;
		const char *signature;
		unsigned max_parts;
		int64_t price;
	} rows[] = {
		{ "preset = \"json\"; url = \"http://h/\"; "
		  "has_reports = false; user = \"u\"; "
		  "password_file = \"secrets/password\";",
		    false, NULL, 4, 0 },
		{ "preset = \"json\"; url = \"http://h/\"; "
		  "has_reports = false; user = \"u\"; "
		  "password_file = \"secrets/password\"; "
		  "counting = \"mainland\"; max_parts = 8; "
		  "signature = \"阳光物业\"; part_price = \"0.045\";",
		    true, NULL, 8, 45000 },
		{ "preset = \"aliyun\"; user = \"u\"; "
		  "password_file = \"secrets/password\"; "
		  "values: { sign_name = \"某物业\"; }; "
		  "templates = ( { kind = \"*\"; id = \"1\"; } ); "
		  "part_price = \"12\";",
		    true, "某物业", 4, 12000000 },
		{ "preset = \"aliyun\"; user = \"u\"; "
		  "password_file = \"secrets/password\"; "
		  "values: { sign_name = \"某物业\"; }; "
		  "templates = ( { kind = \"*\"; id = \"1\"; } ); "
		  "counting = \"gsm\";",
		    false, "某物业", 4, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct gateway gateway scoped(gateway_close) = { 0 };
		const struct sms_counting *counting;

		gateway_open(&gateway, rows[i].settings);
		counting = &gateway.channel->counting;
		assert_int_equal(counting->is_mainland, rows[i].is_mainland);
		assert_int_equal(counting->max_parts, rows[i].max_parts);
		assert_int_equal(gateway.channel->part_price, rows[i].price);
		if (rows[i].signature == NULL)
			assert_null(counting->signature);
		else
			assert_string_equal(
			    counting->signature, rows[i].signature);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mistake_has_its_place),
		cmocka_unit_test(a_mistake_is_told_once),
		cmocka_unit_test(a_good_channel_is_not_warned_of),
		cmocka_unit_test(no_shipped_provider_file_is_warned_of),
		cmocka_unit_test(the_fields_of_a_gateway_are_not_endless),
		cmocka_unit_test(all_mistakes_are_told_in_one_run),
		cmocka_unit_test(all_mistakes_of_one_form_are_told),
		cmocka_unit_test(
		    a_channel_counts_as_it_says_or_as_its_preset_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
