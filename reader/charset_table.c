#include "reader/charset_table.h"

#include <stdint.h>
#include <string.h>

#include "lib/err.h"
#include "lib/text.h"
#include "reader/charset.h"

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

enum { CHARSET_COUNT = ARRAY_COUNT(charsets) };

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
charset_table_open(struct err *err)
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

int
charset_find(const char *label)
{
	for (size_t i = 0; i < CHARSET_COUNT; i++)
		for (size_t k = 0; k < ARRAY_COUNT(charsets[i].labels); k++)
			if (charsets[i].labels[k] != NULL &&
			    text_eq_nocase(charsets[i].labels[k], label))
				return (int)i;
	return -1;
}

bool
charset_is(int index, const char *prefix)
{
	return index >= 0 && text_starts(charsets[index].name, prefix);
}

iconv_t
charset_converter(int index)
{
	return open_charsets[index];
}
