#!/usr/bin/env node
// The official clients of the gateways and our presets: do both ask the same, and understand the same answers?  TAP.
// Each client talks to a small server here: it records what is asked and says what the vendor documents.
// usage: B=build tests/oracles/clients.mjs
import {spawnSync} from 'node:child_process';
import http from 'node:http';
import {createRequire} from 'node:module';
import {isDeepStrictEqual} from 'node:util';
import {digits, pick, random, repeat, require, tool} from './shared.mjs';

// ---- TAP ----

let count = 0;
function ok(good, what, detail = '') {
	console.log(`${good ? 'ok' : 'not ok'} ${++count} - ${what}`);
	if (!good) String(detail).slice(0, 3000).split('\n').forEach((line) => console.log('# ' + line));
}
const show = (value) => JSON.stringify(value, null, 1);

// ---- the server; whatever a client thinks that it reaches, it reaches this ----

const asked = [];
let answers = [];
const server = http.createServer((request, response) => {
	const parts = [];
	request.on('data', (part) => parts.push(part));
	request.on('end', () => {
		asked.push({method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(parts).toString()});
		const [status, body] = answers.shift() ?? [500, 'nothing to say'];
		response.writeHead(status, {'Content-Type': 'application/json'}).end(body);
	});
});
process.removeAllListeners('warning'); // one of the clients leaves listeners behind
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const port = server.address().port;

// Clients of node's own https come here too, without TLS.
const https = createRequire(import.meta.url)('node:https');
https.request = (...given) => {
	const callback = given.find((one) => typeof one === 'function');
	const options = Object.assign({}, ...given.filter((one) => typeof one === 'object').map((one) => (one instanceof URL ? {path: one.pathname + one.search} : one)));
	return http.request({...options, protocol: 'http:', host: '127.0.0.1', hostname: '127.0.0.1', port, agent: undefined}, callback);
};

// ---- ours ----

function ours(lines) {
	const run = spawnSync(tool('sms_preset'), {input: lines.map((line) => JSON.stringify(line) + '\n').join(''), maxBuffer: 1 << 26});
	if (run.status !== 0) throw new Error(`sms_preset: ${run.stderr}${run.stdout}`);
	return run.stdout.toString().trim().split('\n').slice(1).map((line) => JSON.parse(line));
}
const LOGIN = 'user = "me"; password_file = "secrets/password"; ';
const PASSWORD = 'foo&bar';
const TEMPLATES = 'templates = ( { kind = "*"; id = "T-9"; params = [ "no=case", "who=name" ]; } );';
const PRESETS = {
	twilio: LOGIN + 'values: { account = "AC1"; };',
	vonage: LOGIN + 'values: { signature_key_file = "secrets/key"; };',
	messagebird: 'password_file = "secrets/password"; values: { signing_key_file = "secrets/key"; };',
	plivo: LOGIN,
	smsgate: LOGIN + 'values: { signing_key_file = "secrets/key"; };',
	tencent: LOGIN + 'values: { app_id = "1400"; sign_name = "某物业"; }; ' + TEMPLATES,
	aliyun: LOGIN + 'values: { sign_name = "某物业"; }; ' + TEMPLATES,
};
const open = (preset) => ({open: `preset = "${preset}"; has_reports = false; ${PRESETS[preset]}`});
const headersOf = (text) => Object.fromEntries(text.trim().split('\n').map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]));

const ODD = [...'abc XYZ 019 &=+%?#/\\\'"<>;:@![]{}()*~^_-.,|$\n\t£é漏水了三单元【】。😀🔥𠮷'];
const text = (most = 60) => repeat(1 + random(most), () => pick(ODD)).join('');
const TO = '+8613800138000', NOW = 1795661433;
// {ref} of the text that send() is of.
const REF = `7-3-${NOW * 1000}`;
const send = (words, more = {}) => ({send: {to: TO, text: words, kind: 'ack', params: '{}', id: 7, attempt: 3, created: NOW * 1000, now: NOW, ...more}});

// ---- signatures ----

function tencentSigns() {
	const Sign = require('tencentcloud-sdk-nodejs-common/tencentcloud/common/sign').default;
	const jobs = repeat(200, () => send('x', {now: 1500000000 + random(500000000), params: JSON.stringify({no: text(12), who: text(12)})}));
	const wrong = ours([open('tencent'), ...jobs]).filter((request, i) => {
		const headers = headersOf(request.headers);
		const theirs = Sign.sign3({
			method: request.method, url: request.url, payload: Buffer.from(request.body), timestamp: jobs[i].send.now, service: 'sms', secretId: 'me', secretKey: PASSWORD,
			headers: {'Content-Type': headers['content-type']},
		});
		return theirs !== headers.authorization;
	});
	ok(wrong.length === 0, `tencent: ${jobs.length} requests have the signature that tencentcloud-sdk-nodejs makes`, show(wrong[0]));
}

