#include "reader/marker_words.h"

static const char *const from_words[] = { "from", "发件人", "发信人", "寄件者",
	"寄件人", "送信者", "差出人", "送信元", "von", "de", "da", "van", "od",
	"fra", "från", "lähettäjä", "mittente", "remitente", "expéditeur",
	"afsender", "avsändare", "feladó", "odosielateľ", "odesílatel",
	"nadawca", "от", "отправитель", "від", "від кого", "šalje", "gönderen",
	"kimden", "보낸사람", "보낸 사람", "expeditor", "de la", "από",
	"от кого", "dari", "từ", "pošiljatelj", "發件人", "寄信人", "보낸이",
	"발신인", "발신자", "posielateľ", "afzender", "absender", "frá",
	"saatja", "nuo", "подател", "من", "מאת", "จาก", "người gửi", "pengirim",
	"отправлено от" };

static const char *const to_words[] = { "to", "收件人", "收信人", "收件者",
	"宛先", "送信先", "an", "à", "a", "para", "aan", "do", "komu", "til",
	"till", "vastaanottaja", "destinatario", "címzett", "pre", "кому",
	"prima", "kime", "받는사람", "받는 사람", "către", "za", "destinataire",
	"pour", "προς", "kepada", "受信者", "받는이", "수신인", "수신자",
	"ontvanger", "empfänger", "odbiorca", "příjemce", "mottaker",
	"modtager", "mottagare", "vastaanottajat", "mottakere", "إلى", "אל",
	"ถึง", "đến", "alıcı", "получатель", "primatelj", "prejemnik" };

static const char *const cc_words[] = { "cc", "bcc", "抄送", "副本", "密送",
	"kopie (cc)", "kopie", "kopia", "kopi", "kópia", "kopio", "copie à",
	"cc à", "копія", "копия", "másolat", "másolatot kap", "bilgi", "dw",
	"참조", "cópia", "抄送人", "副本抄送", "抄本", "카본 카피", "참조인",
	"kópiu", "kopija", "κοιν", "com cópia", "con copia", "cópia para" };

static const char *const date_words[] = { "date", "sent", "发送时间",
	"发送日期", "日期", "寄件日期", "日時", "日付", "送信日時", "datum",
	"gesendet", "envoyé", "le", "fecha", "enviado", "enviado el", "data",
	"inviato", "verzonden", "wysłano", "sendt", "dato", "skickat",
	"päivämäärä", "lähetetty", "dátum", "elküldve", "odoslané", "odesláno",
	"дата", "отправлено", "відправлено", "tarih", "gönderildi", "보낸날짜",
	"보낸 날짜", "trimis", "enviada em", "发送日", "日　期", "日期时间",
	"발신일", "보낸시간", "날짜", "일시", "enviado em", "enviada",
	"enviado a", "verzonden op", "wysłane", "data wysłania", "poslano",
	"poslato", "sent at", "sent on", "التاريخ", "תאריך", "נשלח", "วันที่",
	"ngày", "tanggal", "dikirim", "ημερομηνία", "στάλθηκε", "trimis la",
	"fecha de envío", "date d'envoi", "дата отправки", "надіслано" };

static const char *const subject_words[] = { "subject", "主题", "主旨", "标题",
	"件名", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp",
	"temat", "emne", "ämne", "aihe", "tárgy", "predmet", "předmět", "тема",
	"naslov", "konu", "제목", "subiect", "θέμα", "主　题", "主題", "件　名",
	"標題", "제 목", "sujet", "titel", "betr.", "chủ đề", "subjek",
	"perihal", "الموضوع", "נושא", "เรื่อง", "teema", "zadeva", "efni",
	"относно", "assunto:" };

