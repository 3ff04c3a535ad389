/*
 * notify - tell systemd how we are (sd_notify(3)); one datagram, no library.
 */
#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

/* "READY=1", "STOPPING=1", "WATCHDOG=1".  Without $NOTIFY_SOCKET nothing. */
void notify_state(const char *state);
/* Half of the watchdog's time in ms, or -1 when there is none. */
int notify_watchdog_ms(void);

#endif
