/*
 * html_style - what an element's style says about whether its words are seen.
 *
 * Words that nobody sees are not the writer's: a command among them must not
 * run, and a preview line of a newsletter is no complaint.
 */
#ifndef READER_HTML_STYLE_H
#define READER_HTML_STYLE_H

#include <stdbool.h>

/* A colour is 0xRRGGBB, or one of these. */
enum {
	COLOR_UNSAID = -1,
	COLOR_CLEAR = -2,  /* transparent */
	COLOR_UNSURE = -3, /* a picture, a function: anything */
};

enum { COLOR_BLACK = 0, COLOR_WHITE = 0xffffff };

struct html_style {
	bool hides; /* all within it, whatever that says */
	int size;   /* of the letters: 0 too small to be seen, 1 seen, -1 unsaid
		     */
	int color, background;
};

/* `style' is the attribute, or NULL. */
void html_style_read(const char *style, struct html_style *ret);
/* "white", "#fff", "rgb(255, 255, 255)". */
int html_color(const char *value);
/* Nobody can tell letters of that colour from what is behind them. */
bool html_color_is_lost(int color, int background);

#endif
