/*
 * protocol - the frames between desk and reader (lib/frame.h).
 *
 * The desk sends jobs.  The raw bytes lie in a sealed memfd that comes with the
 * job, or, when no descriptor does, behind it (LIMIT_JOB_BYTES).  The reader
 * answers each in order with one result.  A reader that dies owes the
 * oldest unanswered job; the desk gives the others to its successor.
 */
#ifndef READER_PROTOCOL_H
#define READER_PROTOCOL_H

#include <stdint.h>

enum reader_frame {
	READER_READY,  /* reader -> desk: sandboxed, no payload */
	READER_JOB,    /* desk -> reader: struct reader_job, its extra bytes,
			* then a descriptor or the raw bytes */
	READER_RESULT, /* reader -> desk: one JSON object with "job" and either
			* "message" (core/message.h), "items" or "error"
			* (text); a mail's own words behind it (answer.h) */
};

enum reader_job_kind {
	READER_MAIL,	    /* raw bytes: an RFC 5322 mail */
	READER_PUSH_TEXT,   /* raw bytes: JSON {"query","content_type","body"} */
	READER_PUSH_REPORT, /* the same, of a delivery report */
	READER_POLL,	    /* raw bytes: the body of a poll answer */
	READER_REPORT_POLL, /* the same, of delivery reports */
};

struct reader_job {
	uint64_t job;
	uint32_t kind;
	uint32_t extra; /* bytes of JSON that follow: a push_map */
	uint64_t offset; /* of this message in the memfd; 0 without one */
	uint64_t length;
};

#endif
