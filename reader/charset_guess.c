#include "reader/charset_guess.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/cleanup.h"
#include "lib/text.h"
#include "reader/charset_convert.h"

/* Bytes that are looked at, from a little before the first that is no ASCII:
 * more make no guess better. */
enum { SAMPLE_BYTES = 1200 };

enum script {
	SCRIPT_HAN,     /* signs, ASCII may stand beside them */
	SCRIPT_LETTERS, /* words of their own */
	SCRIPT_ACCENTS, /* single letters among ASCII ones */
};

struct candidate {
	const char *label;
	enum script script;
	const char *common; /* the characters that make up most of a text */
	const char *also;   /* more of them, or NULL */
};

static const char signs[] = "，。！？、：；“”（）《》…—　";
static const char hans[] =
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能"
    "而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现"
    "当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无"
    "力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重"
    "并物手应向头文体政美相见被利什二等产或新己制身果加月话合回特代内信表化"
    "老给位次度门任常先海通教原东声提立及比员解水名真处走各入几口条平系气题"
    "别打女变四总何电数安少报才结反受目太量再感建务做接必件管期市直修请您谢"
    "房楼梯漏停车噪音垃圾灯物单元厨卫坏快派尽户漆墙退订投诉警张王李刘陈杨赵";
static const char hant[] =
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能"
    "而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現"
    "當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日者意無力"
    "它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並"
    "物手應向頭文體見被利什二等產或新己制身果加月話合回特代內信表化老給位次"
    "度門任常先通教原東聲提立及比員解水名真處走各入幾口條平氣題別打女變四總"
    "何電數安少報才結反受目太量再感建務做接必件管期市直修請您謝房樓梯漏停車"
    "噪音垃圾燈單元廚壞快派儘盡戶";
static const char kana[] =
    "あいうえおかがきぎくぐけげこごさざしじすずせぜそぞただちっつづてでとどな"
    "にぬねのはばぱひびふぶへべほぼまみむめもゃやゅゆょよらりるれろわをん"
    "アイウエオカガキギクグケゲコゴサザシジスズセタダチッツテデトドナニネノハ"
    "バパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロワン・ー";
static const char hangul[] =
    "이다는을에의가하고지사로기한를은자도정인어니리서대시일아해수보전상부주라"
    "여제나있것들습합세요안녕면만그으과와원장공성연구비동조모스유선러내게우중"
    "방말무신개소드분치문간물적마발호생오관경저미심행용단차실위식되않없때더또"
    "당연락바랍감까";

/* The first of equals is taken: the desk stands in China. */
static const struct candidate candidates[] = {
	{ "gb18030", SCRIPT_HAN, hans, signs },
	{ "big5", SCRIPT_HAN, hant, signs },
	{ "shift_jis", SCRIPT_HAN, kana, signs },
	{ "euc-jp", SCRIPT_HAN, kana, signs },
	{ "euc-kr", SCRIPT_HAN, hangul, signs },
	{ "windows-1251", SCRIPT_LETTERS, "оеаинтсрвл", "кдмупяыь" },
	{ "koi8-r", SCRIPT_LETTERS, "оеаинтсрвл", "кдмупяыь" },
	{ "cp866", SCRIPT_LETTERS, "оеаинтсрвл", "кдмупяыь" },
	{ "windows-1253", SCRIPT_LETTERS, "αοιετσνηυρπκςμλ", "άέήίό" },
	{ "windows-1255", SCRIPT_LETTERS, "יוהלאמרתבשנםח", NULL },
	{ "windows-1256", SCRIPT_LETTERS, "اليمنوترعبدة", NULL },
	{ "windows-874", SCRIPT_LETTERS, "านรกอเงมยลวดทส่้ีิไะ", NULL },
	{ "windows-1252", SCRIPT_ACCENTS,
	    "äöüßéèêàçñáíóúâîôûëïåøæãõùìòœšžŠŽÄÖÜÉ", "’“”–—…€£°§¿¡«»·•™®" },
	{ "windows-1250", SCRIPT_ACCENTS,
	    "ąćęłńóśźżáčďéěíňřšťúůýžőűăâîşţđĄĆĘŁŚŹŻČŘŠŽ", "’„”–—…€" },
	{ "windows-1254", SCRIPT_ACCENTS, "ışğçöüİŞĞÇÖÜ", "’“”–—…€" },
};

enum { CANDIDATES = ARRAY_COUNT(candidates), BASIC_PLANE = 0x10000 };

/* A bit for each character of the basic plane. */
static uint8_t tables[CANDIDATES][BASIC_PLANE / 8];

