#include "reader/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/err.h"
#include "lib/text.h"

/* U+FFFD */
static const char replacement[3] = { '\xEF', '\xBF', '\xBD' };

enum { LABELS_MAX = 8 };

/* The name glibc knows, and the labels that mean it.  A superset stands in for
 * what is often labelled too small: GB18030 for GB2312, CP932 for Shift_JIS,
 * windows-1252 for Latin-1. */
struct charset {
	const char *name;
	const char *labels[LABELS_MAX];
};

static const struct charset charsets[] = {
	{ "UTF-8", { "utf-8", "utf8", "unicode-1-1-utf-8" } },
	{ "GB18030", { "gb18030", "gb2312", "gbk", "cp936", "gb_2312-80",
			 "x-gbk", "euc-cn", "gb2312_charset" } },
	{ "CP1252", { "windows-1252", "iso-8859-1", "latin1", "cp1252",
			"iso8859-1", "iso_8859-1", "l1" } },
	{ "BIG5-HKSCS", { "big5", "big5-hkscs", "cp950", "x-x-big5" } },
	{ "UTF-16LE", { "utf-16le", "utf-16", "ucs-2", "unicode" } },
	{ "UTF-16BE", { "utf-16be", "ucs-2be", "iso-10646-ucs-2" } },
	{ "UTF-32", { "utf-32", "utf-32le", "ucs-4" } },
	{ "UTF-32BE", { "utf-32be" } },
	{ "UTF-7", { "utf-7", "unicode-1-1-utf-7" } },
	{ "CP932", { "shift_jis", "sjis", "cp932", "windows-31j", "x-sjis",
		       "ms_kanji", "shift-jis" } },
	{ "ISO-2022-JP-3", { "iso-2022-jp", "iso-2022-jp-3", "iso-2022-jp-2",
			       "cp50220", "csiso2022jp", "iso-2022-jp-ms" } },
	{ "EUC-JP-MS", { "euc-jp", "x-euc-jp", "eucjp" } },
	{ "UHC", { "euc-kr", "ks_c_5601-1987", "cp949", "uhc", "ks_c_5601",
		     "windows-949", "korean" } },
	{ "ISO-2022-KR", { "iso-2022-kr" } },
	{ "ISO-2022-CN", { "iso-2022-cn" } },
	{ "EUC-TW", { "euc-tw" } },
	{ "ISO-8859-2", { "iso-8859-2", "latin2", "iso8859-2" } },
	{ "ISO-8859-3", { "iso-8859-3" } },
	{ "ISO-8859-4", { "iso-8859-4" } },
	{ "ISO-8859-5", { "iso-8859-5" } },
	{ "ISO-8859-6", { "iso-8859-6", "iso-8859-6-i", "iso-8859-6-e" } },
	{ "ISO-8859-7", { "iso-8859-7" } },
	{ "ISO-8859-8", { "iso-8859-8", "iso-8859-8-i", "iso-8859-8-e" } },
	{ "CP1254", { "windows-1254", "iso-8859-9", "cp1254" } },
	{ "ISO-8859-10", { "iso-8859-10" } },
	{ "CP874", { "windows-874", "iso-8859-11", "tis-620", "cp874" } },
	{ "ISO-8859-13", { "iso-8859-13" } },
	{ "ISO-8859-14", { "iso-8859-14" } },
	{ "ISO-8859-15", { "iso-8859-15", "latin9", "iso8859-15" } },
	{ "ISO-8859-16", { "iso-8859-16" } },
	{ "CP1250", { "windows-1250", "cp1250" } },
	{ "CP1251", { "windows-1251", "cp1251", "win-1251" } },
	{ "CP1253", { "windows-1253", "cp1253" } },
	{ "CP1255", { "windows-1255", "cp1255" } },
	{ "CP1256", { "windows-1256", "cp1256" } },
	{ "CP1257", { "windows-1257", "cp1257" } },
	{ "CP1258", { "windows-1258", "cp1258" } },
	{ "KOI8-R", { "koi8-r", "koi8r" } },
	{ "KOI8-U", { "koi8-u" } },
	{ "CP437", { "cp437", "ibm437" } },
	{ "CP850", { "cp850", "ibm850" } },
	{ "CP852", { "cp852", "ibm852" } },
	{ "CP866", { "cp866", "ibm866" } },
	{ "MACINTOSH", { "macintosh", "x-mac-roman", "mac" } },
	{ "MAC-CYRILLIC", { "x-mac-cyrillic" } },
	{ "VISCII", { "viscii" } },
	{ "TCVN5712-1", { "tcvn" } },
	{ "ARMSCII-8", { "armscii-8" } },
};

enum { UTF8, GB18030, CP1252, BIG5, CHARSET_COUNT = ARRAY_COUNT(charsets) };

