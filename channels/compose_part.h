/*
 * compose_part - a MIME part of an inbound mail, going along in one of ours.
 *
 * A part that the wire can carry is not touched: what the owner sent is
 * evidence.  One with long lines or stray line ends is coded anew as base 64,
 * its type and name kept.
 */
#ifndef CHANNELS_COMPOSE_PART_H
#define CHANNELS_COMPOSE_PART_H

#include "lib/buf.h"

/* Appends the part, its own header first; ends with CRLF. */
void compose_part(struct buf *out, struct bytes part);

#endif
