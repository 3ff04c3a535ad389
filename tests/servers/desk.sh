#!/bin/bash
# Makes the demo estate's settings fit the servers that servers.sh started.
# usage: desk.sh DIR [CONF]     reads DIR/env, writes DIR/conf/demo/shouwen.conf (state in DIR/conf/demo/state)
# CONF: a folder to take instead of conf/.
set -eu
dir=$(realpath -m "$1")
top=$(realpath "$(dirname "$0")/../..")
# shellcheck source=/dev/null
. "$dir/env"
rm -rf "$dir/conf"
mkdir -p "$dir/conf/demo/state"
cp -R "${2:-$top/conf}/." "$dir/conf/"
conf=$dir/conf/demo/shouwen.conf
printf '%s' "$KANNEL_PASSWORD" >"$dir/conf/demo/secrets/sms_password"
printf '%s' "$SMS_SECRET" >"$dir/conf/demo/secrets/sms_push"
sed -i -E \
	-e "s|(port = )10993;|\1$IMAPS_PORT; ca_file = \"$CA_FILE\";|" \
	-e "s|(port = )10465;|\1$SMTPS_PORT; ca_file = \"$CA_FILE\";|" \
	-e "s|^listen_port = .*|listen_port = $DESK_PORT;|" \
	-e "s|^templates = .*|templates = \"$top/templates\";|" \
	-e "s|127.0.0.1:26013|127.0.0.1:$KANNEL_SEND_PORT|" \
	-e "s|127.0.0.1:18080|127.0.0.1:$DESK_PORT|" \
	-e "/^\t\turl = /,/password_file/s|user = \"desk\"|user = \"$KANNEL_USER\"|" \
	"$conf"
echo "$conf"
