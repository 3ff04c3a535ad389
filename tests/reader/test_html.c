#include <stdio.h>

#include "lib/buf.h"
#include "lib/cleanup.h"
#include "reader/html.h"
#include "tests/reader/reading.h"

static const char *
text_of(const char *html)
{
	return html_unmark(html_to_text(html, &arena), &arena);
}

static void
blocks_lists_and_tables_become_lines(void **state)
{
	static const struct {
		const char *html, *text;
	} cases[] = {
		{ "<p>One</p><p>Two</p>", "One\n\nTwo" },
		{ "<div>One</div><div>Two</div>", "One\nTwo" },
		{ "a<br>b<br><br>c", "a\nb\n\nc" },
		{ "<div>a<br></div><div>b</div>", "a\nb" },
		{ "<ul><li>a<li>b</ul>", "- a\n- b" },
		{ "<ol><li>a</li><li>b</li></ol>", "1. a\n2. b" },
		{ "<ol start=3><li><p>a</p><ul><li>x</ul><li>b</ol>",
		    "3. a\n\n- x\n4. b" },
		{ "<ol start=x><li>a</ol>", "1. a" },
		{ "<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc" },
		{ "a  <b> b</b>\n c&nbsp;d &eacute;", "a b c\xC2\xA0"
						      "d é" },
		{ "<pre>a\n  b</pre>", "a\n  b" },
		{ "水<b>管</b>", "水管" },
		{ "a &lt;b&gt;", "a <b>" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_string_equal(text_of(cases[i].html), cases[i].text);
}

static void
what_is_not_shown_is_no_text(void **state)
{
	(void)state;
	assert_string_equal(
	    text_of("<html><head><title>t</title><style>p{}</style></head>"
		    "<body><script>x()</script><p style='DISPLAY: none'>h</p>"
		    "<p hidden>i</p><!-- c -->seen</body>"),
	    "seen");
}

static void
what_is_made_invisible_is_no_text(void **state)
{
	static const char *const hidden[] = {
		"<p style='VISIBILITY : hidden'>h</p>",
		"<p style='mso-hide:all'>h</p>",
		"<p style='opacity:0'>h</p>",
		"<p style='opacity:0.0;color:red'>h</p>",
		"<p style='font-size:0'>h</p>",
		"<p style='font-size:1px'>h</p>",
		"<div style='font-size:0'><b>h</b></div>",
		"<p style='color:#fff'>h</p>",
		"<p style='color:#FEFEFE'>h</p>",
		"<p style='color: rgb(255, 255, 254)'>h</p>",
		"<p style='color:transparent'>h</p>",
		"<p style='color:rgba(0,0,0,0)'>h</p>",
		"<p style='color:#fff;background:#ffffff'>h</p>",
		"<table bgcolor=#000000><tr><td><font color=black>h</font>"
		"</td></tr></table>",
		"<font color=white>h</font>",
		"<p style='height:0;overflow:hidden'>h</p>",
		"<p style='max-height:0px;overflow:hidden'>h</p>",
		"<p style='position:absolute;left:-9999px'>h</p>",
		"<p style='text-indent:-9999px'>h</p>",
		"<noscript>h</noscript><template>h</template>",
		"<img src=x alt='h' title='h'><!-- h -->",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(hidden); i++) {
		char html[300];

		(void)snprintf(html, sizeof(html), "<div>a</div>%s<div>b</div>",
		    hidden[i]);
		assert_null(strchr(text_of(html), 'h'));
	}
}

static void
what_only_looks_like_it_is_text(void **state)
{
	static const char *const seen[] = {
		"<td style='font-size:0'><b style='font-size:14px'>h</b></td>",
		"<p style='color:white;background-color:#224466'>h</p>",
		"<div style='background:url(x.png)'><p style='color:white'>h"
		"</p></div>",
		"<table bgcolor=navy><tr><td style='color:#fff'>h</table>",
		"<div style='color:#fff'><b style='color:#000'>h</b></div>",
		"<p style='font-size:.9em;opacity:0.5'>h</p>",
		"<p style='height:0'>h</p>",
		"<p style='color:#ff'>h</p>",
		"<p style='color:rgb(1)'>h</p>",
		"<p style='color:inherit;margin-left:-5px;junk'>h</p>",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(seen); i++) {
		char html[300];

		(void)snprintf(html, sizeof(html), "<div>a</div>%s<div>b</div>",
		    seen[i]);
		assert_non_null(strchr(text_of(html), 'h'));
	}
	/* All that there is, in somebody's dark mode. */
	assert_string_equal(
	    text_of("<p style='color:white'>h</p>"
		    "<div class=gmail_quote style='color:black'>q</div>"),
	    "h\n\n> q");
}

static void
quote_containers_are_marked(void **state)
{
	static const char *const quotes[] = {
		"<div class='gmail_quote'>quoted</div>",
		"<div id=isReplyContent>quoted</div>",
		"<blockquote type=cite>quoted</blockquote>",
		"<div class='x_gmail_quote other'>quoted</div>",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(quotes); i++) {
		char html[200], raw[400];
		struct message m;

		(void)snprintf(html, sizeof(html), "<p>own</p>%s", quotes[i]);
		assert_string_equal(text_of(html), "own\n\n> quoted");
		(void)snprintf(raw, sizeof(raw),
		    "From: a@x\nContent-Type: text/html\n\n%s\n", html);
		m = read_mail(raw);
		assert_string_equal(m.own, "own");
	}
}

static void
deep_nesting_costs_no_words(void **state)
{
	struct buf html scoped(buf_done);
	const char *text;

	(void)state;
	buf_init(&html, 8 * MIB);
	for (int i = 0; i < 50000; i++)
		buf_puts(&html, "<div><b>");
	buf_puts(&html, "deep");
	for (int i = 0; i < 50000; i++)
		buf_puts(&html, "</i></div>");
	buf_puts(&html, "<p>end</p>");
	text = text_of(html.data);
	assert_non_null(strstr(text, "deep"));
	/* No rest of a tag. */
	assert_null(strchr(text, '<'));
	assert_null(strchr(text, '/'));
	assert_non_null(strstr(text, "end"));
}

static void
a_charset_in_a_meta_tag_counts(void **state)
{
	struct message m = read_mail(
	    "From: a@x\nContent-Type: text/html\n\n<html><head><meta "
	    "charset=\"shift_jis\"></head><body>\x90\x85</body></html>\n");

	(void)state;
	assert_string_equal(m.text, "水");
}

static void
a_link_says_where_it_leads(void **state)
{
	static const struct {
		const char *html, *text;
	} cases[] = {
		{ "see <a href='https://x.org/p?q=1'>the photo</a>, please",
		    "see the photo <https://x.org/p?q=1>, please" },
		{ "<a href='https://www.x.org/'>x.org</a>", "x.org" },
		{ "<a href='https://x.org/a/b'>https://x.org/a...</a>",
		    "https://x.org/a..." },
		{ "<a href='mailto:a@x.org'>Anna</a>", "Anna" },
		{ "<a href='javascript:x()'>x</a>", "x" },
		{ "<a href='https://x.org/1'><img src=x></a>end", "end" },
		{ "<a href='https://x.org/ b'>x</a>", "x" },
		{ "<a>x</a></a>", "x" },
		{ "<p style='display:none'><a href='https://x.org'>x</a></p>y",
		    "y" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_string_equal(text_of(cases[i].html), cases[i].text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_lists_and_tables_become_lines),
		cmocka_unit_test(what_is_not_shown_is_no_text),
		cmocka_unit_test(what_is_made_invisible_is_no_text),
		cmocka_unit_test(what_only_looks_like_it_is_text),
		cmocka_unit_test(quote_containers_are_marked),
		cmocka_unit_test(deep_nesting_costs_no_words),
		cmocka_unit_test(a_link_says_where_it_leads),
		cmocka_unit_test(a_charset_in_a_meta_tag_counts),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
