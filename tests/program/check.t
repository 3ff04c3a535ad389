#!/bin/bash
# shouwen check and shouwen import as people use them; --connect against real servers.
set -u
cd "$(dirname "$0")/../.." || exit 1
shouwen=${B:-build}/shouwen
demo=conf/demo/shouwen.conf
dir=$(mktemp -d /tmp/shouwen-check.XXXXXX)
chmod 755 "$dir"
n=0
finish() {
	[ ! -e "$dir/srv/env" ] || tests/servers/servers.sh "$dir/srv" stop
	rm -rf "$dir"
}
trap finish EXIT

# is NAME: the last status is that of the test.
is() {
	rc=$?
	n=$((n + 1))
	if [ $rc = 0 ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		sed 's/^/# /' "$dir/out" "$dir/err"
	fi
}
# run STATUS ARGUMENT...: run shouwen; true when it ends with that status.
run() {
	want=$1
	shift
	"$shouwen" "$@" >"$dir/out" 2>"$dir/err" </dev/null
	status=$?
	[ $status = "$want" ] || { echo "status $status, not $want" >>"$dir/err" && false; }
}
said() { grep -qF -- "$1" "$dir/$2"; }

echo 1..27
run 0 check --conf $demo && said "good; estates 1, people 11" out
is "the demo's settings are good"
run 0 check --conf conf/demo2/shouwen.conf && said "estates 2" out
is "two estates in one desk are good"

run 78 check --conf $demo -o mailbox.desk.prot=1 -o rules.brake_day=1 -o readers=99 &&
	said 'mailbox.desk.prot: unknown setting; did you mean "port"?' err &&
	said 'rules.brake_day: must not be below brake_hour' err && said 'readers: "99" is not valid; expected 1 to 16' err
is "all mistakes are told in one run"
run 78 check --conf "$dir/none.conf" && said "none.conf" err
is "a file that is not there is named"
printf 'domain = "a";\npin = "s3cr3t;\n' >"$dir/bad.conf"
run 78 check --conf "$dir/bad.conf" && said "bad.conf:" err && said "syntax error" err && ! said s3cr3t err
is "a syntax error names the line and does not show it"

run 0 check --conf $demo --print && said 'mailbox.desk.password_file = <set>' out && ! grep -q 2580 "$dir/out"
is "--print hides what is secret"
run 0 check --document=markdown && said ' | 5 to 3600 | 60 | Time between looks' out
is "--document prints the reference"
run 64 check --document=tea
is "--document=tea is refused"
tests/settings.sh >"$dir/out" 2>"$dir/err"
is "docs/CONFIG.md and shouwen.conf.5 say what the program says"

# What texts cost, with sample data of the estates.
run 0 check --conf $demo -o sms.gateway.part_price=0.045 --texts && grep -q '^channel  language  text .* parts  price$' "$dir/out" &&
	grep -q '^gateway  zh-CN     ack_emergency   -         ucs2     64          1      0.045 CNY$' "$dir/out" &&
	grep -q '^gateway  en        optin           -         gsm7     83          1      0.045 CNY$' "$dir/out" &&
	[ "$(grep -c '^gateway' "$dir/out")" = $((2 * $(ls templates/zh-CN/*.sms | wc -l))) ] &&
	run 0 check --conf $demo -o sms.gateway.counting=mainland --texts --json && python3 -c '
import json, sys
rows = json.load(open(sys.argv[1]))["texts"]
optin = next(row for row in rows if row["text"] == "optin" and row["language"] == "en")
assert (optin["counted"], optin["units"], optin["parts"], optin["fits"], optin["price"]) == ("mainland", 81, 2, True, None), optin
assert len(optin["sample"]) == 81' "$dir/out" && run 64 check --conf $demo --json && said "--json goes with --texts" err
is "--texts tells what each text message costs, as a table and as JSON"
run 0 check --conf $demo -o sms.gateway.max_parts=1 &&
	said "templates/en/ack.sms:1: warning: 357 characters, 3 parts on sms.gateway with sample data of estate sunshine; allowed are 1 parts" err &&
	! said "optin.sms" err
is "a text that is longer than its channel sends is told with its file"
mkdir "$dir/aliyun"
cp -R conf/demo/staff.conf conf/demo/owners.csv conf/demo/secrets "$dir/aliyun"
sed 's/preset = "kannel"/preset = "aliyun"/; s/^\(\t\turl = \).*26013.*/\t\tvalues: { sign_name = "某物业"; };\n\t\ttemplates = ( { kind = "ack"; id = "SMS_1"; params = [ "no=case" ]; text = "您的事项${no}已登记。"; }, { kind = "help"; id = "SMS_2"; } );/' \
	$demo >"$dir/aliyun/shouwen.conf"
sed -i "s|\"\.\./|\"$PWD/conf/|; s|\"$PWD/conf/\.\./templates|\"$PWD/templates|" "$dir/aliyun/shouwen.conf"
run 0 check --conf "$dir/aliyun/shouwen.conf" -o templates=templates --texts && grep -q '^gateway  zh-CN     ack  *SMS_1  *mainland  25  *1  *-$' "$dir/out" &&
	grep -q '^gateway  zh-CN     help  *SMS_2  *-  *-  *-  *-$' "$dir/out" && grep -q '^gateway  zh-CN     news  *none  *-' "$dir/out"
is "templates of a gateway are counted by their own wording and signature"
said "sms.gateway.templates: warning: no template for \"ack_emergency\": who reports danger by text is not told to keep safe" err && grep -q '^[^:]*shouwen.conf:[0-9]*: sms.gateway.templates: warning' "$dir/err" &&
	said "no template for \"ack_clarify\": who names no place is asked for it by phone" err &&
	said "no template for \"withdraw_ask\": who withdraws a case is asked by phone whether they mean it" err &&
	! grep -q 'no template for "ack"' "$dir/err"
is "kinds that matter and have no template are warned of"
run 0 check --conf $demo -o sms.second.preset=kannel -o sms.second.url=http://127.0.0.1:1/ -o sms.second.number=1069 -o sms.second.user=u \
	-o sms.second.password_file=conf/demo/secrets/sms_password -o sms.second.has_reports=false &&
	said 'sms.second.preset: warning: no estate uses this channel' err && ! said 'sms.gateway.preset: warning' err
is "a channel that no estate uses is warned of"

mkdir -p "$dir/etc/secrets"
cp conf/shouwen.conf.example "$dir/etc/shouwen.conf"
cp -R conf/calendars "$dir/etc/"
for name in token_key desk_password sms_password sms_push pin_lin; do
	(umask 077 && echo 0123456789abcdef0123456789abcdef >"$dir/etc/secrets/$name")
done
run 0 check --conf "$dir/etc/shouwen.conf" -o words=conf/words -o sms_presets=conf/sms -o templates=templates
is "the example is good once its secrets are there"

# R4, R7, R8, R11: what staff could not send, no text says either.
cp -R templates "$dir/texts"
sed -i '3s/$/我们保证修好。/' "$dir/texts/zh-CN/ack.mail"
sed -i 's/$/这不归我们管。/' "$dir/texts/zh-CN/news.sms"
sed -i '4s/$/ It was your fault, you misunderstood./' "$dir/texts/en/reply_time.mail"
printf 'Subject: Case\n\nReceived.\n' >"$dir/texts/en/withdrawn.mail"
run 78 check --conf $demo -o templates="$dir/texts" && said 'zh-CN/ack.mail:3: not fit for an owner: "保证" (promise)' err &&
	said 'zh-CN/news.sms:1: not fit for an owner: "不归我们管" (shirk)' err &&
	said 'en/reply_time.mail:4: not fit for an owner: "your fault" (judgement)' err &&
	said 'en/reply_time.mail:4: not fit for an owner: "you misunderstood" (contradict)' err &&
	said 'en/withdrawn.mail:1: no word of courtesy; say please' err && [ "$(grep -c 'not fit\|no word' "$dir/err")" = 5 ]
is "texts that are not civil are all told, with file and line"
"${B:-build}/shouwend" --conf $demo -o templates="$dir/texts" -o state_dir="$dir" -o control_socket="$dir/control" >"$dir/out" 2>"$dir/err" </dev/null
[ $? = 78 ] && said 'zh-CN/ack.mail:3: not fit for an owner' err
is "and the desk does not start with them"

run 64 chekc && said 'did you mean "check"?' err
is "a verb that does not exist gets the nearest one"
run 0 --help && said "  check" out && run 0 --version && said "shouwen " out
is "help and version"
run 64
is "no verb is a usage error"

run 0 import --conf $demo -o state_dir="$dir" && said "added 12, changed 0, gone 0, same 0" out &&
	run 0 import --conf $demo -o state_dir="$dir" && said "added 0, changed 0, gone 0, same 12" out
is "import makes the register equal to the file, twice the same"
printf 'name,home\nA,3-2-501\nB,nowhere\n' >"$dir/owners.csv"
run 65 import --conf $demo -o state_dir="$dir" "$dir/owners.csv" && said 'owners.csv:3: home: "nowhere" is no flat' err &&
	run 0 import --conf $demo -o state_dir="$dir" && said "same 12" out
is "one bad row refuses the file"
run 65 import --conf $demo -o state_dir="$dir" --skip-bad --dry-run "$dir/owners.csv" &&
	said "nothing kept; would be added 1, changed 0, gone 12, same 0, bad rows left out 1" out &&
	run 0 import --conf $demo -o state_dir="$dir" && said "same 12" out
is "--skip-bad leaves it out, --dry-run says what would be and writes nothing"
printf 'name,home\n' >"$dir/owners.csv"
run 65 import --conf $demo -o state_dir="$dir" "$dir/owners.csv" && said "say --force" err &&
	run 0 import --conf $demo -o state_dir="$dir" && said "same 12" out &&
	run 0 import --conf $demo -o state_dir="$dir" --force "$dir/owners.csv" && said "gone 12" out
is "a file with nothing but its heading empties no register unless it is forced"
run 78 import --conf $demo -o state_dir="$dir/nowhere" && said "its folder is not there; make it, or set state_dir" err
is "a state_dir that is not there is named"
run 64 import --conf conf/demo2/shouwen.conf && said "Say --estate sunshine maple" err
is "several estates: one must be named"

run 69 check --conf $demo -o mailbox.desk.port=9 -o smtp.relay.port=9 -o sms.gateway.url=http://127.0.0.1:9/ --connect &&
	said "nobody answers there" out
is "--connect says that nobody answers"
if ! tests/servers/servers.sh "$dir/srv" start mail sms >"$dir/out" 2>"$dir/err"; then
	sed 's/^/# /' "$dir/err"
	echo "ok 24 - --connect logs in # SKIP no servers here"
	echo "ok 25 - --connect says why not # SKIP no servers here"
	exit 0
fi
# shellcheck source=/dev/null
. "$dir/srv/env"
set -- check --conf $demo --connect -o mailbox.desk.port="$IMAPS_PORT" -o mailbox.desk.ca_file="$CA_FILE" \
	-o smtp.relay.port="$SMTPS_PORT" -o smtp.relay.ca_file="$CA_FILE" \
	-o sms.gateway.url="http://127.0.0.1:$KANNEL_SEND_PORT/cgi-bin/sendsms"
run 0 "$@" && said "logged in, folder opened" out && said "can be reached" out
is "--connect logs in"
run 69 "$@" -o mailbox.desk.password_file=conf/demo/secrets/pin -o smtp.relay.ca_file= &&
	said "the login was refused" out && said "the certificate is not trusted" out && ! grep -q 2580 "$dir/out" "$dir/err"
is "--connect says why not"
