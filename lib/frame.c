#include "lib/frame.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/err.h"

/* `wants_fd' tells the receiver that the next descriptor is this frame's. */
struct frame_head {
	uint32_t len;
	uint32_t type;
	uint32_t has_fd;
};

#define READ_BYTES ((size_t)256 * 1024)

void
frame_link_init(struct frame_link *link, int fd, size_t cap_bytes)
{
	*link = (struct frame_link){ .fd = fd, .cap = cap_bytes };
	buf_init(&link->in, cap_bytes + sizeof(struct frame_head) + READ_BYTES);
	/* A far end that does not read must not make us grow for ever. */
	buf_init(&link->out, 4 * (cap_bytes + sizeof(struct frame_head)));
}

void
frame_link_done(struct frame_link *link)
{
	for (size_t i = 0; i < link->in_fd_count; i++)
		(void)close(link->in_fds[i]);
	for (size_t i = 0; i < link->out_fd_count; i++)
		(void)close(link->out_fds[i].fd);
	link->in_fd_count = link->out_fd_count = 0;
	buf_done(&link->in);
	buf_done(&link->out);
	if (link->fd >= 0)
		(void)close(link->fd);
	link->fd = -1;
}

int
frame_put(struct frame_link *link, uint32_t type, const void *data, size_t len,
    int pass_fd, struct err *err)
{
	struct frame_head head = {
		.len = (uint32_t)len,
		.type = type,
		.has_fd = pass_fd >= 0,
	};

	if (len > link->cap || link->out_fd_count == FRAME_FDS_MAX ||
	    buf_room(&link->out, sizeof(head) + len) == NULL) {
		link->out.over = false;
		if (pass_fd >= 0)
			(void)close(pass_fd);
		return err_set(err, ERR_TEMP, "frame of %zu bytes not queued", len);
	}
	if (pass_fd >= 0) {
		link->out_fds[link->out_fd_count].at = link->out.len;
		link->out_fds[link->out_fd_count++].fd = pass_fd;
	}
	buf_add(&link->out, &head, sizeof(head));
	buf_add(&link->out, data, len);
	return 0;
}

bool
frame_wants_write(const struct frame_link *link)
{
	return link->out.len > 0;
}

static void
attach_fd(struct msghdr *message, char *control, size_t size, int fd)
{
	struct cmsghdr *head;

	memset(control, 0, size);
	message->msg_control = control;
	message->msg_controllen = CMSG_SPACE(sizeof(int));
	head = CMSG_FIRSTHDR(message);
	head->cmsg_level = SOL_SOCKET;
	head->cmsg_type = SCM_RIGHTS;
	head->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(head), &fd, sizeof(int));
}

/* One descriptor a call: each send ends before the next frame with one. */
static ssize_t
send_some(struct frame_link *link)
{
	char control[CMSG_SPACE(sizeof(int))];
	struct iovec part = { .iov_base = link->out.data, .iov_len = link->out.len };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	bool with_fd = link->out_fd_count > 0 && link->out_fds[0].at == 0;
	size_t next = with_fd ? 1 : 0;
	ssize_t sent;

	if (link->out_fd_count > next)
		part.iov_len = link->out_fds[next].at;
	if (with_fd)
		attach_fd(&message, control, sizeof(control), link->out_fds[0].fd);
	sent = sendmsg(link->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (sent <= 0)
		return sent;
	if (with_fd) {
		(void)close(link->out_fds[0].fd);
		link->out_fd_count--;
		memmove(link->out_fds, link->out_fds + 1,
		    link->out_fd_count * sizeof(link->out_fds[0]));
	}
	for (size_t i = 0; i < link->out_fd_count; i++)
		link->out_fds[i].at -= (size_t)sent;
	buf_shift(&link->out, (size_t)sent);
	return sent;
}

int
frame_flush(struct frame_link *link, struct err *err)
{
	while (link->out.len > 0) {
		if (send_some(link) >= 0)
			continue;
		if (errno == EINTR)
			continue;
		if (errno == EAGAIN)
			return 0;
		return err_sys(err, ERR_TEMP, "send frame");
	}
	return 0;
}

static int
keep_fds(struct frame_link *link, struct msghdr *message)
{
	int result = 0;

	for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head != NULL;
	     head = CMSG_NXTHDR(message, head)) {
		size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (head->cmsg_level != SOL_SOCKET ||
		    head->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(head) + i * sizeof(int), sizeof(fd));
			if (link->in_fd_count < FRAME_FDS_MAX) {
				link->in_fds[link->in_fd_count++] = fd;
			} else {
				(void)close(fd);
				result = -1;
			}
		}
	}
	return result;
}

