#include "reader/marker_words.h"

static const char *const from_words[] = { "from", "发件人", "发信人", "寄件者",
	"寄件人", "送信者", "差出人", "送信元", "von", "de", "da", "van", "od",
	"fra", "från", "lähettäjä", "mittente", "remitente", "expéditeur",
	"afsender", "avsändare", "feladó", "odosielateľ", "odesílatel",
	"nadawca", "от", "отправитель", "від", "від кого", "šalje", "gönderen",
	"kimden", "보낸사람", "보낸 사람", "expeditor", "de la", "από",
	"от кого", "dari", "từ", "pošiljatelj" };

static const char *const to_words[] = { "to", "收件人", "收信人", "收件者",
	"宛先", "送信先", "an", "à", "a", "para", "aan", "do", "komu", "til",
	"till", "vastaanottaja", "destinatario", "címzett", "pre", "кому",
	"prima", "kime", "받는사람", "받는 사람", "către", "za", "destinataire",
	"pour", "προς", "kepada" };

static const char *const cc_words[] = { "cc", "bcc", "抄送", "副本", "密送",
	"kopie (cc)", "kopie", "kopia", "kopi", "kópia", "kopio", "copie à",
	"cc à", "копія", "копия", "másolat", "másolatot kap", "bilgi", "dw",
	"참조", "cópia" };

static const char *const date_words[] = { "date", "sent", "发送时间",
	"发送日期", "日期", "寄件日期", "日時", "日付", "送信日時", "datum",
	"gesendet", "envoyé", "le", "fecha", "enviado", "enviado el", "data",
	"inviato", "verzonden", "wysłano", "sendt", "dato", "skickat",
	"päivämäärä", "lähetetty", "dátum", "elküldve", "odoslané", "odesláno",
	"дата", "отправлено", "відправлено", "tarih", "gönderildi", "보낸날짜",
	"보낸 날짜", "trimis", "enviada em" };

static const char *const subject_words[] = { "subject", "主题", "主旨", "标题",
	"件名", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp",
	"temat", "emne", "ämne", "aihe", "tárgy", "predmet", "předmět", "тема",
	"naslov", "konu", "제목", "subiect", "θέμα" };

static const char *const reply_to_words[] = { "reply-to", "reply to", "回复",
	"antwort an", "répondre à", "responder a", "rispondi a",
	"vastausosoite" };

struct word_list marker_labels[LABEL_COUNT] = {
	[LABEL_FROM] = WORD_LIST(from_words),
	[LABEL_TO] = WORD_LIST(to_words),
	[LABEL_CC] = WORD_LIST(cc_words),
	[LABEL_DATE] = WORD_LIST(date_words),
	[LABEL_SUBJECT] = WORD_LIST(subject_words),
	[LABEL_REPLY_TO] = WORD_LIST(reply_to_words),
};

static const char *const original_words[] = { "original message",
	"original appointment", "reply message", "original", "原始邮件",
	"邮件原件", "回复的原邮件", "原邮件", "原始信件", "原始郵件",
	"ursprüngliche nachricht", "original-nachricht", "originalnachricht",
	"message d'origine", "message original", "mensaje original",
	"mensagem original", "messaggio originale", "oorspronkelijk bericht",
	"oprindelig meddelelse", "opprinnelig melding",
	"ursprungligt meddelande", "wiadomość oryginalna",
	"oryginalna wiadomość", "původní zpráva", "pôvodná správa",
	"исходное сообщение", "eredeti üzenet", "alkuperäinen viesti",
	"元のメッセージ", "원본 메시지", "mesaj original", "alıntılanan" };
struct word_list marker_originals = WORD_LIST(original_words);

/* Either between dashes or as a line of their own with a colon. */
static const char *const forward_words[] = { "forwarded message",
	"begin forwarded message", "转发邮件信息", "转发的邮件", "转发邮件",
	"转发的消息", "已转发邮件", "开始转发的邮件", "轉寄郵件", "轉寄的郵件",
	"轉寄訊息", "開始轉寄郵件", "轉寄", "weitergeleitete nachricht",
	"anfang der weitergeleiteten nachricht", "message transféré",
	"message transmis", "début du message transféré",
	"début du message réexpédié", "message réexpédié", "mensaje reenviado",
	"inicio del mensaje reenviado", "mensagem encaminhada",
	"mensagem reencaminhada", "início da mensagem reencaminhada",
	"início da mensagem encaminhada", "messaggio inoltrato",
	"inizio messaggio inoltrato", "doorgestuurd bericht",
	"begin doorgestuurd bericht", "videresendt meddelelse",
	"videresendt melding", "start på videresendt besked",
	"videresendt besked", "vidarebefordrat mejl",
	"vidarebefordrat meddelande", "välitetty viesti",
	"välitetty viesti alkaa", "edelleenlähetetty viesti",
	"przekazana wiadomość", "wiadomość przekazana dalej",
	"początek przekazywanej wiadomości", "přeposlaná zpráva",
	"preposlaná správa", "začátek přeposílané zprávy", "továbbított üzenet",
	"továbbított levél kezdete", "proslijeđena poruka",
	"započni proslijeđenu poruku", "iletilen ileti", "iletilmiş mesaj",
	"iletilen mesaj", "mesaj redirecționat", "mesaj redirecţionat",
	"redirecționat", "пересылаемое сообщение", "перенаправленное сообщение",
	"начало переадресованного сообщения", "пересланное сообщение",
	"початок листа, що пересилається", "переслане повідомлення",
	"перенаправлене повідомлення", "転送メッセージ", "メッセージを転送",
	"転送されたメッセージ", "전달된 메시지", "προωθημένο μήνυμα" };
