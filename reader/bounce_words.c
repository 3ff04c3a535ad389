#include "reader/bounce_words.h"

#include <stddef.h>
#include <string.h>

#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/word.h"

static const char *const reporters[] = { "mailer-daemon", "postmaster",
	"mailer_daemon", "mail-daemon", "maildaemon", "mdaemon",
	"double-bounce", "bounce", "bounces", "mailerdaemon",
	"mail.delivery.system", "mail-system", "mailer", "mailsystem",
	"system-administrator", "administrator.mailer", "mail-returned",
	"returned-mail", "mailadmin", "bounce-notification", "mail_delivery",
	"smtp-daemon", "mmdf", "exchange-administrator",
	"microsoftexchange329e71ec88ae4615bbc36ab6ce41109e",
	"postmaster_returnmail", "errors", "mail-delivery", "delivery-status",
	"mailer-error" };

static const char *const subject_words[] = { "undeliver", "delivery status",
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
	"邮件发送失败", "未能送达", "無法傳遞", "配信不能", "送信エラー",
	"メールエラー", "недоставленное", "mail returned", "error in mail",
	"[bounce]", "message you sent blocked", "permanent error", "邮件被退回",
	"投递状态", "投递不成功", "投递结果", "退回的邮件", "无法送达",
	"发送失败", "邮件投递失败", "寄送失敗", "無法寄送", "傳遞失敗", "退件",
	"未寄達", "郵件無法", "遞送失敗", "配信エラー", "配信失敗", "配送不能",
	"エラーメール", "送信失敗", "エラー通知", "未配信", "전송 실패", "반송",
	"배달 실패", "전달되지 않", "발송실패", "zustellung fehlgeschlagen",
	"zustellung nicht", "unzustellbare", "fehler bei der zustellung",
	"rückläufer", "échec de remise", "échec d'envoi", "avis de non-remise",
	"non délivré", "impossible de remettre", "retour à l'expéditeur",
	"no se puede entregar", "no se ha podido entregar", "error de entrega",
	"devuelto", "não entregue", "não foi entregue", "falha na entrega",
	"devolvida", "não é possível entregar", "mancato recapito",
	"non recapitabile", "impossibile recapitare", "recapito non riuscito",
	"onbestelbaar", "niet bezorgd", "niet afgeleverd", "kan inte levereras",
	"olevererbart", "kan ikke leveres", "ikke levert", "toimittamaton",
	"ei voitu toimittaa", "niedostarczon", "nie dostarczono",
	"zwrot poczty", "nedoručiteln", "nedoručen", "не доставлен",
	"невозможно доставить", "доставка не удалась", "возврат",
	"teslim edilemedi", "iletilemedi", "kézbesíthetetlen", "nelivr",
	"nemožn", "ανεπίδοτο", "non-remis", "delivery incomplete",
	"message delivery", "mail problem", "could not deliver", "email error",
	"malformed recipient", "unknown recipient", "recipient unknown",
	"message status - undeliverable", "message not sent", "delayed mail",
	"warning: could not send", "delivery delay", "mail delivery delayed",
	"message delayed" };
static struct word_list subjects = WORD_LIST(subject_words);

static const char *const text_words[] = { "could not be delivered",
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
	"following recipient", "could not deliver", "not listed", "无法投递",
	"投递失败", "无法送达", "未能送达", "退回", "不存在", "邮箱已满",
	"配信できません", "届きません", "送信できません", "地址不存在",
	"收件人不存在", "用户不存在", "拒绝接收", "拒收", "投递不成功",
	"未能投递", "没有成功送达", "发送失败", "无法发送到", "被退回",
	"无法递送", "邮箱空间不足", "超出", "无法寄送", "無法遞送", "無法送達",
	"傳遞失敗", "信箱已滿", "找不到收件", "届けることができません",
	"配信不能", "配信に失敗", "お届けできません", "送信に失敗",
	"送信できなかった", "一杯のため", "見つかりません", "전송하지 못",
	"전달하지 못", "전송할 수 없", "배달하지 못", "찾을 수 없",
	"nicht zugestellt", "nicht zustellbar", "konnte nicht",
	"unbekannter empfänger", "n'a pas pu être", "n’a pas pu être",
	"n'a pas été remis", "impossible de remettre", "no se pudo entregar",
	"no se ha podido", "no ha podido", "não pôde ser entregue",
	"não foi possível", "não foi entregue", "non è stato possibile",
	"non è stato recapitato", "impossibile recapitare", "kon niet worden",
	"niet worden bezorgd", "kunde inte levereras", "gick inte att",
	"kunne ikke leveres", "ei voitu toimittaa", "nie mogła zostać",
	"nie została dostarczona", "nebylo možné doručit", "nebyla doručena",
	"не может быть доставлено", "не удалось доставить",
	"не было доставлено", "teslim edilemedi", "iletilemedi", "nem sikerült",
	"nu a putut fi", "message expired", "had delivery problems",
	"was undeliverable", "delivery error", "not a valid",
	"rejected your message", "message was rejected", "could not be sent",
	"has been rejected", "is not recognized", "was aborted",
	"unknown recipient", "unrouteable", "mailbox not found",
	"exceeded storage", "not recognized", "delivery attempts",
	"undelivered", "non-delivered", "incorrectly constructed", "bounced",
	"was refused", "has failed", "failure reasons", "could not send",
	"can not be delivered", "can't accept", "deferred:", "may not exist",
	"550 ", "554 ", "552 ", "553 " };
