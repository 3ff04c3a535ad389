/*
 * notify - tell systemd how we are (sd_notify(3)); one datagram, no library.
 */
#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

/* A reload begins; READY=1 ends it, of this program or of the one that it
 * becomes. */
void notify_reloading(void);
/* "READY=1", "STOPPING=1".  Without $NOTIFY_SOCKET nothing. */
void notify_state(const char *state);
/* The sign of life that the watchdog wants; at most four in its time. */
void notify_alive(void);
/* Half of the watchdog's time in ms, or -1 when there is none. */
int notify_watchdog_ms(void);

#endif
