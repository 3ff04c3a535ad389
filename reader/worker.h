/*
 * worker - the reader process: jobs in, results out, nothing else allowed.
 */
#ifndef READER_WORKER_H
#define READER_WORKER_H

/* Enters the sandbox, serves frames on `fd' until it closes; returns the exit
 * status.  Takes `fd'. */
int reader_worker_run(int fd);

#endif