static const char *const reply_to_words[] = { "reply-to", "reply to", "回复",
	"antwort an", "répondre à", "responder a", "rispondi a",
	"vastausosoite", "返信先", "回覆給", "回复至", "svar til", "svara till",
	"odpowiedz do", "odpovědět", "ответить", "antwoord aan", "válaszcím",
	"yanıtla" };

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
	"邮件原件", "回复的原邮件", "回复的邮件信息", "回复的邮件", "原邮件",
	"原始信件", "原始郵件", "ursprüngliche nachricht", "original-nachricht",
	"originalnachricht", "message d'origine", "message original",
	"mensaje original", "mensagem original", "messaggio originale",
	"oorspronkelijk bericht", "oprindelig meddelelse",
	"opprinnelig melding", "ursprungligt meddelande",
	"wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva",
	"pôvodná správa", "исходное сообщение", "eredeti üzenet",
	"alkuperäinen viesti", "元のメッセージ", "원본 메시지",
	"mesaj original", "alıntılanan", "original mail", "original email",
	"original e-mail", "message d’origine", "message initial",
	"ursprünglicher text", "mensagem de origem", "izvorna poruka",
	"izvorno sporočilo", "оригинална поруката", "вихідне повідомлення",
	"оригінальне повідомлення", "оригинальное сообщение",
	"пересылаемое письмо", "αρχικό μήνυμα", "özgün ileti", "orijinal mesaj",
	"orijinal ileti", "pesan asli", "thư gốc", "tin nhắn gốc", "元のメール",
	"元メール", "원본 메일", "원본메일", "원본 메세지", "원래 메시지",
	"原邮件信息", "邮件原文", "原始消息", "原始邮件信息", "原件", "原信件",
	"原始訊息", "郵件原件", "回复邮件", "original meddelelse",
	"oprindelig besked", "opprinnelig e-post", "ursprungligt mejl",
	"alkuperäinen sähköposti", "původní e-mail", "originele bericht",
	"mensaje de origen", "messaggio di origine", "testo originale",
	"wiadomość pierwotna", "الرسالة الأصلية", "הודעה מקורית", "ข้อความเดิม",
	"oorspronkelijke bericht", "reply above this line",
	"please reply above this line" };
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
	"転送されたメッセージ", "전달된 메시지", "προωθημένο μήνυμα",
	"forwarded by", "forwarded mail", "forwarded email",
	"start of forwarded message", "轉寄的訊息", "轉發的郵件", "轉寄信件",
	"转寄邮件", "转发的信件", "转发信息", "已转发的邮件", "转发邮件开始",
	"轉寄的信件", "全文轉寄", "전달 메시지", "전달된 이메일", "전달된 메일",
	"転送メール", "転送されたメール", "weitergeleitete e-mail",
	"weitergeleitet", "doorgestuurde bericht", "përcjellë",
	"posredovano sporočilo", "preusmjerena poruka", "prosleđena poruka",
	"препратено съобщение", "edasisaadetud kiri", "persiųstas laiškas",
	"pārsūtīts ziņojums", "missatge reenviat", "tin nhắn đã chuyển tiếp",
	"thư được chuyển tiếp", "pesan diteruskan", "pesan terusan",
	"ข้อความที่ส่งต่อ", "رسالة معاد توجيهها", "رسالة مُعاد توجيهها",
	"הודעה שהועברה", "framsendur póstur", "mesaj redirectionat",
	"videresendt e-post", "vidarebefordrat e-postmeddelande" };
struct word_list marker_forwards = WORD_LIST(forward_words);

static const char *const wrote_words[] = { "wrote", "写道", "寫道", "写到",
	"schrieb", "a écrit", "escribió", "ha scritto", "scritto", "napisał",
	"napsal", "napísal", "napisal", "skrev", "kirjoitti", "schreef",
	"geschreven", "пишет", "написал", "написав", "пише", "yazdı",
	"escreveu", "írta", "a scris", "書きました", "のメール", "작성",
	"έγραψε", "je napisao", "đã viết", "menulis", "writes", "said",
	" sent:", "pisze", "napisao je", "napisala je", "napisao", "quoting",
	"zitat von", "citando", "citat från", "citação de", "quoten von",
	"写信说", "さんが書きました", "さんは書きました", "からのメール",
	"님이 쓴", "님이 씀", "쓴 글", "보낸 메시지", "написа", "је написао",
	"je napísal", "rašė", "rakstīja", "kirjutas", "va escriure",
	"ha escrit", "skrifaði", "ने लिखा", "เขียนว่า", "เขียน", "כתב", "כתבה",
	"كتب", "şunu yazdı", "zapisał", "napsala", "napísala", "napisała",
	"écrit", "écrivit", "schrieben", "skreiv", "kirjoittaa", "írja",
	"scrie", "scrisse" };
