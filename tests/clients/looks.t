#!/usr/bin/python3
"""How every mail looks in a browser: nothing sticks out on a phone, all is readable, in light and in dark, nothing is fetched.

usage: B=build tests/clients/looks.t     every text with the golden facts, as test_golden makes it"""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'program'), str(HERE.parent / 'demo')]
import browser  # noqa: E402
from tap import ok, plan, skip  # noqa: E402

TOP = HERE.parents[1]
GOLDEN = TOP / os.environ.get('B', 'build') / 'tests/desk/test_golden'
PHONE, DESKTOP = 360, 1100
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3

# Of each piece of text: the contrast of its colour with what lies behind it.
READABLE = r'''
const channel = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); };
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const parse = (c) => { const n = c.match(/[\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) return c; } return [255, 255, 255, 1]; };
const bad = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = walk.nextNode());) {
  const text = node.data.replace(/[\s\u00a0]+/g, '');
  if (!text || node.parentElement.closest('[aria-hidden]')) continue;
  const a = light(parse(getComputedStyle(node.parentElement).color)), b = light(behind(node.parentElement));
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < arguments[0]) bad.push(text.slice(0, 20) + ' ' + contrast.toFixed(1));
}
return bad;
'''
FETCHED = "return performance.getEntriesByType('resource').map((entry) => entry.name)"
WIDTH = 'return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)'


def look_at(chromium, mail, width, dark):
    """What is wrong with it."""
    chromium.devtools('Emulation.setEmulatedMedia', features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}])
    chromium.devtools('Emulation.setDeviceMetricsOverride', width=width, height=800, deviceScaleFactor=1, mobile=width == PHONE)
    wide = chromium.run(WIDTH)
    where = f'{mail.parent.name}/{mail.stem}, {width} wide, {"dark" if dark else "light"}'
    faults = [f'{where}: {wide} wide'] if wide > width else []
    return faults + [f'{where}: hardly readable: {text}' for text in chromium.run(READABLE, LEAST_CONTRAST)]


def main():
    if not browser.is_there():
        skip('no chromium with chromedriver; `make clients\' installs them')
    with tempfile.TemporaryDirectory() as pages:
        subprocess.run([GOLDEN], cwd=TOP, env=dict(os.environ, PAGES=pages), capture_output=True, check=True)
        look_at_all(sorted(pathlib.Path(pages).rglob('*.html')))
    plan()


def look_at_all(mails):
    faults, fetched = [], []
    with browser.Browser() as chromium:
        for mail in mails:
            chromium.open(mail.as_uri())
            fetched += chromium.run(FETCHED)
            for width in (PHONE, DESKTOP):
                for dark in (False, True):
                    faults += look_at(chromium, mail, width, dark)
    ok(mails and not fetched, f'{len(mails)} mails fetch nothing', fetched)
    ok(mails and not faults, 'nothing sticks out and all is readable, on phone and desktop, light and dark', '\n'.join(faults))


main()
