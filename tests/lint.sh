#!/bin/bash
# Everything that can be found without running: warnings as errors, gcc -fanalyzer, clang-tidy, cppcheck,
# the shell scripts, man pages, layers.  Results are cached per file by content in build/lint.
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0
flags=$(make -s print-flags)
cache=build/lint
mkdir -p "$cache"
step() { printf '  lint   %s\n' "$1"; }

# The verdict of a file holds as long as it, any header, the flags and the configuration are the same.
headers=$(cat ./*/*.h .clang-tidy Makefile tests/lint.sh | sha256sum | cut -c1-16)
# shellcheck disable=SC2317 # called by way of xargs
check_file() {
	local key verdict out
	key=$(sha256sum <"$1" | cut -c1-16)
	verdict=$cache/$(echo "$1" | tr / _).$headers.$key.$2
	[ -e "$verdict" ] && return 0
	# shellcheck disable=SC2086 # the flags are a list of words
	case $2 in
	tidy) out=$(clang-tidy --quiet "$1" -- $flags 2>/dev/null) ;;
	analyzer) out=$(gcc $flags -O1 -fanalyzer -Werror -c -o /dev/null "$1" 2>&1) ;;
	esac || { printf '%s\n' "$out" | head -40; return 1; }
	: >"$verdict"
}
export -f check_file
export flags cache headers

step 'warnings as errors'
make -s VARIANT=debug all || bad=1
step layers
tests/layers.sh || bad=1
files=$(ls lib/*.c core/*.c handlers/*.c channels/*.c reader/*.c store/*.c desk/*.c daemon/*.c cli/*.c)
step 'gcc -fanalyzer'
# shellcheck disable=SC2086
printf '%s\n' $files | xargs -P "$(nproc)" -I{} bash -c 'check_file {} analyzer' || bad=1
step clang-tidy
# shellcheck disable=SC2086
printf '%s\n' $files | xargs -P "$(nproc)" -I{} bash -c 'check_file {} tidy' || bad=1
step cppcheck
# The attribute macros are unknown to cppcheck 2.10.
# shellcheck disable=SC2086
cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	-I. "-D__attribute__(x)=" '-DSHOUWEN_VERSION="0"' --suppress=missingInclude --suppress=unknownMacro \
	-j "$(nproc)" $files || bad=1
step shellcheck
# shellcheck disable=SC2046
shellcheck -x -P SCRIPTDIR $(git ls-files '*.sh' .ci/run) || bad=1
step 'man pages'
for page in man/*.[158]; do
	[ ! -e "$page" ] || mandoc -Tlint -W warning "$page" || bad=1
done
[ "$bad" = 0 ] && echo '  lint   clean'
exit $bad
