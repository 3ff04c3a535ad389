#!/bin/sh
# Installs the packages that building, the tests and the demo need and that are missing.
# usage: tests/install.sh PACKAGE...
set -eu
servers="dovecot-imapd dovecot-lmtpd postfix kannel openssl curl ca-certificates tzdata"
tools="build-essential pkg-config libcmocka-dev clang-tidy clang-format cppcheck shellcheck mandoc python3 procps iproute2 git"
missing=
for package in "$@" $servers $tools libsasl2-modules; do
	dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

for other in exim4-daemon-light exim4-daemon-heavy sendmail-bin opensmtpd nullmailer msmtp-mta ssmtp dma; do
	if dpkg-query -W -f '${Status}' "$other" 2>/dev/null | grep -q 'ok installed'; then
		case $missing in *postfix*)
			echo "This machine already has a mail server ($other). The tests and the demo need Postfix, which would replace it." >&2
			echo "Run them on another machine, or in a container: nothing was changed." >&2
			exit 69 ;;
		esac
	fi
done
as_root=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || { echo "Needed packages are missing:$missing. Install them as root, or install sudo." >&2; exit 69; }
	as_root=sudo
fi
echo "Installing:$missing"
# Packages must not start a system service: the tests run servers of their own.
policy=/usr/sbin/policy-rc.d
made=
if [ ! -e $policy ]; then
	printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
	$as_root chmod 755 $policy
	made=1
fi
trap '[ -z "$made" ] || $as_root rm -f $policy' EXIT
echo 'postfix postfix/main_mailer_type select No configuration' | $as_root debconf-set-selections
log=$(mktemp)
# shellcheck disable=SC2086 # a list of words
{ $as_root apt-get -o DPkg::Lock::Timeout=240 update -q &&
	$as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=240 install -y -q --no-install-recommends $missing; } >"$log" 2>&1 ||
	{ tail -n 20 "$log" >&2; echo "apt-get failed; see above. Is the package list up to date, and is this Debian 12?" >&2; exit 69; }
rm -f "$log"
