#include "channels/sms_request.h"

#include "lib/err.h"

enum { HEADERS_MAX_BYTES = 16 * 1024 };

static void
add_headers(const struct sms_request *request, const struct sms_scope *scope,
    struct sms_wire *wire)
{
	struct buf text scoped(buf_done) = { 0 };

	buf_init(&text, HEADERS_MAX_BYTES);
	if (request->type != NULL && wire->method == SMS_POST)
		sms_wire_header(wire, "Content-Type", request->type);
	for (size_t i = 0; i < request->header_count; i++) {
		buf_reset(&text);
		sms_form_fill(request->headers[i].text, scope, &text);
		sms_wire_header(
		    wire, request->headers[i].name, buf_text(&text));
	}
}

int
sms_wire_make(const struct sms_auth *auth, const struct sms_request *request,
    const struct sms_scope *scope, const struct sms_moment *moment,
    struct sms_wire *ret, struct err *err)
{
	buf_reset(&ret->url);
	buf_reset(&ret->body);
	buf_reset(&ret->headers);
	ret->broken_header = NULL;
	ret->method = request->method;
	sms_form_fill(request->url, scope, &ret->url);
	if (request->method == SMS_POST)
		sms_form_fill(request->body, scope, &ret->body);
	add_headers(request, scope, ret);
	sms_sign(auth, scope, moment, ret);
	if (ret->broken_header != NULL)
		return err_set(err, ERR_CONF,
		    "the header %s would have a line end in it",
		    ret->broken_header);
	if (buf_is_over(&ret->url) || buf_is_over(&ret->body) ||
	    buf_is_over(&ret->headers))
		return err_set(
		    err, ERR_PERM, "the text is too long to be sent");
	return 0;
}
