#!/bin/bash
# The demo: real Dovecot, Postfix and Kannel on loopback, the daemon on the demo clock, a day of complaints and its week.
# usage: tests/demo/run.sh [--once] [--plant-wrong] BUILD
set -u
here=$(realpath "$(dirname "$0")")
top=$(realpath "$here/../..")
once='' wrong=''
while [ "${1#--}" != "${1-}" ]; do
	case $1 in
	--once) once=1 ;;
	--plant-wrong) wrong=--plant-wrong ;;
	*) echo "run.sh: no such option: $1" >&2; exit 64 ;;
	esac
	shift
done
build=$(realpath "$1")
if [ "$(id -u)" != 0 ]; then
	echo "The demo starts mail servers of its own, which change users: run it as root (sudo make demo)." >&2
	exit 69
fi
dir=$(mktemp -d /tmp/shouwen-demo.XXXXXX)
chmod 755 "$dir"
desk_pid='' clouds_pid=''
finish() {
	[ -z "$desk_pid" ] || { kill "$desk_pid" 2>/dev/null && wait "$desk_pid"; }
	[ -z "$clouds_pid" ] || { kill "$clouds_pid" && wait "$clouds_pid"; } 2>/dev/null
	"$top/tests/servers/servers.sh" "$dir" stop
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

echo "Starting Dovecot, Postfix and Kannel on 127.0.0.1 …"
SMS_CHANNEL=gateway SMS_SECRET=demo-push-0001 AUTHSERV_ID=mx.sunshine.example \
	DOMAINS="sunshine.example cuihu.example maple.example hq.example owner.example" \
	"$top/tests/servers/servers.sh" "$dir" start mail sms || exit
# Two more estates, whose gateways are of other kinds.
"$here/clouds.py" "$dir" demo-push-0001 &
clouds_pid=$!
for _ in $(seq 200); do
	[ -s "$dir/clouds.port" ] && break
	sleep 0.05
done
conf=$("$here/with_neighbours.sh" "$dir" "http://127.0.0.1:$(cat "$dir/clouds.port")") || exit
# Their few people have several departments each, of which the settings warn.
register() {
	"$build/shouwen" import --conf "$conf" --estate "$1" "$2" 2>"$dir/import.log" && return
	cat "$dir/import.log" >&2
	exit 70
}
register sunshine "$top/conf/demo/owners.csv"
register cuihu "$here/neighbours/cuihu.csv"
echo "Starting shouwend; it is Monday 2026-11-23, 08:50, at Sunshine Garden (阳光花园)."
"$build/shouwend" --conf "$conf" --demo-clock 2026-11-23T08:50:00+08:00 2>"$dir/desk.log" &
desk_pid=$!
control=$dir/conf/demo/state/control
for _ in $(seq 200); do
	[ -S "$control" ] && break
	kill -0 "$desk_pid" 2>/dev/null || { tail -n 20 "$dir/desk.log" >&2; exit 70; }
	sleep 0.05
done
# The stories begin when the mailbox is being watched: older mail is not the desk's.
for _ in $(seq 400); do
	grep -q 'at=mailbox name=desk state=up' "$dir/desk.log" && break
	sleep 0.05
done
echo
/usr/bin/python3 "$here/play.py" "$dir" "$control" $wrong
result=$?
if [ "$result" != 0 ]; then
	echo "--- the daemon's last lines"
	grep -v 'level=info' "$dir/desk.log" | tail -n 20
fi
[ -z "$once" ] || exit "$result"
# shellcheck source=/dev/null
. "$dir/env"
cat <<EOF

All is still running. Join in:
  mail   any user of owner.example, sunshine.example or hq.example, password "secret"
         IMAP localhost:$IMAPS_PORT (TLS)   SMTP localhost:$SUBMISSION_PORT (STARTTLS)   CA: $CA_FILE
         for instance: complain as wang@owner.example to desk@sunshine.example, answer as sun@sunshine.example
  text   printf '%s\n' '8613900139001 10690001 text 3-2-501 厨房漏水' > /dev/tcp/127.0.0.1/$KANNEL_SMSC_PORT
  look   $build/shouwen list --conf $conf
         $build/shouwen show --conf $conf T261123-0001
Ctrl-C ends it all.
EOF
wait "$desk_pid"
