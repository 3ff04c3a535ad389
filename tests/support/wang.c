#include "tests/support/wang.h"

void
wang_answers(struct decision *d, enum case_state state, const char *own)
{
	decision_init(d);
	decision_case(d, state);
	decision_mail(d, "wang@owner.example", own);
	decision_owner(d);
	d->before.match = MATCH_TOKEN;
	d->before.answered.id = 42;
}

void
wang_texts(struct decision *d, const char *own)
{
	decision_init(d);
	decision_sms(d, "+8613900139001", own);
	decision_owner(d);
	d->before.sender.is_participant = false;
}
