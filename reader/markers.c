#include "reader/markers.h"

#include <ctype.h>
#include <string.h>

#include "lib/cleanup.h"
#include "reader/word.h"

#define WIDE_COLON "\xEF\xBC\x9A"

static const char *const label_words[LABEL_COUNT][48] = {
	[LABEL_FROM] = { "from", "发件人", "发信人", "寄件者", "寄件人", "送信者",
	    "差出人", "送信元", "von", "de", "da", "van", "od", "fra", "från",
	    "lähettäjä", "mittente", "remitente", "expéditeur", "afsender",
	    "avsändare", "feladó", "odosielateľ", "odesílatel", "nadawca",
	    "от", "отправитель", "від", "від кого", "šalje", "gönderen",
	    "kimden", "보낸사람", "보낸 사람", "expeditor", "de la", "από",
	    "от кого", "dari", "từ", "pošiljatelj" },
	[LABEL_TO] = { "to", "收件人", "收信人", "收件者", "宛先", "送信先", "an", "à",
	    "a", "para", "aan", "do", "komu", "til", "till",
	    "vastaanottaja", "destinatario", "címzett", "pre", "кому",
	    "prima", "kime", "받는사람", "받는 사람", "către", "za",
	    "destinataire", "pour", "προς", "kepada" },
	[LABEL_CC] = { "cc", "bcc", "抄送", "副本", "密送", "kopie (cc)",
	    "kopie", "kopia", "kopi", "kópia", "kopio", "copie à", "cc à",
	    "копія", "копия", "másolat", "másolatot kap", "bilgi", "dw",
	    "참조", "cópia" },
	[LABEL_DATE] = { "date", "sent", "发送时间", "发送日期", "日期",
	    "寄件日期", "日時", "日付", "送信日時", "datum", "gesendet", "envoyé",
	    "le", "fecha", "enviado", "enviado el", "data", "inviato",
	    "verzonden", "wysłano", "sendt", "dato", "skickat",
	    "päivämäärä", "lähetetty", "dátum", "elküldve", "odoslané",
	    "odesláno", "дата", "отправлено", "відправлено", "tarih",
	    "gönderildi", "보낸날짜", "보낸 날짜", "trimis", "enviada em" },
	[LABEL_SUBJECT] = { "subject", "主题", "主旨", "标题", "件名",
	    "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp",
	    "temat", "emne", "ämne", "aihe", "tárgy", "predmet", "předmět",
	    "тема", "naslov", "konu", "제목", "subiect", "θέμα" },
	[LABEL_REPLY_TO] = { "reply-to", "reply to", "回复", "antwort an",
	    "répondre à", "responder a", "rispondi a", "vastausosoite" },
};

static const char *const original_words[] = {
	"original message", "original appointment", "reply message",
	"original", "原始邮件", "邮件原件", "回复的原邮件", "原邮件",
	"原始信件", "原始郵件", "ursprüngliche nachricht",
	"original-nachricht", "originalnachricht", "message d'origine",
	"message original", "mensaje original", "mensagem original",
	"messaggio originale", "oorspronkelijk bericht",
	"oprindelig meddelelse", "opprinnelig melding",
	"ursprungligt meddelande", "wiadomość oryginalna",
	"oryginalna wiadomość", "původní zpráva", "pôvodná správa",
	"исходное сообщение", "eredeti üzenet", "alkuperäinen viesti",
	"元のメッセージ", "원본 메시지", "mesaj original", "alıntılanan"
};

/* Either between dashes or as a line of their own with a colon. */
static const char *const forward_words[] = {
	"forwarded message", "begin forwarded message", "转发邮件信息",
	"转发的邮件", "转发邮件", "转发的消息", "已转发邮件", "开始转发的邮件",
	"轉寄郵件", "轉寄的郵件", "轉寄訊息", "開始轉寄郵件", "轉寄",
	"weitergeleitete nachricht", "anfang der weitergeleiteten nachricht",
	"message transféré", "message transmis", "début du message transféré",
	"début du message réexpédié", "message réexpédié",
	"mensaje reenviado", "inicio del mensaje reenviado",
	"mensagem encaminhada", "mensagem reencaminhada",
	"início da mensagem reencaminhada", "início da mensagem encaminhada",
	"messaggio inoltrato", "inizio messaggio inoltrato",
	"doorgestuurd bericht", "begin doorgestuurd bericht",
	"videresendt meddelelse", "videresendt melding",
	"start på videresendt besked", "videresendt besked",
	"vidarebefordrat mejl", "vidarebefordrat meddelande",
	"välitetty viesti", "välitetty viesti alkaa", "edelleenlähetetty viesti",
	"przekazana wiadomość", "wiadomość przekazana dalej",
	"początek przekazywanej wiadomości",
	"přeposlaná zpráva", "preposlaná správa", "začátek přeposílané zprávy",
	"továbbított üzenet", "továbbított levél kezdete",
	"proslijeđena poruka", "započni proslijeđenu poruku",
	"iletilen ileti", "iletilmiş mesaj", "iletilen mesaj",
	"mesaj redirecționat", "mesaj redirecţionat", "redirecționat",
	"пересылаемое сообщение", "перенаправленное сообщение",
	"начало переадресованного сообщения", "пересланное сообщение",
	"початок листа, що пересилається", "переслане повідомлення",
	"перенаправлене повідомлення", "転送メッセージ", "メッセージを転送", "転送されたメッセージ",
	"전달된 메시지", "προωθημένο μήνυμα"
};

