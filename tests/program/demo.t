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
ok() { if eval "$2"; then echo "ok $1 - $3"; else echo "not ok $1 - $3"; printf '%s\n' "$out" | tail -n 30 | sed 's/^/# /'; fi; }
ok 1 '[ "$status" = 1 ]' 'a wrong outcome planted in a story makes the demo fail'
ok 2 'grep -q "story 2, A door card.*waited in vain" <<<"$out"' 'and the story is named'
ok 3 'grep -q "13 of 14 stories ended as they should" <<<"$out"' 'while the others end as they should'