static struct word_list texts = WORD_LIST(text_words);

static const char *const delay_words[] = { "delayed", "(delay)",
	"warning: could not", "warning: message", "still being retried",
	"will keep trying", "will be retried", "still in the queue",
	"还在继续尝试", "do not need to resend",
	"this is a warning message only", "not yet been delivered",
	"delivery is delayed", "has been delayed", "not been delivered yet",
	"temporarily unable", "延迟", "暂时无法", "将继续尝试", "會繼續嘗試",
	"遅延", "지연", "verzögert", "retardé", "retraso", "atraso", "ritard",
	"vertraagd", "försenad", "forsinket", "opóźni", "задерж", "gecik",
	"delivery attempts will continue", "message is still", "will retry",
	"we will continue to try", "continue to attempt",
	"no action is required on your part", "still trying" };
static struct word_list delays = WORD_LIST(delay_words);

/* Not a delay, whatever else is said. */
static const char *const final_words[] = { "permanent error", "permanent fatal",
	"failed permanently", "\n550", " 550 ", " 550-", "<<< 55" };
static struct word_list finals = WORD_LIST(final_words);

static const char *const original_words[] = { "\nreturn-path:", "\nreceived: ",
	"--- below this line is a copy", "--- the header of the original",
	"--- this is a copy of the message", "original message follows",
	"unsent message follows", "----- original message",
	"-----original message", "------ this is a copy",
	"message header follows", "\n--- undelivered", "the first 100 lines",
	"message headers follow", "start of returned", "--- original message",
	"-- original message", "\nincluded is a copy of the message header",
	"\n------- returned message", "\n----- returned message",
	"\n----- message header", "\n---------- message header",
	"header of the original message", "headers of your message",
	"copy of the original message", "copy of your message",
	"original message headers", "original message attached",
	"\n--- original message", "text of your message", "原邮件内容",
	"原邮件正文", "原邮件如下", "原邮件头", "原邮件：",
	"原邮件:", "原始邮件", "邮件原文", "以下是原", "原信内容",
	"------ original", "\n----- unsent message", "\n<original message>",
	"邮件头如下" };
static struct word_list originals = WORD_LIST(original_words);

static const char *const lists[] = { "following recipient", "following address",
	"these recipients", "this recipient", "following email address",
	"following destination", "to the following",
	"delivered to:", "not delivered to", "以下收件人", "以下地址",
	"以下邮箱", "收件人：", "收件人:", "次の宛先", "次のアドレス",
	"다음 수신자", "folgenden empfänger", "folgende empfänger",
	"destinataires suivants", "destinataire suivant",
	"siguientes destinatarios", "siguiente destinatario",
	"seguintes destinatários", "seguenti destinatari",
	"volgende geadresseerden", "следующим получателям",
	"failed addresses follow", "failed addresses", "addressed to:" };

/* Why a server refuses: its words, the status that RFC 3463 has for that, and
 * whether it is final for the address.  The first that is found counts, so
 * that special reasons stand above those whose words they also use. */
struct reason {
	const char *words;
	const char *status;
	bool is_hard;
};

