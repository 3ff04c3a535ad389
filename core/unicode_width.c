#include <utf8proc.h>

#include "core/unicode.h"

int
unicode_width(uint32_t character)
{
	return utf8proc_charwidth((utf8proc_int32_t)character);
}
