#include "reader/bounce_words.h"

#include <stddef.h>
#include <string.h>

#include "lib/cleanup.h"
#include "lib/text.h"

static const char *const reporters[] = { "mailer-daemon", "postmaster",
	"mailer_daemon", "mail-daemon", "maildaemon", "mdaemon", "double-bounce",
	"bounce", "bounces", "mailerdaemon", "mail.delivery.system" };

static const char *const subjects[] = { "undeliver", "delivery status",
	"delivery failure", "delivery failed", "delivery has failed",
	"delivery notification", "delivery report", "delivery error",
	"delivery problem", "mail delivery", "mail could not be delivered",
	"failure notice", "failed mail", "failed delivery", "returned mail",
	"return mail", "returned to sender", "message could not be delivered",
	"could not send message", "unable to deliver", "nondeliver",
	"non-deliver", "non deliver", "not delivered", "rejected mail",
	"mail rejected", "user unknown", "mail system error", "mail failure",
	"unzustellbar", "nicht zustellbar", "non remis", "échec de la remise",
	"no entregado", "退信", "系统退信", "投递失败", "无法投递",
	"邮件发送失败", "未能送达", "無法傳遞", "配信不能", "送信エラー", "メールエラー",
	"недоставленное", "mail returned", "error in mail", "[bounce]",
	"message you sent blocked", "permanent error" };

static const char *const texts[] = { "could not be delivered",
	"couldn't be delivered", "can't be delivered", "cannot be delivered",
	"was not delivered", "wasn't able to deliver", "not been delivered",
	"unable to deliver", "undeliverable", "delivery failed",
	"delivery has failed", "delivery to the following", "failed to deliver",
	"did not reach", "permanent fatal errors", "permanent error",
	"user unknown", "unknown user", "no such user", "does not exist",
	"recipient address rejected", "mailbox unavailable", "mailbox full",
	"mailbox is full", "quota exceeded", "over quota", "returned mail",
	"returned to you", "failed permanently", "addresses failed",
	"invalid recipient", "address not found", "following addresses",
	"following recipient", "could not deliver", "not listed",
	"无法投递", "投递失败", "无法送达", "未能送达", "退回", "不存在",
	"邮箱已满", "配信できません", "届きません", "送信できません" };

static const char *const delays[] = { "delayed", "(delay)", "warning: could not",
	"warning: message", "still being retried", "will keep trying",
	"will be retried", "still in the queue", "还在继续尝试",
	"do not need to resend", "this is a warning message only",
	"not yet been delivered" };

static const char *const originals[] = { "\nreturn-path:", "\nreceived: ",
	"--- below this line is a copy", "--- the header of the original",
	"--- this is a copy of the message", "original message follows",
	"unsent message follows", "----- original message", "-----original message",
	"------ this is a copy", "message header follows", "\n--- undelivered",
	"the first 100 lines", "message headers follow", "start of returned",
	"--- original message", "-- original message" };

/* The address or its server is not there. */
static const char *const gone[] = { "user unknown", "unknown user", "no such",
	"does not exist", "doesn't exist", "not exist", "not found", "invalid",
	"unknown", "not listed", "no mailbox", "not a valid", "bad address",
	"not known", "unrouteable", "unroutable", "no account", "not have an",
	"isn't in", "not in my", "couldn't find", "host unknown",
	"undeliverable address", "no valid", "has moved", "不存在", "无此用户",
	"ありません", "存在し", "見つかり" };

/* Temporary or about us, not about the address. */
static const char *const soft[] = { "mailbox full", "mailbox is full",
	"over quota", "quota exceeded", "exceeded storage", "insufficient",
	"disk full", "too large", "too big", "message size", "spam", "blacklist",
	"blocked", "block list", "blocklist", "policy", "rate limit",
	"too many", "temporar", "timed out", "timeout", "greylist", "try again",
	"邮箱已满", "空间不足" };

static bool
has_any(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; text != NULL && i < count; i++)
		if (strcasestr(text, words[i]) != NULL)
			return true;
	return false;
}

bool
bounce_is_reporter(const char *addr)
{
	for (size_t i = 0; addr != NULL && i < ARRAY_COUNT(reporters); i++)
		if (text_starts_nocase(addr, reporters[i]) &&
		    strchr("@+-_.", addr[strlen(reporters[i])]) != NULL)
			return true;
	return false;
}

bool
bounce_is_subject(const char *subject)
{
	return has_any(subject, subjects, ARRAY_COUNT(subjects));
}

bool
bounce_is_text(const char *text)
{
	return has_any(text, texts, ARRAY_COUNT(texts));
}

bool
bounce_is_delay(const char *subject, const char *text)
{
	return has_any(subject, delays, ARRAY_COUNT(delays)) ||
	    has_any(text, delays, ARRAY_COUNT(delays));
}

const char *
bounce_original_start(const char *text)
{
	const char *first = NULL;

	for (size_t i = 0; i < ARRAY_COUNT(originals); i++) {
		const char *found = strcasestr(text, originals[i]);

		if (found != NULL && (first == NULL || found < first))
			first = found;
	}
	return first;
}

bool
bounce_is_hard(const char *status, const char *text)
{
	static const char *const hard[] = { "5.1.1", "5.1.0", "5.1.2", "5.1.3",
		"5.1.6", "5.1.10", "5.1.351", "5.2.1", "5.4.4", "5.1.4",
		"5.3.2" };

	if (status != NULL && status[0] == '4')
		return false;
	for (size_t i = 0; status != NULL && i < ARRAY_COUNT(hard); i++)
		if (text_eq(status, hard[i]))
			return true;
	/* Other codes that name a reason name another one. */
	if (status != NULL && !text_ends(status, ".0"))
		return false;
	return has_any(text, gone, ARRAY_COUNT(gone)) &&
	    !has_any(text, soft, ARRAY_COUNT(soft));
}
