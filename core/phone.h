/*
 * phone - telephone numbers in E.164 (ITU-T), and their masked form (R40).
 */
#ifndef CORE_PHONE_H
#define CORE_PHONE_H

#include <stdbool.h>

struct arena;

/* "138 0013 8000", "0086138...", "86138..." with country "86" all become
 * "+8613800138000".  NULL when it is no full number: short codes, the port
 * numbers of mainland China (106...) and alphanumeric senders stay as they
 * are and cannot be answered. */
const char *phone_e164(
    const char *raw, const char *country, struct arena *arena);
bool phone_is_e164(const char *number);
/* Of a text: the sender is no number, such as "BANK", and nobody can be called
 * there. */
bool phone_is_name(const char *sender);
/* What nobody holds for a part of a number: "+8610690001" may be a gateway's,
 * "10086" and "BANK" need no country, "+861" is cut off. */
bool phone_is_whole(const char *number);
/* What a text can come from: a whole number, a short code, or a name of at
 * most eleven letters, digits and spaces (3GPP TS 23.040, 9.1.2.5). */
bool phone_is_sender(const char *sender);
/* "86", "1", "852": digits only. */
bool phone_is_country(const char *code);
/* A text can be sent there.  Of mainland China the mobile numbers are known;
 * elsewhere a number does not tell. */
bool phone_takes_texts(const char *number);

#endif