struct word_list marker_wrote = WORD_LIST(wrote_words);

/* An attribution's first word. */
static const char *const openers[] = { "on ", "at ", "le ", "am ", "op ", "el ",
	"il giorno", "il ", "den ", "em ", "dnia ", "w dniu ", "dne ", "dňa ",
	"în ", "в ", "pe ", "el día", "在", "於", "- on ", "- le ", "vào ",
	"pada ", "a ", "στις ", "kl. ", "dia ", "el dia ", "na ", "на ",
	"no dia ", "- am ", "- op ", "- el ", "- il ", "— on ", "dana ", "v ",
	"mon, ", "tue, ", "wed, ", "thu, ", "fri, ", "sat, ", "sun, ", "ngày ",
	"เมื่อ ", "ב-", "בתאריך ", "في " };
struct word_list marker_openers = WORD_LIST(openers);

static const char *const speakers[] = { " you wrote", " he wrote", " she wrote",
	" they wrote", " it said", " wrote this", " wrote that", " wrote to",
	" wrote me", " wrote us", " said that", " said to", " he said",
	" she said", "你写", "您写", "他写", "她写", "你们写", "他们写", "她在",
	"他在", "物业又写", "上面写", "上写", " hat er ", " sie schrieb",
	" du schrieb", " vous avez écrit" };
struct word_list marker_speakers = WORD_LIST(speakers);

static const char *const own_speakers[] = { "i wrote", "i have written",
	"we wrote", "i said", "we said", "我写", "我们写", "我在", "我们在",
	"我曾", "ich schrieb", "j'ai écrit", "escribí", "ho scritto", "私は",
	"저는" };
struct word_list marker_own_speakers = WORD_LIST(own_speakers);

static const char *const dated[] = { "于20", "於20", "于 20", "於 20", "在 20",
	"在20", " schrieb am ", " wrote on ", " kirjoitti ", " ha scritto il ",
	" a écrit le ", " escribió el ", " schreef op ", " napisał dnia ",
	" skrev ", " в 20", " tarihinde " };
struct word_list marker_dated = WORD_LIST(dated);

/* Words with which a footer of a mobile program starts. */
static const char *const footer_starts[] = { "get outlook for", "get [outlook",
	"from my iphone", "envoyé depuis", "envoyé de mon", "envoyé à partir",
	"envoyé avec", "von meinem", "gesendet von", "gesendet mit",
	"von unterwegs gesendet", "diese nachricht wurde von meinem",
	"enviado desde mi", "enviado desde el", "enviado do meu", "enviado de",
	"enviado a partir do", "inviato da", "inviato dal mio", "verzonden met",
	"verzonden vanaf", "verstuurd vanaf", "verzonden van", "sendt fra",
	"skickat från", "lähetetty", "wysłane z", "wysłano z", "odesláno z",
	"odoslané z", "отправлено с", "отправлено из", "надіслано з",
	"iphone'umdan", "ipad'imden", "iphone’umdan", "trimis de pe",
	"trimis din", "στάλθηκε από", "elküldve:", "küldve az", "poslano s",
	"poslano iz", "enviat des", "saadetud minu", "išsiųsta iš", "đã gửi từ",
	"dikirim dari", "gửi từ", "tải outlook", "outlook für ios",
	"outlook for ios beziehen", "télécharger outlook", "obtenir outlook",
	"obtener outlook", "obter o outlook", "ottieni outlook per",
	"outlook voor ios", "hent outlook", "hämta outlook", "hanki outlook",
	"pobierz outlook", "získejte outlook", "скачать outlook",
	"загрузить outlook", "aşağıdakini edinin", "outlook for android",
	"outlook for ios", "iphoneから送信", "androidから送信",
	"outlook for iosを入手", "나의 iphone", "내 iphone", "iphone에서 보냄",
	"ios용 outlook", "android용 outlook", "von outlook für", "gesendet aus",
	"sendt med", "skickat med", "envoyé par", "enviado con" };
