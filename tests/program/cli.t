#!/bin/bash
# What people see: list, show, outbox, quarantine, with the desk down and with the desk running.
set -u
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d)
desk=
finish() {
	[ -z "$desk" ] || { kill "$desk" && wait "$desk"; } 2>/dev/null
	rm -rf "$dir"
}
trap finish EXIT
count=0
check() { # NAME COMMAND...: passes when the command does
	count=$((count + 1))
	name=$1
	shift
	if "$@"; then
		echo "ok $count - $name"
	else
		echo "not ok $count - $name"
		head -20 "$dir/out" "$dir/err" >&2
	fi
}
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
settings=(--conf conf/demo/shouwen.conf -o "state_dir=$dir" -o "control_socket=$dir/control" -o "listen_port=$port")
ask() { # VERB ARGUMENT...: output in $dir/out, $dir/err
	local verb=$1
	shift
	"$B/shouwen" "$verb" "${settings[@]}" "$@" >"$dir/out" 2>"$dir/err"
}
status() { # EXPECTED VERB ARGUMENT...
	local wanted=$1 got
	shift
	ask "$@"
	got=$?
	[ "$got" = "$wanted" ] || { echo "exit $got, not $wanted" >>"$dir/err"; return 1; }
}
shows() { grep -qE -- "$1" "$dir/out"; }
hides() { ! grep -qE -- "$1" "$dir/out"; }
complains() { grep -qE -- "$1" "$dir/err"; }
json() { # EXPRESSION over a, the answer
	/usr/bin/python3 -c 'import json, sys; a = json.load(open(sys.argv[1])); sys.exit(not eval(sys.argv[2]))' "$dir/out" "$1"
}
records() { # WHAT: somebody's reading was recorded
	/usr/bin/python3 -c '
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT who FROM access_log WHERE what = ?", (sys.argv[2],)).fetchall()
sys.exit(not (rows and rows[-1][0]))' "$dir/shouwen.db" "$1"
}
as_told() { status "$@" && [ -s "$dir/err" ]; }

check 'without a store the answer says where it was sought' eval 'status 78 list && complains "shouwen.db"'
"$B/tests/desk/test_query" --fill "$dir/shouwen.db" || { echo 'Bail out! no store'; exit 1; }

check 'list shows open cases and marks what is overdue' eval 'status 0 list && shows "T261123-0001 .* 09:00 !" && hides T261123-0002'
check 'list --all shows closed ones too' eval 'status 0 list --all && shows T261123-0002'
check 'a state that is asked for may be one of closed cases' eval 'status 0 list --state closed && shows T261123-0002 && hides 0001'
check 'list --json is one object' eval 'status 0 list --json --severity major && json "[c[\"case\"] for c in a[\"cases\"]] == [\"T261123-0001\"]"'
check 'nothing found is said' eval 'status 0 list --handler lin && shows "No such cases"'
check 'more rows are announced' eval 'status 0 list --all --limit 1 && shows "There are more"'
check 'show hides who people are' eval 'status 0 show T261123-0001 && shows "l\*\*\*@example.com" && hides "lin@example.com|13900139001|林女士"'
check 'show tells the messages in and out' eval 'shows "mail from .* by desk, 18 bytes, id 1" && shows "ack +queued"'
check 'show --unmasked shows them' eval 'status 0 show T261123-0001 --unmasked && shows lin@example.com && shows 林女士'
check 'and that is recorded' records 'show T261123-0001 unmasked'
check 'a case that is not there' eval 'as_told 65 show T261123-0009 && complains "shouwen list"'
check 'outbox lists what waits' eval 'status 0 outbox && shows "1 .*ack +queued"'
check 'outbox ID tells the tries' eval 'status 0 outbox 1 && shows "Not tried yet"'
check 'texts shows what of the caps is used, and who wants none' eval 'status 0 texts && shows "^gateway +[0-9]+ +5000" && shows "opted out"'
check 'texts --json is one object' eval 'status 0 texts --json && json "a[\"channels\"][0][\"day_texts\"] == 5000 and a[\"opt_outs\"] == []"'
check 'texts NUMBER says why it is silent' eval 'status 0 texts 13900139001 && shows "^\+86139.*9001: [0-9]+ texts in 24 hours, the cap is 20" && shows "has not opted out" && hides 13900139001'
check 'a number that is none' eval 'as_told 65 texts 10086 && complains "no full number"'
check 'quarantine lists what is in bins' eval 'status 0 quarantine --bin spam && shows "2 .*spam .*lottery"'
check 'an empty bin' eval 'status 0 quarantine --bin bounce && shows "Nothing is in quarantine"'
check 'quarantine ID says where it is' eval 'status 0 quarantine 2 && shows "bin spam, case none"'
printf 'From: b@owner.example\nSubject: \377\n\n' >"$dir/wanted"
check 'quarantine ID --raw gives every byte' eval 'status 0 quarantine 2 --raw && cmp "$dir/out" "$dir/wanted"'
check 'and that is recorded too' records 'quarantine 2 raw'
check 'a message that became a case cannot be retried' eval 'as_told 65 quarantine 1 --retry && complains "not in quarantine"'

