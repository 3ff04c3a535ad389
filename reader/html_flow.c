#include "reader/html_flow.h"

void
html_flow_want(struct html_flow *flow, int count)
{
	if (flow->is_bullet)
		return;
	if (flow->wants < count)
		flow->wants = count;
	flow->space = false;
}

void
html_flow_word(struct html_flow *flow, char mark)
{
	if (flow->out.len == 0)
		flow->wants = 0;
	if (flow->at_start && flow->wants > 0)
		flow->wants--;
	for (; flow->wants > 0; flow->wants--) {
		buf_putc(&flow->out, '\n');
		flow->at_start = true;
	}
	if (flow->at_start && mark != 0)
		buf_putc(&flow->out, mark);
	else if (flow->space && !flow->at_start)
		buf_putc(&flow->out, ' ');
	flow->at_start = false;
	flow->space = false;
	flow->is_bullet = false;
	flow->wants = 0;
}

void
html_flow_break(struct html_flow *flow, char mark)
{
	if (flow->wants > 0 && !flow->at_start && flow->out.len > 0) {
		flow->wants = 0;
		buf_putc(&flow->out, '\n');
		flow->at_start = true;
	}
	if (flow->out.len == 0)
		return;
	if (flow->at_start && mark != 0)
		buf_putc(&flow->out, mark);
	buf_putc(&flow->out, '\n');
	flow->at_start = true;
	flow->space = false;
	flow->wants = 0;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* A reference may stand for any byte, also for our marks. */
static bool
is_control(char c)
{
	return (unsigned char)c < ' ';
}

void
html_flow_add(
    struct html_flow *flow, char mark, const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t from = i;

		if (is_space(text[i]) || is_control(text[i])) {
			flow->space = flow->space || is_space(text[i]);
			i++;
			continue;
		}
		while (i < len && !is_space(text[i]) && !is_control(text[i]))
			i++;
		html_flow_word(flow, mark);
		buf_add(&flow->out, text + from, i - from);
	}
}

void
html_flow_keep(
    struct html_flow *flow, char mark, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n') {
			html_flow_break(flow, mark);
			continue;
		}
		if (is_control(text[i]) && text[i] != '\t')
			continue;
		if (flow->at_start || flow->wants > 0)
			html_flow_word(flow, mark);
		buf_putc(&flow->out, text[i]);
	}
}
