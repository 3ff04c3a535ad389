/*
 * Words that mean something together: joins of sets of words.
 */
#include "core/classify_scan.h"
#include "lib/text.h"

#include <string.h>

enum { NEAR_BYTES = 72, FAR_BYTES = 160 };

/* -- sets of words ---------------------------------------------------------
 */

static int
add_set(struct classifier *it, const char *name, const char *words,
    const struct word_place *place)
{
	void *list = it->sets;
	int set = (int)it->set_count;
	const char *text =
	    arena_strdup(&it->arena, name == NULL ? words : name);

	classifier_make_room(
	    &list, it->set_count, &it->set_room, sizeof(*it->sets));
	it->sets = list;
	it->sets[it->set_count++] = (struct word_set){
		.text = text,
		.is_concept = name != NULL,
		.mentioned = *place,
		.keyword = classifier_put_keyword(
		    it, &(struct keyword){ .group = GROUP_CONCEPT,
			    .subject = set,
			    .pieces = 1,
			    .text = text }),
	};
	return set;
}

static int
find_set(const struct classifier *it, bool is_concept, const char *text)
{
	for (uint32_t i = 0; i < it->set_count; i++)
		if (it->sets[i].is_concept == is_concept &&
		    text_eq(it->sets[i].text, text))
			return (int)i;
	return -1;
}

int
classifier_concept(
    struct classifier *it, const char *name, const struct word_place *place)
{
	int set = find_set(it, true, name);

	return set >= 0 ? set : add_set(it, name, NULL, place);
}

/* -- learning ---------------------------------------------------------------
 */

/* What stands between two marks, without blanks. */
struct slice {
	const char *text;
	size_t len;
};

/* The slice up to `mark'; *at is left behind it, or NULL at the end. */
static struct slice
cut(const char **at, const char *end, char mark)
{
	const char *stop = memchr(*at, mark, (size_t)(end - *at));
	struct slice slice = { *at,
		(size_t)((stop == NULL ? end : stop) - *at) };

	*at = stop == NULL ? NULL : stop + 1;
	for (; slice.len > 0 && *slice.text == ' '; slice.text++)
		slice.len--;
	while (slice.len > 0 && slice.text[slice.len - 1] == ' ')
		slice.len--;
	return slice;
}

static bool
is_word(const struct slice *slice)
{
	return slice->len > 0 && slice->len <= UINT8_MAX &&
	       !(slice->len == 1 && *slice->text == '*') &&
	       memchr(slice->text, '<', slice->len) == NULL &&
	       memchr(slice->text, '>', slice->len) == NULL;
}

static bool
is_concept(const struct slice *slice)
{
	return slice->len > 2 && slice->text[0] == '<' &&
	       memchr(slice->text, '>', slice->len) ==
		   slice->text + slice->len - 1;
}

/* A join hears of each word of the set as its piece number `piece'. */
static void
listen(struct classifier *it, int set, uint32_t join, uint32_t piece)
{
	void *list = it->join_uses;

	if (it->join_use_count == 0)
		it->join_use_count = 1; /* 0 means none */
	classifier_make_room(&list, it->join_use_count, &it->join_use_room,
	    sizeof(*it->join_uses));
	it->join_uses = list;
	it->join_uses[it->join_use_count] = (struct join_use){
		.next = it->sets[set].joins,
		.join = join,
		.piece = (uint8_t)piece,
	};
	it->sets[set].joins = it->join_use_count++;
}

/* The words of a piece are a set without a name, shared by all pieces that
 * say the same; a concept is one with a name.  False: one is no word. */
static bool
add_piece(struct classifier *it, const struct slice *piece, uint32_t join,
    uint32_t number, const struct word_place *place)
{
	const char *at = piece->text, *end = piece->text + piece->len;
	const char *words = arena_strndup(&it->arena, piece->text, piece->len);
	int own = find_set(it, false, words);
	bool is_known = own >= 0, has_own = false;

	while (at != NULL) {
		struct slice word = cut(&at, end, '|');

		if (is_concept(&word)) {
			listen(it,
			    classifier_concept(it,
				arena_strndup(
				    &it->arena, word.text + 1, word.len - 2),
				place),
			    join, number);
			continue;
		}
		if (!is_word(&word))
			return false;
		if (own < 0)
			own = add_set(it, NULL, words, place);
		has_own = true;
		if (!is_known)
			classifier_put_word(
			    it, word.text, word.len, it->sets[own].keyword);
	}
	if (has_own)
		listen(it, own, join, number);
	return true;
}

static enum join_form
form_of(const char *text, char *mark)
{
	static const struct {
		const char *mark;
		enum join_form form;
	} forms[] = { { " + ", JOIN_NEAR }, { " & ", JOIN_FAR } };

	for (size_t i = 0; i < ARRAY_COUNT(forms); i++)
		if (strstr(text, forms[i].mark) != NULL) {
			*mark = forms[i].mark[1];
			return forms[i].form;
		}
	*mark = '~';
	return JOIN_ORDERED;
}

static bool
has_other_marks(const char *text, char mark)
{
	static const char *const marks[] = { "~", " + ", " & " };

	for (size_t i = 0; i < ARRAY_COUNT(marks); i++)
		if (strchr(marks[i], mark) == NULL &&
		    strstr(text, marks[i]) != NULL)
			return true;
	return false;
}