static iconv_t open_charsets[CHARSET_COUNT];
static iconv_t open_labels[CHARSET_COUNT][LABELS_MAX];
static bool is_open;

/* Other names may have another module; never closed, so kept where the leak
 * check finds them. */
static void
load_labels(size_t charset)
{
	for (size_t i = 0; i < LABELS_MAX; i++)
		if (charsets[charset].labels[i] != NULL)
			open_labels[charset][i] =
			    iconv_open("UTF-8", charsets[charset].labels[i]);
}

int
charset_open_all(struct err *err)
{
	if (is_open)
		return 0;
	for (size_t i = 0; i < CHARSET_COUNT; i++) {
		open_charsets[i] = iconv_open("UTF-8", charsets[i].name);
		if ((intptr_t)open_charsets[i] == -1)
			return err_sys(
			    err, ERR_CONF, "charset %s", charsets[i].name);
		load_labels(i);
	}
	is_open = true;
	return 0;
}

/* glibc has these in itself. */
static const char *const built_in[] = { "us-ascii", "ascii", "ansi_x3.4-1968" };

static bool
is_loaded(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(built_in); i++)
		if (text_eq_nocase(built_in[i], name))
			return true;
	for (size_t i = 0; i < CHARSET_COUNT; i++) {
		if (text_eq_nocase(charsets[i].name, name))
			return true;
		for (size_t k = 0; k < LABELS_MAX; k++)
			if (charsets[i].labels[k] != NULL &&
			    text_eq_nocase(charsets[i].labels[k], name))
				return (intptr_t)open_labels[i][k] != -1;
	}
	return false;
}

bool
charset_may_open(const char *to, const char *from)
{
	return !is_open || (is_loaded(to) && is_loaded(from));
}

size_t
charset_count(void)
{
	return CHARSET_COUNT;
}

const char *
charset_label(size_t index)
{
	return charsets[index].labels[0];
}

static int
find_charset(const char *label)
{
	for (size_t i = 0; i < CHARSET_COUNT; i++)
		for (size_t k = 0; k < ARRAY_COUNT(charsets[i].labels); k++)
			if (charsets[i].labels[k] != NULL &&
			    text_eq_nocase(charsets[i].labels[k], label))
				return (int)i;
	return -1;
}

/* Bytes of the character that starts with `lead', 0 when none does. */
static size_t
utf8_need(unsigned char lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xC2 || lead >= 0xF5)
		return 0;
	return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Bytes of the well-formed character at `data' (RFC 3629), 0 if there is
 * none. */
static size_t
utf8_length(const unsigned char *data, size_t len)
{
	unsigned char lead = data[0];
	size_t need = utf8_need(lead);

	if (need == 0 || need > len)
		return 0;
	for (size_t i = 1; i < need; i++)
		if ((data[i] & 0xC0) != 0x80)
			return 0;
	if ((lead == 0xE0 && data[1] < 0xA0) ||
	    (lead == 0xED && data[1] > 0x9F) ||
	    (lead == 0xF0 && data[1] < 0x90) ||
	    (lead == 0xF4 && data[1] > 0x8F))
		return 0;
	return need;
}

/* Bytes from `data' on that are well formed. */
static size_t
utf8_run(const char *data, size_t len)
{
	const unsigned char *bytes = (const unsigned char *)data;
	size_t i = 0, step = 1;

	while (i < len && step > 0) {
		/* Most bytes of markup, then most of Chinese text. */
		if (bytes[i] < 0x80) {
			i++;
			continue;
		}
		if (bytes[i] > 0xE0 && bytes[i] < 0xED && len - i > 2 &&
		    (bytes[i + 1] & 0xC0) == 0x80 &&
		    (bytes[i + 2] & 0xC0) == 0x80) {
			i += 3;
			continue;
		}
		step = utf8_length(bytes + i, len - i);
		i += step;
	}
	return i;
}

bool
charset_is_utf8(const char *data, size_t len)
{
	return utf8_run(data, len) == len;
}

size_t
charset_fit(const char *text, size_t len)
{
	size_t fit = strnlen(text, len + 1);

	if (fit <= len)
		return fit;
	fit = len;
	while (fit > 0 && ((unsigned char)text[fit] & 0xC0) == 0x80)
		fit--;
	return fit;
}

/* Has it a byte that starts a character of three bytes? */
static bool
has_long_utf8(const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)data[i] & 0xF0) == 0xE0)
			return true;
	return false;
}

/* Nearly all high bytes come in pairs, as Chinese text has them and European
 * text has not; the pairs of kana and Cyrillic rows count as well. */