static const char *const wrote_words[] = {
	"wrote", "写道", "寫道", "写到", "schrieb", "a écrit", "escribió",
	"ha scritto", "scritto", "napisał", "napsal", "napísal", "napisal",
	"skrev", "kirjoitti", "schreef", "geschreven", "пишет", "написал",
	"написав", "пише", "yazdı", "escreveu", "írta", "a scris",
	"書きました", "のメール", "작성", "έγραψε", "je napisao",
	"đã viết", "menulis", "writes", "said"
};

/* An attribution's first word. */
static const char *const openers[] = {
	"on ", "at ", "le ", "am ", "op ", "el ", "il giorno", "il ", "den ",
	"em ", "dnia ", "w dniu ", "dne ", "dňa ", "în ", "в ", "pe ", "el día",
	"在", "於", "- on ", "- le ", "vào ", "pada ", "a ", "στις "
};

/* Words with which a footer of a mobile program starts. */
static const char *const footer_starts[] = {
	"sent from", "sent via", "sent with", "sent by", "(sent from", "<<sent by",
	"get outlook for", "get [outlook", "from my iphone", "sent using",
	"envoyé depuis", "envoyé de mon", "envoyé à partir", "von meinem",
	"gesendet von", "gesendet mit", "diese nachricht wurde von meinem",
	"enviado desde", "enviado do meu", "enviado de", "inviato da",
	"verzonden met", "verzonden vanaf", "verstuurd vanaf", "sendt fra",
	"skickat från", "lähetetty", "wysłane z", "odesláno z", "odoslané z",
	"отправлено с", "отправлено из", "надіслано з", "iphone'umdan",
	"发自我的", "從我的", "从我的", "傳送自", "来自我的",
	"寄自我的", "发送自", "来自魅族", "来自小米", "通过网易邮箱大师发送",
	"由网易邮箱大师", "网易邮箱大师", "获取 outlook", "获取outlook",
	"下载 outlook", "iphoneから送信", "나의 iphone"
};

static const char *const auto_subjects[] = {
	"自动回复", "自動回覆", "自动答复", "自动应答", "[auto-reply]",
	"automatic reply", "auto reply", "auto-reply", "autoreply", "auto:",
	"auto response", "auto-response", "autoresponse", "automated reply",
	"automated response", "out of office", "out-of-office",
	"out of the office", "vacation reply", "vacation response", "vacation:",
	"on vacation", "away from", "i am away", "i'm away", "on leave",
	"外出", "不在办公室", "休假自动", "abwesenheit",
	"automatische antwort", "réponse automatique", "absence du bureau",
	"absent du bureau", "respuesta automática", "fuera de la oficina",
	"resposta automática", "fora do escritório", "risposta automatica",
	"fuori sede", "automatisch antwoord", "afwezig", "autosvar",
	"automatisk svar", "automaattinen vastaus", "odpowiedź automatyczna",
	"automatická odpověď", "автоответ", "автоматический ответ",
	"otomatik yanıt", "自動返信", "자동 회신", "부재중"
};

static const char *
skip_decoration(const char *text)
{
	for (;;) {
		if (*text == '*' || *text == ' ' || *text == '\t')
			text++;
		else if ((unsigned char)text[0] == 0xC2 &&
		    (unsigned char)text[1] == 0xA0)
			text += 2;
		else
			return text;
	}
}

/* The value behind "word:", or NULL. */
static const char *
behind_word(const char *text, const char *word)
{
	size_t len = word_at(text, word);
	const char *at;

	if (len == 0)
		return NULL;
	at = skip_decoration(text + len);
	if (*at == ':')
		return skip_decoration(at + 1);
	if (strncmp(at, WIDE_COLON, 3) == 0)
		return skip_decoration(at + 3);
	return NULL;
}

static enum label
label_at(const char *text, const char **ret_value)
{
	for (int label = LABEL_FROM; label < LABEL_COUNT; label++)
		for (size_t i = 0; i < ARRAY_COUNT(label_words[label]); i++) {
			const char *word = label_words[label][i];
			const char *value =
			    word == NULL ? NULL : behind_word(text, word);

			if (value == NULL)
				continue;
			*ret_value = value;
			return (enum label)label;
		}
	return LABEL_NONE;
}

enum label
marker_label(const char *line, const char **ret_value)
{
	return label_at(skip_decoration(line), ret_value);
}

const char *
marker_label_in(const char *line, enum label *ret, const char **ret_value)
{
	for (; *line != '\0'; line++) {
		/* One-letter labels would be found inside of words. */
		if (((unsigned char)*line & 0xC0) == 0x80 ||
		    islower((unsigned char)*line) || *line == ' ')
			continue;
		*ret = label_at(line, ret_value);
		if (*ret != LABEL_NONE && *ret_value - line > 3)
			return line;
	}
	return NULL;
}

