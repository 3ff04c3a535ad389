/*
 * mask - personal data for eyes that do not work on the case (R40).
 *
 * "+8613900138000" -> "+86139****8000", "l***@example.com", "林**".
 */
#ifndef CORE_MASK_H
#define CORE_MASK_H

struct arena;

/* A short code or a name is no person's number and stays as it is. */
const char *mask_phone(const char *number, struct arena *arena);
const char *mask_mail(const char *address, struct arena *arena);
const char *mask_name(const char *name, struct arena *arena);
/* Whichever of the first two it is. */
const char *mask_address(const char *address, struct arena *arena);
/* Masks phone numbers and mail addresses inside a free text. */
const char *mask_text(const char *text, struct arena *arena);
/* The same, and whoever is called `name' (or NULL), wherever they are named. */
const char *mask_words(
    const char *text, const char *name, struct arena *arena);

#endif
