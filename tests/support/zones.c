#include "tests/support/zones.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/err.h"

struct zone *
zones_open(const char *name)
{
	char path[128];
	char data[16384];
	struct err err = { 0 };
	struct zone *zone;
	FILE *file;
	size_t len;

	(void)snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	file = fopen(path, "rb");
	if (file == NULL) {
		(void)fprintf(stderr, "%s is not there\n", path);
		exit(1);
	}
	len = fread(data, 1, sizeof(data), file);
	(void)fclose(file);
	zone = zone_from_tzif(name, data, len, &err);
	if (zone == NULL) {
		(void)fprintf(stderr, "%s\n", err.msg);
		exit(1);
	}
	return zone;
}

/* The least that RFC 8536 allows: two blocks with one type each, a footer. */
struct zone *
zones_china(void)
{
	static const char data[] =
	    "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\001\0\0\0\004"
	    "\0\0\x70\x80\0\0CST\0"
	    "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
	    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\001\0\0\0\004"
	    "\0\0\x70\x80\0\0CST\0"
	    "\nCST-8\n";

	return zone_from_tzif("Asia/Shanghai", data, sizeof(data) - 1, NULL);
}