function aliyunSigns() {
	const {default: OpenApiUtil} = require('@alicloud/openapi-util');
	const jobs = repeat(200, () => send('x', {now: 1500000000 + random(500000000), nonce: digits(32), params: JSON.stringify({no: text(12), who: text(12)})}));
	const wrong = ours([open('aliyun'), ...jobs]).filter((request) => {
		const headers = headersOf(request.headers);
		const url = new URL(request.url);
		const theirs = OpenApiUtil.getAuthorization(
			{method: request.method, pathname: url.pathname, query: Object.fromEntries(url.searchParams), headers: {host: url.host, ...headers}},
			'ACS3-HMAC-SHA256', headers['x-acs-content-sha256'], 'me', PASSWORD);
		return theirs !== headers.authorization;
	});
	ok(wrong.length === 0, `aliyun: ${jobs.length} requests have the signature that @alicloud/openapi-util makes`, show(wrong[0]));
}

// ---- requests and answers ----

const form = (body) => Object.fromEntries(new URLSearchParams(body));
const pathOf = (request) => new URL(request.url, 'https://x').pathname;
const queryOf = (request) => new URL(request.url, 'https://x').search;
const headersIn = (request) => (typeof request.headers === 'string' ? headersOf(request.headers) : request.headers);

// name; how the client sends; what of a request is compared; documented answers: [status, body, id or null]
const CLIENTS = {
	twilio: {
		client: () => require('twilio')('me', PASSWORD, {accountSid: 'AC1', autoRetry: false}),
		send: (client, words) => client.messages.create({to: TO, from: '777', body: words}).then((message) => message.sid),
		compare: (request) => [request.method, pathOf(request), form(request.body), headersIn(request).authorization],
		answers: [
			[201, {sid: 'SM1', status: 'queued', num_segments: '1', error_code: null, date_created: 'Mon, 23 Nov 2026 06:53:34 +0000', direction: 'outbound-api'}, 'SM1'],
			[400, {code: 21211, message: "The 'To' number is not a valid phone number.", more_info: 'https://www.twilio.com/docs/errors/21211', status: 400}, null],
			[400, {code: 21610, message: 'Attempt to send to unsubscribed recipient', status: 400}, null],
			[401, {code: 20003, message: 'Authenticate', status: 401}, null],
			[429, {code: 20429, message: 'Too Many Requests', status: 429}, null],
		],
	},
	vonage: {
		client: () => new (require('@vonage/server-sdk'))({apiKey: 'me', apiSecret: PASSWORD}, {logger: {log() {}, info() {}, warn() {}, error() {}}}),
		send: (client, words, isWide) => new Promise((done, failed) => client.message.sendSms('777', TO.slice(1), words, {type: isWide ? 'unicode' : 'text', 'client-ref': REF},
			(error, said) => (error ? failed(error) : said.messages[0].status === '0' ? done(said.messages[0]['message-id']) : failed(new Error(said.messages[0].status))))),
		// This client writes its fields into the query, or as JSON; the API takes all of these.
		compare: (request) => [request.method, pathOf(request), request.body.startsWith('{') ? JSON.parse(request.body) : {...form(queryOf(request)), ...form(request.body)}],
		answers: [
			[200, {'message-count': '1', messages: [{to: '8613800138000', 'message-id': '0A', status: '0', 'remaining-balance': '3.1', 'message-price': '0.03', network: '46000'}]}, '0A'],
			[200, {'message-count': '2', messages: [{'message-id': '0A', status: '0'}, {'message-id': '0B', status: '0'}]}, '0A'],
			...['1', '2', '4', '5', '7', '9', '15', '29', '33'].map((status) => [200, {'message-count': '1', messages: [{status, 'error-text': 'no'}]}, null]),
		],
	},
	messagebird: {
		client: () => require('messagebird').initClient(PASSWORD),
		send: (client, words, isWide) => new Promise((done, failed) => client.messages.create({originator: '777', recipients: [TO.slice(1)], body: words, reference: REF, datacoding: isWide ? 'unicode' : 'plain'},
			(error, said) => (error ? failed(error) : done(said.id)))),
		// The API takes one recipient as it is, or a list.
		compare: (request) => [request.method, pathOf(request), {...JSON.parse(request.body), recipients: [JSON.parse(request.body).recipients].flat()}, headersIn(request).authorization],
		answers: [
			[201, {id: 'e8077d803532c0b5937c639b60216938', href: 'x', recipients: {totalCount: 1, totalSentCount: 1, items: [{recipient: 8613800138000, status: 'sent'}]}}, 'e8077d803532c0b5937c639b60216938'],
			...[[401, 2], [422, 9], [422, 10], [404, 20], [422, 21], [402, 25], [500, 98], [500, 99]].map(([status, code]) => [status, {errors: [{code, description: 'no', parameter: null}]}, null]),
		],
	},
	plivo: {
		client: () => new (require('plivo').Client)('me', PASSWORD),
		send: (client, words) => client.messages.create({src: '777', dst: TO.slice(1), text: words}).then((said) => said.messageUuid[0]),
		compare: (request) => [request.method, pathOf(request).toLowerCase(), Object.fromEntries(Object.entries(JSON.parse(request.body)).filter(([, value]) => value != null)), headersIn(request).authorization],
		answers: [
			[202, {api_id: 'a', message: 'message(s) queued', message_uuid: ['db3ce55a-7f1d-11e1-8ea7-1231380bc196']}, 'db3ce55a-7f1d-11e1-8ea7-1231380bc196'],
			[400, {api_id: 'a', error: 'dst is invalid'}, null],
			[401, {api_id: 'a', error: 'authentication failed'}, null],
			[402, {api_id: 'a', error: 'insufficient credit'}, null],
			[429, {api_id: 'a', error: 'too many'}, null],
		],
	},
	tencent: {
		client: () => new (require('tencentcloud-sdk-nodejs-sms').sms.v20210111.Client)({credential: {secretId: 'me', secretKey: PASSWORD}, region: 'ap-guangzhou', profile: {httpProfile: {endpoint: 'sms.tencentcloudapi.com'}}}),
		isTemplate: true,
		send: (client, words) => client.SendSms({PhoneNumberSet: [TO], SmsSdkAppId: '1400', SignName: '某物业', TemplateId: 'T-9', TemplateParamSet: ['T1', words], SessionContext: REF})
			.then((said) => { const [one] = said.SendStatusSet; if (one.Code !== 'Ok') throw new Error(one.Code); return one.SerialNo; }),
		compare: (request) => [request.method, pathOf(request), JSON.parse(request.body), ...['x-tc-action', 'x-tc-version', 'x-tc-region'].map((name) => headersIn(request)[name])],
		answers: [
			[200, {Response: {SendStatusSet: [{SerialNo: '5000:1', PhoneNumber: TO, Fee: 1, SessionContext: REF, Code: 'Ok', Message: 'send success', IsoCode: 'CN'}], RequestId: 'r'}}, '5000:1'],
			...['FailedOperation.PhoneNumberInBlacklist', 'LimitExceeded.PhoneNumberDailyLimit', 'InternalError.Timeout', 'InvalidParameterValue.IncorrectPhoneNumber', 'FailedOperation.InsufficientBalanceInSmsPackage']
				.map((Code) => [200, {Response: {SendStatusSet: [{SerialNo: '', PhoneNumber: TO, Fee: 0, SessionContext: REF, Code, Message: 'no', IsoCode: 'CN'}], RequestId: 'r'}}, null]),
			[200, {Response: {Error: {Code: 'AuthFailure.SignatureFailure', Message: 'no'}, RequestId: 'r'}}, null],
			[200, {Response: {Error: {Code: 'RequestLimitExceeded', Message: 'no'}, RequestId: 'r'}}, null],
		],
	},
	aliyun: {
		client: () => {
			const {default: Client} = require('@alicloud/dysmsapi20170525');
			const {Config} = require('@alicloud/openapi-core').$OpenApiUtil;
			return new Client(new Config({accessKeyId: 'me', accessKeySecret: PASSWORD, endpoint: `127.0.0.1:${port}`, protocol: 'http'}));
		},
		isTemplate: true,
		send: (client, words) => {
			const {SendSmsRequest} = require('@alicloud/dysmsapi20170525');
			const asks = new SendSmsRequest({phoneNumbers: TO.slice(1), signName: '某物业', templateCode: 'T-9', templateParam: JSON.stringify({no: 'T1', who: words}), outId: REF});
			return client.sendSms(asks).then(({body}) => { if (body.code !== 'OK') throw new Error(body.code); return body.bizId; });
		},
		compare: (request) => [request.method, pathOf(request), form(queryOf(request)), ...['x-acs-action', 'x-acs-version'].map((name) => headersIn(request)[name])],
		answers: [
			[200, {Code: 'OK', Message: 'OK', BizId: '900619746936498440^0', RequestId: 'r'}, '900619746936498440^0'],
			...['isv.BLACK_KEY_CONTROL_LIMIT', 'isv.BUSINESS_LIMIT_CONTROL', 'isv.DAY_LIMIT_CONTROL', 'isv.MOBILE_NUMBER_ILLEGAL', 'isv.AMOUNT_NOT_ENOUGH', 'isp.SYSTEM_ERROR']
				.map((Code) => [200, {Code, Message: 'no', RequestId: 'r'}, null]),
			[400, {Code: 'SignatureDoesNotMatch', Message: 'no', RequestId: 'r'}, null],
			[400, {Code: 'InvalidAccessKeyId.NotFound', Message: 'no', RequestId: 'r'}, null],
		],
	},
};

