/*
 * What is there, and the mails themselves.
 */
#include <stdlib.h>
#include <string.h>

#include "channels/imap_session.h"
#include "core/civil.h"
#include "core/limits.h"

/* ---- reading libetpan's answers ---- */

/* What one FETCH answer says of one mail. */
struct answer {
	struct imap_mail mail;
	const char *data;
	size_t len;
	bool has_body;
};

static msec_t
to_msec(const struct mailimap_date_time *date)
{
	msec_t day =
	    civil_to_days(date->dt_year, date->dt_month, date->dt_day) * MSEC_DAY;
	/* +0830 is 830. */
	msec_t zone = date->dt_zone / 100 * MSEC_HOUR +
		      date->dt_zone % 100 * MSEC_MINUTE;

	return day + date->dt_hour * MSEC_HOUR + date->dt_min * MSEC_MINUTE +
	       date->dt_sec * MSEC_SECOND - zone;
}

static void
read_static(const struct mailimap_msg_att_static *att, struct answer *ret)
{
	const struct mailimap_msg_att_body_section *section;

	switch (att->att_type) {
	case MAILIMAP_MSG_ATT_UID:
		ret->mail.uid = att->att_data.att_uid;
		break;
	case MAILIMAP_MSG_ATT_RFC822_SIZE:
		ret->mail.size = att->att_data.att_rfc822_size;
		break;
	case MAILIMAP_MSG_ATT_INTERNALDATE:
		if (att->att_data.att_internal_date != NULL)
			ret->mail.internaldate =
			    to_msec(att->att_data.att_internal_date);
		break;
	case MAILIMAP_MSG_ATT_BODY_SECTION:
		section = att->att_data.att_body_section;
		ret->has_body = true;
		ret->data = section->sec_body_part;
		ret->len = ret->data == NULL ? 0 : section->sec_length;
		break;
	default:
		break;
	}
}

static void
read_answer(const struct mailimap_msg_att *att, struct answer *ret)
{
	*ret = (struct answer){ 0 };
	for (clistiter *at = clist_begin(att->att_list); at != NULL;
	     at = clist_next(at)) {
		const struct mailimap_msg_att_item *item = clist_content(at);

		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC)
			read_static(item->att_data.att_static, ret);
	}
}

/* ---- commands ---- */

static void
ask_for(struct mailimap_fetch_type *type, struct mailimap_fetch_att *att)
{
	if (att == NULL ||
	    mailimap_fetch_type_new_fetch_att_list_add(type, att) !=
		MAILIMAP_NO_ERROR)
		abort();
}

static struct mailimap_fetch_type *
ask_uid(void)
{
	struct mailimap_fetch_type *type =
	    mailimap_fetch_type_new_fetch_att_list_empty();

	if (type == NULL)
		abort();
	ask_for(type, mailimap_fetch_att_new_uid());
	return type;
}

static int
compare_uids(const void *a, const void *b)
{
	const struct imap_mail *left = a, *right = b;

	return (left->uid > right->uid) - (left->uid < right->uid);
}

static void
add_mail(struct imap_mails *mails, const struct imap_mail *mail)
{
	if (mails->count == mails->size) {
		mails->size = mails->size == 0 ? 64 : mails->size * 2;
		mails->list =
		    reallocarray(mails->list, mails->size, sizeof(*mail));
		if (mails->list == NULL)
			abort();
	}
	mails->list[mails->count++] = *mail;
}

static void
collect(const clist *answers, uint32_t first, uint32_t last,
    struct imap_mails *mails)
{
	size_t start = mails->count, kept;

	for (clistiter *at = clist_begin(answers); at != NULL;
	     at = clist_next(at)) {
		struct answer answer;

		read_answer(clist_content(at), &answer);
		/* "n:*" past the end is answered with the last mail. */
		if (answer.mail.uid >= first &&
		    (last == 0 || answer.mail.uid <= last))
			add_mail(mails, &answer.mail);
	}
	if (mails->count == start)
		return;
	qsort(mails->list + start, mails->count - start, sizeof(*mails->list),
	    compare_uids);
	/* News of one mail may come in pieces. */
	kept = start;
	for (size_t i = start + 1; i < mails->count; i++)
		if (mails->list[i].uid != mails->list[kept].uid)
			mails->list[++kept] = mails->list[i];
		else if (mails->list[kept].size == 0)
			mails->list[kept] = mails->list[i];
	mails->count = kept + 1;
}

int
imap_list(struct imap *imap, uint32_t first, uint32_t last,
    struct imap_mails *ret, struct err *err)
{
	/* In the protocol 0 is "*". */
	struct mailimap_set *set = mailimap_set_new_interval(first, last);
	struct mailimap_fetch_type *type = ask_uid();
	clist *answers = NULL;
	int result;

	if (set == NULL)
		abort();
	ask_for(type, mailimap_fetch_att_new_rfc822_size());
	ask_for(type, mailimap_fetch_att_new_internaldate());
	imap_begin(imap, imap->times.fetch_ms, LIMIT_IMAP_LIST_BYTES);
	result = mailimap_uid_fetch(imap->session, set, type, &answers);
	mailimap_fetch_type_free(type);
	mailimap_set_free(set);
	if (!imap_end(imap, result))
		return imap_fail(imap, result, ERR_TEMP, "FETCH", err);
	if (answers != NULL) {
		collect(answers, first, last, ret);
		mailimap_fetch_list_free(answers);
	}
	return 0;
}

