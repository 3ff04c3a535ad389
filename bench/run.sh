#!/bin/bash
# Prints figures as `name value unit' lines; never fails on a figure.  usage: B=build bench/run.sh
set -u
cd "$(dirname "$0")/.." || exit 1
export B=${B:-build}
if [ "$(id -u)" != 0 ]; then
	echo "The bench starts mail servers of its own: run it as root." >&2
	exit 69
fi
for program in "$B"/bench/bench_*; do
	case $program in
	*.o | *.d) ;;
	*) [ ! -x "$program" ] || "$program" ;;
	esac
done
exec /usr/bin/python3 bench/desk.py
