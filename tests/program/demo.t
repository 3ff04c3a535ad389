#!/bin/bash
# A demo whose stories cannot fail would prove nothing: one wrong outcome is planted, and it must be noticed.
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${B:-build}" != build ]; then
	echo "ok 1 - a planted wrong outcome # SKIP once is enough, in the ordinary build"
	exit 0
fi
out=$(tests/demo/run.sh --once --plant-wrong build 2>&1)
status=$?
if [ "$status" = 69 ]; then
	echo "ok 1 - a planted wrong outcome # SKIP the servers are not installed, or this is not root"
	exit 0
fi
number=0
check() {
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		printf '%s\n' "$out" | tail -n 30 | sed 's/^/# /'
	fi
}
check "$((status != 1))" 'a wrong outcome planted in a story makes the demo fail'
grep -q "story 2, A door card.*waited in vain" <<<"$out"
check $? 'and the story is named'
read -r good all < <(sed -nE 's/^([0-9]+) of ([0-9]+) stories ended as they should.*/\1 \2/p' <<<"$out")
[ "${all:-0}" -ge 12 ] && [ "$good" = $((all - 1)) ]
check $? 'while the others end as they should'