static bool
looks_chinese(const char *data, size_t len)
{
	const unsigned char *bytes = (const unsigned char *)data;
	size_t high = 0, paired = 0;

	for (size_t i = 0; i < len; i++) {
		if (bytes[i] < 0x80)
			continue;
		high++;
		if (i + 1 < len && bytes[i] >= 0xA1 && bytes[i + 1] >= 0xA1) {
			high++;
			paired += 2;
			i++;
		}
	}
	return paired * 10 >= high * 8;
}

/* Lossy UTF-8: keep what is well formed, mark the rest.  When a text is cut
 * in a character or one byte was damaged, the label is still right. */
static size_t
copy_utf8(const char *data, size_t len, char *out, size_t *ret_bad)
{
	size_t used = 0;

	*ret_bad = 0;
	while (len > 0) {
		size_t run = utf8_run(data, len);

		memcpy(out + used, data, run);
		used += run;
		data += run;
		len -= run;
		if (len == 0)
			break;
		memcpy(out + used, replacement, sizeof(replacement));
		used += sizeof(replacement);
		(*ret_bad)++;
		data++;
		len--;
	}
	return used;
}

/* `out' has room for 3 * len + 8 bytes. */
static size_t
convert(int charset, const char *data, size_t len, char *out, size_t *ret_bad)
{
	iconv_t cd = open_charsets[charset];
	char *in, *to = out;
	size_t left = len, room = 3 * len + 8;

	/* iconv does not write to it, whatever its prototype says. */
	memcpy(&in, &data, sizeof(in));
	if (charset == UTF8)
		return copy_utf8(data, len, out, ret_bad);
	*ret_bad = 0;
	(void)iconv(cd, NULL, NULL, NULL, NULL);
	while (left > 0 && iconv(cd, &in, &left, &to, &room) == (size_t)-1) {
		if (errno == E2BIG || room < 3)
			break;
		memcpy(to, replacement, sizeof(replacement));
		to += 3;
		room -= 3;
		in++;
		left--;
		(*ret_bad)++;
	}
	(void)iconv(cd, NULL, NULL, &to, &room);
	return (size_t)(to - out);
}

/* What the bytes are, given what they are said to be. */
static int
choose(int labelled, const char *data, size_t len)
{
	bool may_be_utf8 = labelled < 0 || labelled == UTF8 ||
			   labelled == CP1252 || labelled == GB18030 ||
			   labelled == BIG5;

	if (labelled >= 0 && !may_be_utf8)
		return labelled;
	/* Two bytes of GBK may pass for UTF-8 by chance, but UTF-8 that is
	 * labelled GBK has characters of three. */
	if (labelled == GB18030 || labelled == BIG5)
		return has_long_utf8(data, len) && charset_is_utf8(data, len)
			   ? UTF8
			   : labelled;
	if (charset_is_utf8(data, len))
		return UTF8;
	if (looks_chinese(data, len))
		return GB18030;
	return CP1252;
}

/* Line ends become "\n"; other control characters, NUL and byte order marks
 * go away, in place. */
static void
clean(char *text, size_t len)
{
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '\r') {
			if (i + 1 < len && text[i + 1] == '\n')
				continue;
			c = '\n';
		}
		if ((c < ' ' && c != '\n' && c != '\t') || c == 0x7F)
			continue;
		if (c == 0xEF && i + 2 < len &&
		    memcmp(text + i, "\xEF\xBB\xBF", 3) == 0) {
			i += 2;
			continue;
		}
		text[used++] = (char)c;
	}
	text[used] = '\0';
}

/* A byte order mark tells the truth about UTF-16. */
static int
from_mark(int labelled, const char *data, size_t len)
{
	if (len >= 2 && memcmp(data, "\xFE\xFF", 2) == 0)
		return find_charset("utf-16be");
	if (len >= 2 && memcmp(data, "\xFF\xFE", 2) == 0)
		return find_charset("utf-16le");
	return labelled;
}

char *
charset_to_utf8(
    const char *label, const char *data, size_t len, struct arena *arena)
{
	char *out = arena_alloc(arena, 3 * len + 16);
	int labelled = label == NULL ? -1 : find_charset(label);
	int charset;
	size_t bad, again, used;

	labelled = from_mark(labelled, data, len);
	charset = choose(labelled, data, len);
	used = convert(charset, data, len, out, &bad);
	/* Mostly right UTF-8 with some damage is still UTF-8. */
	if (charset != UTF8 && (labelled == UTF8 || labelled < 0)) {
		size_t marks = 0;

		for (size_t i = 0; i < len; i++)
			marks += (unsigned char)data[i] >= 0xC0;
		used = convert(UTF8, data, len, out, &again);
		if (again * 2 > marks)
			used = convert(charset, data, len, out, &bad);
	}
	clean(out, used);
	return out;
}
