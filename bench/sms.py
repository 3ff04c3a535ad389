#!/usr/bin/python3
"""Texts through the desk, with a real Kannel: in (stored and decided before they are answered), out, and how fast an owner is
acknowledged.  Each rate stands beside the same without a store, taken just before on the same machine.

Prints `name value unit  # meaning' lines.  usage: B=build bench/sms.py [TEXTS HISTORY]
TEXTS: of each measurement; HISTORY: so many texts are in the store before the last one."""
import contextlib
import sqlite3
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

from rig import BUILD, SECRET, figures, pss_kib, real_servers, show, tool, wait_until

TEXTS, HISTORY = (int(sys.argv[i]) if len(sys.argv) > i else d for i, d in ((1, 10000), (2, 100000)))
KEPT, CALM_TEXTS, CALM_RATE, SENDING, OUT_SECONDS = 64, 300, 20, 8, 8
PATH = f'/sms/gateway/{SECRET}/mo'
# Nothing takes what the desk would send: it is queued, as the figure says.
NOBODY = ('-o', 'smtp.relay.port=1', '-o', 'sms.gateway.url=http://127.0.0.1:1/')


class Network:
    """The phone network behind Kannel: takes every text."""

    def __init__(self, port):
        self.link = socket.create_connection(('127.0.0.1', port))
        threading.Thread(target=self.drain, daemon=True).start()

    def drain(self):
        with contextlib.suppress(OSError):
            while self.link.recv(65536):
                pass

    def close(self):
        self.link.close()


class Texts:
    """Hands texts in, each number once."""

    def __init__(self, port):
        self.port, self.next = port, 0

    def give(self, count, connections, rate=0, *how):
        first, self.next = self.next, self.next + count
        return tool('load_texts', self.port, PATH, first, count, connections, rate, *how)