static const struct reason reasons[] = {
	/* Tencent, of a mailbox that is not there. */
	{ "mailbox unavailable or access denied", "5.1.1", true },
	/* A mailbox that is there. */
	{ "mailbox full", "5.2.2", false },
	{ "mailbox is full", "5.2.2", false },
	{ "mailbox size limit", "5.2.2", false },
	{ "mailbox has exceeded", "5.2.2", false },
	{ "mailbox would exceed", "5.2.2", false },
	{ "mailbox exceed", "5.2.2", false },
	{ "recipient's mailbox exceeded", "5.2.2", false },
	{ "inbox is full", "5.2.2", false },
	{ "over quota", "5.2.2", false },
	{ "overquota", "5.2.2", false },
	{ "quota exceed", "5.2.2", false },
	{ "exceeded quota", "5.2.2", false },
	{ "exceed the quota", "5.2.2", false },
	{ "exceeded storage", "5.2.2", false },
	{ "exceeds allowed quota", "5.2.2", false },
	{ "disk quota", "5.2.2", false },
	{ "out of storage", "5.2.2", false },
	{ "not enough storage", "5.2.2", false },
	{ "not enough space", "5.2.2", false },
	{ "exceeded the local limit", "5.2.2", false },
	{ "exceeded the maximum inbound", "5.2.2", false },
	{ "postfach ist voll", "5.2.2", false },
	{ "postfach voll", "5.2.2", false },
	{ "boîte pleine", "5.2.2", false },
	{ "ящик переполнен", "5.2.2", false },
	{ "邮箱已满", "5.2.2", false },
	{ "邮箱空间", "5.2.2", false },
	{ "空间不足", "5.2.2", false },
	{ "容量已满", "5.2.2", false },
	{ "信箱已滿", "5.2.2", false },
	{ "空間不足", "5.2.2", false },
	{ "一杯のため", "5.2.2", false },
	{ "容量を超え", "5.2.2", false },
	{ "용량 초과", "5.2.2", false },
	{ "too large", "5.3.4", false },
	{ "too big", "5.3.4", false },
	{ "message size exceeds", "5.3.4", false },
	{ "exceeds size limit", "5.3.4", false },
	{ "exceeds maximum", "5.3.4", false },
	{ "size limit exceeded", "5.3.4", false },
	{ "邮件过大", "5.3.4", false },
	{ "超过大小", "5.3.4", false },
	{ "account is disabled", "5.2.1", false },
	{ "account disabled", "5.2.1", false },
	{ "account has been disabled", "5.2.1", false },
	{ "is suspended", "5.2.1", false },
	{ "account is inactive", "5.2.1", false },
	{ "mailbox is inactive", "5.2.1", false },
	{ "mailbox is frozen", "5.2.1", false },
	{ "mailbox temporarily disabled", "5.2.1", false },
	{ "recipient suspended", "5.2.1", false },
	{ "用户已停用", "5.2.1", false },
	{ "账号被冻结", "5.2.1", false },
	/* Mail that this server does not take from anybody. */
	{ "does not accept mail", "5.1.10", true },
	{ "domain does not accept", "5.1.10", true },
	{ "no mx record found", "5.1.10", true },
	{ "null mx", "5.1.10", true },
	{ "nullmx", "5.1.10", true },
	{ "indicated no smtp service", "5.1.10", true },
	{ "does not receive mail", "5.1.10", true },
	{ "name server reply", "5.4.4", false },
	/* Of two reasons in one sentence the address is the nearer one. */
	{ "account or domain may not exist", "5.1.2", true },
	/* Programs behind an address. */
	{ "pipe to |", "5.3.0", false },
	{ "command died", "5.3.0", false },
	{ "mailer error", "5.3.0", false },
	{ "hop count exceeded", "5.4.6", false },
	{ "too many hops", "5.4.6", false },
	{ "mail loop", "5.4.6", false },
	{ "routing loop", "5.4.6", false },
	{ "may not exist, or you may not have permission", "5.7.1", false },
	/* Us, not them. */
	{ "blacklist", "5.7.1", false },
	{ "blocklist", "5.7.1", false },
	{ "block list", "5.7.1", false },
	{ "black list", "5.7.1", false },
	{ "spamhaus", "5.7.1", false },
	{ "considered spam", "5.7.1", false },
	{ "looks like spam", "5.7.1", false },
	{ "classified as spam", "5.7.1", false },
	{ "identified as spam", "5.7.1", false },
	{ "spam message", "5.7.1", false },
	{ "spam detected", "5.7.1", false },
	{ "suspected spam", "5.7.1", false },
	{ "as spam", "5.7.1", false },
	{ "unsolicited", "5.7.1", false },
	{ "垃圾邮件", "5.7.1", false },
	{ "反垃圾", "5.7.1", false },
	{ "poor reputation", "5.7.1", false },
	{ "access denied", "5.7.1", false },
	{ "not authorized", "5.7.1", false },
	{ "relaying denied", "5.7.1", false },
	{ "relay not permitted", "5.7.1", false },
	{ "unable to relay", "5.7.1", false },
	{ "dmarc", "5.7.1", false },
	{ "spf check", "5.7.23", false },
	{ "message content rejected", "5.7.1", false },
	{ "content reject", "5.7.1", false },
	{ "virus", "5.7.1", false },
	{ "blocked", "5.7.1", false },
	{ "拒收", "5.7.1", false },
	{ "黑名单", "5.7.1", false },
	/* No such host. */
	{ "host unknown", "5.1.2", true },
	{ "unknown host", "5.1.2", true },
	{ "domain not found", "5.1.2", true },
	{ "domain does not exist", "5.1.2", true },
	{ "host not found", "5.1.2", true },
	{ "no such domain", "5.1.2", true },
	{ "unknown domain", "5.1.2", true },
	{ "unrouteable mail domain", "5.1.2", true },
	{ "unroutable mail domain", "5.1.2", true },
	{ "all relevant mx records point to non-existent", "5.1.2", true },
	{ "dns lookup failure", "5.1.2", true },
	{ "domain name not found", "5.1.2", true },
	{ "domain could not be found", "5.1.2", true },
	{ "couldn't find any host", "5.1.2", true },
	{ "could not be resolved", "5.1.2", true },
	{ "nxdomain", "5.1.2", true },
	{ "non-existent domain", "5.1.2", true },
	{ "域名不存在", "5.1.2", true },
	/* No such user. */
	{ "user unknown", "5.1.1", true },
	{ "unknown user", "5.1.1", true },
	{ "unknown recipient", "5.1.1", true },
	{ "recipient unknown", "5.1.1", true },
	{ "unknown address", "5.1.1", true },
	{ "unknown local", "5.1.1", true },
	{ "unknown account", "5.1.1", true },
	{ "no such user", "5.1.1", true },
	{ "no such person", "5.1.1", true },
	{ "no such recipient", "5.1.1", true },
	{ "no such address", "5.1.1", true },
	{ "no such mailbox", "5.1.1", true },
	{ "no such account", "5.1.1", true },
	{ "no such local", "5.1.1", true },
	{ "no mailbox here", "5.1.1", true },
	{ "no account by that name", "5.1.1", true },
	{ "does not have an", "5.1.1", true },
	{ "doesn't have an", "5.1.1", true },
	{ "user doesn't have a ", "5.1.1", true },
	{ "user not found", "5.1.1", true },
	{ "user doesn't exist", "5.1.1", true },
	{ "user not exist", "5.1.1", true },
	{ "user not known", "5.1.1", true },
	{ "not listed in", "5.1.1", true },
	{ "recipient not found", "5.1.1", true },
	{ "recipient name is not recognized", "5.1.1", true },
	{ "is not recognized", "5.1.1", true },
	{ "recipientnotfound", "5.1.10", true },
	{ "recipnotfound", "5.1.1", true },
	{ "mailbox not found", "5.1.1", true },
	{ "mailbox unavailable", "5.1.1", true },
	{ "mailbox does not exist", "5.1.1", true },
	{ "mailbox doesn't exist", "5.1.1", true },
	{ "account does not exist", "5.1.1", true },
	{ "account that you tried to reach does not exist", "5.1.1", true },
	{ "address not found", "5.1.1", true },
	{ "address couldn't be found", "5.1.1", true },
	{ "address could not be found", "5.1.1", true },
	{ "address was not found", "5.1.1", true },
	{ "address wasn't found", "5.1.1", true },
	{ "address does not exist", "5.1.1", true },
	{ "address doesn't exist", "5.1.1", true },
	{ "addresses were unknown", "5.1.1", true },
	{ "address unknown", "5.1.1", true },
	{ "undeliverable address", "5.1.1", true },
	{ "invalid recipient", "5.1.1", true },
	{ "invalid mailbox", "5.1.1", true },
	{ "invalid address", "5.1.1", true },
	{ "bad destination mailbox", "5.1.1", true },
	{ "not a valid mailbox", "5.1.1", true },
	{ "not a valid recipient", "5.1.1", true },
	{ "not our customer", "5.1.1", true },
	{ "isn't in my control/locals", "5.1.1", true },
	{ "has moved", "5.1.6", true },
	{ "no longer", "5.1.6", true },
	{ "unrouteable address", "5.1.1", true },
	{ "unroutable address", "5.1.1", true },
	{ "check if address is correct", "5.1.1", true },
	{ "no valid recipients", "5.1.1", true },
	{ "unbekannter empfänger", "5.1.1", true },
	{ "existiert nicht", "5.1.1", true },
	{ "utilisateur inconnu", "5.1.1", true },
	{ "n'existe pas", "5.1.1", true },
	{ "usuario desconocido", "5.1.1", true },
	{ "no existe", "5.1.1", true },
	{ "não existe", "5.1.1", true },
	{ "non esiste", "5.1.1", true },
	{ "bestaat niet", "5.1.1", true },
	{ "нет такого пользователя", "5.1.1", true },
	{ "не существует", "5.1.1", true },
	{ "不存在", "5.1.1", true },
	{ "无此用户", "5.1.1", true },
	{ "没有此用户", "5.1.1", true },
	{ "查无此人", "5.1.1", true },
	{ "找不到收件人", "5.1.1", true },
	{ "ありません", "5.1.1", true },
	{ "存在し", "5.1.1", true },
	{ "見つかり", "5.1.1", true },
	{ "존재하지 않", "5.1.1", true },
	/* Time. */
	{ "greylist", "4.7.1", false },
	{ "graylist", "4.7.1", false },
	{ "try again later", "4.4.7", false },
	{ "rate limit", "4.7.1", false },
	{ "too many connections", "4.7.1", false },
	{ "deferred", "4.4.7", false },
	{ "retry timeout exceeded", "5.4.7", false },
	{ "retry time not reached", "4.4.7", false },
	{ "connection timed out", "4.4.1", false },
	{ "connection refused", "4.4.1", false },
	{ "has been in the queue", "5.4.7", false },
	{ "timed out", "5.4.7", false },
	{ "timeout", "5.4.7", false },
	{ "expired", "5.4.7", false },
	{ "does not exist", "5.1.1", true },
	{ "doesn't exist", "5.1.1", true },
	{ "not found", "5.1.1", true },
	{ "policy", "5.7.1", false },
	{ "rejected", "5.7.1", false },
	{ "refused", "5.7.1", false },
};

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
	return word_list_in(&subjects, text_or(subject, ""));
}

