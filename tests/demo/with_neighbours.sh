#!/bin/bash
# The demo estate's settings with two more estates in them.
# usage: with_neighbours.sh DIR URL     as desk.sh; URL is where clouds.py answers
set -eu
here=$(realpath "$(dirname "$0")")
top=$(realpath "$here/../..")
settings=$1/settings
rm -rf "$settings"
mkdir "$settings"
cp -R "$top/conf" "$settings/conf"
for group in mailbox smtp sms staff estate; do
	sed -i "/^$group: {\$/r $here/neighbours/$group.conf" "$settings/conf/demo/shouwen.conf"
done
sed -i "s|CLOUDS|$2|" "$settings/conf/demo/shouwen.conf"
conf=$("$top/tests/servers/desk.sh" "$1" "$settings/conf")
printf phone-signing-key >"$(dirname "$conf")/secrets/signing_key"
echo "$conf"
