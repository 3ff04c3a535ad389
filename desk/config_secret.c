#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "desk/config_parts.h"
#include "lib/digest.h"
#include "lib/err.h"
#include "lib/file.h"
#include "lib/text.h"

enum { SECRET_BYTES_MAX = 4096, KEY_BYTES_MIN = 32 };

#define CREDENTIAL "credential:"

/* Where the secret stands: a path, or systemd's folder of credentials
 * (systemd.exec(5), LoadCredential=). */
static const char *
secret_path(struct reading *reading, const char *name, const char **ret)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	const char *credential;

	if (!text_starts(name, CREDENTIAL)) {
		*ret = path_from(reading, name);
		return NULL;
	}
	credential = name + strlen(CREDENTIAL);
	if (*credential == '\0' || strchr(credential, '/') != NULL)
		return "is no name of a credential; write \"credential:NAME\"";
	if (text_is_empty(folder))
		return "is a credential, but $CREDENTIALS_DIRECTORY is not "
		       "set; start by systemd with LoadCredential=, or name a "
		       "file";
	*ret = arena_printf(
	    &reading->loaded->arena, "%s/%s", folder, credential);
	return NULL;
}

static const char *
secret_bytes(struct reading *reading, const char *name, char **ret,
    size_t *ret_len)
{
	struct arena *arena = &reading->loaded->arena;
	struct err err = { 0 };
	const char *path = NULL;
	const char *why = secret_path(reading, name, &path);
	struct stat facts;

	if (why != NULL)
		return why;
	*ret = file_read(path, SECRET_BYTES_MAX, arena, ret_len, &err);
	if (*ret == NULL)
		return arena_printf(
		    arena, "%s; name a file that holds the secret", err.msg);
	while (*ret_len > 0 &&
	    ((*ret)[*ret_len - 1] == '\n' || (*ret)[*ret_len - 1] == '\r'))
		(*ret)[--*ret_len] = '\0';
	if (*ret_len == 0)
		return arena_printf(arena, "\"%s\" is empty", path);
	if (!reading->loaded->conf.world_readable_secrets &&
	    stat(path, &facts) == 0 && (facts.st_mode & S_IROTH) != 0) {
		struct buf text scoped(buf_done) = { 0 };

		buf_init(&text, SECRET_BYTES_MAX);
		buf_printf(&text,
		    "%s: warning: everybody on this machine can read this "
		    "secret; chmod 640 or less",
		    path);
		if (reading->complain != NULL)
			reading->complain(buf_text(&text), reading->arg);
	}
	return NULL;
}

const char *
secret_read(struct reading *reading, const char *name, const char **ret)
{
	char *data = NULL;
	size_t len = 0;
	const char *why;

	if (reading->is_public) {
		*ret = "";
		return NULL;
	}
	why = secret_bytes(reading, name, &data, &len);
	if (why != NULL)
		return why;
	/* A password that goes into a protocol is one line of text. */
	if (strlen(data) != len || strpbrk(data, "\r\n") != NULL)
		return "holds more than one line; a secret is one line";
	*ret = data;
	return NULL;
}

const char *
secret_key_read(struct reading *reading, const char *name, uint8_t *ret)
{
	char *data = NULL;
	size_t len = 0;
	const char *why;

	if (reading->is_public)
		return NULL;
	why = secret_bytes(reading, name, &data, &len);
	if (why != NULL)
		return why;
	if (len < KEY_BYTES_MIN)
		return "holds too short a key; 32 bytes at least, for example "
		       "from: openssl rand -hex 32";
	digest_sha256(data, len, ret);
	return NULL;
}
