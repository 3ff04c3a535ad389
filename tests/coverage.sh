#!/bin/bash
# Which lines the unit tests, the scenarios and the simulated weeks reach, by folder; fails when core and handlers
# together are below FLOOR per cent.
# usage: B=build/coverage tests/coverage.sh [-v] PROGRAM...     -v: each line that nothing reached
set -u
cd "$(dirname "$0")/.." || exit 1
export B=${B:-build/coverage}
FLOOR=95
verbose=
[ "${1-}" != -v ] || { verbose=1; shift; }
find "$B" -name '*.gcda' -delete
tests/run.sh "$@" || exit 1

# One object at a time, because gcov finds its notes beside it.
reached() {
	for folder in lib core handlers channels reader store desk cli; do
		for notes in "$B/$folder"/*.gcno; do
			object=${notes%.gcno}
			gcov "$@" --object-directory "$B/$folder" "$object.o" 2>/dev/null
		done
	done
}
if [ "$verbose" ]; then
	reached --stdout | awk '
		/^ *-: *0:Source:/ { sub(/^.*Source:/, ""); source = $0; next }
		/^ *#####:/ { sub(/^ *#####: */, ""); print source ":" $0 }' | grep -E '^(core|handlers)/'
fi
reached --no-output | awk -v floor=$FLOOR '
	/^File / { split($0, part, "\047"); file = part[2]; next }
	/^Lines executed:/ && file ~ /^[a-z]+\/[^\/]*\.c$/ {
		split($0, number, /[:% ]+/)
		folder = substr(file, 1, index(file, "/") - 1)
		lines[folder] += number[5]
		hit[folder] += number[3] * number[5] / 100
		file = ""
	}
	END {
		count = split("lib core handlers channels reader store desk cli", folders, " ")
		for (i = 1; i <= count; i++)
			if (lines[folders[i]] > 0)
				printf "coverage.%s %.1f %%\n", folders[i], 100 * hit[folders[i]] / lines[folders[i]]
		rules = 100 * (hit["core"] + hit["handlers"]) / (lines["core"] + lines["handlers"])
		printf "coverage.rules %.1f %% of core and handlers; at least %d\n", rules, floor
		exit rules < floor
	}'
