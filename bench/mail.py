#!/usr/bin/python3
"""Mails through the desk, with a real Dovecot: in, and how fast an acknowledgement is back.

Prints `name value unit  # meaning' lines.  usage: B=build bench/mail.py [MAILS ACKS]"""
import os
import pathlib
import re
import socket
import ssl
import sys
import threading
import time

from rig import pss_kib, real_servers, show, tool, wait_until

MAILS, ACKS = (int(sys.argv[i]) if len(sys.argv) > i else d for i, d in ((1, 10000), (2, 60)))
WORDS = ['楼道灯不亮', '电梯按钮坏了', '垃圾没有人清理', '门禁刷不开', '车位被人占用', '草坪需要修剪', '水管有点渗水', '邻居装修噪音']


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
    lines = tool('bare_fetch', 'localhost', settings['IMAPS_PORT'], settings['CA_FILE'], 'desk', 'secret')
    bare = next(float(line[1]) for line in lines if line[0] == 'bare_fetch.mails')
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
    show('bare_fetch.mails', bare, '1/s', 'our IMAP driver alone, nothing done with the mails')
    show('ingest.mails', rate, '1/s', 'mails fetched, read, decided, stored, their acknowledgements queued')
    show('ingest.of_bare_fetch', rate / bare, 'ratio')
    spent = {role: desk.spent_ms(role) / MAILS for role in ('desk', 'fetcher', 'reader')}
    for role, ms in spent.items():
        show(f'ingest.cpu.{role}', ms, 'ms/mail', 'processor time')
    show('ingest.cpu', sum(spent.values()), 'ms/mail', 'processor time of all')
    for role, kib in sorted(peak.values()):
        show(f'memory.{role}.pss', kib / 1024, 'MB', 'at its highest')
    show('memory.together.pss', sum(kib for _, kib in peak.values()) / 1024, 'MB')
    desk.stop()


def bench_ack(desk, settings, sink):
    """From the server's EXISTS to the acceptance of the acknowledgement."""
    vmail, uid = pathlib.Path(settings['VMAIL_DIR']), int(settings['VMAIL_UID'])
    size = desk.log.stat().st_size
    desk.start('-v', '-o', f'smtp.relay.port={sink.port}')

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
    show('ack.after_push.p50', times[len(times) // 2], 'ms', 'the server says EXISTS, to the acknowledgement accepted by SMTP')
    show('ack.after_push.p99', times[min(len(times) - 1, len(times) * 99 // 100)], 'ms')
    show('ack.dovecot_waits.p50', lags[len(lags) // 2], 'ms', 'how long Dovecot says nothing; not in the above')
    desk.stop()


def main():
    with real_servers('mail', 'sms') as (desk, settings):
        sink = Sink(pathlib.Path(settings['PKI_DIR']))
        print(f'# Mail: {MAILS} mails, {ACKS} acknowledgements')
        bench_ingest(desk, settings)
        bench_ack(desk, settings, sink)


if __name__ == '__main__':
    main()