async function sameRequests(name, {client, send: ask, compare, isTemplate, answers: [[status, body]]}) {
	const words = isTemplate ? repeat(20, () => text(20)) : ['A plain text', '漏水了 & 很急=100%+1', '😀 "quoted" \\ back', ...repeat(20, () => 'x' + text())];
	const jobs = words.map((one) => send(isTemplate ? 'x' : one, isTemplate ? {params: JSON.stringify({no: 'T1', who: one})} : {}));
	const sent = ours([open(name), ...jobs]);
	const theirs = client();
	const wrong = [];
	for (let i = 0; i < words.length; i++) {
		const isWide = /type=unicode|"datacoding":"unicode"/.test(sent[i].body);
		asked.length = 0;
		answers = [[status, JSON.stringify(body)]];
		await ask(theirs, words[i], isWide).catch((error) => wrong.push(`it does not understand its own answer: ${error.stack}`));
		const [a, b] = [compare(sent[i]), asked.length > 0 ? compare(asked[0]) : 'nothing'];
		if (!isDeepStrictEqual(a, b)) wrong.push(`ours ${show(a)}\ntheirs ${show(b)}`);
	}
	ok(wrong.length === 0, `${name}: ${words.length} requests are those of its own client`, `${wrong.length}\n${wrong[0]}`);
}

