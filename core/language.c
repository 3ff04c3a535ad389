#include "core/language.h"

#include <string.h>

#include "core/catalogue.h"
#include "lib/text.h"

static struct {
	char code[LANGUAGE_CODE_MAX + 1];
	struct catalogue *words;
} known[LANGUAGES_MAX] = {
	[LANGUAGE_ZH] = { .code = "zh-CN" },
	[LANGUAGE_EN] = { .code = "en" },
};
static int count = LANGUAGE_COUNT;

int
language_count(void)
{
	return count;
}

const char *
language_name(enum language language)
{
	return (int)language < count ? known[language].code : NULL;
}

int
language_from(const char *name, enum language *ret)
{
	for (int i = 0; name != NULL && i < count; i++) {
		if (!text_eq(known[i].code, name))
			continue;
		*ret = (enum language)i;
		return 0;
	}
	return -1;
}

/* Letters and digits in pieces of up to eight (RFC 5646 2.1), the first of
 * letters. */
static bool
is_code(const char *code)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	static const char pieces[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	size_t len = strspn(code, letters);

	if (len < 2 || len > 3 || strlen(code) > LANGUAGE_CODE_MAX)
		return false;
	for (code += len; *code == '-'; code += len + 1) {
		len = strspn(code + 1, pieces);
		if (len < 1 || len > 8)
			return false;
	}
	return *code == '\0';
}

int
language_add(const char *code, enum language *ret)
{
	if (language_from(code, ret) == 0)
		return 0;
	if (count == LANGUAGES_MAX || !is_code(code))
		return -1;
	(void)memcpy(known[count].code, code, strlen(code) + 1);
	*ret = (enum language)count++;
	return 0;
}

const char *
language_list(void)
{
	static char list[LANGUAGES_MAX * (LANGUAGE_CODE_MAX + 2)];
	size_t len = 0;

	for (int i = 0; i < count; i++) {
		size_t code = strlen(known[i].code);

		if (i > 0) {
			memcpy(list + len, ", ", 2);
			len += 2;
		}
		memcpy(list + len, known[i].code, code);
		len += code;
	}
	list[len] = '\0';
	return list;
}

const char *
language_word(enum language language, const char *zh, const char *en)
{
	const char *word;

	if (language == LANGUAGE_ZH)
		return zh;
	if (language == LANGUAGE_EN || (int)language >= count)
		return en;
	word = catalogue_find(known[language].words, en);
	return word != NULL ? word : en;
}

const char *
language_pick(enum language language, const char *const row[LANGUAGE_COUNT])
{
	return language_word(language, row[LANGUAGE_ZH], row[LANGUAGE_EN]);
}

void
language_set_words(enum language language, struct catalogue **catalogue)
{
	catalogue_free(&known[language].words);
	known[language].words = *catalogue;
	*catalogue = NULL;
}
