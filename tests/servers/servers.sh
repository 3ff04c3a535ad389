#!/bin/bash
# Real mail and SMS servers on 127.0.0.1 for tests, demo and bench: Dovecot, Postfix, Kannel.
# usage: servers.sh DIR start|stop [mail] [sms]     (neither: both)
#        servers.sh DIR token USER                  an access token for XOAUTH2, good for an hour
#
# Everything lives under DIR; no system service is touched; stop ends what start started and nothing else.
# start writes DIR/env with KEY=value lines: ports, CA_FILE, KANNEL_*, DESK_PORT. One part can be stopped and started
# again while the other runs: the ports stay.
#
# Environment: BASE (ports BASE..BASE+15; free ones are searched when unset), DOMAINS, and for Kannel's pushes
# DESK_PORT, SMS_CHANNEL, SMS_SECRET.
# AUTHSERV_ID: stamp Authentication-Results of that name on what a user hands in under their own address.
# Every user exists, with the password "secret"; the mailbox is the local part, user+anything is user.
# Of every domain: sink@ is discarded, refused@ is 550, busy@ is 450, gone@ is accepted and bounces.
# Other domains bounce too; nothing can leave the machine.
set -eu

usage() {
	sed -n 's/^# usage: //p; s/^#        servers/       servers/p' "$0" >&2
	exit 64
}
cannot() {
	printf 'servers.sh: %s\n' "$1" >&2
	exit 69
}
[ $# -ge 2 ] || usage
root=$(realpath -m "$1")
verb=$2
shift 2
here=$(dirname "$(realpath "$0")")
want_mail='' want_sms=''
if [ "$verb" != token ]; then
	[ $# -gt 0 ] || set -- mail sms
	for part in "$@"; do
		case $part in
		mail) want_mail=1 ;;
		sms) want_sms=1 ;;
		*) usage ;;
		esac
	done
fi
export PATH=$PATH:/usr/sbin:/sbin
DOMAINS=${DOMAINS:-sunshine.example hq.example owner.example bench.test}
SMS_CHANNEL=${SMS_CHANNEL:-kannel}
SMS_SECRET=${SMS_SECRET:-push-secret}
# Dovecot refuses to serve mail as root; a bare number needs no account.
VMAIL_UID=20001

. "$here/pki.sh"
. "$here/mail.sh"
. "$here/sms.sh"

# Ports: one row of consecutive numbers.
set_ports() {
	base=$1
	DESK_PORT_USED=${DESK_PORT:-$base}
	IMAP_PORT=$((base + 1)) IMAPS_PORT=$((base + 2))
	SUBMISSION_PORT=$((base + 3)) SMTPS_PORT=$((base + 4))
	KANNEL_ADMIN_PORT=$((base + 5)) KANNEL_BOX_PORT=$((base + 6))
	KANNEL_SEND_PORT=$((base + 7)) KANNEL_SMSC_PORT=$((base + 8))
}
is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
wait_port() {
	for _ in $(seq 400); do
		is_open "$1" && return 0
		sleep 0.02
	done
	echo "port $1 never opened; see $root/log" >&2
	return 1
}
# Below the range from which the kernel takes ports for outgoing connections.
search_ports() {
	local port taken
	while :; do
		set_ports $((10000 + RANDOM % 1200 * 16))
		taken=
		for port in $(seq "$base" $((base + 15))); do
			is_open "$port" && taken=1
		done
		[ -n "$taken" ] || return 0
	done
}

# pid_of FILE: the living process in a pid file that one of our servers wrote.
pid_of() {
	local pid
	[ -s "$1" ] || return 1
	pid=$(tr -d ' \n' <"$1")
	# A number that now belongs to somebody else is not ours to stop.
	{ tr '\0' ' ' <"/proc/$pid/cmdline" | grep -qF "$root"; } 2>/dev/null || return 1
	echo "$pid"
}
# Ask, wait a moment, then end the daemon's own process group.
stop_daemon() {
	local pid
	pid=$(pid_of "$1") || { rm -f "$1"; return 0; }
	kill -TERM "$pid" 2>/dev/null || :
	for _ in $(seq "$2"); do
		# Empty for the dead that their parent has not yet buried.
		[ -n "$(tr -d '\0' <"/proc/$pid/cmdline")" ] 2>/dev/null || break
		sleep 0.02
	done
	[ "$(ps -o pgid= -p "$pid" 2>/dev/null | tr -d ' ')" != "$pid" ] || kill -KILL -- "-$pid" 2>/dev/null || :
	rm -f "$1"
}