bool
bounce_is_text(const char *text)
{
	return word_list_in(&texts, text);
}

bool
bounce_is_delay(const char *subject, const char *text)
{
	return !word_list_in(&finals, text) &&
	       (word_list_in(&delays, text) ||
		   word_list_in(&delays, text_or(subject, "")));
}

const char *
bounce_original_start(const char *text)
{
	return word_list_find(&originals, text);
}

bool
bounce_is_unanswered(const char *addr)
{
	static const char *const names[] = { "noreply", "no-reply", "no_reply",
		"donotreply", "do-not-reply" };

	for (size_t i = 0; addr != NULL && i < ARRAY_COUNT(names); i++)
		if (text_starts_nocase(addr, names[i]))
			return true;
	return false;
}

const char *
bounce_list_start(const char *text)
{
	for (size_t i = 0; i < ARRAY_COUNT(lists); i++) {
		const char *found = word_find(text, lists[i]);

		if (found != NULL)
			return found + word_at(found, lists[i]);
	}
	return NULL;
}

static const struct reason *
find_reason(const char *words)
{
	for (size_t i = 0; i < ARRAY_COUNT(reasons); i++)
		if (word_find(words, reasons[i].words) != NULL)
			return &reasons[i];
	return NULL;
}

/* A server that knew the address, and says "unknown" once it saw the mail, is
 * a filter: Japanese carriers do so. */
