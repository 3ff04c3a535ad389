/*
 * A year of one estate (bench/year/year.h), and whether every rule held.
 *
 * usage: bench_year [SEED [MESSAGES [DAYS]]]     from the top folder
 */
#include "bench/measure.h"
#include "bench/year/year.h"
#include "lib/cleanup.h"
#include "lib/err.h"
#include "lib/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { FAULTS_SHOWN = 200 };

static int shown;

static void
complain(const char *fault, void *arg)
{
	const struct year_setup *setup = arg;

	if (shown++ < FAULTS_SHOWN)
		(void)fprintf(stderr, "seed %llu: %s\n",
		    (unsigned long long)setup->seed, fault);
}

/* In memory where there is such a folder: the disk is not what is measured. */
static void
make_folder(char *path, size_t size)
{
	(void)snprintf(path, size, "%s/year.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(path) == NULL) {
		perror(path);
		exit(1);
	}
}

static void
remove_folder(const char *folder)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char name[120];

	for (size_t i = 0; i < ARRAY_COUNT(ends); i++) {
		(void)snprintf(
		    name, sizeof(name), "%s/year.db%s", folder, ends[i]);
		(void)unlink(name);
	}
	(void)rmdir(folder);
}

static int64_t
argument(int argc, char **argv, int place, int64_t otherwise)
{
	int64_t value = otherwise;

	if (argc > place && text_to_int(argv[place], 1, 1000000, &value) < 0) {
		(void)fprintf(
		    stderr, "usage: bench_year [SEED [MESSAGES [DAYS]]]\n");
		exit(64);
	}
	return value;
}

static void
print(const struct year_figures *figures, double wall)
{
	struct rusage used;

	(void)getrusage(RUSAGE_SELF, &used);
	(void)printf("year.wall %.1f s\n", wall);
	(void)printf("year.peak_memory %ld KiB\n", used.ru_maxrss);
	(void)printf(
	    "year.messages %lld messages\n", (long long)figures->messages);
	(void)printf(
	    "year.answers %lld messages\n", (long long)figures->answers);
	(void)printf(
	    "year.reports %lld reports\n", (long long)figures->reports);
	(void)printf("year.cases %lld cases\n", (long long)figures->cases);
	(void)printf("year.sent %lld messages\n", (long long)figures->sent);
	(void)printf("year.turns %lld turns\n", (long long)figures->turns);
	(void)printf("year.faults %lld faults\n", (long long)figures->faults);
}

int
main(int argc, char **argv)
{
	char folder[64], path[80];
	struct year_setup setup = {
		.seed = (uint64_t)argument(argc, argv, 1, 1),
		.households = YEAR_HOUSEHOLDS_MAX,
		.messages = (int)argument(argc, argv, 2, 12000),
		.days = (int)argument(argc, argv, 3, 365),
		.path = path,
	};
	struct year_figures figures = { 0 };
	struct err err = { 0 };
	double begun = seconds();
	int result;

	make_folder(folder, sizeof(folder));
	(void)snprintf(path, sizeof(path), "%s/year.db", folder);
	result = year_run(&setup, complain, &setup, &figures, &err);
	if (getenv("YEAR_KEEP") == NULL)
		remove_folder(folder);
	if (result < 0) {
		(void)fprintf(stderr, "bench_year: seed %llu: %s\n",
		    (unsigned long long)setup.seed, err.msg);
		return 1;
	}
	print(&figures, seconds() - begun);
	return figures.faults > 0 ? 1 : 0;
}