@contextlib.contextmanager
def bare_listen():
    """The port of a listener that remembers nothing."""
    with subprocess.Popen([BUILD / 'bench/bare_listen'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as listener:
        yield int(listener.stdout.readline())
        listener.stdin.close()


def bare_listener(how):
    with bare_listen() as port:
        return figures(Texts(port).give(TEXTS, KEPT, 0, *how))['rate']


def sqlite_commits(folder):
    """Transactions of one small row each, as durable as the desk's."""
    with contextlib.closing(sqlite3.connect(folder / 'commits.db', isolation_level=None)) as db:
        db.execute('PRAGMA journal_mode = WAL')
        db.execute('PRAGMA synchronous = FULL')
        db.execute('CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)')
        count, begun = 0, time.monotonic()
        while time.monotonic() - begun < 2:
            db.execute('INSERT INTO texts (text) VALUES (?)', ('水管漏水' * 20,))
            count += 1
        return count / (time.monotonic() - begun)


def start(desk, settings, *options):
    # More texts than a service centre sends in a month: its cap of a day would stop them.
    desk.start('-o', 'sms.gateway.day_texts=0', *options)
    port = int(settings['DESK_PORT'])

    def listens():
        with socket.socket() as probe:
            return probe.connect_ex(('127.0.0.1', port)) == 0

    wait_until(listens, 20)


def bench_calm(desk, settings, texts):
    """One after the other, at a rate that is no burst: how long until the gateway has the acknowledgement."""
    network = Network(int(settings['KANNEL_SMSC_PORT']))
    start(desk, settings, '-o', 'smtp.relay.port=1')
    lines = texts.give(CALM_TEXTS, KEPT, CALM_RATE, 'times')
    sent = {f'+86139{int(line[1]):08d}': int(line[2]) for line in lines if line[0] == 'sent'}
    of_acks = "FROM outbox WHERE template = 'ack' AND channel = 'sms'"
    wait_until(lambda: desk.ask(f'SELECT count(*) {of_acks} AND accepted_at IS NOT NULL') >= CALM_TEXTS, 60)
    with contextlib.closing(sqlite3.connect(f'file:{desk.database}?mode=ro', uri=True)) as db:
        took = sorted(accepted - sent[to] for to, accepted in db.execute(f'SELECT recipient, accepted_at {of_acks}'))
    figure = figures(lines)
    show('sms.answer.p50', figure['p50'], 'ms', f'push to its 200, {CALM_RATE} texts/s')
    show('sms.answer.p99', figure['p99'], 'ms')
    show('sms.ack.p50', took[len(took) // 2], 'ms', 'push to its acknowledgement accepted by Kannel; aim 100')
    show('sms.ack.p99', took[len(took) * 99 // 100], 'ms')
    desk.stop()
    network.close()


def bench_in(desk, settings, texts):
    commits = sqlite_commits(desk.root)
    show('sms.bare_commits', commits, '1/s', 'SQLite alone, one row a commit, this disk')
    start(desk, settings, *NOBODY)
    for name, how in (('kept', ()), ('closed', ('close',))):
        bare, before = bare_listener(how), desk.spent_ms('desk')
        connections = f'{KEPT} connections' + (', a new one for each text' if how else ' kept open')
        figure = figures(texts.give(TEXTS, KEPT, 0, *how))
        show(f'sms.bare_listener.{name}', bare, '1/s', f'libmicrohttpd alone, {connections}')
        show(f'sms.in.{name}', figure['rate'], '1/s', 'texts stored, decided and answered, the same; aim 2,000')
        show(f'sms.in.{name}.of_bare_listener', figure['rate'] / bare, 'ratio')
        show(f'sms.in.{name}.of_bare_commits', figure['rate'] / commits, 'ratio', 'over 1: many texts share a commit')
        show(f'sms.in.{name}.p50', figure['p50'], 'ms', f'push to its 200 with {KEPT} at once')
        show(f'sms.in.{name}.p99', figure['p99'], 'ms')
        show(f'sms.in.{name}.cpu', (desk.spent_ms('desk') - before) / TEXTS * 1000, 'us/text', 'processor time of the desk itself')
        if not how:
            first = figure['rate'], (desk.spent_ms('desk') - before) / TEXTS
    return first


def bench_history(desk, texts, first):
    """The same behind many others: neither slower nor larger."""
    pid, small = desk.process.pid, pss_kib(desk.process.pid)
    show('sms.memory', small / 1024, 'MB', f'the desk itself (PSS) after {texts.next - CALM_TEXTS} texts')
    texts.give(max(1, HISTORY - TEXTS - (texts.next - CALM_TEXTS)), KEPT)
    before = desk.spent_ms('desk')
    figure = figures(texts.give(TEXTS, KEPT))
    cpu = (desk.spent_ms('desk') - before) / TEXTS
    show('sms.history.in', figure['rate'], '1/s', f'the last {TEXTS} of {texts.next - CALM_TEXTS}, as sms.in.kept')
    show('sms.history.cpu_of_first', cpu / first[1], 'ratio', 'processor time a text: the last against the first; 1: it does not grow')
    show('sms.history.memory', pss_kib(pid) / 1024, 'MB', f'after {texts.next - CALM_TEXTS} texts')
    known = desk.ask("SELECT count(*) FROM inbox WHERE channel = 'sms'")
    if known != texts.next:
        raise SystemExit(f'bench: {texts.next} texts were answered, {known} are stored')
    desk.stop()


def bare_send(settings, how):
    """What Kannel says of each text afterwards is taken and dropped."""
    with bare_listen() as port:
        report = urllib.parse.quote(f'http://127.0.0.1:{port}/?type=%d', safe='')
        url = (f"http://127.0.0.1:{settings['KANNEL_SEND_PORT']}/cgi-bin/sendsms?username={settings['KANNEL_USER']}"
               f"&password={settings['KANNEL_PASSWORD']}&from=10690001&charset=UTF-8&coding=2&dlr-mask=31&dlr-url={report}"
               '&text=%E6%82%A8%E5%A5%BD%EF%BC%8C%E5%B7%B2%E5%8F%97%E7%90%86&to=')
        return figures(tool('bare_send', url, TEXTS // 4, SENDING, how))['rate']


def bench_out(desk, settings):
    network = Network(int(settings['KANNEL_SMSC_PORT']))
    bare = {how: bare_send(settings, how) for how in ('fresh', 'kept')}
    # Few rows beside those that wait: a look at all of these would cost more than the sending.
    sent = "SELECT count(*) FROM attempts WHERE result = 'accepted'"
    before = desk.ask(sent)
    start(desk, settings, '-o', 'smtp.relay.port=1')
    wait_until(lambda: desk.ask(sent) > before, 60, 0.1)
    at, cpu, begun = desk.ask(sent), desk.spent_ms('desk'), time.monotonic()
    time.sleep(OUT_SECONDS)
    count, spent = desk.ask(sent) - at, time.monotonic() - begun
    for how, rate in bare.items():
        show(f'sms.bare_send.{how}', rate, '1/s', f'libcurl alone to the same Kannel, {SENDING} at once, connections {how}, its delivery reports dropped')
    show('sms.out', count / spent, '1/s', f'texts of the queue accepted by Kannel in {OUT_SECONDS} s, while its delivery reports come in; aim 500')
    show('sms.out.of_bare_send', count / spent / bare['fresh'], 'ratio', 'against connections fresh')
    show('sms.out.cpu', (desk.spent_ms('desk') - cpu) / count * 1000, 'us/text', 'processor time of the desk itself, reports included')
    desk.stop()
    network.close()


def main():
    with real_servers('mail', 'sms') as (desk, settings):
        texts = Texts(int(settings['DESK_PORT']))
        print(f'# SMS: {TEXTS} texts each, {HISTORY} in all')
        bench_calm(desk, settings, texts)
        first = bench_in(desk, settings, texts)
        bench_history(desk, texts, first)
        bench_out(desk, settings)


if __name__ == '__main__':
    main()
