/*
 * crash - named places where the tests kill the process.
 *
 * The list is the contract of the kill test: docs/STATES.md says for each
 * what a death there means, and the test proves that each is reached.  In a
 * normal build a crash point is nothing at all; with -DCRASH_POINTS the
 * environment SHOUWEN_CRASH=name:n kills at the n-th passage of `name'.
 */
#ifndef LIB_CRASH_H
#define LIB_CRASH_H

#define CRASH_POINT_LIST(point)                                                \
	point(FETCH_BEFORE_COMMIT, "fetch.before_commit")                      \
	point(FETCH_AFTER_COMMIT, "fetch.after_commit")                        \
	point(FETCH_BEFORE_ACK, "fetch.before_ack")                            \
	point(FETCH_AFTER_ACK, "fetch.after_ack")                              \
	point(PUSH_BEFORE_COMMIT, "push.before_commit")                        \
	point(PUSH_BEFORE_ACK, "push.before_ack")                              \
	point(PUSH_AFTER_ACK, "push.after_ack")                                \
	point(REPORT_BEFORE_COMMIT, "report.before_commit")                    \
	point(REPORT_AFTER_COMMIT, "report.after_commit")                      \
	point(POLL_AFTER_KEEP, "poll.after_keep")                              \
	point(DECIDE_BEFORE_COMMIT, "decide.before_commit")                    \
	point(DECIDE_AFTER_COMMIT, "decide.after_commit")                      \
	point(TIMER_BEFORE_COMMIT, "timer.before_commit")                      \
	point(TIMER_AFTER_COMMIT, "timer.after_commit")                        \
	point(CLAIM_BEFORE_COMMIT, "claim.before_commit")                      \
	point(CLAIM_AFTER_COMMIT, "claim.after_commit")                        \
	point(SEND_STARTED, "send.started")                                    \
	point(SEND_ANSWERED, "send.answered")                                  \
	point(RESULT_BEFORE_COMMIT, "result.before_commit")                    \
	point(RESULT_AFTER_COMMIT, "result.after_commit")

enum crash_point {
#define CRASH_POINT_ENUM(id, name) CRASH_##id,
	CRASH_POINT_LIST(CRASH_POINT_ENUM)
#undef CRASH_POINT_ENUM
	    CRASH_POINT_COUNT
};

#ifdef CRASH_POINTS
void crash_point(enum crash_point point);
#else
static inline void
crash_point(enum crash_point point)
{
	(void)point;
}
#endif

/* Its name in the list. */
const char *crash_point_name(enum crash_point point);

#endif
