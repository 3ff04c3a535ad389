#!/usr/bin/python3
"""More texts than the desk can hold: the gateway is told to come again, and nothing that was answered 200 is lost.

usage: B=build tests/program/crowd.t"""
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lone_desk import SECRET, TOP, LoneDesk, wait_until  # noqa: E402
from tap import ok, plan  # noqa: E402

LIMIT = int(re.search(r'define LIMIT_PUSHES_WAITING (\d+)', (TOP / 'core/limits.h').read_text()).group(1))
TEXTS = LIMIT + 50


def push(desk, number):
    """Hands one in and does not wait for the answer."""
    body = b'{"id":"crowd-%d","from":"+86139%08d","to":"10690001","text":"3-2-501 light %d"}' % (number, number, number)
    link = socket.create_connection(('127.0.0.1', desk.port), timeout=30)
    link.sendall(b'POST /sms/gateway/%s/mo HTTP/1.1\r\nHost: desk\r\nConnection: close\r\nContent-Type: application/json\r\n'
                 b'Content-Length: %d\r\n\r\n%s' % (SECRET.encode(), len(body), body))
    return link


def answer_to(link):
    with link:
        return link.makefile('rb').read().decode()


def readers(desk):
    listing = subprocess.run(['ps', '-o', 'pid=,args=', '--ppid', str(desk.process.pid)], capture_output=True, text=True, check=True)
    return [int(line.split()[0]) for line in listing.stdout.splitlines() if '--role=reader' in line]


def descriptors(desk):
    return len(os.listdir(f'/proc/{desk.process.pid}/fd'))


def main():
    with LoneDesk() as desk:
        ok(desk.start(), 'the desk turns')
        before = descriptors(desk)
        for pid in readers(desk):
            os.kill(pid, signal.SIGSTOP)
        # Gateways that give up: what they said stays with the desk, up to the limit, and takes no room of others.
        for number in range(TEXTS):
            push(desk, number).close()
        answer = answer_to(push(desk, TEXTS))
        ok(answer.startswith('HTTP/1.1 503'), 'when too many wait the next is answered 503', answer)
        ok('\r\nRetry-After: 5\r\n' in answer, 'and when to come again', answer)
        ok(desk.health() == 200, 'the desk still turns')
        ok(descriptors(desk) <= before + LIMIT + 1, 'what waits holds its connection and no other descriptor', descriptors(desk) - before)
        ok(desk.log().count('at=push_put_off') == 1, 'the log says so once, not for each', desk.log())
        for pid in readers(desk):
            os.kill(pid, signal.SIGCONT)
        stored = "SELECT count(*) FROM inbox WHERE channel = 'sms'"
        ok(wait_until(lambda: desk.query(stored)[0][0] == LIMIT, 60, 0.1), 'what was taken is stored', desk.query(stored))
        answer = answer_to(push(desk, TEXTS))
        ok(answer.startswith('HTTP/1.1 200'), 'the same again is taken then', answer)
        ok(desk.query(stored)[0][0] == LIMIT + 1, 'and stored before it is answered', desk.query(stored))
        ok(desk.stop() == 0, 'it ends well')
    plan()


main()
