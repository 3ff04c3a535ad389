# shellcheck shell=bash
# Kannel with its "fake" SMSC: whoever connects to KANNEL_SMSC_PORT is the
# phone network.  Sourced by servers.sh.
# shellcheck disable=SC2154 # variables that servers.sh sets

# A blank line ends a group.  max-messages = 0: an answer of ours to a push is
# never sent to the owner as a text.  With the spool store and many retries a
# text that we do not accept is offered again until we do.  KANNEL_COMBINE=false:
# parts of a long text are handed on one by one, as other gateways do it.
# KANNEL_CHANGED_PASSWORD: the account's, which the desk does not know.
sms_conf() {
	local push="http://127.0.0.1:$DESK_PORT_USED/sms/$SMS_CHANNEL/$SMS_SECRET/mo"
	mkdir -p "$root/kannel/spool" "$root/kannel/dlr"
	cat >"$root/kannel/kannel.conf" <<-END
		group = core
		admin-port = $KANNEL_ADMIN_PORT
		admin-interface = 127.0.0.1
		admin-password = adm
		status-password = stat
		smsbox-port = $KANNEL_BOX_PORT
		smsbox-interface = 127.0.0.1
		box-deny-ip = "*.*.*.*"
		box-allow-ip = "127.0.0.1"
		store-type = spool
		store-location = "$root/kannel/spool"
		dlr-storage = spool
		dlr-spool = "$root/kannel/dlr"
		sms-combine-concatenated-mo = ${KANNEL_COMBINE:-true}
		sms-combine-concatenated-mo-timeout = 5

		group = smsc
		smsc = fake
		smsc-id = FAKE
		port = $KANNEL_SMSC_PORT
		our-host = 127.0.0.1
		connect-allow-ip = 127.0.0.1

		group = smsbox
		bearerbox-host = 127.0.0.1
		bearerbox-port = $KANNEL_BOX_PORT
		sendsms-port = $KANNEL_SEND_PORT
		sendsms-interface = 127.0.0.1
		mo-recode = true
		http-request-retry = 1000
		http-queue-delay = 1
		http-timeout = 10

		group = sendsms-user
		username = tester
		password = ${KANNEL_CHANGED_PASSWORD:-foobar}
		max-messages = 10
		concatenation = true

		group = sms-service
		keyword = default
		catch-all = true
		max-messages = 0
		get-url = "$push?id=%I&from=%p&to=%P&ts=%T&coding=%c&charset=%C&text=%b&udh=%u"
	END
}
sms_box() {
	setsid "$1" -v 1 "$root/kannel/kannel.conf" </dev/null >"$root/log/$1.start" 2>&1 &
	echo $! >"$root/kannel/$1.pid"
}
sms_start() {
	sms_conf
	sms_box bearerbox
}
sms_wait() {
	wait_port "$KANNEL_BOX_PORT" || return 1
	sms_box smsbox
	wait_port "$KANNEL_SEND_PORT" && wait_port "$KANNEL_SMSC_PORT"
}
sms_stop() {
	stop_daemon "$root/kannel/smsbox.pid" 75
	stop_daemon "$root/kannel/bearerbox.pid" 75
}