struct word_list marker_footers = WORD_LIST(footer_starts);

static const char *const sent_from[] = { "sent from", "sent via", "sent with",
	"sent by", "sent using", "<<sent by", "posted from", "written on",
	"typed on", "composed on", "dictated on" };
struct word_list marker_sent_from = WORD_LIST(sent_from);

static const char *const footers_zh[] = { "发自", "發自", "从我的", "從我的",
	"从手机", "从 ", "從 ", "传送自", "傳送自", "来自", "來自", "寄自",
	"发送自", "發送自", "通过", "由", "使用", "获取", "取得", "下载",
	"下載", "本邮件由", "此邮件由" };
struct word_list marker_footers_zh = WORD_LIST(footers_zh);

static const char *const devices[] = { "iphone", "ipad", "ipod", "android",
	"安卓", "华为", "huawei", "荣耀", "honor", "小米", "xiaomi", "redmi",
	"红米", "oppo", "vivo", "魅族", "meizu", "三星", "samsung", "galaxy",
	"一加", "oneplus", "nokia", "htc", "motorola", "blackberry", "windows",
	"outlook", "foxmail", "qq邮箱", "qq mail", "网易邮箱", "网易灵犀",
	"新浪邮箱", "139邮箱", "189邮箱", "阿里邮箱", "阿里企业邮箱", "钉钉",
	"企业微信", "腾讯企业邮", "coremail", "飞书", "我的手机", "我的手機",
	"我的平板", "手机发送", "手机客户端", "手机版", "手機傳送", "mobile",
	"phone", "tablet", "handy", "mail app", "yahoo", "gmail", "thunderbird",
	"proton", "tutanota", "mailbox", "airmail", "spark", "mail.ru",
	"myrambler", "client" };
struct word_list marker_devices = WORD_LIST(devices);

static const char *const footer_lines[] = { "网易邮箱大师",
	"由网易邮箱大师定制", "签名由网易邮箱大师定制",
	"please consider the environment", "please think before you print",
	"think before you print", "save a tree", "pensez à l'environnement",
	"bitte denken sie an die umwelt", "bitte prüfen sie der umwelt",
	"antes de imprimir", "请考虑环境", "请在打印前", "打印前请考虑",
	"保护环境", "virus-free.", "virenfrei.", "garanti sans virus",
	"libre de virus", "this email has been checked for",
	"this e-mail has been checked for", "diese e-mail wurde von avast",
	"you received this message because", "to unsubscribe from this group" };
struct word_list marker_footer_lines = WORD_LIST(footer_lines);

static const char *const sign_offs[] = { "regards", "best regards",
	"kind regards", "warm regards", "with kind regards", "kindest regards",
	"with best regards", "best wishes", "sincerely", "yours sincerely",
	"sincerely yours", "yours faithfully", "yours truly", "cordially",
	"mit freundlichen grüßen", "mit freundlichem gruß", "freundliche grüße",
	"mit besten grüßen", "beste grüße", "viele grüße", "cordialement",
	"bien cordialement", "bien à vous", "salutations", "saludos",
	"saludos cordiales", "atentamente", "un saludo", "atenciosamente",
	"cumprimentos", "cordiali saluti", "distinti saluti", "saluti",
	"met vriendelijke groet", "met vriendelijke groeten", "groeten",
	"med vänlig hälsning", "vänliga hälsningar", "mvh", "med venlig hilsen",
	"venlig hilsen", "vennlig hilsen", "med vennlig hilsen", "hilsen",
	"ystävällisin terveisin", "terveisin", "pozdrawiam", "z poważaniem",
	"s pozdravem", "s pozdravom", "с уважением", "з повагою",
	"saygılarımla", "üdvözlettel", "cu stimă", "με εκτίμηση", "lp",
	"s poštovanjem" };
