# shellcheck shell=bash
# Dovecot and Postfix; sourced by servers.sh.
# shellcheck disable=SC2154 # variables that servers.sh sets

mail_dovecot_conf() {
	mkdir -p "$root/dovecot" "$root/vmail"
	chown "$VMAIL_UID:$VMAIL_UID" "$root/vmail"
	cat >"$root/dovecot/oauth2.conf.ext" <<-END
		introspection_mode = local
		local_validation_key_dict = fs:posix:prefix=$root/oauth/
		username_attribute = sub
	END
	cat >"$root/dovecot/dovecot.conf" <<-END
		instance_name = tests-$base
		base_dir = $root/run
		state_dir = $root/state
		log_path = $root/log/dovecot.log
		listen = 127.0.0.1
		protocols = imap lmtp
		ssl = yes
		ssl_cert = <$root/pki/server.pem
		ssl_key = <$root/pki/server.key
		ssl_min_protocol = TLSv1.2
		disable_plaintext_auth = no
		auth_mechanisms = plain login xoauth2 oauthbearer
		# A wrong password is answered at once.
		auth_failure_delay = 0
		service anvil {
		  unix_listener anvil-auth-penalty {
		    mode = 0
		  }
		  client_limit = 1000
		}
		first_valid_uid = $VMAIL_UID
		mail_uid = $VMAIL_UID
		mail_gid = $VMAIL_UID
		mail_home = $root/vmail/%n
		mail_location = maildir:~/Maildir
		mail_max_userip_connections = 100
		maildir_stat_dirs = no
		mail_fsync = never
		passdb {
		  driver = oauth2
		  mechanisms = xoauth2 oauthbearer
		  args = $root/dovecot/oauth2.conf.ext
		}
		passdb {
		  driver = static
		  mechanisms = plain login
		  args = password=secret
		}
		userdb {
		  driver = static
		  args = uid=$VMAIL_UID gid=$VMAIL_UID home=$root/vmail/%n allow_all_users=yes
		}
		namespace inbox {
		  inbox = yes
		  mailbox Done {
		    auto = create
		  }
		}
		service imap-login {
		  inet_listener imap {
		    address = 127.0.0.1
		    port = $IMAP_PORT
		  }
		  inet_listener imaps {
		    address = 127.0.0.1
		    port = $IMAPS_PORT
		    ssl = yes
		  }
		  service_count = 0
		  process_min_avail = 1
		  chroot =
		}
		service imap {
		  process_min_avail = 2
		  service_count = 100
		}
		service lmtp {
		  unix_listener lmtp {
		    mode = 0666
		  }
		  process_min_avail = 1
		}
		service auth {
		  client_limit = 3000
		  unix_listener postfix-auth {
		    mode = 0666
		  }
		}
		protocol lmtp {
		  postmaster_address = postmaster@bench.test
		}
	END
}

