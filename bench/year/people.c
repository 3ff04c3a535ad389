/*
 * Who lives there.  Each household can be told from any text that names it:
 * its given name is two letters of an alphabet that no other word uses, its
 * phone and mail carry its number.
 */
#include "bench/year/world.h"
#include "core/directory.h"
#include "store/owners.h"
#include "store/store.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rare characters, three bytes each. */
static const char alphabet[] =
    "龘靐齉爩龗鱻麤灪籲爨癵驫麣纞虋讟钃鸜麷鞻韽韾顟顠顢飝飌騳騺騻驑驔驙驤骉骍鬮鬺魖魕"
    "鱵鱾鲄鲺鳡鳤鶣鶨鷕鷟鸃鸑鹠鹾麀麖黀黁鼖鼚";
enum { LETTERS = (int)(sizeof(alphabet) - 1) / 3 };
_Static_assert(LETTERS *LETTERS >= YEAR_HOUSEHOLDS_MAX, "too few letters");

#define PHONE_MARK  "1390000"
#define MAIL_DOMAIN "@owner.example"

static int
letter_at(const char *text)
{
	if ((unsigned char)text[0] < 0xe0 || text[1] == '\0' || text[2] == '\0')
		return -1;
	for (int i = 0; i < LETTERS; i++)
		if (memcmp(alphabet + (size_t)i * 3, text, 3) == 0)
			return i;
	return -1;
}

static int
four_digits(const char *text)
{
	int value = 0;

	for (int i = 0; i < 4; i++) {
		if (!isdigit((unsigned char)text[i]))
			return -1;
		value = value * 10 + text[i] - '0';
	}
	return value;
}

int
people_find_mark(const char **at)
{
	for (; **at != '\0'; (*at)++) {
		const char *text = *at;
		int first = letter_at(text), second, number = -1;

		if (first >= 0 && (second = letter_at(text + 3)) >= 0)
			number = first * LETTERS + second;
		else if (strncmp(text, PHONE_MARK, strlen(PHONE_MARK)) == 0)
			number = four_digits(text + strlen(PHONE_MARK));
		else if (text[0] == 'h' &&
			 (number = four_digits(text + 1)) >= 0 &&
			 strncmp(text + 5, MAIL_DOMAIN, strlen(MAIL_DOMAIN)) !=
			     0)
			number = -1;
		if (number >= 0) {
			*at += 4;
			return number;
		}
	}
	return -1;
}

int
people_of(const char *address)
{
	return people_find_mark(&address);
}

static void
make_one(struct world *world, int number)
{
	static const char *const surnames[] = { "王", "李", "张", "刘", "陈",
		"杨", "赵", "黄", "周", "吴", "欧阳" };
	struct household *home = &world->households[number];
	int channels = dice_below(world, 10);

	home->is_english = dice_permille(world, 120);
	(void)snprintf(home->name, sizeof(home->name), "%s%.3s%.3s",
	    home->is_english ? "Mrs " : DICE_PICK(world, surnames),
	    alphabet + (size_t)(number / LETTERS) * 3,
	    alphabet + (size_t)(number % LETTERS) * 3);
	(void)snprintf(home->phone, sizeof(home->phone),
	    "+86" PHONE_MARK "%04d", number % 10000);
	(void)snprintf(
	    home->mail, sizeof(home->mail), "h%04d" MAIL_DOMAIN, number);
	(void)snprintf(
	    home->building, sizeof(home->building), "%d", number % 12 + 1);
	(void)snprintf(
	    home->unit, sizeof(home->unit), "%d", number / 12 % 5 + 1);
	(void)snprintf(home->room, sizeof(home->room), "%d%02d",
	    number / 60 % 10 + 1, number / 600 % 10 + 1);
	/* One in five has only one way to be reached. */
	home->has_mail = channels != 0;
	home->has_phone = channels != 1;
	home->likes_mail = home->has_mail && (channels < 5 || !home->has_phone);
	home->is_unreachable = dice_permille(world, 10);
}

static struct owner
owner_of(const struct household *home)
{
	return (struct owner){
		.estate = "sunshine",
		.name = home->name,
		.home = { .building = home->building,
		    .unit = home->unit,
		    .room = home->room },
		.mail = home->has_mail ? home->mail : NULL,
		.phone = home->has_phone ? home->phone : NULL,
		.language = home->is_english ? LANGUAGE_EN : LANGUAGE_ZH,
		.is_confirmed = true,
	};
}

int
people_make(struct world *world, struct err *err)
{
	size_t count = (size_t)world->setup.households;
	struct owner *owners =
	    arena_array(&world->arena, count, sizeof(*owners));
	struct owners_change change;

	world->households =
	    arena_array(&world->arena, count, sizeof(*world->households));
	for (size_t i = 0; i < count; i++) {
		make_one(world, (int)i);
		owners[i] = owner_of(&world->households[i]);
	}
	/* A few are in no register. */
	count -= count / 20;
	world->registered = (int)count;
	if (store_begin(world->store, err) < 0 ||
	    owners_replace(world->store, "sunshine", owners, count, world->now,
		&change, err) < 0)
		return -1;
	return store_commit(world->store, err);
}
