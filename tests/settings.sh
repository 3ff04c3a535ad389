#!/bin/sh
# The reference of all settings in docs/CONFIG.md and man/shouwen.conf.5 is made from the program's own table.
# usage: B=build tests/settings.sh            exit 1 and a diff when a document is out of date
#        B=build tests/settings.sh --write    bring them up to date
set -eu
cd "$(dirname "$0")/.."
shouwen=${B:-build}/shouwen
new=$(mktemp) settings=$(mktemp)
trap 'rm -f "$new" "$settings"' EXIT
stale=0

# renew FILE FORM: what stands between the two marks becomes what the program says.
renew() {
	"$shouwen" check --document="$2" >"$settings"
	awk -v document="$1" '
		{ text = text $0 "\n" }
		END {
			while ((getline line < document) > 0) {
				if (line ~ /settings: end/) printf "%s", text
				if (line ~ /settings: end/) inside = 0
				if (!inside) print line
				if (line ~ /settings: begin/) inside = 1
			}
		}' "$settings" >"$new"
	cmp -s "$new" "$1" && return
	if [ "${write-}" ]; then
		cat "$new" >"$1"
	else
		diff -u "$1" "$new" | head -n 40
		stale=1
	fi
}
[ "${1-}" != --write ] || write=1
renew docs/CONFIG.md markdown
renew man/shouwen.conf.5 man
exit $stale
