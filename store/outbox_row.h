/*
 * outbox_row - an outgoing message as columns; the lists of sql.c in the
 * same order.
 */
#ifndef STORE_OUTBOX_ROW_H
#define STORE_OUTBOX_ROW_H

#include "store/outbox.h"
#include "store/row.h"

enum { OUT_META_COUNT = 21, OUT_TEXT_COUNT = 8, OUT_STATUS_COUNT = 6 };

extern const struct column out_meta[OUT_META_COUNT];
extern const struct column out_texts[OUT_TEXT_COUNT];
extern const struct column out_status_columns[OUT_STATUS_COUNT];

/* The whole row with its parts: 1, 0 none, -1. */
int out_row_load(struct store *store, out_id id, struct arena *arena,
    struct out_claim *ret, struct err *err) must_check;
/* The rows of these ids; the count. */
int out_rows_load(struct store *store, const out_id *ids, int count,
    struct arena *arena, struct out_claim *ret, struct err *err) must_check;
/* The parts that a bound query lists. */
int out_parts_read(struct query *query, struct arena *arena,
    const struct passed_part **ret, size_t *ret_count, struct err *err)
    must_check;

#endif
