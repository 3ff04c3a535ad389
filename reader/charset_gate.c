/*
 * The iconv_open() of this program, in place of libc's: gmime converts names
 * from any charset that a mail names, and glibc would look for a file that
 * holds it, which the sandbox punishes with death.  Once the reader's charsets
 * are open, no other reaches glibc; gmime takes the refusal for an unknown
 * charset and goes on.
 */
#include "reader/charset.h"

#include <dlfcn.h>
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

typedef iconv_t opener(const char *to, const char *from);

static opener *
libc_opener(void)
{
	static opener *found;
	void *symbol;

	if (found != NULL)
		return found;
	symbol = dlsym(RTLD_NEXT, "iconv_open");
	/* ISO C has no cast from data to code; POSIX has the same bits. */
	memcpy(&found, &symbol, sizeof(found));
	return found;
}

/* To the linker its name is iconv_open, for the shared libraries too. */
__attribute__((visibility("default"))) iconv_t charset_gate(
    const char *to, const char *from) __asm__("iconv_open");

iconv_t
charset_gate(const char *to, const char *from)
{
	opener *open = libc_opener();

	if (open == NULL || !charset_may_open(to, from)) {
		errno = EINVAL;
		/* iconv_open(3); NOLINTNEXTLINE(performance-no-int-to-ptr) */
		return (iconv_t)(intptr_t)-1;
	}
	return open(to, from);
}
