#!/bin/bash
# Runs test programs and TAP scripts, prints what failed and, last, "N passed, N failed[, N skipped]".
# usage: B=build tests/run.sh PROGRAM...
set -u
cd "$(dirname "$0")/.." || exit 1
export B=${B:-build} CMOCKA_MESSAGE_OUTPUT=TAP
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=1} UBSAN_OPTIONS=print_stacktrace=1
passed=0 failed=0 skipped=0
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
for program in "$@"; do
	"./$program" >"$log/out" 2>"$log/err" </dev/null
	rc=$?
	# cmocka 1.1.5 calls a skipped test "not ok".
	sed -i -E 's/^not (ok [0-9]+ # SKIP)/\1/' "$log/out"
	skip=$(grep -ciE '^ok.*# skip' "$log/out")
	good=$(grep -cE '^ok' "$log/out")
	wrong=$(grep -cE '^not ok' "$log/out")
	good=$((good - skip))
	# A program that died has at least the test it died in as a failure.
	[ "$rc" = 0 ] || [ "$wrong" != 0 ] || wrong=1
	passed=$((passed + good)) failed=$((failed + wrong)) skipped=$((skipped + skip))
	if [ "$wrong" = 0 ]; then
		printf '  ok   %4d  %s%s\n' "$good" "${program#"$B"/}" "$([ "$skip" = 0 ] || echo " ($skip skipped)")"
		grep -iE '^ok.*# skip' "$log/out" | sed 's/^/         /'
	else
		printf '  FAIL %4d  %s (exit %s)\n' "$wrong" "${program#"$B"/}" "$rc"
		grep -vE '^ok' "$log/out" | head -60
		head -60 "$log/err"
	fi
done
if [ "$skipped" = 0 ]; then
	echo "$passed passed, $failed failed"
else
	echo "$passed passed, $failed failed, $skipped skipped"
fi
[ "$failed" = 0 ]