static struct mailimap_fetch_type *
ask_body(uint32_t head_bytes)
{
	struct mailimap_fetch_type *type = ask_uid();
	struct mailimap_section *section = mailimap_section_new(NULL);

	if (section == NULL)
		abort();
	ask_for(type,
	    head_bytes == 0 ? mailimap_fetch_att_new_body_peek_section(section)
			    : mailimap_fetch_att_new_body_peek_section_partial(
				  section, 0, head_bytes));
	return type;
}

static int
fetch_once(struct imap *imap, const struct imap_mail *mails, size_t count,
    uint32_t head_bytes, clist **ret)
{
	uint32_t uids[LIMIT_FETCH_BATCH_MAILS];
	struct mailimap_fetch_type *type = ask_body(head_bytes);
	struct mailimap_set *set;
	int result;

	for (size_t i = 0; i < count; i++)
		uids[i] = mails[i].uid;
	set = imap_set(uids, count);
	/* RFC822.SIZE is only a promise, so one mail more may come. */
	imap_begin(imap, imap->times.fetch_ms,
	    LIMIT_FETCH_BATCH_BYTES + LIMIT_MAIL_BYTES);
	result = mailimap_uid_fetch(imap->session, set, type, ret);
	(void)imap_end(imap, result);
	mailimap_fetch_type_free(type);
	mailimap_set_free(set);
	return result;
}

static void
fill_bodies(const clist *answers, const struct imap_mail *mails, size_t count,
    struct imap_body *bodies)
{
	for (size_t i = 0; i < count; i++)
		bodies[i] = (struct imap_body){ .mail = &mails[i] };
	for (clistiter *at = answers == NULL ? NULL : clist_begin(answers);
	     at != NULL; at = clist_next(at)) {
		struct answer answer;

		read_answer(clist_content(at), &answer);
		for (size_t i = 0; i < count; i++) {
			if (!answer.has_body || mails[i].uid != answer.mail.uid)
				continue;
			bodies[i].data = answer.data == NULL ? "" : answer.data;
			bodies[i].len = answer.len;
		}
	}
}

static int
hand_over(const clist *answers, const struct imap_mail *mails, size_t count,
    imap_take *take, void *ctx, struct err *err)
{
	struct imap_body bodies[LIMIT_FETCH_BATCH_MAILS];

	fill_bodies(answers, mails, count, bodies);
	return take(ctx, bodies, count, err);
}

/* The server has them but cannot give them: the desk must still hear of
 * them. */
static int
hand_over_empty(const struct imap_mail *mails, size_t count, imap_take *take,
    void *ctx, struct err *err)
{
	struct imap_body bodies[LIMIT_FETCH_BATCH_MAILS];

	for (size_t i = 0; i < count; i++)
		bodies[i] = (struct imap_body){ .mail = &mails[i], .data = "" };
	return count == 0 ? 0 : take(ctx, bodies, count, err);
}

/* One sick mail must not hide the others.  Those that were refused wait for
 * the next that is given: only that shows that the server is well and they
 * are not. */
static int
fetch_singly(struct imap *imap, const struct imap_mail *mails, size_t count,
    uint32_t head_bytes, imap_take *take, void *ctx, struct err *err)
{
	size_t refused = 0; /* in a row, right before this one */
	int result = MAILIMAP_NO_ERROR;

	for (size_t i = 0; i < count; i++) {
		clist *answers = NULL;
		int taken = 0;

		result = fetch_once(imap, &mails[i], 1, head_bytes, &answers);
		if (result != MAILIMAP_NO_ERROR &&
		    (!imap_was_refused(imap, result) || imap_is_busy(imap)))
			return imap_fail(imap, result, ERR_TEMP, "FETCH", err);
		refused++;
		if (result == MAILIMAP_NO_ERROR) {
			taken = hand_over_empty(&mails[i + 1 - refused],
			    refused - 1, take, ctx, err);
			if (taken == 0)
				taken = hand_over(
				    answers, &mails[i], 1, take, ctx, err);
			if (answers != NULL)
				mailimap_fetch_list_free(answers);
			refused = 0;
		} else if (refused == 1 && mails[i].uid == imap->given_up) {
			taken = hand_over_empty(&mails[i], 1, take, ctx, err);
			refused = 0;
		}
		if (taken < 0)
			return -1;
	}
	if (refused == 0)
		return 0;
	imap->refused = mails[count - refused].uid;
	return imap_fail(imap, result, ERR_TEMP, "FETCH", err);
}

int
imap_fetch(struct imap *imap, const struct imap_mail *mails, size_t count,
    uint32_t head_bytes, imap_take *take, void *ctx, struct err *err)
{
	clist *answers = NULL;
	int result;

	if (count == 1)
		return fetch_singly(
		    imap, mails, count, head_bytes, take, ctx, err);
	result = fetch_once(imap, mails, count, head_bytes, &answers);
	if (result == MAILIMAP_NO_ERROR) {
		result = hand_over(answers, mails, count, take, ctx, err);
		if (answers != NULL)
			mailimap_fetch_list_free(answers);
		return result;
	}
	if (!imap_was_refused(imap, result) || imap_is_busy(imap))
		return imap_fail(imap, result, ERR_TEMP, "FETCH", err);
	return fetch_singly(imap, mails, count, head_bytes, take, ctx, err);
}

void
imap_give_up(struct imap *imap, uint32_t uid)
{
	imap->given_up = uid;
}

uint32_t
imap_refused(const struct imap *imap)
{
	return imap == NULL ? 0 : imap->refused;
}
