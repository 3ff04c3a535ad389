#!/bin/bash
# Fuzzes each target for T seconds, prints what it cost and found, and fails when there is a find.
# usage: B=build/fuzz fuzz/run.sh SECONDS TARGET...
# What was learned stays in $B/corpus for the next run; a find is put into fuzz/finds/TARGET, where the unit tests replay it.
set -u
cd "$(dirname "$0")/.." || exit 1
seconds=$1
shift
B=${B:-build/fuzz}
rm -rf "$B/seeds"
# shellcheck disable=SC2046,SC2012 # a list of folders
fuzz/seeds.py "$B/seeds" $(ls -d ../shared/corpora/raw tests/mail fuzz/finds/mail 2>/dev/null)
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
finds=0
printf '%-10s %12s %10s %8s %6s\n' target tries cpu_s covered finds
for target in "$@"; do
	mkdir -p "$B/corpus/$target" "$B/seeds/$target" "$B/new/$target"
	dictionary=
	[ ! -e "fuzz/$target.dict" ] || dictionary=-dict=fuzz/$target.dict
	log=$B/$target.log
	TIMEFORMAT='%U %S'
	# shellcheck disable=SC2086 # the dictionary is one word or none
	cpu=$( { time "$B/fuzz/$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1500 -max_len="${MAX_LEN:-32768}" \
		-print_final_stats=1 -artifact_prefix="$B/new/$target/" $dictionary "$B/corpus/$target" "$B/seeds/$target" >"$log" 2>&1; } 2>&1 |
		awk '{ printf "%.0f", $1 + $2 }')
	new=0
	for find in "$B/new/$target"/*; do
		[ -e "$find" ] || continue
		new=$((new + 1))
		mkdir -p "fuzz/finds/$target"
		mv "$find" "fuzz/finds/$target/"
	done
	finds=$((finds + new))
	tries=$(awk -F': *' '/stat::number_of_executed_units/ { print $NF }' "$log")
	covered=$(grep -oE 'cov: [0-9]+' "$log" | tail -1 | cut -d' ' -f2)
	printf '%-10s %12s %10s %8s %6s\n' "$target" "${tries:-?}" "$cpu" "${covered:-?}" "$new"
done
[ "$finds" = 0 ] || { echo "$finds finds: see fuzz/finds, and $B/*.log for the reports"; exit 1; }
