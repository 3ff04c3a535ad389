#include "cli/archive_file.h"

#include "core/limits.h"
#include "lib/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BOUNDARY_BYTES = 16, COPY_BYTES = 65536 };

struct archive {
	const char *path;
	FILE *parts; /* without a name; gone with us */
	char boundary[2 * BOUNDARY_BYTES + 1];
	struct buf list; /* of the attachments, for the index */
	/* The attachment at hand, held whole for its hash. */
	struct buf part;
	char name[64];
	int count;
	bool failed;
};

struct archive *
archive_open(const char *path)
{
	struct archive *archive = calloc(1, sizeof(*archive));
	uint8_t random[BOUNDARY_BYTES];

	if (archive == NULL)
		abort();
	archive->path = path;
	archive->parts = tmpfile();
	buf_init(&archive->list, LIMIT_WORK_BYTES);
	buf_init(&archive->part, LIMIT_MAIL_BYTES);
	digest_random(random, sizeof(random));
	digest_hex(random, sizeof(random), archive->boundary);
	if (archive->parts == NULL) {
		perror("shouwen: archive: no temporary file");
		archive_close(&archive);
	}
	return archive;
}

void
archive_close(struct archive **archive)
{
	struct archive *old = *archive;

	*archive = NULL;
	if (old == NULL)
		return;
	if (old->parts != NULL)
		(void)fclose(old->parts);
	buf_done(&old->list);
	buf_done(&old->part);
	free(old);
}

/* ---- attachments ---- */

void
archive_begin(struct archive *archive, const char *name, const char *type)
{
	(void)snprintf(archive->name, sizeof(archive->name), "%s", name);
	buf_reset(&archive->part);
	(void)fprintf(archive->parts,
	    "\r\n--%s\r\nContent-Type: %s\r\n"
	    "Content-Transfer-Encoding: 8bit\r\n"
	    "Content-Disposition: attachment; filename=\"%s\"\r\n\r\n",
	    archive->boundary, type, name);
}

void
archive_add(struct archive *archive, const void *data, size_t len)
{
	buf_add(&archive->part, data, len);
}

void
archive_end(struct archive *archive)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX];
	const struct buf *part = &archive->part;

	digest_sha256(buf_text(part), part->len, digest);
	digest_hex(digest, sizeof(digest), hex);
	buf_printf(&archive->list, "%s  %s (%zu bytes)\r\n", hex, archive->name,
	    part->len);
	if (fwrite(buf_text(part), 1, part->len, archive->parts) != part->len ||
	    buf_is_over(part))
		archive->failed = true;
	archive->count++;
}

/* ---- the whole ---- */

static void
put_head(const struct archive *archive, FILE *out, const char *subject,
    const struct buf *index)
{
	(void)fprintf(out,
	    "From: shouwen <archive@invalid>\r\n"
	    "Subject: %s\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n"
	    "--%s\r\nContent-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: 8bit\r\n\r\n",
	    subject, archive->boundary, archive->boundary);
	(void)fwrite(buf_text(index), 1, index->len, out);
	(void)fprintf(out,
	    "\r\nAttachments, each with the SHA-256 of its bytes:\r\n%s",
	    buf_text(&archive->list));
}

static bool
copy_parts(struct archive *archive, FILE *out)
{
	static char room[COPY_BYTES];
	size_t got;

	if (fflush(archive->parts) != 0)
		return false;
	rewind(archive->parts);
	while ((got = fread(room, 1, sizeof(room), archive->parts)) > 0)
		if (fwrite(room, 1, got, out) != got)
			return false;
	return !ferror(archive->parts);
}

int
archive_finish(
    struct archive *archive, const char *subject, const struct buf *index)
{
	int fd = open(archive->path,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
	bool good;

	if (out == NULL) {
		(void)fprintf(stderr, "shouwen: archive: %s: %s\n",
		    archive->path, strerror(errno));
		return -1;
	}
	put_head(archive, out, subject, index);
	good = copy_parts(archive, out) && !archive->failed &&
	       !buf_is_over(index) && !buf_is_over(&archive->list);
	(void)fprintf(out, "\r\n--%s--\r\n", archive->boundary);
	good =
	    good && fflush(out) == 0 && !ferror(out) && fsync(fileno(out)) == 0;
	if (fclose(out) == 0 && good)
		return 0;
	/* Half of an archive is none. */
	(void)fprintf(stderr,
	    "shouwen: archive: %s could not be written whole\n", archive->path);
	(void)unlink(archive->path);
	return -1;
}
