/*
 * What the answers to a send mean that the vendors document, for each shipped
 * preset.
 */
#include <string.h>

#include "channels/sms_answer.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "tests/support/cmocka_fence.h"
#include "tests/support/gateway.h"

/* What an answer means. */
static const struct {
	const char *preset;
	int status;
	const char *answer;
	enum err_kind result;
	const char *id;
	bool is_optout;
	int delay;
} answers[] = {
	{ "twilio", 201, "{\"sid\":\"SM1\",\"error_code\":null}", ERR_NONE,
	    "SM1", false, 0 },
	{ "twilio", 400, "{\"code\":21610,\"status\":400}", ERR_PERM, "", true,
	    0 },
	{ "twilio", 400, "{\"code\":21211}", ERR_PERM, "", false, 0 },
	{ "twilio", 401, "{\"code\":20003}", ERR_CONF, "", false, 0 },
	{ "twilio", 429, "{\"code\":20429}", ERR_TEMP, "", false, 10 },
	{ "twilio", 429, "{\"code\":63038}", ERR_TEMP, "", false, 3600 },
	{ "twilio", 400, "{\"code\":21611}", ERR_TEMP, "", false, 10 },
	{ "twilio", 400, "{\"code\":21606}", ERR_CONF, "", false, 0 },
	{ "twilio", 403, "{\"code\":30002}", ERR_CONF, "", false, 0 },
	{ "twilio", 400, "{\"code\":21617}", ERR_PERM, "", false, 0 },
	{ "twilio", 503, "busy", ERR_TEMP, "", false, 0 },
	{ "vonage", 200,
	    "{\"messages\":[{\"status\":\"0\",\"message-id\":\"0A\"},"
	    "{\"status\":\"0\",\"message-id\":\"0B\"}]}",
	    ERR_NONE, "0A", false, 0 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"1\"}]}", ERR_TEMP, "",
	    false, 2 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"4\"}]}", ERR_CONF, "",
	    false, 0 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"29\"}]}", ERR_PERM, "",
	    false, 0 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"5\"}]}", ERR_TEMP, "",
	    false, 0 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"10\"}]}", ERR_TEMP, "",
	    false, 10 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"9\"}]}", ERR_CONF, "",
	    false, 0 },
	{ "vonage", 200, "{\"messages\":[{\"status\":\"7\"}]}", ERR_PERM, "",
	    false, 0 },
	{ "vonage", 200, "<html>", ERR_TEMP, "", false, 0 },
	{ "smsgate", 202, "{\"id\":\"x\"}", ERR_NONE, "x", false, 0 },
	{ "smsgate", 409, "{\"message\":\"exists\"}", ERR_NONE, "", false, 0 },
	{ "smsgate", 403, "", ERR_CONF, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"SerialNo\":\"5:1\",\"Code\":"
	    "\"Ok\"}]}}",
	    ERR_NONE, "5:1", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"FailedOperation.PhoneNumberInBlacklist\"}]}}",
	    ERR_PERM, "", true, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"LimitExceeded.PhoneNumberDailyLimit\"}]}}",
	    ERR_TEMP, "", false, 43200 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":\"FailedOperation."
	    "SignatureIncorrectOrUnapproved\"}]}}",
	    ERR_CONF, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"InvalidParameterValue.IncorrectPhoneNumber\"}]}}",
	    ERR_PERM, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"Error\":{\"Code\":"
	    "\"AuthFailure.SignatureFailure\"}}}",
	    ERR_CONF, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"LimitExceeded.PhoneNumberOneHourLimit\"}]}}",
	    ERR_TEMP, "", false, 3600 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"LimitExceeded.DeliveryFrequencyLimit\"}]}}",
	    ERR_TEMP, "", false, 300 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"InternalError.SendAndRecvFail\"}]}}",
	    ERR_TEMP, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"FailedOperation.ContainSensitiveWord\"}]}}",
	    ERR_PERM, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"SendStatusSet\":[{\"Code\":"
	    "\"FailedOperation.InsufficientBalanceInSmsPackage\"}]}}",
	    ERR_CONF, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"Error\":{\"Code\":"
	    "\"InternalError.RequestTimeException\"}}}",
	    ERR_CONF, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"Error\":{\"Code\":\"InternalError.Timeout\"}}}",
	    ERR_TEMP, "", false, 0 },
	{ "tencent", 200,
	    "{\"Response\":{\"Error\":{\"Code\":\"RequestLimitExceeded\"}}}",
	    ERR_TEMP, "", false, 5 },
	{ "aliyun", 200, "{\"Code\":\"OK\",\"BizId\":\"9^0\"}", ERR_NONE, "9^0",
	    false, 0 },
	/* Words that may not be sent, not a number that wants none. */
	{ "aliyun", 200, "{\"Code\":\"isv.BLACK_KEY_CONTROL_LIMIT\"}", ERR_PERM,
	    "", false, 0 },
	{ "aliyun", 200, "{\"Code\":\"isv.DAY_LIMIT_CONTROL\"}", ERR_TEMP, "",
	    false, 43200 },
	{ "aliyun", 200, "{\"Code\":\"isp.SYSTEM_ERROR\"}", ERR_TEMP, "", false,
	    0 },
	{ "aliyun", 503, "{\"Code\":\"ServiceUnavailable\"}", ERR_TEMP, "",
	    false, 0 },
	{ "aliyun", 200, "{\"Code\":\"isv.TEMPLATE_MISSING_PARAMETERS\"}",
	    ERR_PERM, "", false, 0 },
	{ "aliyun", 200, "{\"Code\":\"isv.PARAM_NOT_SUPPORT_URL\"}", ERR_PERM,
	    "", false, 0 },
	{ "aliyun", 200, "{\"Code\":\"isv.SMS_SIGNATURE_ILLEGAL\"}", ERR_CONF,
	    "", false, 0 },
	{ "aliyun", 404, "{\"Code\":\"InvalidAccessKeyId.NotFound\"}", ERR_CONF,
	    "", false, 0 },
	{ "aliyun", 200, "{\"Code\":\"isv.BUSINESS_LIMIT_CONTROL\"}", ERR_TEMP,
	    "", false, 3600 },
	{ "aliyun", 200, "{\"Code\":\"isv.MOBILE_NUMBER_ILLEGAL\"}", ERR_PERM,
	    "", false, 0 },
	{ "aliyun", 200, "{\"Code\":\"isv.AMOUNT_NOT_ENOUGH\"}", ERR_CONF, "",
	    false, 0 },
	{ "aliyun", 400, "{\"Code\":\"SignatureDoesNotMatch\"}", ERR_CONF, "",
	    false, 0 },
	{ "aliyun", 400, "{\"Code\":\"Throttling.User\"}", ERR_TEMP, "", false,
	    5 },
	{ "kannel", 202, "0: Accepted for delivery", ERR_NONE, "", false, 0 },
	{ "kannel", 202, "3: Queued for later delivery", ERR_NONE, "", false,
	    0 },
	{ "kannel", 202, "Denied receivers: 8613800138000", ERR_PERM, "", false,
	    0 },
	{ "kannel", 403, "Authorization failed for sendsms", ERR_CONF, "",
	    false, 0 },
	{ "kannel", 403, "Not routable. Do not try again.", ERR_PERM, "", false,
	    0 },
	{ "kannel", 400, "Sender missing and no global set, rejected", ERR_CONF,
	    "", false, 0 },
	{ "kannel", 400, "Wrong number", ERR_PERM, "", false, 0 },
	{ "kannel", 503, "Temporal failure, try again later.", ERR_TEMP, "",
	    false, 0 },
	{ "json", 201, "{\"id\":\"g7\"}", ERR_NONE, "g7", false, 0 },
	{ "json", 409, "{\"id\":\"g7\"}", ERR_NONE, "g7", false, 0 },
	{ "json", 422, "{}", ERR_PERM, "", false, 0 },
	{ "json", 401, "{}", ERR_CONF, "", false, 0 },
	{ "json", 429, "{}", ERR_TEMP, "", false, 0 },
	{ "smsgate", 503, "{\"message\":\"queue is full\"}", ERR_TEMP, "",
	    false, 0 },
	{ "smsgate", 400, "{\"message\":\"no\"}", ERR_PERM, "", false, 0 },
	{ "jasmin", 400, "Error \"Argument [to] has an invalid value\"",
	    ERR_PERM, "", false, 0 },
	{ "jasmin", 200, "Success \"07033084-5cfd\"", ERR_NONE, "07033084-5cfd",
	    false, 0 },
	{ "jasmin", 403, "Error \"Authentication failure\"", ERR_CONF, "",
	    false, 0 },
	{ "jasmin", 412, "Error \"No route found\"", ERR_PERM, "", false, 0 },
	{ "jasmin", 500, "Error \"Cannot send\"", ERR_TEMP, "", false, 0 },
	{ "playsms", 200,
	    "{\"data\":[{\"status\":\"OK\",\"error\":\"0\",\"smslog_id\":77}]}",
	    ERR_NONE, "77", false, 0 },
	{ "playsms", 200, "{\"status\":\"ERR\",\"error\":\"100\"}", ERR_CONF,
	    "", false, 0 },
	{ "playsms", 200, "{\"status\":\"ERR\",\"error\":\"602\"}", ERR_PERM,
	    "", false, 0 },
	{ "playsms", 200, "{\"data\":[{\"status\":\"ERR\",\"error\":\"103\"}]}",
	    ERR_CONF, "", false, 0 },
	{ "playsms", 200, "{\"data\":[{\"status\":\"ERR\",\"error\":\"200\"}]}",
	    ERR_TEMP, "", false, 0 },
	{ "clickatell", 202,
	    "{\"messages\":[{\"apiMessageId\":\"c1\",\"accepted\":true}]}",
	    ERR_NONE, "c1", false, 0 },
	{ "clickatell", 207,
	    "{\"messages\":[{\"accepted\":false,\"error\":{}}]}", ERR_PERM, "",
	    false, 0 },
	{ "clickatell", 402, "{}", ERR_CONF, "", false, 0 },
	{ "clickatell", 429, "{}", ERR_TEMP, "", false, 0 },
	{ "clickatell", 401, "{}", ERR_CONF, "", false, 0 },
	{ "infobip", 200,
	    "{\"messages\":[{\"messageId\":\"m\",\"status\":{\"groupName\":"
	    "\"PENDING\"}}]}",
	    ERR_NONE, "m", false, 0 },
	{ "infobip", 200,
	    "{\"messages\":[{\"status\":{\"groupName\":\"REJECTED\",\"name\":"
	    "\"REJECTED_NOT_ENOUGH_CREDITS\"}}]}",
	    ERR_CONF, "", false, 0 },
	{ "infobip", 200,
	    "{\"messages\":[{\"status\":{\"groupName\":\"REJECTED\",\"name\":"
	    "\"REJECTED_DESTINATION\"}}]}",
	    ERR_PERM, "", false, 0 },
	{ "infobip", 200,
	    "{\"messages\":[{\"status\":{\"groupName\":\"REJECTED\",\"name\":"
	    "\"REJECTED_SYSTEM_ERROR\"}}]}",
	    ERR_TEMP, "", false, 0 },
	{ "infobip", 200,
	    "{\"messages\":[{\"status\":{\"groupName\":\"REJECTED\",\"name\":"
	    "\"REJECTED_FLOODING_FILTER\"}}]}",
	    ERR_TEMP, "", false, 60 },
	{ "infobip", 200,
	    "{\"messages\":[{\"status\":{\"groupName\":\"REJECTED\",\"name\":"
	    "\"REJECTED_DESTINATION_BLACKLISTED\"}}]}",
	    ERR_PERM, "", true, 0 },
	{ "infobip", 401,
	    "{\"requestError\":{\"serviceException\":{\"messageId\":"
	    "\"UNAUTHORIZED\",\"text\":\"Invalid login details\"}}}",
	    ERR_CONF, "", false, 0 },
	{ "messagebird", 500, "{\"errors\":[{\"code\":99}]}", ERR_TEMP, "",
	    false, 0 },
	{ "messagebird", 201, "{\"id\":\"e8\"}", ERR_NONE, "e8", false, 0 },
	{ "messagebird", 401, "{\"errors\":[{\"code\":2}]}", ERR_CONF, "",
	    false, 0 },
	{ "messagebird", 422, "{\"errors\":[{\"code\":25}]}", ERR_CONF, "",
	    false, 0 },
	{ "messagebird", 422, "{\"errors\":[{\"code\":9}]}", ERR_PERM, "",
	    false, 0 },
	{ "plivo", 202, "{\"message_uuid\":[\"db3c\"]}", ERR_NONE, "db3c",
	    false, 0 },
	{ "plivo", 400, "{\"error\":\"dst\"}", ERR_PERM, "", false, 0 },
	{ "plivo", 401, "{}", ERR_CONF, "", false, 0 },
	{ "plivo", 429, "{}", ERR_TEMP, "", false, 0 },
	{ "plivo", 402, "{}", ERR_CONF, "", false, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":101,"
	    "\"messageId\":\"ATX\"}]}}",
	    ERR_NONE, "ATX", false, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":406}]}}",
	    ERR_PERM, "", true, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":403}]}}",
	    ERR_PERM, "", false, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":501}]}}",
	    ERR_TEMP, "", false, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Recipients\":[{\"statusCode\":405}]}}",
	    ERR_CONF, "", false, 0 },
	{ "africastalking", 201,
	    "{\"SMSMessageData\":{\"Message\":\"InvalidSenderId\","
	    "\"Recipients\":[]}}",
	    ERR_CONF, "", false, 0 },
};

static void
each_answer_has_its_meaning(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(answers);) {
		const char *preset = answers[i].preset;
		struct gateway gateway scoped(gateway_close) = { 0 };

		gateway_open(&gateway, gateway_settings(preset));
		for (; i < ARRAY_COUNT(answers) &&
		       strcmp(answers[i].preset, preset) == 0;
		     i++) {
			struct buf body scoped(buf_done) = { 0 };
			struct receipt receipt = { 0 };

			buf_init(&body, 1000);
			buf_puts(&body, answers[i].answer);
			sms_answer_judge(gateway.channel->provider,
			    answers[i].status, &body, &receipt);
			if (receipt.result != answers[i].result ||
			    strcmp(receipt.provider_id, answers[i].id) != 0 ||
			    receipt.is_optout != answers[i].is_optout ||
			    receipt.retry_after !=
				answers[i].delay * MSEC_SECOND)
				fail_msg("%s %d %s: %s id=%s delay=%lld",
				    preset, answers[i].status,
				    answers[i].answer,
				    err_kind_name(receipt.result),
				    receipt.provider_id,
				    (long long)receipt.retry_after);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_answer_has_its_meaning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
