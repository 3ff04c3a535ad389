/*
 * limits - every ceiling of the program, in one list.
 *
 * Strangers decide how much arrives; these decide how much of it is held.
 */
#ifndef CORE_LIMITS_H
#define CORE_LIMITS_H

#include <stddef.h>

#define KIB ((size_t)1024)
#define MIB (1024 * KIB)

/* One mail, raw.  Larger ones are left on the server and become a case for a
 * human that says so. */
#define LIMIT_MAIL_BYTES (50 * MIB)
/* One text, one push body, raw. */
#define LIMIT_PUSH_BYTES (64 * KIB)
/* One answer of a gateway's inbox, raw: 100 texts of ten parts, written as
 * \uXXXX, have some 600 KiB. */
#define LIMIT_POLL_BYTES (4 * MIB)
/* Answers that say nothing, of one inbox and day, that are kept where the same
 * texts are listed again. */
#define LIMIT_SILENT_POLLS_KEPT 3
#define LIMIT_CURSOR_BYTES 500
#define LIMIT_HTTP_ANSWER_BYTES (256 * KIB)

/* What one UID FETCH may bring at most (mail.md C: a batch is held whole). */
#define LIMIT_FETCH_BATCH_BYTES (4 * MIB)
#define LIMIT_FETCH_BATCH_MAILS 100
/* Of a mail over LIMIT_MAIL_BYTES, so much is fetched. */
#define LIMIT_FETCH_HEAD_BYTES (64 * KIB)
/* One line of an IMAP server; libetpan itself knows no limit. */
#define LIMIT_IMAP_LINE_BYTES (64 * KIB)
/* All that an IMAP command may bring beside the mails that it asks for. */
#define LIMIT_IMAP_ANSWER_BYTES (1 * MIB)
/* A list of the sizes of many mails, about 80 bytes each. */
#define LIMIT_IMAP_LIST_BYTES (16 * MIB)
#define LIMIT_FETCHER_MEMORY (512 * MIB)
/* Mails flagged or moved by one command. */
#define LIMIT_SETTLE_MAILS 500

/* What the reader hands on of one message. */
#define LIMIT_TEXT_BYTES (256 * KIB) /* decoded text */
#define LIMIT_HEADER_BYTES (4 * KIB) /* one decoded header value */
#define LIMIT_HEAD_BYTES (256 * KIB) /* all fields of a mail, raw */
#define LIMIT_PARTS 1000	     /* MIME parts, all levels */
#define LIMIT_DEPTH 100		     /* MIME or HTML nesting */
#define LIMIT_ATTACHMENTS 1000
#define LIMIT_FILE_NAME_BYTES 255 /* of an attachment */
#define LIMIT_ATTACHED_BYTES (4 * MIB) /* of an encoded attached mail */
#define LIMIT_TNEF_BYTES (4 * MIB) /* of a winmail.dat, decoded */
#define LIMIT_REFERENCES 100
#define LIMIT_RECIPIENTS 100
#define LIMIT_READER_ANSWER_BYTES (2 * MIB) /* of one mail */
/* Of one push or poll: each item is there twice, as read and as it came, and
 * its quotes are written as four bytes. */
#define LIMIT_READER_PAGE_BYTES (24 * MIB)
#define LIMIT_READER_MS 5000		    /* one message */
#define LIMIT_READER_WORK_BYTES (64 * MIB)  /* of one message, taken apart */
#define LIMIT_READER_MEMORY (512 * MIB)

/* So much goes to a reader with its job; more lies in a memfd that both map. */
#define LIMIT_JOB_BYTES (16 * KIB)
/* What goes with a gateway's jobs: the fields of its provider file, as JSON. */
#define LIMIT_PUSH_MAP_BYTES (16 * KIB)

/* One unit of work in the desk, and one rendered message. */
#define LIMIT_WORK_BYTES (16 * MIB)
#define LIMIT_TURN_BYTES (256 * MIB) /* all units of one transaction */
#define LIMIT_RENDERED_BYTES (512 * KIB)
/* The same as HTML. */
#define LIMIT_HTML_BYTES (4 * MIB)
#define LIMIT_STAFF_CHARACTERS 10000 /* staff words to an owner */
#define LIMIT_SMS_PARTS 10
/* Parts of long texts that wait for the others, of all gateways. */
#define LIMIT_SMS_PARTS_WAITING 1000
/* Reports of messages that we do not know yet. */
#define LIMIT_EARLY_REPORTS 4096
#define LIMIT_COMMANDS 50 /* of one staff message */
#define LIMIT_CASES_NAMED 16 /* of one mail about no case */
/* One mail of notices (rules.md 5.33), its words and those of its cases. */
#define LIMIT_BUNDLED 50
#define LIMIT_BUNDLED_BYTES (512 * KIB)
/* Neighbours that a new case is compared with, cases of an incident that a
 * staff text is checked against, words that one case catches up at a time. */
#define LIMIT_INCIDENT_NEAR 200
#define LIMIT_INCIDENT_CASES 500
#define LIMIT_INCIDENT_WORDS 16
/* Words of the lists found in one message, and all lists together. */
#define LIMIT_WORD_HITS 8192
#define LIMIT_WORDS_BYTES (16 * MIB)
/* Attachments passed on in one outgoing mail, encoded. */
#define LIMIT_PASSED_ON_BYTES (15 * MIB)
#define LIMIT_PASSED_ON 32
/* Of what staff wrote to an owner, for #undo. */
#define LIMIT_SENT_SEEN 8
/* Alerts among which a `1' has to choose. */
#define LIMIT_ALERTS_SEEN 5
/* Cases of one short serial: one a day for a week, and today's. */
#define LIMIT_NAMESAKES 9

/* Sections inside sections, and partials inside partials. */
#define LIMIT_TEMPLATE_NESTING 16

/* Raw bytes that wait in memory between fetch and reader; above, fetchers
 * rest (high and low water). */
#define LIMIT_WAITING_HIGH_BYTES (12 * MIB)
#define LIMIT_WAITING_LOW_BYTES (4 * MIB)
/* Pushes that wait to be committed, and their raw bytes; above, a gateway is
 * told to come again.  They do not stand behind the mails. */
#define LIMIT_PUSHES_WAITING 400
#define LIMIT_PUSHES_WAITING_BYTES (12 * MIB)
/* One transaction: so many units of work at the most. */
#define LIMIT_TURN_UNITS 200
/* Transfers in flight at once. */
#define LIMIT_SENDS_IN_FLIGHT 32

#endif