static const char *
skip_dashes(const char *line, size_t *ret_count)
{
	const char *at = skip_decoration(line);
	size_t count = 0;

	while (*at == '-' || *at == '_' || *at == '=') {
		count++;
		at = skip_decoration(at + 1);
	}
	*ret_count = count;
	return at;
}

/* Between dashes: where the words of the table end, or NULL. */
static const char *
dashed_word(const char *line, const char *const *words, size_t count)
{
	size_t dashes, behind;
	const char *text = skip_dashes(line, &dashes);
	const char *end;

	if (dashes < 2)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t len = word_at(text, words[i]);

		if (len == 0)
			continue;
		end = skip_dashes(text + len, &behind);
		if (behind >= 2)
			return end;
	}
	return NULL;
}

bool
marker_is_original(const char *line)
{
	return dashed_word(
		   line, original_words, ARRAY_COUNT(original_words)) != NULL;
}

const char *
marker_forward(const char *line)
{
	const char *end =
	    dashed_word(line, forward_words, ARRAY_COUNT(forward_words));
	const char *text = skip_decoration(line);

	if (end != NULL)
		return end;
	for (size_t i = 0; i < ARRAY_COUNT(forward_words); i++) {
		end = behind_word(text, forward_words[i]);
		if (end != NULL && *end == '\0')
			return end;
	}
	return NULL;
}

static bool
is_year(const char *at)
{
	return (strncmp(at, "19", 2) == 0 || strncmp(at, "20", 2) == 0) &&
	    isdigit((unsigned char)at[2]) && isdigit((unsigned char)at[3]) &&
	    !isdigit((unsigned char)at[4]);
}

bool
marker_has_date(const char *line)
{
	for (const char *at = line; *at != '\0'; at++) {
		bool inside = at > line && isdigit((unsigned char)at[-1]);

		if (!inside && is_year(at))
			return true;
		if (inside && (*at == ':' || *at == '.' || *at == '/') &&
		    isdigit((unsigned char)at[1]) &&
		    isdigit((unsigned char)at[2]))
			return true;
	}
	return false;
}

bool
marker_starts_attribution(const char *line)
{
	line = skip_decoration(line);
	return marker_has_date(line) &&
	    (word_at_any(line, openers, ARRAY_COUNT(openers)) ||
		strchr(line, '@') != NULL || strchr(line, '<') != NULL ||
		isdigit((unsigned char)*line));
}

bool
marker_is_attribution(const char *line)
{
	size_t len = strlen(line);
	bool has_date = marker_has_date(line);

	while (len > 0 && strchr("* \t", line[len - 1]) != NULL)
		len--;
	if (len < 6 || len > 500)
		return false;
	if (line[len - 1] != ':' &&
	    !(len > 3 && strncmp(line + len - 3, WIDE_COLON, 3) == 0))
		return false;
	if (!has_date && strchr(line, '@') == NULL)
		return false;
	if (word_find_any(line, wrote_words, ARRAY_COUNT(wrote_words)))
		return true;
	/* "2016-10-24 15:36 GMT+02:00 Foo <foo@bar>:" */
	return has_date && len > 2 && line[len - 2] == '>' &&
	    strchr(line, '@') != NULL;
}

bool
marker_is_footer(const char *line)
{
	size_t words = 0;
	bool in_word = false;

	line = skip_decoration(line);
	if (!word_at_any(line, footer_starts, ARRAY_COUNT(footer_starts)))
		return false;
	for (const char *at = line; *at != '\0' && *at != '<' && *at != '('; at++) {
		if (*at != ' ' && !in_word)
			words++;
		in_word = *at != ' ';
	}
	/* A sentence is not a footer; nor is a long Chinese line. */
	return words <= 10 && strlen(line) < 160 &&
	    word_find(line, " is ") == NULL;
}

bool
marker_is_rule(const char *line)
{
	size_t count;
	const char *end = skip_dashes(line, &count);

	return *end == '\0' && count >= 5;
}

bool
marker_is_auto_subject(const char *subject)
{
	return word_find_any(subject, auto_subjects, ARRAY_COUNT(auto_subjects));
}

bool
marker_is_forward_subject(const char *subject)
{
	static const char *const replies[] = { "re:", "re：", "回复:", "回复：",
		"答复:", "答复：", "回覆:", "回覆：" };
	static const char *const forwards[] = { "fw:", "fw：", "fwd:", "fwd：",
		"转发:", "转发：", "轉寄:", "轉寄：", "wg:", "tr:", "rv:" };
	bool again = true;

	while (again) {
		again = false;
		subject = skip_decoration(subject);
		for (size_t i = 0; i < ARRAY_COUNT(replies); i++) {
			size_t len = word_at(subject, replies[i]);

			subject += len;
			again = again || len > 0;
		}
	}
	return word_at_any(subject, forwards, ARRAY_COUNT(forwards));
}