mail_postfix_conf() {
	local etc=$root/postfix/etc spool=$root/postfix/spool
	mkdir -p "$etc" "$spool" "$root/postfix/data"
	chown postfix "$root/postfix/data"
	chmod 700 "$root/postfix/data"
	(
		cd "$spool" || exit 1
		queues="active bounce corrupt defer deferred flush hold incoming private saved trace"
		# shellcheck disable=SC2086 # a list of words
		{ mkdir -p $queues public maildrop pid && chown postfix $queues && chmod 700 $queues; }
		chown postfix:postdrop public maildrop
		chmod 710 public
		chmod 1730 maildrop
		chmod 755 pid
	)
	# Nothing can leave the machine: other domains bounce, no name is looked up.
	cat >"$etc/main.cf" <<-END
		compatibility_level = 3.6
		queue_directory = $spool
		data_directory = $root/postfix/data
		command_directory = /usr/sbin
		daemon_directory = /usr/lib/postfix/sbin
		mail_owner = postfix
		setgid_group = postdrop
		maillog_file = $root/log/postfix.log
		maillog_file_prefixes = $root/log
		inet_interfaces = 127.0.0.1
		inet_protocols = ipv4
		myhostname = mail.bench.test
		mydestination =
		mynetworks =
		alias_maps =
		alias_database =
		local_recipient_maps =
		local_transport = error:5.1.1 no local delivery
		relay_domains =
		relay_transport = error:5.7.1 not relayed
		default_transport = error:5.1.2 no such domain here
		virtual_mailbox_domains = $DOMAINS
		virtual_mailbox_maps = static:ok
		transport_maps = regexp:$etc/transport
		smtpd_reject_unlisted_recipient = no
		virtual_transport = lmtp:unix:$root/run/lmtp
		lmtp_destination_recipient_limit = 1
		recipient_delimiter = +
		smtp_dns_support_level = disabled
		smtpd_peername_lookup = no
		message_size_limit = 67108864
		mailbox_size_limit = 0
		smtpd_tls_security_level = may
		smtpd_tls_cert_file = $root/pki/server.pem
		smtpd_tls_key_file = $root/pki/server.key
		smtpd_tls_auth_only = yes
		smtpd_sasl_auth_enable = yes
		smtpd_sasl_type = dovecot
		smtpd_sasl_path = $root/run/postfix-auth
		smtpd_sasl_security_options = noanonymous
		smtpd_relay_restrictions = permit_sasl_authenticated,reject
		smtpd_recipient_restrictions =
		    check_recipient_access regexp:$etc/recipients,
		    permit_sasl_authenticated, reject
		local_header_rewrite_clients =
		smtpd_client_connection_rate_limit = 0
		smtpd_client_connection_count_limit = 200
		smtpd_client_message_rate_limit = 0
		in_flow_delay = 0
		lmtp_connection_cache_on_demand = yes
		default_process_limit = 50
	END
	# As a site's server does: it says who it saw to be the sender, and lets
	# nobody send as somebody else.
	if [ -n "${AUTHSERV_ID:-}" ]; then
		cat >>"$etc/main.cf" <<-END
			smtpd_sender_login_maps = regexp:$etc/logins
			smtpd_sender_restrictions =
			    reject_authenticated_sender_login_mismatch,
			    check_sender_access regexp:$etc/senders
		END
		# The $1 are Postfix's.
		# shellcheck disable=SC2016
		printf '/^([^@+]+)(\\+[^@]*)?@/ $1\n' >"$etc/logins"
		# shellcheck disable=SC2016
		printf '/^.+@(.+)$/ PREPEND Authentication-Results: %s; spf=pass smtp.mailfrom=$1; dkim=pass header.d=$1; dmarc=pass header.from=$1\n' \
		    "$AUTHSERV_ID" >"$etc/senders"
	fi
	cat >"$etc/transport" <<-END
		/^sink@/ discard:
		/^gone@/ error:5.1.1 no such user
	END
	cat >"$etc/recipients" <<-END
		/^refused@/ 550 5.1.1 no such user
		/^busy@/ 450 4.2.0 try again
	END
	cat >"$etc/master.cf" <<-END
		127.0.0.1:$SUBMISSION_PORT inet n - n - - smtpd
		127.0.0.1:$SMTPS_PORT inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
		cleanup unix n - n - 0 cleanup
		qmgr unix n - n 300 1 qmgr
		tlsmgr unix - - n 1000? 1 tlsmgr
		rewrite unix - - n - - trivial-rewrite
		bounce unix - - n - 0 bounce
		defer unix - - n - 0 bounce
		trace unix - - n - 0 bounce
		verify unix - - n - 1 verify
		flush unix n - n 1000? 0 flush
		proxymap unix - - n - - proxymap
		smtp unix - - n - - smtp
		error unix - - n - - error
		retry unix - - n - - error
		discard unix - - n - - discard
		lmtp unix - - n - - lmtp
		anvil unix - - n - 1 anvil
		scache unix - - n - 1 scache
		postlog unix-dgram n - n - 1 postlogd
	END
}

# Daemons keep the descriptors that they inherit: with our output in their
# hands, a caller that reads it to the end would wait for ever.
mail_start() {
	pki_make
	mail_dovecot_conf
	mail_postfix_conf
	dovecot -c "$root/dovecot/dovecot.conf" </dev/null >"$root/log/dovecot.start" 2>&1 3>&- || return 1
	# Not `postfix start': it checks the whole installation first, slowly.
	/usr/lib/postfix/sbin/master -c "$root/postfix/etc" -w </dev/null >"$root/log/postfix.start" 2>&1 || return 1
}
mail_wait() {
	wait_port "$IMAP_PORT" && wait_port "$IMAPS_PORT" && wait_port "$SUBMISSION_PORT" && wait_port "$SMTPS_PORT"
}
mail_stop() {
	stop_daemon "$root/postfix/spool/pid/master.pid" 15
	stop_daemon "$root/run/master.pid" 15
}
