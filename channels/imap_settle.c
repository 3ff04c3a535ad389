/*
 * Telling the server what is safe with us.
 */
#include <stdlib.h>
#include <string.h>

#include "channels/imap_session.h"
#include "core/limits.h"

struct mailimap_set *
imap_set(const uint32_t *uids, size_t count)
{
	struct mailimap_set *set = mailimap_set_new_empty();
	size_t i = 0;

	if (set == NULL)
		abort();
	while (i < count) {
		size_t end = i + 1;

		while (end < count && uids[end] == uids[end - 1] + 1)
			end++;
		if (mailimap_set_add_interval(set, uids[i], uids[end - 1]) !=
		    MAILIMAP_NO_ERROR)
			abort();
		i = end;
	}
	return set;
}

/* ---- flags ---- */

static void
add_flag(struct mailimap_flag_list *flags, struct mailimap_flag *flag)
{
	if (flag == NULL ||
	    mailimap_flag_list_add(flags, flag) != MAILIMAP_NO_ERROR)
		abort();
}

static int
store_flags(struct imap *imap, struct mailimap_set *set,
    struct mailimap_flag_list *flags)
{
	struct mailimap_store_att_flags *store =
	    mailimap_store_att_flags_new_add_flags_silent(flags);
	int result;

	if (store == NULL)
		abort();
	imap_begin(imap, imap->times.command_ms, 0);
	result = mailimap_uid_store(imap->session, set, store);
	(void)imap_end(imap, result);
	mailimap_store_att_flags_free(store);
	return result;
}

static struct mailimap_flag_list *
no_flags(void)
{
	struct mailimap_flag_list *flags = mailimap_flag_list_new_empty();

	if (flags == NULL)
		abort();
	return flags;
}

/* libetpan frees it with the flag. */
static char *
copy(const char *text)
{
	char *text_copy = strdup(text);

	if (text_copy == NULL)
		abort();
	return text_copy;
}

static int
mark_seen(struct imap *imap, struct mailimap_set *set, const char *keyword)
{
	struct mailimap_flag_list *flags = no_flags();

	add_flag(flags, mailimap_flag_new_seen());
	if (keyword != NULL)
		/* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): the flag's. */
		add_flag(flags, mailimap_flag_new_flag_keyword(copy(keyword)));
	return store_flags(imap, set, flags);
}

static int
flag(struct imap *imap, struct mailimap_set *set)
{
	const char *keyword =
	    imap->refuses_keyword ? NULL : imap->mailbox->flag;
	int result = mark_seen(imap, set, keyword);

	if (keyword == NULL || !imap_was_refused(imap, result))
		return result;
	imap->refuses_keyword = true;
	return mark_seen(imap, set, NULL);
}

/* ---- moving ---- */

/* The answer tells where the copies are; nobody needs to know. */
struct copied {
	uint32_t uidvalidity;
	struct mailimap_set *from, *to;
};

static int
copy_and_expunge(
    struct imap *imap, struct mailimap_set *set, struct copied *copied)
{
	struct mailimap_flag_list *flags;
	int result = mailimap_uidplus_uid_copy(imap->session, set,
	    imap->mailbox->move_to, &copied->uidvalidity, &copied->from,
	    &copied->to);

	if (!imap_end(imap, result))
		return result;
	flags = no_flags();
	add_flag(flags, mailimap_flag_new_deleted());
	result = store_flags(imap, set, flags);
	if (result != MAILIMAP_NO_ERROR)
		return result;
	imap_begin(imap, imap->times.command_ms, 0);
	return mailimap_uid_expunge(imap->session, set);
}

static int
move_once(struct imap *imap, struct mailimap_set *set)
{
	struct copied copied = { 0 };
	int result;

	imap_begin(imap, imap->times.command_ms, 0);
	if (mailimap_has_extension(imap->session, "MOVE") != 0)
		result = mailimap_uidplus_uid_move(imap->session, set,
		    imap->mailbox->move_to, &copied.uidvalidity, &copied.from,
		    &copied.to);
	else
		result = copy_and_expunge(imap, set, &copied);
	(void)imap_end(imap, result);
	if (copied.from != NULL)
		mailimap_set_free(copied.from);
	if (copied.to != NULL)
		mailimap_set_free(copied.to);
	return result;
}

static int
move(struct imap *imap, struct mailimap_set *set)
{
	int result = move_once(imap, set);

	if (!imap_was_refused(imap, result))
		return result;
	/* The folder is most likely not there yet. */
	imap_begin(imap, imap->times.command_ms, 0);
	result = mailimap_create(imap->session, imap->mailbox->move_to);
	(void)imap_end(imap, result);
	return result == MAILIMAP_NO_ERROR ? move_once(imap, set) : result;
}

/* EXPUNGE without UIDPLUS would remove what others have marked too. */
static bool
can_move(struct imap *imap)
{
	return imap->mailbox->move_to != NULL &&
	       (mailimap_has_extension(imap->session, "MOVE") != 0 ||
		   mailimap_has_uidplus(imap->session) != 0);
}

int
imap_settle(
    struct imap *imap, const uint32_t *uids, size_t count, struct err *err)
{
	struct mailimap_set *set = imap_set(uids, count);
	int result = MAILIMAP_ERROR_MOVE;

	if (can_move(imap))
		result = move(imap, set);
	if (result == MAILIMAP_NO_ERROR) {
		mailimap_set_free(set);
		return 1;
	}
	/* Where moving is refused, flagging is better than nothing. */
	if (!can_move(imap) || imap_was_refused(imap, result))
		result = flag(imap, set);
	mailimap_set_free(set);
	if (result == MAILIMAP_NO_ERROR)
		return 1;
	return imap_was_refused(imap, result)
		   ? 0
		   : imap_fail(imap, result, ERR_TEMP, "settling", err);
}
