#include "daemon/descriptors.h"

#include <sys/resource.h>

#include "core/config.h"
#include "daemon/control.h"
#include "daemon/http.h"
#include "lib/err.h"
#include "lib/frame.h"

enum {
	OWN = 32,         /* the store, its lock, signals, log, epoll */
	OF_A_MAILBOX = 3, /* the link to its fetcher, and batches of mails */
	OF_A_CHANNEL = 2, /* its inbox and its reports */
	OF_USE = 8192,
};

size_t
descriptors_needed(const struct config *conf)
{
	size_t count = OWN + CONTROL_FDS_MAX +
		       conf->mailbox_count * OF_A_MAILBOX +
		       (size_t)conf->readers * (1 + FRAME_FDS_MAX);

	if (conf->listen_port != 0)
		count += HTTP_CONNECTIONS_MAX;
	for (size_t i = 0; i < conf->smtp_count; i++)
		count += conf->smtps[i].connections;
	for (size_t i = 0; i < conf->sms_channel_count; i++)
		count += OF_A_CHANNEL + conf->sms_channels[i].connections;
	return count;
}

size_t
descriptors_raise(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return 0;
	limit.rlim_cur = limit.rlim_max < OF_USE ? limit.rlim_max : OF_USE;
	return setrlimit(RLIMIT_NOFILE, &limit) < 0 ? 0
						    : (size_t)limit.rlim_cur;
}

int
descriptors_check(const struct config *conf, size_t allowed, struct err *err)
{
	size_t needed = descriptors_needed(conf);

	return allowed >= needed
		   ? 0
		   : err_set(err, ERR_CONF,
			 "these settings need %zu open files at once, and %zu "
			 "are allowed: raise the limit (`ulimit -Hn', or "
			 "LimitNOFILE= of the service)",
			 needed, allowed);
}
