#!/usr/bin/python3
"""SIGHUP: good settings come into force without losing a message, wrong ones are told and the old stay.

usage: B=build tests/program/reload.t"""
import pathlib
import signal
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lone_desk import BUILD, LoneDesk, wait_until  # noqa: E402
from tap import ok, plan  # noqa: E402

WANG, HUANG, LIU, XU = '+8613900139001', '+8613900139003', '+8613900139002', '+8613900139004'
CONF = 'conf/demo/shouwen.conf'
ACK = 'templates/zh-CN/ack.sms'


class Systemd:
    """The socket on which the desk says how it is."""

    def __init__(self, folder):
        self.path = str(folder / 'notify')
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.setblocking(False)
        self.said = []

    def states(self):
        """All but the signs of life, without the times."""
        try:
            while True:
                self.said.append(self.socket.recv(4096).decode().split('\n')[0])
        except BlockingIOError:
            return [state for state in self.said if state != 'WATCHDOG=1']


def reload(desk, marker):
    """SIGHUP, and wait for that line."""
    seen = desk.log().count(marker)
    desk.process.send_signal(signal.SIGHUP)
    return wait_until(lambda: desk.log().count(marker) > seen, 30, 0.05)


def readers(pid):
    """Fetchers come and go here: their mail server is not there."""
    children = pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text().split()
    return [child for child in children if subprocess.run(['grep', '-qs', 'reader', f'/proc/{child}/cmdline'], check=False).returncode == 0]


def wrong_settings(desk, systemd):
    before = readers(desk.process.pid)
    desk.change(CONF, 'undo_seconds = 0', 'undo_seconds = 999999')
    desk.change(CONF, 'buildings = 12', 'bildings = 12')
    desk.change(ACK, '{{case.number}}', '{{case.nomber}}')
    ok(reload(desk, 'at=reload state=refused'), 'wrong settings are refused', desk.log())
    log = desk.log()
    line = 1 + (desk.root / CONF).read_text(encoding='utf-8')[:(desk.root / CONF).read_text(encoding='utf-8').index('undo_seconds')].count('\n')
    ok(f'shouwen.conf:{line}: undo_seconds' in log and 'bildings' in log, 'every mistake is told with file and line', log)
    ok(systemd.states() == ['READY=1', 'RELOADING=1', 'READY=1'], 'systemd hears of both ends', systemd.said)
    ok(len(before) == 2 and readers(desk.process.pid) == before, 'no process was touched', before)
    desk.change(CONF, 'undo_seconds = 999999', 'undo_seconds = 0')
    desk.change(CONF, 'bildings = 12', 'buildings = 12')
    ok(reload(desk, 'at=reload state=refused'), 'a wrong text alone is refused too', desk.log())
    ok('ack.sms:' in desk.log() and 'nomber' in desk.log(), 'with its place', desk.log())
    desk.change(ACK, '{{case.nomber}}', '{{case.number}}')
    desk.change(CONF, f'listen_port = {desk.port}', f'listen_port = {desk.port + 1}')
    ok(reload(desk, 'listen_port has changed; that needs a restart'), 'what needs a restart is named', desk.log())
    desk.change(CONF, f'listen_port = {desk.port + 1}', f'listen_port = {desk.port}')
    ok(desk.text('m1', WANG, '3-2-501厨房漏水') == 200, 'the old settings go on taking texts', desk.log())
    ok(wait_until(lambda: desk.gateway.texts_to(WANG), 20), 'and answering them', desk.log())


def good_settings(desk, systemd):
    pid, before = desk.process.pid, readers(desk.process.pid)
    desk.change(ACK, '已收到', '已经收到')
    ok(reload(desk, 'at=start'), 'good settings are taken over', desk.log())
    ok(desk.process.poll() is None and desk.process.pid == pid, 'by the same process')
    ok(wait_until(lambda: desk.health() == 200, 10, 0.05), 'that listens again', desk.log())
    ok(wait_until(lambda: len(readers(pid)) == 2, 10, 0.05) and not set(readers(pid)) & set(before),
       'with new readers, the old ones have ended', readers(pid))
    ok(systemd.states()[-2:] == ['RELOADING=1', 'READY=1'], 'systemd hears of both ends', systemd.said)
    ok(desk.text('m2', HUANG, '3-2-601厨房漏水') == 200, 'texts are taken', desk.log())
    ok(wait_until(lambda: desk.gateway.texts_to(HUANG), 20) and '已经收到' in desk.gateway.texts_to(HUANG)[0],
       'and the new words are in force', desk.gateway.sent)
    ok(desk.text('m1', WANG, '3-2-501厨房漏水') == 200 and desk.query('SELECT count(*) FROM cases') == [(2,)],
       'what came before is known', desk.query('SELECT * FROM cases'))