async function sameAnswers(name, {client, send: ask, answers: known}) {
	const theirs = client();
	const meanings = ours([open(name), ...known.map(([status, body]) => ({answer: JSON.stringify(body), status}))]);
	const wrong = [];
	for (let i = 0; i < known.length; i++) {
		const [status, body, id] = known[i];
		// Some ask again by themselves.
		answers = repeat(8, () => [status, JSON.stringify(body)]);
		const got = await ask(theirs, 'x', false).then((said) => said, () => null);
		const mine = meanings[i].result === 'none' ? meanings[i].id : null;
		if (got !== id || mine !== id) wrong.push(`${status} ${show(body)}: theirs ${got}, ours ${show(meanings[i])}`);
	}
	ok(wrong.length === 0, `${name}: ${known.length} documented answers are a yes, with the same id, or a no to both`, wrong.join('\n'));
}

// ---- lists ----

async function twilioLists() {
	const message = (i) => ({sid: `SM${i}`, body: text(), from: '+8613800138000', to: '+12025550123', direction: i % 3 ? 'inbound' : 'outbound-api', status: 'received', date_sent: 'Mon, 23 Nov 2026 06:53:34 +0000', date_created: 'Mon, 23 Nov 2026 06:53:33 +0000'});
	const next = '/2010-04-01/Accounts/AC1/Messages.json?PageSize=3&Page=1&PageToken=PASM2';
	const pages = [{messages: [0, 1, 2].map(message), page: 0, page_size: 3, next_page_uri: next}, {messages: [3, 4, 5].map(message), page: 1, page_size: 3, next_page_uri: null}];
	asked.length = 0;
	answers = pages.map((page) => [200, JSON.stringify(page)]);
	const theirs = (await CLIENTS.twilio.client().messages.list({to: '+12025550123', dateSentAfter: new Date(NOW * 1000), pageSize: 3})).filter((one) => one.direction === 'inbound');
	const mine = ours([open('twilio'), ...pages.map((page) => ({poll: JSON.stringify(page)}))]);
	const flat = mine.flatMap((page) => page.items);
	ok(isDeepStrictEqual(flat.map((one) => [one.id, one.from, one.to, one.text, one.time]), theirs.map((one) => [one.sid, one.from, one.to, one.body, one.dateSent / 1000])),
		'twilio: a list of two pages holds the texts that its own client lists', show([flat, theirs]));
	ok(asked[1]?.url === mine[0].cursor && mine[1].cursor === null, 'twilio: the next page is where its own client goes', show([asked[1]?.url, mine]));
	ok(/[?&]To=%2B12025550123(&|$)/.test(asked[0].url) && /[?&]DateSent%3E=2026-11-26/.test(asked[0].url), 'twilio: it asks with the names that the preset has', asked[0].url);
}