check 'an option that is not there' eval 'as_told 64 list --opne && complains "shouwen list --help"'
check 'an argument too much' as_told 64 list x
check 'a case must be named' as_told 64 show
check 'an id is a number' as_told 64 outbox x
check '--raw needs an ID' as_told 64 quarantine --raw
check '--raw and --retry exclude each other' as_told 64 quarantine 2 --raw --retry
check 'a word that is no state is refused, with the states' eval 'as_told 65 list --state opne && complains in_progress'
check 'a settings file that is not there' eval '! "$B/shouwen" list --conf "$dir/none" 2>"$dir/err" && complains "$dir/none"'
check 'verify tells what does not fit, and that there is something' eval 'status 65 verify && shows "case T261123-0001: its state is" && shows "broken place"'
check 'verify --json is one object' eval 'status 65 verify --json && json "not a[\"holds\"] and a[\"fault_count\"] == len(a[\"faults\"]) > 0"'
check 'an anchor that is none' eval 'as_told 65 verify --anchor 12 && complains EVENT:HASH'
for verb in list show outbox texts quarantine simulate verify archive; do
	check "$verb --help names its options" eval '"$B/shouwen" $verb --help >"$dir/out" && shows "usage: shouwen $verb" && shows -- --conf'
done

"$B/shouwend" "${settings[@]}" 2>"$dir/log" &
desk=$!
for _ in $(seq 200); do
	[ -S "$dir/control" ] && break
	kill -0 $desk 2>/dev/null || { echo 'Bail out! the desk did not start'; cat "$dir/log" >&2; exit 1; }
	sleep 0.05
done
check 'a running desk is asked' eval 'status 0 list && shows T261123-0001'
check 'it records what the kernel says of who asks' eval 'status 0 show T261123-0002 && /usr/bin/python3 -c "
import os, sqlite3, sys
who, = sqlite3.connect(sys.argv[1]).execute(\"SELECT who FROM access_log ORDER BY id DESC\").fetchone()
sys.exit(not who.endswith(\"(uid %d)\" % os.getuid()))" "$dir/shouwen.db"'
check 'it verifies its record at work' eval 'status 65 verify && shows "case T261123-0001: its state is"'
decided() {
	for _ in $(seq 100); do
		status 0 quarantine 2 --json || return 1
		json 'a["bin"] or a["case"]' && return 0
		sleep 0.05
	done
	return 1
}
check 'what is retried is read and decided again' eval 'status 0 quarantine 2 --retry && shows "goes to the reader" && decided'
kill $desk
wait $desk
check 'the desk ended well' [ $? = 0 ]
desk=
rm -f "$dir"/shouwen.db*
"$B/tests/desk/test_verify" --fill "$dir/shouwen.db" || { echo 'Bail out! no store'; exit 1; }
check 'a whole record holds, with an anchor to note down' eval 'status 0 verify && shows "^[0-9]+ events of 2 cases: chain holds" && shows "verify --anchor [0-9]+:[0-9a-f]{64}$"'
anchor=$(sed -n 's/.*--anchor //p' "$dir/out")
check 'the anchor is met again' status 0 verify --anchor "$anchor"
check 'another one is not' eval 'status 65 verify --anchor "${anchor%?}$([ "${anchor: -1}" = 0 ] && echo 1 || echo 0)" && shows anchor'
rm -f "$dir"/shouwen.db*
"$B/tests/desk/test_retention" --fill "$dir/shouwen.db" || { echo 'Bail out! no store'; exit 1; }
archived() { # the file is a mail with the story as its text, and each attachment has the hash that it says
	/usr/bin/python3 -c '
import email, email.policy, hashlib, os, re, sqlite3, sys
data = open(sys.argv[1], "rb").read()
mail = email.message_from_bytes(data, policy=email.policy.default)
index, *parts = mail.get_payload()
text = index.get_content()
wanted = dict((name, digest) for digest, name in re.findall(r"([0-9a-f]{64})  (\S+)", text))
boundary = mail.get_boundary().encode()
found = {}
for piece in data.split(b"\r\n--" + boundary)[1:-1]:
    head, _, body = piece.partition(b"\r\n\r\n")
    name = re.search(rb"filename=.([^\x22]+)", head)
    if name:
        found[name[1].decode()] = hashlib.sha256(body).hexdigest()
mails = [part for part in parts if part.get_content_type() == "message/rfc822"]
raws = {hashlib.sha256(raw).hexdigest() for raw, in sqlite3.connect(sys.argv[2]).execute(
    "SELECT raw FROM inbox_raw JOIN inbox ON inbox.id = inbox WHERE case_id = 1")}
sys.exit(not (found == wanted and len(found) >= 6 and raws <= set(found.values()) and len(mails) == 1
    and mails[0].get_payload(0)["From"] and "withdrawn" in text and "13900139003" in text
    and os.stat(sys.argv[1]).st_mode & 0o777 == 0o600))' "$dir/case.eml" "$dir/shouwen.db" 2>>"$dir/err"
}
check 'archive writes a case that has ended as one mail' eval 'status 0 archive T261123-0001 "$dir/case.eml" && archived'
check 'and that is recorded too' records 'archive T261123-0001'
check 'a file that is there is left alone' eval 'cp "$dir/case.eml" "$dir/before" && as_told 73 archive T261123-0001 "$dir/case.eml" && cmp "$dir/case.eml" "$dir/before"'
check 'a case that has not ended is not archived' eval 'as_told 65 archive T261123-0002 "$dir/open.eml" && complains "when it has ended" && [ ! -e "$dir/open.eml" ]'
check 'archive needs a file' eval 'as_told 64 archive T261123-0001 && complains FILE'
check 'and no more than one' as_told 64 archive T261123-0001 a b
check 'a folder that is not there' as_told 73 archive T261123-0001 "$dir/none/case.eml"
echo "1..$count"
