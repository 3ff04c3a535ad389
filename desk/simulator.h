/*
 * simulator - what the files of the simulator share; private to desk/simulate*.
 */
#ifndef DESK_SIMULATOR_H
#define DESK_SIMULATOR_H

#include <stdint.h>

#include "core/config.h"
#include "core/effect.h"
#include "core/outgoing.h"
#include "core/ports.h"
#include "desk/desk.h"
#include "desk/simulate.h"
#include "desk/simulate_script.h"
#include "lib/arena.h"
#include "lib/err.h"

struct store;

/* A message that has left, by the number it was printed under. */
struct sent {
	struct outgoing out; /* in the simulation's arena */
	const char *from;    /* desk's own address */
	msec_t report_at;    /* delivered then; 0: no report comes */
};

struct simulator {
	const struct simulation *setup;
	struct script script;
	struct store *store;
	struct desk *desk;
	struct arena arena; /* for the whole run */
	msec_t now;
	struct sent *sent;
	size_t sent_count, sent_room;
	uint32_t uid;
};

/* One per account: the sender's name is what tells them apart. */
struct fake_sender {
	struct sender sender;
	struct simulator *simulator;
	struct receipt waiting[64];
	size_t waiting_count;
};

const struct estate *sim_estate(struct simulator *sim, const char *id);

/* simulate_print.c: the output lines. */
void sim_print_out(struct simulator *sim, const struct outgoing *out);
int sim_print_cases(struct simulator *sim, struct err *err) must_check;
/* Ports of the desk. */
void sim_on_decided(void *self, const struct input *in,
    const struct effects *effects, msec_t now);
void sim_on_note(
    void *self, enum desk_note_kind kind, const char *at, const char *text);

/* simulate_ports.c: senders that take everything, a reader of our own. */
size_t sim_make_senders(struct simulator *sim, struct fake_sender *fakes,
    struct sender **senders);
void sim_ports(struct simulator *sim, struct desk_ports *ret);

/* simulate_act.c: what the script makes happen. */
int sim_do_line(struct simulator *sim, const struct script_line *line,
    const char *place, const char *folder, struct err *err) must_check;
/* The gateway's report of a text, or the mail that came back. */
int sim_do_report(struct simulator *sim, const struct sent *sent,
    const char *state, struct err *err) must_check;

#endif
