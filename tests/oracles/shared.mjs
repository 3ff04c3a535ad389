// What these tests have in common: their packages, our programs, and the same random numbers every time (Mulberry32).
import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {resolve} from 'node:path';

const build = resolve(fileURLToPath(new URL('../..', import.meta.url)), process.env.B ?? 'build');
export const require = createRequire(build + '/oracles/node_modules/');
export const tool = (name) => `${build}/tests/oracles/${name}`;

let state = 20261125;

export function random(below) {
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) % below;
}

export const pick = (list) => list[random(list.length)];
export const digits = (length) => Array.from({length}, () => random(10)).join('');
export const repeat = (count, make) => Array.from({length: count}, (_, i) => make(i));