static int
add_join(struct classifier *it, struct keyword *keyword,
    const struct word_place *place, const char **reason)
{
	const char *at = keyword->text, *end = at + strlen(at);
	uint32_t join = it->join_count;
	void *list = it->joins;
	char mark;
	enum join_form form = form_of(at, &mark);

	classifier_make_room(
	    &list, it->join_count, &it->join_room, sizeof(*it->joins));
	it->joins = list;
	it->joins[it->join_count++] =
	    (struct join){ .keyword = keyword->index, .form = form };
	keyword->pieces = 0;
	if (has_other_marks(keyword->text, mark)) {
		*reason = "different marks in one word";
		return -1;
	}
	while (at != NULL) {
		struct slice piece = cut(&at, end, mark);

		if (keyword->pieces == PIECES_MAX) {
			*reason = "more than three pieces";
			return -1;
		}
		if (!add_piece(it, &piece, join, keyword->pieces, place)) {
			*reason = "an empty piece or no word";
			return -1;
		}
		keyword->pieces++;
	}
	return 0;
}

/* One word that stands for itself. */
static int
add_word(struct classifier *it, const char *text, uint32_t keyword,
    const char **reason)
{
	struct slice word = { text, strlen(text) };

	if (!is_word(&word)) {
		*reason = "an empty piece or no word";
		return -1;
	}
	classifier_put_word(it, word.text, word.len, keyword);
	return 0;
}

bool
classifier_is_single(enum word_group group)
{
	return group == GROUP_CONCEPT || group == GROUP_SMS ||
	       group == GROUP_RATING;
}

int
classifier_add(struct classifier *it, const struct keyword *model,
    const struct word_place *place, const char **reason)
{
	bool is_join = strpbrk(model->text, "~|<") != NULL ||
		       strstr(model->text, " + ") != NULL ||
		       strstr(model->text, " & ") != NULL;
	uint32_t index;

	if (is_join && classifier_is_single(model->group)) {
		*reason = "this list is one of single words";
		return -1;
	}
	if (model->group == GROUP_CONCEPT) {
		it->sets[model->subject].has_words = true;
		return add_word(
		    it, model->text, it->sets[model->subject].keyword, reason);
	}
	index = classifier_put_keyword(it, model);
	it->keywords[index]->place = *place;
	return is_join ? add_join(it, it->keywords[index], place, reason)
		       : add_word(it, model->text, index, reason);
}

/* -- matching ---------------------------------------------------------------
 */

/* Where the pieces of a join were last seen; end 0: not yet.  In an ordered
 * join, `start' is that of the first piece. */
struct join_progress {
	uint32_t start[PIECES_MAX], end[PIECES_MAX];
};

/* The piece that ended at `end' stands close before `start'. */
static bool
is_near(const struct scan *scan, enum join_form form, uint32_t end,
    uint32_t start, uint32_t pieces)
{
	uint32_t reach = form == JOIN_FAR ? FAR_BYTES : NEAR_BYTES;

	/* In any order a third piece may stand between the other two. */
	if (form != JOIN_ORDERED)
		reach *= pieces - 1;
	return end != 0 && end <= start && start - end <= reach &&
	       (form == JOIN_FAR || end > scan->last_stop);
}

/* `piece' stands at `start': the pieces before it, or all others, are near.
 * `*first' becomes where the first of them starts. */
static bool
is_joined(const struct scan *scan, const struct join *join,
    const struct join_progress *progress, uint32_t piece, uint32_t start,
    uint32_t *first)
{
	uint32_t pieces = scan->it->keywords[join->keyword]->pieces;

	*first = start;
	if (join->form == JOIN_ORDERED) {
		if (piece == 0)
			return true;
		*first = progress->start[piece - 1];
		return is_near(
		    scan, join->form, progress->end[piece - 1], start, pieces);
	}
	for (uint32_t i = 0; i < pieces; i++) {
		if (i == piece)
			continue;
		if (!is_near(scan, join->form, progress->end[i], start, pieces))
			return false;
		if (progress->start[i] < *first)
			*first = progress->start[i];
	}
	return true;
}

static void
step(
    struct scan *scan, const struct join_use *use, uint32_t start, uint32_t end)
{
	const struct join *join = &scan->it->joins[use->join];
	const struct keyword *word = scan->it->keywords[join->keyword];
	struct join_progress *progress = scan->progress[use->join];
	bool is_ordered = join->form == JOIN_ORDERED, is_complete;
	uint32_t first;

	if (progress == NULL) {
		if (is_ordered && use->piece > 0)
			return;
		progress = arena_alloc(scan->arena, sizeof(*progress));
		scan->progress[use->join] = progress;
	}
	is_complete =
	    is_joined(scan, join, progress, use->piece, start, &first);
	if (is_complete && (!is_ordered || use->piece + 1U == word->pieces))
		scan_put(scan, &(struct word_hit){ word, first, end, start });
	if (!is_ordered || is_complete) {
		progress->start[use->piece] = is_ordered ? first : start;
		progress->end[use->piece] = end;
	}
}

void
scan_join(struct scan *scan, int set, uint32_t start, uint32_t end)
{
	const struct classifier *it = scan->it;

	if (scan->progress == NULL)
		scan->progress = arena_array(scan->arena, it->join_count,
		    sizeof(struct join_progress *));
	for (uint32_t u = it->sets[set].joins; u != 0;
	     u = it->join_uses[u].next)
		step(scan, &it->join_uses[u], start, end);
}
