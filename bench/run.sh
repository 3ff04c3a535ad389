#!/bin/bash
# Prints figures as `name value unit  # meaning' lines; never fails on a figure: machines differ, and others use them too.
# usage: B=build bench/run.sh
set -u
cd "$(dirname "$0")/.." || exit 1
export B=${B:-build}
if [ "$(id -u)" != 0 ]; then
	echo "The bench starts mail servers of its own: run it as root." >&2
	exit 69
fi
# What a program measures stands at the top of its source.
for source in bench/bench_*.c; do
	name=$(basename "$source" .c)
	[ "$name" != bench_year ] || continue # make year
	awk 'NR > 1 && NF < 2 { exit } NR > 1 { sub(/^ \*/, ""); text = text $0 } END { print "#" text }' "$source"
	"$B/bench/$name"
done
/usr/bin/python3 bench/sms.py && exec /usr/bin/python3 bench/mail.py
