#!/bin/sh
# Other programs that know the same facts: are we of their opinion?  Their npm packages are tools of these tests only and
# are kept in the build folder.  Without them this fails: nobody has asked, so nothing is known.  ORACLES=skip leaves it out.
# usage: B=build [ORACLES=skip] tests/oracles/oracles.sh
set -u
here=$(dirname "$(realpath "$0")")
modules=$(realpath "$B")/oracles
if [ "${ORACLES:-}" = skip ]; then
	echo "oracles: left out, as asked (ORACLES=skip)"
	exit 0
fi
if ! cmp -s "$here/package-lock.json" "$modules/installed"; then
	mkdir -p "$modules"
	cp "$here/package.json" "$here/package-lock.json" "$modules"
	if ! (cd "$modules" && npm ci --no-audit --no-fund --ignore-scripts >npm.log 2>&1); then
		tail -n 5 "$modules/npm.log"
		echo "oracles: npm cannot install their packages ($modules/npm.log), so nobody was asked; ORACLES=skip leaves them out" >&2
		exit 1
	fi
	cp "$here/package-lock.json" "$modules/installed"
fi
cd "$here/../.." && B="$B" exec tests/run.sh tests/oracles/segments.mjs tests/oracles/pushes.py tests/oracles/clients.mjs
