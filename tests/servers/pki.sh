# shellcheck shell=bash
# Certificates and tokens; sourced by servers.sh.
# shellcheck disable=SC2154 # root comes from there

# pki_ca NAME: a certificate authority of its own.
pki_ca() {
	openssl ecparam -genkey -name prime256v1 -noout -out "$1.key"
	openssl req -x509 -new -key "$1.key" -sha256 -days 30 -subj "/CN=$1 of the tests" -out "$1.pem" \
	    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
}
# pki_leaf NAME CA SUBJECT_ALT_NAMES [DAYS]
pki_leaf() {
	openssl ecparam -genkey -name prime256v1 -noout -out "$1.key"
	openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr"
	openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days "${4:-20}" -sha256 -out "$1.pem" \
	    -extfile <(printf 'subjectAltName=%s\nkeyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n' "$3")
	rm -f "$1.csr"
}
# server: right for us.  wrongname: our CA, another host.  stranger: right
# host, a CA that nobody knows.
pki_make() {
	[ ! -f "$root/pki/made" ] || return 0
	mkdir -p "$root/pki"
	(
		cd "$root/pki" || exit 1
		pki_ca ca
		pki_ca otherca
		pki_leaf server ca DNS:localhost,DNS:mail.bench.test,IP:127.0.0.1
		pki_leaf wrongname ca DNS:other.example
		pki_leaf stranger otherca DNS:localhost,IP:127.0.0.1
		: >made
	) >"$root/log/pki.log" 2>&1
	# The tests run servers of their own with these.
	chmod 644 "$root"/pki/*.key
	mkdir -p "$root/oauth/default/HS256"
	head -c 32 /dev/urandom | base64 -w0 >"$root/oauth/default/HS256/default"
}
# pki_token USER: a JWT (HS256) that Dovecot checks by itself.
pki_token() {
	local key now head body
	url64() { base64 -w0 | tr '+/' '-_' | tr -d '='; }
	key=$(base64 -d <"$root/oauth/default/HS256/default" | od -An -tx1 -v | tr -d ' \n')
	now=$(date +%s)
	head=$(printf '{"alg":"HS256","typ":"JWT"}' | url64)
	body=$(printf '{"sub":"%s","iat":%d,"nbf":%d,"exp":%d}' "$1" "$now" "$now" $((now + 3600)) | url64)
	printf '%s.%s.%s\n' "$head" "$body" \
	    "$(printf '%s.%s' "$head" "$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | url64)"
}
