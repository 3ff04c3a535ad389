/*
 * real_servers - Dovecot, Postfix and Kannel on loopback, for one test program.
 *
 * Started by tests/servers/servers.sh in a folder of its own below /tmp, so
 * tests run from the checkout's root.
 */
#ifndef TESTS_SUPPORT_REAL_SERVERS_H
#define TESTS_SUPPORT_REAL_SERVERS_H

/* For cmocka_run_group_tests(): all of them, or those of mail or
 * of texts. */
int real_servers_start_all(void **state);
int real_servers_start_mail(void **state);
int real_servers_start_sms(void **state);
int real_servers_stop(void **state);

/* Skips the test when they are not installed. */
void real_servers_need(void);

/* A value of the servers' env file, good until they stop; fails the test when
 * there is none. */
const char *real_servers_get(const char *key);
unsigned real_servers_port(const char *key);
/* A connection as the phone network, whose line protocol sms.md A.3 tells; the
 * caller's to close.  A read waits for a while and no longer. */
int real_servers_phone(void);

#endif