struct word_list marker_sign_offs = WORD_LIST(sign_offs);

static const char *const disclaimers[] = { "this e-mail", "this email",
	"this message", "this communication", "this transmission",
	"the information in this", "the information contained in",
	"the contents of this", "confidentiality notice",
	"confidential:", "disclaimer", "notice:", "important notice",
	"important:", "if you are not the intended",
	"if you have received this", "diese e-mail", "diese nachricht",
	"der inhalt dieser", "ce message", "ce courriel", "cet e-mail",
	"este mensaje", "este correo", "aviso legal", "aviso de confidencial",
	"esta mensagem", "este e-mail", "questo messaggio",
	"le informazioni contenute", "questa e-mail", "ai sensi del",
	"dit bericht", "deze e-mail", "de informatie in", "denne e-post",
	"denne e-mail", "detta meddelande", "ta wiadomość",
	"niniejsza wiadomość", "tato zpráva", "настоящее сообщение",
	"это сообщение", "данное сообщение", "bu e-posta", "bu mesaj", "本邮件",
	"此邮件", "该邮件", "本电子邮件", "此电子邮件", "本信件", "本郵件",
	"此郵件", "本電子郵件", "此電子郵件", "免责声明", "免責聲明",
	"保密声明", "保密提示", "保密通知", "重要提示：本", "声明：本",
	"声明：此", "このメール", "本メール", "이 메일", "본 메일", "이 이메일",
	"본 이메일" };
struct word_list marker_disclaimers = WORD_LIST(disclaimers);

static const char *const secrets[] = { "confidential", "privileged",
	"intended recipient", "intended only", "intended solely", "addressee",
	"vertraulich", "confidentiel", "confidencial", "riservat",
	"confidenzial", "vertrouwelijk", "konfidensiel", "fortrolig",
	"konfidentiell", "poufn", "důvěrn", "конфиденциальн", "gizli", "保密",
	"机密", "機密", "商业秘密", "指定收件人", "收件人使用", "仅限", "错收",
	"误收", "误发", "禁止任何", "删除本邮件", "刪除本郵件", "任何形式",
	"法律责任", "prohibited", "disclose", "dissemination", "delete it",
	"delete this", "liability", "in error", "unauthorised", "unauthorized",
	"irrtümlich", "par erreur", "por error", "per errore", "授权", "授權",
	"機密情報", "기밀", "비밀" };
struct word_list marker_secrets = WORD_LIST(secrets);

static const char *const reply_subjects[] = { "re", "回复", "答复", "回覆",
	"回信", "回复全部", "答覆", "回應", "aw", "antw", "antwort", "antwoord",
	"sv", "vs", "ref", "rif", "r", "res", "resp", "odp", "odpowiedź", "rép",
	"rép.", "ynt", "yan", "cevap", "atb", "на", "отв", "ответ", "vá",
	"válasz", "bls", "απ", "σχετ", "返信", "回答", "回新", "답장", "회신",
	"trả lời", "balas", "ref.", "回復" };
struct word_list marker_reply_subjects = WORD_LIST(reply_subjects);

static const char *const forward_subjects[] = { "fw", "fwd", "转发", "轉寄",
	"轉發", "转寄", "wg", "tr", "rv", "enc", "i", "doorst", "vb", "vl",
	"pd", "przekaż", "podaj", "ilt", "пересл", "прд", "转发邮件", "転送",
	"전달", "továbbítás", "továbbítva", "πρθ", "rvs", "doorgestuurd",
	"weitergeleitet", "inoltra", "fs", "chuyển tiếp" };
struct word_list marker_forward_subjects = WORD_LIST(forward_subjects);
