#!/bin/sh
# Who may include whom, and who owns which foreign thing; see docs/ARCHITECTURE.md.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0
complain() { printf '%s\n' "$1"; bad=1; }

# may LAYER ALLOWED...: includes of LAYER's files name only itself and ALLOWED.
may() {
	layer=$1
	shift
	allowed=$(printf '%s|' "$layer" "$@")
	out=$(grep -nHE '^#include "' "$layer"/*.[ch] 2>/dev/null | grep -vE "#include \"(${allowed%|})/")
	[ -z "$out" ] || complain "$layer may include only: $layer $*
$out"
}
may lib
may core lib
may handlers core lib
may channels core lib
may reader core lib
may store core lib
may desk handlers channels reader store core lib
may daemon desk handlers channels reader store core lib
may cli desk handlers channels reader store core lib

# only PATTERN PLACES...: PATTERN stands nowhere but in files whose path starts with PLACES.
only() {
	pattern=$1
	shift
	places=$(printf '^%s|' "$@")
	out=$(grep -nHE "$pattern" lib/*.[ch] core/*.[ch] handlers/*.[ch] channels/*.[ch] reader/*.[ch] store/*.[ch] desk/*.[ch] \
	    daemon/*.[ch] cli/*.[ch] 2>/dev/null | grep -vE "${places%|}")
	[ -z "$out" ] || complain "'$pattern' belongs to $* only:
$out"
}
only '#include <sqlite3' store/
only '#include <curl/' channels/
only '#include <libetpan' channels/imap
only '#include <gnutls/crypto' lib/digest
only '#include <gnutls/gnutls' channels/tls lib/digest
only '#include <gmime' reader/
only '#include <libxml' reader/
only '#include <(utf8proc)' core/unicode
only '#include <jansson' lib/json
only '#include <libconfig' desk/config
only '#include <microhttpd' daemon/http
only '#include <seccomp' lib/sandbox
only '[^a-z_>.](time|gettimeofday|clock_gettime|localtime(_r)?|gmtime(_r)?)\(' lib/clock
only '[^a-z_](clock_wall)\(' daemon/ cli/ lib/clock
only '[^a-z_](clock_mono)\(' daemon/ cli/ channels/ reader/ lib/clock lib/frame
only '[^a-z_]log_(event|open)\(' daemon/ cli/ lib/log
only '[^a-z_](strcpy|strcat|sprintf|strtok|atoi|atol|strncpy|sscanf|system|popen|sleep|usleep)\(' nowhere/
exit $bad