/* The next character of clean UTF-8. */
static uint32_t
next_char(const char **at)
{
	const unsigned char *c = (const unsigned char *)*at;

	if (c[0] < 0x80) {
		*at += 1;
		return c[0];
	}
	if (c[0] < 0xE0) {
		*at += 2;
		return (uint32_t)(c[0] & 0x1F) << 6 | (c[1] & 0x3F);
	}
	if (c[0] < 0xF0) {
		*at += 3;
		return (uint32_t)(c[0] & 0x0F) << 12 |
		       (uint32_t)(c[1] & 0x3F) << 6 | (c[2] & 0x3F);
	}
	*at += 4;
	return BASIC_PLANE;
}

static void
mark(size_t table, const char *characters)
{
	while (characters != NULL && *characters != '\0') {
		uint32_t c = next_char(&characters);

		tables[table][c / 8] |= (uint8_t)(1U << c % 8);
	}
}

void
charset_guess_open(void)
{
	for (size_t i = 0; i < CANDIDATES; i++) {
		mark(i, candidates[i].common);
		mark(i, candidates[i].also);
	}
}

static bool
is_common(size_t candidate, uint32_t c)
{
	return c < BASIC_PLANE && (tables[candidate][c / 8] & 1U << c % 8) != 0;
}

static bool
is_ascii_letter(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Does a character that is no ASCII stand well between these? */
static bool
fits(enum script script, uint32_t before, uint32_t c, uint32_t after)
{
	bool beside_ascii = is_ascii_letter(before) || is_ascii_letter(after);

	if (script == SCRIPT_HAN)
		return true;
	if (script == SCRIPT_LETTERS)
		return !beside_ascii && (before >= 0x80 || after >= 0x80);
	/* Signs stand between words, letters in them. */
	return beside_ascii ||
	       ((c >= 0x2000 || c < 0xC0) && before < 0x80 && after < 0x80);
}

static unsigned
score_text(size_t candidate, const char *text, size_t bad)
{
	uint32_t before = ' ', c = ' ';
	size_t total = 3 * bad, good = 0;

	while (*text != '\0' || c != ' ') {
		uint32_t after = *text == '\0' ? ' ' : next_char(&text);

		if (c >= 0x80 && c != 0xFFFD) {
			/* Nobody writes lines and blocks of old screens. */
			total += c >= 0x2500 && c < 0x25A0 ? 3 : 1;
			good += is_common(candidate, c) &&
				fits(candidates[candidate].script, before, c,
				    after);
		}
		before = c;
		c = after;
		if (*text == '\0' && after == ' ')
			break;
	}
	return total == 0 ? 0 : (unsigned)(good * 100 / total);
}

/* From the line of the first byte that is no ASCII on. */
static const char *
sample(const char *data, size_t *len)
{
	size_t first = 0, from;

	while (first < *len && (unsigned char)data[first] < 0x80)
		first++;
	for (from = first; from > 0 && first - from < 40; from--)
		if (data[from - 1] == '\n')
			break;
	*len = *len - from < SAMPLE_BYTES ? *len - from : SAMPLE_BYTES;
	return data + from;
}

static unsigned
score(size_t candidate, const char *data, size_t len, struct arena *arena)
{
	size_t bad;
	const char *text;
	bool is_cut = len == SAMPLE_BYTES;

	text = charset_convert(
	    candidates[candidate].label, data, len, arena, &bad);
	/* The last character may have been cut. */
	if (is_cut && bad > 0)
		bad--;
	return score_text(candidate, text, bad);
}

int
charset_score(
    const char *label, const char *data, size_t len, struct arena *arena)
{
	data = sample(data, &len);
	for (size_t i = 0; i < CANDIDATES; i++)
		if (text_eq_nocase(candidates[i].label, label))
			return (int)score(i, data, len, arena);
	return -1;
}

const char *
charset_guess(
    const char *data, size_t len, struct arena *arena, unsigned *ret_score)
{
	const char *found = NULL;

	*ret_score = 0;
	data = sample(data, &len);
	for (size_t i = 0; i < CANDIDATES; i++) {
		unsigned one = score(i, data, len, arena);

		if (one > *ret_score) {
			*ret_score = one;
			found = candidates[i].label;
		}
	}
	return found;
}

const char *
charset_of_escapes(const char *data, size_t len)
{
	static const struct {
		const char *escape, *label;
	} escapes[] = {
		{ "\x1b$B", "iso-2022-jp" },
		{ "\x1b$@", "iso-2022-jp" },
		{ "\x1b$(D", "iso-2022-jp" },
		{ "\x1b(J", "iso-2022-jp" },
		{ "\x1b(I", "iso-2022-jp" },
		{ "\x1b$)C", "iso-2022-kr" },
		{ "\x1b$)A", "iso-2022-cn" },
		{ "\x1b$)G", "iso-2022-cn" },
	};
	const char *at = memchr(data, 0x1B, len);

	for (size_t i = 0; at != NULL && i < ARRAY_COUNT(escapes); i++) {
		size_t size = strlen(escapes[i].escape);

		if (len - (size_t)(at - data) >= size &&
		    memcmp(at, escapes[i].escape, size) == 0)
			return escapes[i].label;
	}
	return NULL;
}