# Postfix and Dovecot work as users of their own and must reach their sockets.
check_path() {
	local dir=$root
	[ ${#root} -le 60 ] || cannot "the path $root is too long for sockets (60 at the most)"
	while [ "$dir" != / ]; do
		[ -n "$(find "$dir" -maxdepth 0 -perm -o=x)" ] || cannot "$dir cannot be entered by other users; take another directory"
		dir=$(dirname "$dir")
	done
}
check_programs() {
	local missing='' program
	for program in ${want_mail:+dovecot postconf openssl} ${want_sms:+bearerbox smsbox}; do
		command -v "$program" >/dev/null || missing="$missing $program"
	done
	[ -z "$missing" ] || cannot "not installed:$missing (make deps installs them)"
	[ "$(id -u)" = 0 ] || cannot "the mail servers change users, so this must run as root"
}

is_running() {
	{ [ -n "$want_mail" ] && pid_of "$root/run/master.pid"; } || { [ -n "$want_sms" ] && pid_of "$root/kannel/bearerbox.pid"; }
} >/dev/null

start_all() {
	check_programs
	umask 022
	mkdir -p "$root/log"
	chmod o+x "$root"
	check_path
	! is_running || cannot "$root is running already"
	tries=1
	[ -n "${BASE:-}" ] || [ ! -s "$root/env" ] || BASE=$(sed -n 's/^BASE=//p' "$root/env")
	[ -n "${BASE:-}" ] || tries=5
	for _ in $(seq $tries); do
		if [ -n "${BASE:-}" ]; then set_ports "$BASE"; else search_ports; fi
		# Another bench may take a port between search and start.
		if start_parts; then
			write_env
			return 0
		fi
		stop_all
	done
	tail -n 5 "$root"/log/*.start >&2 || :
	cannot "the servers did not start; see $root/log"
}
start_parts() {
	[ -z "$want_sms" ] || sms_start || return 1
	[ -z "$want_mail" ] || mail_start || return 1
	[ -z "$want_sms" ] || sms_wait || return 1
	[ -z "$want_mail" ] || mail_wait || return 1
}
stop_all() {
	[ -z "$want_sms" ] || sms_stop
	[ -z "$want_mail" ] || mail_stop
}
write_env() {
	[ -z "$want_mail" ] || printf '%s\n' "IMAP_PORT=$IMAP_PORT" "IMAPS_PORT=$IMAPS_PORT" \
	    "SUBMISSION_PORT=$SUBMISSION_PORT" "SMTPS_PORT=$SMTPS_PORT" \
	    "CA_FILE=$root/pki/ca.pem" "PKI_DIR=$root/pki" "VMAIL_DIR=$root/vmail" \
	    "VMAIL_UID=$VMAIL_UID" "DOVECOT_CONF=$root/dovecot/dovecot.conf" >"$root/env.mail"
	[ -z "$want_sms" ] || printf '%s\n' "KANNEL_SEND_PORT=$KANNEL_SEND_PORT" "KANNEL_SMSC_PORT=$KANNEL_SMSC_PORT" \
	    "KANNEL_ADMIN_PORT=$KANNEL_ADMIN_PORT" "KANNEL_USER=tester" "KANNEL_PASSWORD=foobar" \
	    "SMS_CHANNEL=$SMS_CHANNEL" "SMS_SECRET=$SMS_SECRET" >"$root/env.sms"
	{
		printf '%s\n' "SERVERS_DIR=$root" "BASE=$base" "DESK_PORT=$DESK_PORT_USED"
		cat "$root"/env.mail "$root"/env.sms 2>/dev/null || :
	} >"$root/env.new"
	mv "$root/env.new" "$root/env"
}

case $verb in
start) start_all ;;
stop) stop_all ;;
token) pki_token "${1:?user}" ;;
*) usage ;;
esac