static bool
was_filtered(const char *words)
{
	const char *data = strcasestr(words, ">>> DATA");

	if (strcasestr(words, "in reply to end of DATA") != NULL)
		return true;
	if (data == NULL)
		return false;
	data = strchr(data, '\n');
	return data != NULL && strncmp(data + 1, "<<< 5", 5) == 0;
}

bool
bounce_is_hard(const char *status, const char *words)
{
	static const char *const hard[] = { "5.1.1", "5.1.0", "5.1.2", "5.1.3",
		"5.1.4", "5.1.6", "5.1.10", "5.1.351", "5.2.1", "5.3.2",
		"5.4.4", "5.7.27" };
	const struct reason *reason = find_reason(words);

	if (status != NULL && status[0] == '4')
		return false;
	if (was_filtered(words) && !text_eq(status, "5.1.1"))
		return false;
	/* The server's words tell of a full or blocked mailbox more truly. */
	for (size_t i = 0; status != NULL && i < ARRAY_COUNT(hard); i++)
		if (text_eq(status, hard[i]))
			return !text_eq(status, "5.4.4") || reason == NULL ||
			       reason->is_hard;
	/* Other codes that name a reason name another one. */
	if (status != NULL && !text_ends(status, ".0.0") &&
	    !text_eq(status, "5.5.0"))
		return false;
	return reason != NULL && reason->is_hard;
}

const char *
bounce_status_of(const char *words, bool is_delay)
{
	const struct reason *reason = find_reason(words);
	const char *status = reason == NULL ? "5.0.0" : reason->status;

	if (!is_delay || status[0] == '4')
		return status;
	return "4.4.7";
}
