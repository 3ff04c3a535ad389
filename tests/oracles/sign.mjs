// Pushes that the gateways' own programs have signed, each as it is and altered in every way that comes to mind, with the
// verdict of those programs; a JSON object a line.
// usage: B=build node sign.mjs twilio|messagebird|smsgate|md5hash|md5|sha1|sha256|sha512 COUNT ADDRESS PATH KEY
import {createHmac, createSecretKey} from 'node:crypto';
import {digits, pick, random, repeat, require} from './shared.mjs';

const [, , kind, count, address, path, key] = process.argv;
const now = Math.floor(Date.now() / 1000);
const FORM = 'application/x-www-form-urlencoded';

// ---- what texts and fields are made of ----

const ODD = [...'abc XYZ 019 &=+%?#/\\\'"<>;:@![]{}()*~^_-.,|$`\n\t£é漏水了三单元【】。😀🔥𠮷'];
const text = () => 'x' + repeat(1 + random(60), () => pick(ODD)).join('');
const phone = () => '+86139' + digits(8);
const hex = () => repeat(32, () => pick([...'0123456789abcdef'])).join('');
const plus = (pairs) => new URLSearchParams(pairs).toString();
// As RFC 3986 writes it, and lower-case escapes: who signs sees neither.
const percent = (pairs) => pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&').replace(/%[0-9A-F]{2}/g, (code) => (random(2) ? code : code.toLowerCase()));
const written = (pairs) => (random(2) ? plus(pairs) : percent(pairs));
const shuffled = (list) => list.map((one) => [random(1 << 30), one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one);

// All single changes of a list of fields; each really is another list.
function* changedFields(pairs) {
	for (let i = 0; i < pairs.length; i++) {
		const [name, value] = pairs[i];
		const others = (...instead) => [...pairs.slice(0, i), ...instead, ...pairs.slice(i + 1)];
		yield [`${name} changed`, others([name, value + '1'])];
		yield [`${name} cut`, others([name, value.slice(1) || 'z'])];
		yield [`${name} gone`, others()];
		yield [`${name} under another name`, others([name.toLowerCase() + 'x', value])];
		yield [`${name} twice`, others([name, value], [name, value + 'x'])];
	}
	yield ['a field more', [...pairs, ['Zz', '1']]];
	yield ['a field before', [['AAA', '1'], ...pairs]];
}

function say(push, what, good) {
	console.log(JSON.stringify({what, good, method: 'POST', path, headers: {}, body: '', ...push}));
}

const otherCase = (word) => [...word].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('');
// Headers are named in any case.
const named = (name) => pick([name, name.toLowerCase(), name.toUpperCase()]);

// ---- Twilio ----

const ascii = (json) => json.replace(/[^ -~]/g, (unit) => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'));
const asJson = (pairs) => {
	const quoted = random(2) ? JSON.stringify : (one) => ascii(JSON.stringify(one));
	return '{' + pairs.map((pair) => pair.map((one) => quoted(one)).join(pick([':', ' : ', ':\n']))).join(pick([',', ', '])) + '}';
};
const asObject = (pairs) => {
	const object = {};
	for (const [name, value] of pairs) object[name] = name in object ? [object[name], value].flat() : value;
	return object;
};

function twilioForm() {
	const {getExpectedTwilioSignature, validateRequest} = require('twilio/lib/webhooks/webhooks');
	const pairs = [['ToCountry', 'CN'], ['MessageSid', 'SM' + hex()], ['Body', text()], ['From', phone()], ['To', '+12025550123'], ['NumSegments', '1'], ['ApiVersion', '2010-04-01'], ['Empty', '']];
	if (random(2)) pairs.push(['Media', 'b' + digits(3)], ['Media', 'a' + digits(3)], ['Media', 'a' + digits(3)]);
	const signature = getExpectedTwilioSignature(key, address + path, asObject(pairs));
	const push = (fields, {header = signature, at = path} = {}) => ({path: at, body: written(fields), headers: {'Content-Type': FORM, [named('X-Twilio-Signature')]: header}});
	const judge = (what, fields, change = {}) =>
		say(push(fields, change), what, validateRequest(key, change.header ?? signature, address + (change.at ?? path), asObject(fields)));
	judge('as it is', pairs);
	judge('in another order', shuffled(pairs));
	judge('a field twice with the same words', [...pairs, pairs[2]]);
	for (const [what, fields] of changedFields(pairs)) judge(what, fields);
	judge('to another address', pairs, {at: path.replace(/mo$/, 'dlr')});
	judge('with a query', pairs, {at: path + '?Body=other'});
	judge('signed with another key', pairs, {header: getExpectedTwilioSignature(key + '1', address + path, asObject(pairs))});
	judge('signature in the other case', pairs, {header: otherCase(signature)});
	judge('signature cut', pairs, {header: signature.slice(0, -2)});
	judge('signature empty', pairs, {header: ''});
}

function twilioJson() {
	const {getExpectedBodyHash, getExpectedTwilioSignature, validateRequestWithBody} = require('twilio/lib/webhooks/webhooks');
	const body = JSON.stringify({MessageSid: 'SM' + hex(), Body: text(), From: phone()});
	const hashed = (of, more = '') => `${path}?${more}bodySHA256=${getExpectedBodyHash(of)}`;
	const at = hashed(body);
	const sign = (where, by = key) => getExpectedTwilioSignature(by, address + where, {});
	const judge = (what, {header = sign(at), where = at, words = body} = {}) =>
		say({path: where, body: words, headers: {'Content-Type': 'application/json', [named('X-Twilio-Signature')]: header}}, 'JSON ' + what,
			validateRequestWithBody(key, header, address + where, words));
	judge('as it is');
	judge('with another query before', {where: hashed(body, 'estate=7&'), header: sign(hashed(body, 'estate=7&'))});
	judge('with other words', {words: body.replace('"x', '"y')});
	judge('with a space more', {words: body + ' '});
	judge('with other words and their hash', {words: body + ' ', where: hashed(body + ' ')});
	judge('without its hash', {where: path});
	judge('signed with another key', {header: sign(at, key + '1')});
	judge('signature in the other case', {header: otherCase(sign(at))});
}

// ---- Vonage ----

function vonage() {
	const Vonage = require('@vonage/server-sdk');
	const pairs = [['msisdn', phone().slice(1)], ['to', '12025550123'], ['messageId', hex()], ['text', text()], ['type', 'unicode'], ['keyword', 'X'], ['api-key', 'abcd1234'],
		['message-timestamp', '2026-11-26 02:00:00'], ['nonce', hex()], ['timestamp', String(now)]];
	const client = new Vonage({apiKey: 'abcd1234', apiSecret: 's', signatureSecret: key, signatureMethod: kind}, {logger: {log() {}, info() {}, warn() {}, error() {}}});
	const sign = (fields, by = client) => by.generateSignature(Object.fromEntries(fields));
	const sig = sign(pairs);
	// A field that comes twice is one field to them, and two to whom it is read by.
	const isPlain = (fields) => new Set(fields.map(([name]) => name)).size === fields.length;
	const judge = (what, fields, given = sig, isOld = false) => {
		const good = !isOld && given !== '' && isPlain(fields) && sign(fields) === given.toLowerCase();
		const all = given === '' ? fields : [...fields, ['sig', given]];
		say({body: written(all), headers: {[named('Content-Type')]: FORM}}, 'POST ' + what, good);
		say({method: 'GET', path: `${path}?${written(all)}`}, 'GET ' + what, good);
		say({body: asJson(all), headers: {'Content-Type': pick(['application/json', 'application/json; charset=utf-8'])}}, 'JSON ' + what, good);
	};
	judge('as it is', pairs);
	judge('in another order', shuffled(pairs));
	judge('signature in the other case', pairs, otherCase(sig));
	for (const [what, fields] of changedFields(pairs)) judge(what, fields);
	judge('without signature', pairs, '');
	judge('signature cut', pairs, sig.slice(1));
	const other = new Vonage({apiKey: 'abcd1234', apiSecret: 's', signatureSecret: key + '1', signatureMethod: kind}, {logger: {log() {}, info() {}, warn() {}, error() {}}});
	judge('signed with another key', pairs, sign(pairs, other));
	const old = pairs.map(([name, value]) => (name === 'timestamp' ? [name, String(now - 1000)] : [name, value]));
	judge('of a quarter of an hour ago', old, sign(old), true);
	say({path: `${path}?text=other`, body: plus([...pairs, ['sig', sig]]), headers: {'Content-Type': FORM}}, 'POST with a field in the query', false);
	say({body: asJson([...pairs, ['sig', sig]]).replace('"type"', '"more":{"text":"other"},"type"'), headers: {'Content-Type': 'application/json'}}, 'JSON that nests', false);
	say({body: `[${asJson([...pairs, ['sig', sig]])}]`, headers: {'Content-Type': 'application/json'}}, 'JSON in a list', false);
	say({body: asJson([...pairs, ['sig', sig]]), headers: {'Content-Type': 'text/plain'}}, 'JSON that is said to be none', false);
}

// ---- SMSGate: its client does not verify, so its app's rule (PayloadSigningPlugin.kt) is written here once more ----

function smsgate() {
	const body = JSON.stringify({deviceId: 'd', event: 'sms:received', id: hex(), payload: {messageId: hex(), message: text(), sender: phone(), receivedAt: new Date(now * 1000).toISOString()}, webhookId: 'w'});
	const sign = (words, time, by = key) => createHmac('sha256', by).update(words + time).digest('hex');
	const judge = (what, good, {words = body, time = String(now), header = sign(body, String(now)), where = path} = {}) =>
		say({path: where, body: words, headers: {'Content-Type': 'application/json', [named('X-Signature')]: header, [named('X-Timestamp')]: time}}, what, good);
	judge('as it is', true);
	judge('with other words', false, {words: body.replace('"x', '"y')});
	judge('with a space more', false, {words: body + ' '});
	judge('a second later', false, {time: String(now + 1)});
	judge('with words moved into the time', false, {words: body.slice(0, -1), time: '}' + now});
	judge('with the time moved into the words', false, {words: body + String(now).slice(0, 1), time: String(now).slice(1)});
	judge('of a quarter of an hour ago', false, {time: String(now - 1000), header: sign(body, String(now - 1000))});
	judge('signed with another key', false, {header: sign(body, String(now), key + '1')});
	judge('signature cut', false, {header: sign(body, String(now)).slice(2)});
	judge('without signature', false, {header: ''});
	judge('with a query, which nobody signs', false, {where: path + '?id=other'});
}

// ---- MessageBird ----

async function messagebird() {
	const {SignJWT} = await import(require.resolve('jose'));
	const {createHash} = await import('node:crypto');
	const {verify} = require('messagebird/lib/webhook-signature-jwt');
	const hash = (words) => createHash('sha256').update(words).digest('hex');
	const pairs = [['id', hex()], ['originator', phone().slice(1)], ['recipient', '12025550123'], ['body', text()], ['createdDatetime', '2026-11-26T02:00:00+00:00']];
	const body = written(pairs), query = `${path}?${written(pairs)}`;
	const sign = ({at = path, words = body, by = key, from = now, until = now + 60, claims = {}, algorithm = 'HS256'} = {}) =>
		new SignJWT({url_hash: hash(address + at), ...(words === '' ? {} : {payload_hash: hash(words)}), jti: hex(), ...claims})
			.setProtectedHeader({alg: algorithm, typ: 'JWT'}).setIssuer('MessageBird').setNotBefore(from).setIssuedAt(from).setExpirationTime(until).sign(createSecretKey(Buffer.from(by)));
	const judge = async (what, token, {at = path, words = body, method = 'POST'} = {}) => {
		const good = await verify(address + at, Buffer.from(words), token, createSecretKey(Buffer.from(key))).then(() => true, () => false);
		say({method, path: at, body: words, headers: {...(words === '' ? {} : {'Content-Type': FORM}), [named('MessageBird-Signature-JWT')]: token}}, what, good);
	};
	const token = await sign(), get = await sign({at: query, words: ''});
	const [head, claims, signature] = token.split('.');
	const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
	await judge('as it is', token);
	await judge('by GET', get, {at: query, words: '', method: 'GET'});
	await judge('by GET, changed', get, {at: query + '1', words: '', method: 'GET'});
	await judge('by GET, with a field more', get, {at: query + '&zz=1', words: '', method: 'GET'});
	await judge('with other words', token, {words: body + 'x'});
	await judge('without words', token, {words: ''});
	await judge('with a query', token, {at: path + '?body=other'});
	await judge('to another address', token, {at: path.replace(/mo$/, 'dlr')});
	await judge('without a hash of the words', await sign({claims: {payload_hash: undefined}}));
	await judge('without a hash of the address', await sign({claims: {url_hash: undefined}}));
	await judge('signed with another key', await sign({by: key + '1'}));
	await judge('too late', await sign({from: now - 900, until: now - 840}));
	await judge('too early', await sign({from: now + 800, until: now + 900}));
	await judge('signature cut', token.slice(0, -2));
	await judge('with other claims', [head, Buffer.from(Buffer.from(claims, 'base64url').toString().replace('MessageBird', 'messagebird')).toString('base64url'), signature].join('.'));
	await judge('without algorithm', [none, claims, ''].join('.'));
	await judge('two parts', [head, claims].join('.'));
	await judge('empty', '');
}

const makers = {twilio: () => (random(3) ? twilioForm() : twilioJson()), smsgate, messagebird};
for (let i = 0; i < Number(count); i++) await (makers[kind] ?? vonage)();
