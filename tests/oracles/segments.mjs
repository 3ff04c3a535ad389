#!/usr/bin/env node
// Do we count the parts of a text message as others do?  4,000 generated texts, against the npm packages split-sms and
// sms-segments-calculator; TAP.
// usage: B=build tests/oracles/segments.mjs
import {spawnSync} from 'node:child_process';
import {pick, random, require, tool} from './shared.mjs';

const program = tool('sms_parts');
const {split} = require('split-sms');
const {SegmentedMessage} = require('sms-segments-calculator');
const TEXTS = 4000;

// What a text may be made of.  Graphemes of several characters stand apart: we never cut one, the others may.
const PLAIN = [...'abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?()*+-=/<>%&#@"\'\n£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà'];
const ESCAPED = [...'^{}\\[~]|€'];
const WIDE = [...'漏水您好编号，。：【】阳光物业服务中心三单元電梯のガスがかおりがします가스냄새ąćłžřйжщçáíú–—…“”‘’`\t\u00a0'];
const PAIRS = [...'😀🔥🚿🏠📞𠮷𡈽'];
const JOINED = ['👨‍👩‍👧‍👦', '🏳️‍🌈', 'e\u0301', '👍🏽', '🇨🇳', '\r\n'];
const MIXES = {
	plain: [PLAIN], escaped: [PLAIN, PLAIN, ESCAPED], edge: [ESCAPED], wide: [WIDE], mixed: [PLAIN, WIDE, ESCAPED], pairs: [WIDE, PAIRS],
	emoji: [PAIRS], joined: [WIDE, PAIRS, JOINED],
};
const LENGTHS = [1, 69, 70, 71, 133, 134, 135, 152, 153, 154, 159, 160, 161, 201, 202, 305, 306, 307, 459, 460];

function makeText(mix) {
	const length = random(3) === 0 ? 1 + random(700) : pick(LENGTHS) + random(3) - 1;
	let text = '';
	for (let i = 0; i < length; i++) text += pick(pick(mix));
	return text;
}

const names = Object.keys(MIXES);
const texts = [];
for (let i = 0; i < TEXTS; i++) {
	const name = names[i % names.length];
	texts.push({name, text: makeText(MIXES[name])});
}
const run = spawnSync(program, {input: texts.map(({text}) => JSON.stringify(text) + '\n').join(''), maxBuffer: 1 << 26});
const ours = run.stdout.toString().trim().split('\n').map((line) => JSON.parse(line));

const wrong = [];
let equal = 0, more = 0;
texts.forEach(({name, text}, i) => {
	const theirs = split(text), twilio = new SegmentedMessage(text, 'auto');
	const coding = theirs.characterSet === 'GSM';
	const counts = [theirs.parts.length, twilio.segmentsCount];
	const same = ours[i].gsm7 === coding && coding === (twilio.encodingName === 'GSM-7') && counts.every((count) => count === ours[i].parts);
	const whole = name === 'joined' && ours[i].gsm7 === coding && ours[i].parts >= Math.min(...counts) && ours[i].parts <= Math.max(...counts) + 1;
	equal += same;
	more += !same && whole;
	if (!same && !whole) wrong.push(`${name} ${JSON.stringify(text.slice(0, 60))} (${text.length}): ours ${JSON.stringify(ours[i])}, split-sms ${theirs.characterSet} ${counts[0]}, calculator ${twilio.encodingName} ${counts[1]}`);
});
const good = ours.length === TEXTS && wrong.length === 0;
console.log(`${good ? 'ok' : 'not ok'} 1 - ${equal} of ${TEXTS} texts have the parts that split-sms and sms-segments-calculator count`);
wrong.slice(0, 20).forEach((line) => console.log('# ' + line));
console.log(`# ${more} more differ by the part that keeps joined characters whole`);

// Smart encoding: what both of us know how to write plainly.  We fold only what becomes GSM 7 bit and no longer by it.
const TYPOGRAPHY = [...'“”„‟‘’‛‚«»‹›–—―‐•…`´¼½¾，。、！？：；（）Ａ０／＠～\u200b\u2060\ufeff'];
const SMART = [[PLAIN, PLAIN, PLAIN, TYPOGRAPHY], [TYPOGRAPHY], [PLAIN, ESCAPED, TYPOGRAPHY], [WIDE, TYPOGRAPHY]];
const smart = [];
for (let i = 0; i < TEXTS; i++) smart.push(makeText(SMART[i % SMART.length]));
const folding = spawnSync(program, {input: smart.map((text) => JSON.stringify(text) + '\n').join(''), maxBuffer: 1 << 26});
const folds = folding.stdout.toString().trim().split('\n').map((line) => JSON.parse(line));
const others = smart.filter((text, i) => {
	const plain = new SegmentedMessage(text, 'auto'), theirs = new SegmentedMessage(text, 'auto', true);
	const gains = theirs.encodingName === 'GSM-7' && theirs.segmentsCount <= plain.segmentsCount;
	return folds[i].folded.gsm7 !== gains || folds[i].folded.parts !== (gains ? theirs : plain).segmentsCount;
});
const gained = folds.filter((one) => !one.gsm7 && one.folded.gsm7).length;
console.log(`${folds.length === TEXTS && others.length === 0 ? 'ok' : 'not ok'} 2 - ${TEXTS} texts become GSM 7 bit where sms-segments-calculator's smart encoding makes them so (${gained} do)`);
others.slice(0, 20).forEach((text) => console.log(`# ${JSON.stringify(text.slice(0, 80))} (${text.length})`));
console.log('1..2');