int
frame_fill(struct frame_link *link, struct err *err)
{
	char control[CMSG_SPACE(sizeof(int) * 8)];
	struct iovec part = { .iov_len = READ_BYTES };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof(control),
	};
	ssize_t got;

	buf_shift(&link->in, link->in_shift);
	link->in_shift = 0;
	part.iov_base = buf_room(&link->in, READ_BYTES);
	if (part.iov_base == NULL)
		return err_set(err, ERR_DATA, "more frames than the link holds");
	do
		got = recvmsg(link->fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return errno == EAGAIN ? 1
				       : err_sys(err, ERR_TEMP, "receive frame");
	if (keep_fds(link, &message) < 0)
		return err_set(err, ERR_DATA, "too many descriptors in flight");
	if (got == 0)
		return 0;
	buf_grow(&link->in, (size_t)got);
	return 1;
}

int
frame_next(struct frame_link *link, struct frame *ret, struct err *err)
{
	struct frame_head head;
	size_t left = link->in.len - link->in_shift;
	const char *start = buf_text(&link->in) + link->in_shift;

	if (left < sizeof(head))
		return 0;
	memcpy(&head, start, sizeof(head));
	if (head.len > link->cap)
		return err_set(err, ERR_DATA, "frame of %u bytes is over the cap",
		    (unsigned)head.len);
	if (left - sizeof(head) < head.len)
		return 0;
	*ret = (struct frame){
		.type = head.type,
		.data = start + sizeof(head),
		.len = head.len,
		.fd = -1,
	};
	if (head.has_fd != 0) {
		if (link->in_fd_count == 0)
			return err_set(err, ERR_DATA, "frame without its descriptor");
		ret->fd = link->in_fds[0];
		link->in_fd_count--;
		memmove(link->in_fds, link->in_fds + 1,
		    link->in_fd_count * sizeof(int));
	}
	link->in_shift += sizeof(head) + head.len;
	return 1;
}

static int
wait_for(int fd, short events, int timeout_ms)
{
	struct pollfd one = { .fd = fd, .events = events };
	int ready;

	do
		ready = poll(&one, 1, timeout_ms);
	while (ready < 0 && errno == EINTR);
	return ready;
}

int
frame_send(struct frame_link *link, uint32_t type, const void *data, size_t len,
    int pass_fd, struct err *err)
{
	if (frame_put(link, type, data, len, pass_fd, err) < 0)
		return -1;
	while (frame_wants_write(link)) {
		if (frame_flush(link, err) < 0)
			return -1;
		if (frame_wants_write(link) &&
		    wait_for(link->fd, POLLOUT, -1) < 0)
			return err_sys(err, ERR_TEMP, "wait to send");
	}
	return 0;
}

int
frame_wait(struct frame_link *link, int timeout_ms, struct frame *ret,
    struct err *err)
{
	mono_t deadline = mono_add(clock_mono(), timeout_ms);

	for (;;) {
		int got = frame_next(link, ret, err);

		if (got != 0)
			return got;
		got = wait_for(link->fd, POLLIN,
		    timeout_ms < 0 ? -1 : mono_left_ms(deadline));
		if (got < 0)
			return err_sys(err, ERR_TEMP, "wait for a frame");
		if (got == 0) {
			(void)err_set(err, ERR_TEMP, "no answer in time");
			return 0;
		}
		got = frame_fill(link, err);
		if (got <= 0)
			return got;
	}
}
