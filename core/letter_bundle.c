/*
 * Several notices as one mail (rules.md 5.33).
 *
 * What their templates say stands as it would have stood alone; only the end,
 * which says where a reply goes, is that of the bundle.
 */
#include <string.h>

#include "core/letter.h"
#include "core/limits.h"
#include "lib/arena.h"
#include "lib/buf.h"
#include "lib/cleanup.h"
#include "lib/text.h"

/* Where the end of a letter begins, in its text and its layout: at the last
 * line across. */
struct cut {
	size_t text;
	size_t layout;
};

static struct cut
cut_of(const struct letter *letter)
{
	const char *layout = text_or(letter->layout, "");
	const char *last = strrchr(layout, LETTER_RULE);
	struct cut cut = { strlen(letter->text), strlen(layout) };
	const char *at = letter->text;

	if (last == NULL)
		return cut;
	cut.layout = (size_t)(last - layout);
	for (size_t i = 0; i < cut.layout && *at != '\0'; i++) {
		at += strcspn(at, "\n");
		at += *at != '\0';
	}
	cut.text = (size_t)(at - letter->text);
	return cut;
}

struct bundle {
	struct buf *text;
	struct buf *layout;
};

static void
add_line(struct bundle *bundle, const char *line, enum letter_form form)
{
	buf_puts(bundle->text, line);
	buf_putc(bundle->text, '\n');
	buf_putc(bundle->layout, (char)form);
}

/* No notice leans on the one before it. */
static void
add_blank(struct bundle *bundle)
{
	if (bundle->layout->len > 0 &&
	    bundle->layout->data[bundle->layout->len - 1] != LETTER_BLANK)
		add_line(bundle, "", LETTER_BLANK);
}

static void
add_part(struct bundle *bundle, const struct letter *letter, struct cut from,
    struct cut to)
{
	const char *layout = text_or(letter->layout, "");

	buf_add(bundle->text, letter->text + from.text, to.text - from.text);
	buf_add(bundle->layout, layout + from.layout, to.layout - from.layout);
}

static void
add_notice(
    struct bundle *bundle, const struct letter *notice, struct arena *arena)
{
	add_blank(bundle);
	add_line(bundle,
	    arena_printf(arena, "-- %s --", text_or(notice->title, "")),
	    LETTER_NOTICE);
	add_line(bundle, "", LETTER_BLANK);
	add_part(bundle, notice, (struct cut){ 0 }, cut_of(notice));
}

void
letter_bundle(struct letter *letter, const struct letter *notices, size_t count,
    struct arena *arena)
{
	scoped(buf_done) struct buf text = { 0 }, layout = { 0 };
	struct bundle bundle = { &text, &layout };
	struct cut end = cut_of(letter);

	buf_init(&text, LIMIT_HTML_BYTES);
	buf_init(&layout, LIMIT_HTML_BYTES);
	add_part(&bundle, letter, (struct cut){ 0 }, end);
	for (size_t i = 0; i < count; i++)
		add_notice(&bundle, &notices[i], arena);
	add_blank(&bundle);
	add_part(&bundle, letter, end,
	    (struct cut){
		strlen(letter->text), strlen(text_or(letter->layout, "")) });
	letter->text = arena_strndup(arena, buf_text(&text), text.len);
	letter->layout = arena_strndup(arena, buf_text(&layout), layout.len);
}