struct word_list marker_forwards = WORD_LIST(forward_words);

static const char *const wrote_words[] = { "wrote", "写道", "寫道", "写到",
	"schrieb", "a écrit", "escribió", "ha scritto", "scritto", "napisał",
	"napsal", "napísal", "napisal", "skrev", "kirjoitti", "schreef",
	"geschreven", "пишет", "написал", "написав", "пише", "yazdı",
	"escreveu", "írta", "a scris", "書きました", "のメール", "작성",
	"έγραψε", "je napisao", "đã viết", "menulis", "writes", "said" };
struct word_list marker_wrote = WORD_LIST(wrote_words);

/* An attribution's first word. */
static const char *const openers[] = { "on ", "at ", "le ", "am ", "op ", "el ",
	"il giorno", "il ", "den ", "em ", "dnia ", "w dniu ", "dne ", "dňa ",
	"în ", "в ", "pe ", "el día", "在", "於", "- on ", "- le ", "vào ",
	"pada ", "a ", "στις " };
struct word_list marker_openers = WORD_LIST(openers);

/* Words with which a footer of a mobile program starts. */
static const char *const footer_starts[] = { "sent from", "sent via",
	"sent with", "sent by", "(sent from", "<<sent by", "get outlook for",
	"get [outlook", "from my iphone", "sent using", "envoyé depuis",
	"envoyé de mon", "envoyé à partir", "von meinem", "gesendet von",
	"gesendet mit", "diese nachricht wurde von meinem", "enviado desde",
	"enviado do meu", "enviado de", "inviato da", "verzonden met",
	"verzonden vanaf", "verstuurd vanaf", "sendt fra", "skickat från",
	"lähetetty", "wysłane z", "odesláno z", "odoslané z", "отправлено с",
	"отправлено из", "надіслано з", "iphone'umdan", "发自我的", "從我的",
	"从我的", "傳送自", "来自我的", "寄自我的", "发送自", "来自魅族",
	"来自小米", "通过网易邮箱大师发送", "由网易邮箱大师", "网易邮箱大师",
	"获取 outlook", "获取outlook", "下载 outlook", "iphoneから送信",
	"나의 iphone" };
struct word_list marker_footers = WORD_LIST(footer_starts);

static const char *const auto_subjects[] = { "自动回复", "自動回覆", "自动答复",
	"自动应答", "[auto-reply]", "automatic reply", "auto reply",
	"auto-reply", "autoreply", "auto:", "auto response", "auto-response",
	"autoresponse", "automated reply", "automated response",
	"out of office", "out-of-office", "out of the office", "vacation reply",
	"vacation response", "vacation:", "on vacation", "away from",
	"i am away", "i'm away", "on leave", "外出", "不在办公室", "休假自动",
	"abwesenheit", "automatische antwort", "réponse automatique",
	"absence du bureau", "absent du bureau", "respuesta automática",
	"fuera de la oficina", "resposta automática", "fora do escritório",
	"risposta automatica", "fuori sede", "automatisch antwoord", "afwezig",
	"autosvar", "automatisk svar", "automaattinen vastaus",
	"odpowiedź automatyczna", "automatická odpověď", "автоответ",
	"автоматический ответ", "otomatik yanıt", "自動返信", "자동 회신",
	"부재중" };
struct word_list marker_auto_subjects = WORD_LIST(auto_subjects);

static const char *const reply_subjects[] = { "re:", "re：", "回复:", "回复：",
	"答复:", "答复：", "回覆:", "回覆：" };
struct word_list marker_reply_subjects = WORD_LIST(reply_subjects);

static const char *const forward_subjects[] = { "fw:", "fw：", "fwd:", "fwd：",
	"转发:", "转发：", "轉寄:", "轉寄：", "wg:", "tr:", "rv:" };
struct word_list marker_forward_subjects = WORD_LIST(forward_subjects);
