/*
 * place_words - the words of addresses, all in one trie.
 *
 * Internal to core/place.  One step into it tells for most positions of a
 * text that no word of any list begins there.
 */
#ifndef CORE_PLACE_WORDS_H
#define CORE_PLACE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct place_text;

enum place_list {
	PLACE_OWN_AREA,         /* names of the estate's own areas, from its
				   configuration */
	PLACE_ESTATE_AREA,      /* 地下车库, playground */
	PLACE_BUILDING_AREA,    /* 楼道, lobby: each building has one */
	PLACE_BASEMENT,         /* before a number */
	PLACE_BASEMENT_SUFFIX,  /* after it */
	PLACE_PARKING,          /* before the number of a parking space */
	PLACE_BUILDING_KEYWORD, /* before a number or letter */
	PLACE_UNIT_KEYWORD,
	PLACE_FLOOR_KEYWORD,
	PLACE_ROOM_KEYWORD,
	PLACE_KEYWORD_FILLER,  /* between keyword and number */
	PLACE_HAN_NUMBER,      /* begins a number in Han */
	PLACE_BUILDING_SUFFIX, /* after a number, surely a building */
	PLACE_LETTER_SUFFIX,   /* after the letter of a building */
	PLACE_FLOOR_SUFFIX,
	PLACE_FLOOR_ORDINAL, /* 2nd floor */
	PLACE_FLOOR_AFTER,   /* 2/F */
	PLACE_ROOM_SUFFIX,
	PLACE_BUILDINGS_COUNTED, /* before a number: so many buildings */
	PLACE_FLOORS_COUNTED,    /* before a number: so many layers */
	PLACE_LAYER_MATTER,      /* 一层灰: no floor */
	PLACE_BELOW_GROUND,      /* before a number: no floor above */
	PLACE_COUNTED,           /* after a bare number: no room */
	PLACE_NUMBERED_THING,    /* 3#电梯: no building */
	PLACE_OTHER_NUMBER,      /* before a number that is no address */
	PLACE_JOINT,             /* between two parts of an address */
	PLACE_SENDER_BEFORE,     /* the address of who writes */
	PLACE_SENDER_AFTER,
	PLACE_SENTENCE_END,
	PLACE_MINE, /* my flat, without an address */
	PLACE_LIST_COUNT
};

/* A set of lists: PLACE_SET(PLACE_JOINT) | PLACE_SET(...). */
#define PLACE_SET(list) ((uint32_t)1 << (list))

/* Those that can begin a common area. */
#define PLACE_AREA_SET                                                       \
	(PLACE_SET(PLACE_OWN_AREA) | PLACE_SET(PLACE_ESTATE_AREA) |          \
	    PLACE_SET(PLACE_BUILDING_AREA) | PLACE_SET(PLACE_BELOW_GROUND) | \
	    PLACE_SET(PLACE_PARKING))

/* Glyphs of the longest word of a list at `at', or 0; a Latin word ends where
 * the text's does. */
size_t place_word_at(
    const struct place_text *text, size_t at, enum place_list list);
/* One begins in the `span' glyphs before `at'. */
bool place_word_before(const struct place_text *text, size_t at, size_t span,
    enum place_list list);
/* False when surely no word of these lists begins here. */
bool place_word_may_begin(
    const struct place_text *text, size_t at, uint32_t sets);

#endif