async function tencentLists() {
	const replies = repeat(5, (i) => ({ExtendCode: '', CountryCode: '86', PhoneNumber: TO, SignName: '某物业', ReplyContent: text(), ReplyTime: NOW + i, SubscriberNumber: '13800138000'}));
	const states = ['SUCCESS', 'FAIL'].map((ReportStatus, i) => ({UserReceiveTime: NOW, CountryCode: '86', SubscriberNumber: '13800138000', PhoneNumber: TO, SerialNo: `5:${i}`, ReportStatus, Description: 'DELIVRD', SessionContext: `7-${i}`}));
	const client = CLIENTS.tencent.client();
	const said = (name, list) => JSON.stringify({Response: {[name]: list, RequestId: 'r'}});
	answers = [[200, said('PullSmsReplyStatusSet', replies)], [200, said('PullSmsSendStatusSet', states)]];
	asked.length = 0;
	const theirs = [(await client.PullSmsReplyStatus({SmsSdkAppId: '1400', Limit: 100})).PullSmsReplyStatusSet, (await client.PullSmsSendStatus({SmsSdkAppId: '1400', Limit: 100})).PullSmsSendStatusSet];
	const [texts, reports] = ours([open('tencent'), {poll: said('PullSmsReplyStatusSet', replies)}, {poll: said('PullSmsSendStatusSet', states), report: true}]);
	ok(isDeepStrictEqual(texts.items.map((one) => [one.from, one.text, one.time]), theirs[0].map((one) => [one.PhoneNumber, one.ReplyContent, one.ReplyTime])), 'tencent: replies are those of its own client', show([texts, theirs[0]]));
	ok(isDeepStrictEqual(reports.items.map((one) => [one.id, one.state]), [['7-0', 'delivered'], ['7-1', 'failed']]), 'tencent: so are the reports', show(reports));
	ok(isDeepStrictEqual(asked.map((one) => one.headers['x-tc-action']), ['PullSmsReplyStatus', 'PullSmsSendStatus']) && asked.every((one) => one.body === '{"SmsSdkAppId":"1400","Limit":100}'),
		'tencent: it asks what the preset asks', show(asked));
}

async function smsgateAsks() {
	const {default: Client, ...rest} = require('android-sms-gateway');
	const seen = [];
	const client = new Client('me', PASSWORD, {get: async (url, headers) => { seen.push({url, headers}); return {id: 'x', state: 'Delivered', recipients: [{phoneNumber: TO, state: 'Delivered'}]}; }, post: async (url, body, headers) => { seen.push({url, body, headers}); return {id: body.id, state: 'Pending', recipients: []}; }});
	const [request] = ours([open('smsgate'), send('漏水了')]);
	const body = JSON.parse(request.body);
	// It speaks to the older address: the words stand elsewhere there.
	const state = await client.send({id: body.id, message: body.textMessage.text, phoneNumbers: body.phoneNumbers, withDeliveryReport: body.withDeliveryReport, ttl: body.ttl});
	const {textMessage, ...others} = body, {message, ...theirs} = seen[0].body;
	ok(seen[0].url + 's' === request.url && seen[0].headers.Authorization === headersOf(request.headers).authorization && isDeepStrictEqual(others, theirs) && textMessage.text === message,
		'smsgate: a request has the login, the address and the fields of its own client', show([request, seen]));
	const names = Object.values(rest.ProcessState ?? {Pending: 'Pending', Processed: 'Processed', Sent: 'Sent', Delivered: 'Delivered', Failed: 'Failed'});
	const [, reports] = ours([open('smsgate'), {answer: JSON.stringify(state), status: 202}, {poll: JSON.stringify(names.map((one) => ({id: `7-${one}`, state: one, recipients: []}))), report: true}]);
	ok(reports.items.length === names.length && reports.items.every((one) => one.state !== 'unknown') && reports.items.find((one) => one.id === '7-Delivered').state === 'delivered',
		'smsgate: every state that its client knows is known', show(reports));
}

tencentSigns();
aliyunSigns();
for (const [name, client] of Object.entries(CLIENTS)) {
	await sameRequests(name, client);
	await sameAnswers(name, client);
}
await twilioLists();
await tencentLists();
await smsgateAsks();
console.log(`1..${count}`);
process.exit(0);
