#!/bin/bash
# shouwen classify as people use it, against the demo's settings and all sets of labelled messages.
set -u
cd "$(dirname "$0")/../.." || exit 1
shouwen=${B:-build}/shouwen
demo=conf/demo/shouwen.conf
dir=$(mktemp -d /tmp/shouwen-classify.XXXXXX)
trap 'rm -rf "$dir"' EXIT
n=0

# is NAME: the last status is that of the test.
is() {
	rc=$?
	n=$((n + 1))
	if [ $rc = 0 ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		head -20 "$dir/out" "$dir/err" | sed 's/^/# /'
	fi
}
# run STATUS INPUT [ARGUMENT...]
run() {
	want=$1 input=$2
	shift 2
	printf '%s' "$input" | "$shouwen" classify --conf $demo "$@" >"$dir/out" 2>"$dir/err"
	status=$?
	[ $status = "$want" ] || { echo "status $status, not $want" >>"$dir/err" && false; }
}
said() { grep -qF -- "$1" "$dir/${2:-out}"; }

echo 1..18
run 0 '{"channel":"sms","from_role":"owner","body":"3-2-501 漏水，请派人来"}
' && said '"kind":"request","category":"plumbing","severity":"normal"' &&
	said '"location":{"building":"3","unit":"2","room":"501","floor":null,"area":null}'
is "a text has its place and its trade"
run 0 '{"channel":"email","from_role":"staff","subject":"Re: [T261123-0007] x","body":"#转派 工程部 请今天安排\n#时限 明天17:00\n\n> quoted\n","context":{"now":"2026-11-23T10:00:00+08:00"}}
' && said '"commands":[{"cmd":"assign","to":"engineering","text":"请今天安排"},{"cmd":"due","at":"2026-11-24T17:00:00+08:00"}]' &&
	said '"kind":"staff_command"' && said '"case_no":"T261123-0007"' && said '"is_reply":true'
is "staff commands come with their arguments"
run 0 '{"channel":"email","from_role":"staff","subject":"Re: [T261123-0007] x","body":"#assgin sun"}
' && said '"errors":["' && said '#assign'
is "a mistake is a sentence"
run 0 '{"channel":"sms","from_role":"owner","body":"5","context":{"pending_rating":"T261118-0004"}}
' && said '"commands":[{"cmd":"rate","score":5}]' && said '"kind":"rating"'
is "a rating is a command with its score"
run 0 '{"channel":"email","from_role":"owner","subject":"x","body":"out of office","headers":{"Auto-Submitted":"auto-replied"}}
' && said '"kind":"auto_reply"'
is "a machine's mail is told by its headers"
run 65 'nonsense
{"channel":"pigeon","body":"x"}
{"channel":"sms","body":"停水了","context":{"now":"yesterday"}}

{"channel":"sms","body":"停水了"}
' && said 'line 1:' err && said 'line 2: channel: pigeon is neither mail nor sms' err && said 'line 3: context.now' err &&
	[ "$(grep -c '"error"' "$dir/out")" = 3 ] && said '"severity":"major"'
is "bad lines are told with their numbers and the others are read"
run 65 '{"channel":"sms","body":5}
{"channel":"sms","body":"x","context":[1]}
' && said 'line 1: body: not a text' err && said 'line 2: context: not an object' err
is "a field of another type is a mistake"
run 65 '{"channel":"sms","from_role":"boss","body":"停水了"}
{"channel":"sms","body":"停水了"}
' && said 'line 1: from_role: boss is none of owner, tenant, staff, unknown' err && said '"kind":"request"'
is "a role that there is not is told, with those that there are"
run 65 '{"channel":"sms","body":"停水了","context":{"estate":"sunshin"}}
{"channel":"sms","body":"停水了","context":{"estate":7}}
{"channel":"sms","body":"停水了","context":{"estate":"sunshine"}}
{"channel":"sms","body":"停水了","context":{"estate":null}}
' && said 'line 1: context.estate: sunshin is no estate of the settings' err && said 'line 2: context.estate: ' err &&
	[ "$(grep -c '"severity":"major"' "$dir/out")" = 2 ]
is "an estate that there is not is told, and no other is taken for it"
run 64 '' extra && said 'unexpected: extra' err
is "an argument too much is a mistake of use"
"$shouwen" classify --conf "$dir/none" </dev/null >"$dir/out" 2>"$dir/err"
[ $? = 78 ]
is "settings that are not there end with 78"

tests/words/score.py --check --shouwen "$shouwen" >"$dir/out" 2>"$dir/err"
is "no figure of tests/words/floors.json is worse than there"
cat >"$dir/wrong.jsonl" <<'EOF'
{"id":"a","channel":"sms","body":"厨房着火了","expect":{"severity":"normal","kind":"request"}}
{"id":"b","channel":"sms","body":"灯不亮了，请来修","expect":{"severity":"emergency","alt":{"severity":["major"]}}}
EOF
tests/words/score.py -v --shouwen "$shouwen" "$dir/wrong.jsonl" >"$dir/out" 2>"$dir/err" && said 'a: FALSE ALARM' &&
	said 'b: MISSED' && said 'missed            1/1    100.0 %' && said 'false alarms      1/1    100.0 %' && said 'kind              1/1    100.0 %'
is "the score names misses and false alarms"
run 0 '' --explain '3-2-501家里煤气味很重，没有着火' && said 'severity  emergency: gas_leak' &&
	said 'emergencies.conf:' && said 'emergency gas_leak' && said 'no: negation' && said '3-2-501  yes     named as the place of the matter'
is "a person sees which words counted, which did not and why, and the place"
run 0 'My lift is stuck.
We live in 3-2-501, but the lift is in building 6.' --explain && said 'category  lift' &&
	grep -q 'yes     named as the place' "$dir/out" && said "the sender's own; another place is named"
is "plain text on standard input is one message"
run 0 '{"channel":"sms","body":"昨天漏水，已修好，谢谢"}
{"channel":"sms","body":"5"}
' --explain --json && [ "$(wc -l <"$dir/out")" = 2 ] && python3 - "$dir/out" <<'PY'
import json, sys
first, second = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
why = first["why"]
assert why["step"] == "case" and second["why"]["step"] == "spam or unclear"
word = why["words"][0]
assert {"list", "subject", "weight", "word", "file", "line", "text", "start", "end", "counts", "guard"} <= set(word)
assert why["scores"]["kind"] and why["places"] == [] and isinstance(why["hints"], dict)
PY
is "programs get the same as JSON, line by line"
run 64 '' --json && said '--json goes with --explain' err
is "--json without --explain is a mistake of use"
head -c 3000000 /dev/zero | tr '\0' 'x' | "$shouwen" classify --conf $demo --explain >"$dir/out" 2>"$dir/err"
[ $? = 65 ] && said 'more than 2097152 bytes of text' err
is "a text without end is refused"
