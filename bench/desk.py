#!/usr/bin/python3
"""The desk on real servers: mails in, texts in, and how fast an acknowledgement is back.

Prints `name value unit' lines.  usage: B=build bench/desk.py [MAILS TEXTS ACKS]"""
import os
import pathlib
import re
import selectors
import shutil
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time

TOP = pathlib.Path(__file__).resolve().parents[1]
BUILD = TOP / os.environ.get('B', 'build')
MAILS, TEXTS, ACKS = (int(sys.argv[i]) if len(sys.argv) > i else d for i, d in ((1, 10000), (2, 3000), (3, 60)))
WORDS = ['楼道灯不亮', '电梯按钮坏了', '垃圾没有人清理', '门禁刷不开', '车位被人占用', '草坪需要修剪', '水管有点渗水', '邻居装修噪音']


def show(name, value, unit):
    print(name, f'{value:.4g}' if isinstance(value, float) else value, unit, flush=True)


def wait_until(what, seconds, step=0.05):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = what()
        if value:
            return value
        time.sleep(step)
    raise SystemExit('bench: waited in vain')


class Sink:
    """An SMTP server that takes everything at once and notes the monotonic time of each acceptance."""

    def __init__(self, pki):
        self.accepted = {}
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(pki / 'server.pem', pki / 'server.key')
        self.listener = socket.create_server(('127.0.0.1', 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            with self.context.wrap_socket(client, server_side=True) as link:
                self.talk(link.makefile('rwb'))
        except (OSError, ssl.SSLError):
            pass

    def talk(self, file):
        def say(text):
            file.write(text.encode() + b'\r\n')
            file.flush()
        say('220 sink')
        to = ''
        for line in file:
            verb = line[:4].upper()
            if verb == b'EHLO':
                say('250-sink\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME')
            elif verb == b'AUTH':
                if len(line.split()) < 3:
                    say('334 ')
                    file.readline()
                say('235 ok')
            elif verb == b'RCPT':
                to = re.search(rb'<([^>]*)>', line).group(1).decode()
                say('250 ok')
            elif verb == b'DATA':
                say('354 go')
                for data in file:
                    if data == b'.\r\n':
                        break
                say('250 taken')
                self.accepted.setdefault(to, time.monotonic())
            elif verb == b'QUIT':
                say('221 bye')
                return
            else:
                say('250 ok')


class Desk:
    def __init__(self, root, conf):
        self.root, self.conf, self.process = root, conf, None
        self.database = pathlib.Path(conf).parent / 'state/shouwen.db'
        self.log = root / 'desk.log'

    def start(self, *options):
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen([BUILD / 'shouwend', '-v', '--conf', self.conf, *options], stderr=log)

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def ask(self, sql):
        try:
            with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True, timeout=20) as db:
                return db.execute(sql).fetchone()[0]
        except sqlite3.Error:
            return 0

    def family(self):
        """Pids of the desk and its children, with their roles."""
        pids = {self.process.pid: 'desk'}
        listing = subprocess.run(['ps', '-o', 'pid=,args=', '--ppid', str(self.process.pid)], capture_output=True, text=True, check=False)
        for line in listing.stdout.splitlines():
            pid, args = line.split(None, 1)
            pids[int(pid)] = 'fetcher' if 'fetcher' in args else 'reader'
        return pids


def pss_kib(pid):
    try:
        found = re.search(r'^Pss:\s+(\d+)', pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text(), re.M)
        return int(found.group(1))
    except OSError:
        return 0


def cpu_ms(pid):
    try:
        fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf('SC_CLK_TCK')
    except OSError:
        return 0.0


def mail(number):
    """3 to 8 KB, each from another sender, each something else."""
    filler = '\n'.join(f'{number + i} 楼道和公共区域的情况请一并看看，谢谢师傅们的辛苦。' for i in range(30 + number * 7 % 60))
    return (f'From: 住户{number} <owner{number}@owner.example>\r\nTo: desk@sunshine.example\r\n'
            f'Subject: {WORDS[number % 8]}\r\nMessage-ID: <bench-{number}@owner.example>\r\n'
            f'Date: Mon, 23 Nov 2026 09:{number // 60 % 60:02d}:{number % 60:02d} +0800\r\nMIME-Version: 1.0\r\n'
            'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
            f'您好，{number % 12 + 1}号楼{number % 2 + 1}单元{WORDS[number % 8]}，请安排处理。\r\n{filler}\r\n').encode()


def seed(vmail, uid, count, start=0):
    folder = vmail / 'desk/Maildir/new'
    for number in range(start, start + count):
        path = folder / f'{1700000000 + number}.{number}.bench'
        path.write_bytes(mail(number))
        os.chown(path, uid, uid)


def bench_ingest(desk, settings):
    vmail, uid = pathlib.Path(settings['VMAIL_DIR']), int(settings['VMAIL_UID'])
    desk.start()
    wait_until(lambda: desk.ask('SELECT count(*) FROM cursors'), 30)
    desk.stop()
    seed(vmail, uid, MAILS)
    bare = '' if not (BUILD / 'bench/bare_fetch').exists() else subprocess.run([BUILD / 'bench/bare_fetch', 'localhost', settings['IMAPS_PORT'], settings['CA_FILE'], 'desk', 'secret'],
                          capture_output=True, text=True, check=False).stdout
    print(bare, end='')
    found = re.search(r'^bare_fetch\.mails ([\d.e+]+)', bare, re.M)
    # Nothing takes the acknowledgements now: they are queued, as the figure says.
    desk.start('-o', 'smtp.relay.port=1')
    begun = wait_until(lambda: time.monotonic() if desk.ask('SELECT count(*) FROM inbox') else None, 60, 0.01)
    peak = {}

    def done():
        for pid, role in desk.family().items():
            peak[pid] = (role, max(pss_kib(pid), peak.get(pid, (role, 0))[1]))
        return desk.ask('SELECT count(*) FROM cases') >= MAILS

    wait_until(done, 300, 0.2)
    rate = MAILS / (time.monotonic() - begun)
    show('ingest.mails', rate, '1/s')
    if found:
        show('ingest.of_bare_fetch', rate / float(found.group(1)), 'ratio')
    spent = [(role, cpu_ms(pid) / MAILS) for pid, role in desk.family().items()]
    for role in ('desk', 'fetcher', 'reader'):
        show(f'ingest.cpu.{role}', sum(ms for who, ms in spent if who == role), 'ms/mail')
    show('ingest.cpu', sum(ms for _, ms in spent), 'ms/mail')
    for role, kib in sorted(peak.values()):
        show(f'memory.{role}.pss', kib / 1024, 'MB')
    show('memory.together.pss', sum(kib for _, kib in peak.values()) / 1024, 'MB')
    desk.stop()


def bench_push(desk, settings):
    """Texts over kept connections, as a gateway sends them."""
    desk.start()
    port = int(settings['DESK_PORT'])
    wait_until(lambda: socket.socket().connect_ex(('127.0.0.1', port)) == 0, 20)
    before = desk.ask("SELECT count(*) FROM inbox WHERE channel = 'sms'")
    todo = list(range(TEXTS))
    selector = selectors.DefaultSelector()

    def give(link):
        if not todo:
            selector.unregister(link)
            link.close()
            return
        number = todo.pop()
        query = (f'id=bench-{number}&from=%2B861390{number:07d}&to=10690001&coding=0&charset=UTF-8'
                 f'&text={number % 12 + 1}%E5%8F%B7%E6%A5%BC%E7%94%B5%E6%A2%AF%E5%9D%8F%E4%BA%86')
        link.send(f"GET /sms/{settings['SMS_CHANNEL']}/{settings['SMS_SECRET']}/mo?{query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    begun = time.monotonic()
    for _ in range(32):
        link = socket.create_connection(('127.0.0.1', port))
        selector.register(link, selectors.EVENT_READ)
        give(link)
    while selector.get_map():
        for key, _ in selector.select(30):
            answer = key.fileobj.recv(4096)
            if b' 200 ' not in answer:
                raise SystemExit(f'bench: a push was answered {answer[:80]}')
            give(key.fileobj)
    show('sms.in', TEXTS / (time.monotonic() - begun), '1/s')
    if desk.ask("SELECT count(*) FROM inbox WHERE channel = 'sms'") - before != TEXTS:
        raise SystemExit('bench: texts are missing')
    desk.stop()


def bench_ack(desk, settings, sink):
    """From the server's EXISTS to the acceptance of the acknowledgement."""
    vmail, uid = pathlib.Path(settings['VMAIL_DIR']), int(settings['VMAIL_UID'])
    size = desk.log.stat().st_size
    desk.start('-o', f'smtp.relay.port={sink.port}')

    def log():
        with open(desk.log, encoding='utf-8', errors='replace') as file:
            file.seek(size)
            return file.read()

    wait_until(lambda: 'at=mailbox name=desk state=up' in log(), 30)
    wait_until(lambda: not desk.ask("SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending') AND channel = 'mail'"), 300, 0.5)
    times, lags = [], []
    for number in range(MAILS, MAILS + ACKS):
        to, seen = f'owner{number}@owner.example', log().count('at=seen')
        delivered = time.monotonic()
        seed(vmail, uid, 1, number)
        accepted = wait_until(lambda to=to: sink.accepted.get(to), 30, 0.005)
        stamps = re.findall(r'at=seen.* mono_ms=(\d+)', log())
        exists = int(stamps[seen]) / 1000 if len(stamps) > seen else delivered
        times.append((accepted - exists) * 1000)
        lags.append((exists - delivered) * 1000)
    times.sort()
    lags.sort()
    show('ack.after_push.p50', times[len(times) // 2], 'ms')
    show('ack.after_push.p99', times[min(len(times) - 1, len(times) * 99 // 100)], 'ms')
    show('ack.dovecot_waits.p50', lags[len(lags) // 2], 'ms')
    desk.stop()


def main():
    root = pathlib.Path(tempfile.mkdtemp(prefix='shouwen-bench.', dir='/tmp'))
    root.chmod(0o755)
    servers = TOP / 'tests/servers/servers.sh'
    try:
        subprocess.run([servers, root, 'start', 'mail', 'sms'], env=dict(os.environ, SMS_CHANNEL='gateway', SMS_SECRET='bench-push-0001'), check=True)
        settings = dict(line.split('=', 1) for line in (root / 'env').read_text().split())
        conf = subprocess.run([TOP / 'tests/servers/desk.sh', root], capture_output=True, text=True, check=True).stdout.strip()
        desk = Desk(root, conf)
        sink = Sink(pathlib.Path(settings['PKI_DIR']))
        print(f'# {os.cpu_count()} cores, {MAILS} mails, {TEXTS} texts, {ACKS} acknowledgements')
        bench_ingest(desk, settings)
        bench_push(desk, settings)
        bench_ack(desk, settings, sink)
    finally:
        subprocess.run([servers, root, 'stop'], check=False)
        shutil.rmtree(root, ignore_errors=True)


if __name__ == '__main__':
    main()