def a_second_desk(desk):
    """Two on one store would both send what is marked as being sent."""
    second = subprocess.run([BUILD / 'shouwend', '--conf', desk.conf], capture_output=True, timeout=60, check=False)
    ok(second.returncode == 75 and b'another shouwend works on' in second.stderr, 'a second desk on the same store is refused', second.stderr)
    ok(desk.health() == 200 and desk.process.poll() is None, 'and harms the first one nothing', desk.log())


def in_flight(desk):
    desk.gateway.silent.set()
    sent = len(desk.gateway.sent)
    desk.text('m3', LIU, '3-2-502厨房漏水')
    ok(wait_until(lambda: len(desk.gateway.sent) > sent, 20), 'while a text is on its way', desk.log())
    ok(reload(desk, 'at=reload state=begun'), 'a reload begins', desk.log())
    ok(desk.text('m4', XU, '3-2-401厨房漏水') == 200, 'texts are still taken', desk.log())
    starts = desk.log().count('at=start')
    desk.gateway.silent.clear()
    ok(wait_until(lambda: desk.log().count('at=start') > starts, 30, 0.05), 'when its answer is there the desk begins anew', desk.log())
    ok(wait_until(lambda: desk.gateway.texts_to(XU), 20), 'what came meanwhile is answered', desk.log())
    ok(len(desk.gateway.texts_to(LIU)) == 1, 'what was on its way went once', desk.gateway.sent)
    ok(desk.query("SELECT count(*) FROM attempts WHERE result = 'unknown'") == [(0,)], 'nobody is in doubt about it',
       desk.query('SELECT * FROM attempts'))


def a_stop_during_a_reload(desk):
    desk.gateway.silent.set()
    sent = len(desk.gateway.sent)
    desk.text('m5', '+8613900139005', '5号楼1单元大门坏了')
    wait_until(lambda: len(desk.gateway.sent) > sent, 20)
    reload(desk, 'at=reload state=begun')
    desk.process.send_signal(signal.SIGTERM)
    wait_until(lambda: False, 0.3)
    desk.gateway.silent.clear()
    ok(desk.process.wait(timeout=30) == 0, 'a stop during a reload is a stop', desk.log())


def nobody_listens(desk, systemd):
    """Its queue is full and nobody reads it: the desk goes on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as other:
        other.setblocking(False)
        try:
            while True:
                other.sendto(b'x', systemd.path)
        except BlockingIOError:
            pass
    ok(desk.start(clock='real', env={'NOTIFY_SOCKET': systemd.path, 'WATCHDOG_USEC': '4000000'}), 'a systemd that does not listen stops nothing', desk.log())
    desk.stop()


def the_demo_clock(desk):
    desk.start()
    ok(reload(desk, 'not on the demo clock'), 'on the demo clock time would begin anew: refused', desk.log())
    ok(desk.stop() == 0, 'and it runs until it is stopped')


def main():
    with LoneDesk() as desk:
        systemd = Systemd(desk.root)
        ok(desk.start(clock='real', env={'NOTIFY_SOCKET': systemd.path, 'WATCHDOG_USEC': '4000000'}), 'the desk starts', desk.log())
        wrong_settings(desk, systemd)
        good_settings(desk, systemd)
        a_second_desk(desk)
        in_flight(desk)
        a_stop_during_a_reload(desk)
        ok('WATCHDOG=1' in systemd.said and systemd.said.count('WATCHDOG=1') < 10, 'the watchdog has its signs of life, not one a turn',
           systemd.said)
        nobody_listens(desk, systemd)
        the_demo_clock(desk)
    plan()


if __name__ == '__main__':
    main()
