#!/usr/bin/python3
"""shouwend between real Dovecot, Postfix and Kannel: what it refuses, survives and tells.

usage: B=build tests/program/daemon.t"""
import os
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from real_desk import BUILD, SECRET, TOP, Gate, RealDesk, wait_until  # noqa: E402
from tap import ok, plan  # noqa: E402

ADMIN = 'admin@hq.example'
MO = f'/sms/gateway/{SECRET}/mo'


def wrong_settings():
    done = subprocess.run([BUILD / 'shouwend', '--conf', TOP / 'conf/demo/shouwen.conf', '-o', 'mailbox.desk.prot=1',
                           '-o', 'readers=99', '-o', 'estate.sunshine.timezone=Asia/Atlantis'],
                          capture_output=True, text=True, check=False)
    ok(done.returncode == 78, 'wrong settings end it with status 78', done)
    ok(all(word in done.stderr for word in ('mailbox.desk.prot', 'readers', 'estate.sunshine.timezone')),
       'and all of them are told', done.stderr)
    few = subprocess.run(['sh', '-c', f'ulimit -n 64; exec "{BUILD}/shouwend" --conf "{TOP}/conf/demo/shouwen.conf"'],
                         capture_output=True, text=True, check=False, timeout=60)
    ok(few.returncode == 78 and 'open files' in few.stderr and '64' in few.stderr, 'so do too few descriptors', few)
    done = subprocess.run([BUILD / 'shouwend', '--conf', '/none'], capture_output=True, text=True, check=False)
    ok(done.returncode == 78 and '/none' in done.stderr, 'a file that is not there is named', done)


def pushes(desk):
    desk.start()
    ok(desk.is_watching(), 'the desk watches its mailbox', desk.log())
    unknown = desk.push('/tea')
    ok(unknown.startswith(b'HTTP/1.1 403 ') and unknown.endswith(b'\r\n\r\n'), 'an unknown path is a bare 403', unknown)
    strange = ['/sms/gateway/wrong/mo?from=1&text=x', '/sms/tea/' + SECRET + '/mo', f'/sms/gateway/{SECRET}/tea',
               f'/sms/gateway/{SECRET}', f'/sms/gateway/{SECRET}x/mo', f'/sms/gateway/{SECRET}/mo/x', '/']
    ok(all(desk.push(path) == unknown for path in strange), 'a wrong secret gives the same bytes',
       [desk.push(path) for path in strange])
    answer = desk.push(MO + '?id=m1&text=x')
    ok(answer.startswith(b'HTTP/1.1 400 ') and b'"from"' in answer, 'a malformed push is told what is wrong', answer)
    good = MO + '?id=m2&from=13900139001&to=10690001&charset=UTF-8&coding=0&text=3-2-501%E7%94%B5%E6%A2%AF%E5%9D%8F%E4%BA%86'
    answers = [desk.push(good) for _ in range(3)]
    ok(all(a.startswith(b'HTTP/1.1 200 ') for a in answers), 'a good one is 200, also when it comes again', answers)
    ok(desk.query('SELECT count(*) FROM cases') == [(1,)], 'and makes one case', desk.query('SELECT * FROM cases'))
    answer = desk.push(f'/sms/gateway/{SECRET}/dlr?id=999999-1&type=1')
    ok(answer.startswith(b'HTTP/1.1 200 '), 'a report about nothing of ours is taken and forgotten', answer)
    answer = desk.push(MO, 'POST', b'x' * 100000, ['Content-Type: text/plain'])
    ok(answer.startswith(b'HTTP/1.1 413 '), 'a body that is too large is refused', answer)
    answer = desk.push(MO, 'DELETE')
    ok(answer.startswith(b'HTTP/1.1 405 '), 'another method is refused', answer)
    answer = desk.push('/health')
    ok(answer.startswith(b'HTTP/1.1 200 '), 'it says that it lives', answer)


def readers_of(pid):
    """The pids of its children that are readers."""
    children = pathlib.Path(f'/proc/{pid}/task/{pid}/children').read_text().split()
    return [int(c) for c in children if b'reader' in pathlib.Path(f'/proc/{c}/cmdline').read_bytes()]


def idle_readers_die(desk):
    before = readers_of(desk.process.pid)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    ok(wait_until(lambda: len(set(readers_of(desk.process.pid)) - set(before)) == len(before), 20),
       f'{len(before)} readers that die are replaced', desk.log())
    desk.mail('wang', '漏水', '3-2-501厨房漏水')
    ok(desk.has_mail('wang@owner.example'), 'and mail is read and answered', desk.log())
    status = desk.stop()
    ok(status == 0, 'SIGTERM ends it with status 0', status)
    ok(not pathlib.Path(desk.conf.parent / 'state/control').exists(), 'and its control socket is gone')


def smtp_is_away(desk):
    gate = Gate(int(desk.settings['SMTPS_PORT']))
    gate.close()
    desk.start(f'smtp.relay.port={gate.port}')
    desk.is_watching()
    desk.mail('xu', '停水', '3-2-401厨房停水')
    waiting = "SELECT count(*) FROM outbox WHERE recipient = 'xu@owner.example' AND state = 'queued' AND attempts > 1"
    ok(wait_until(lambda: desk.query(waiting) == [(1,)], 30), 'while the relay is away mail waits and is tried',
       desk.query('SELECT * FROM outbox'))
    gate.open()
    ok(desk.has_mail('xu@owner.example'), 'when it is back mail is delivered', desk.log())
    ok(desk.stop() == 0, 'the desk ends')
    ok(len(desk.mails_of('xu@owner.example')) == 1, 'once')


def downs(desk, channel):
    """Mails about that channel in the admin's mailbox."""
    return [m['Subject'] for m in desk.mails_of(ADMIN) if channel in (m['Subject'] or '') + str(m.get_body(('plain',)).get_content())]


def wrong_mail_password(desk):
    wrong = desk.root / 'wrong'
    wrong.write_text('not-the-password')
    override = f'mailbox.desk.password_file={wrong}'
    is_down = "SELECT is_down FROM channels WHERE name = 'desk'"
    before = len(desk.mails_of(ADMIN))
    desk.start(override)
    ok(wait_until(lambda: desk.query(is_down) == [(1,)], 30), 'a wrong mailbox password marks the mailbox as down', desk.log())
    ok(desk.has_mail(ADMIN, before + 1), 'and the admin is mailed', desk.log())
    phone = '+8613900139003'
    desk.world.phones.send(phone, '3-2-601停电了')
    ok(wait_until(lambda: desk.world.phones.received(phone), 40), 'texts still work', desk.log())
    desk.stop()
    desk.start(override)
    ok(wait_until(lambda: 'state=down' in desk.log(), 30), 'it fails again after a restart', desk.log())
    desk.stop()
    ok(len(desk.mails_of(ADMIN)) == before + 1, 'but the admin was mailed exactly once', [m['Subject'] for m in desk.mails_of(ADMIN)])
    ok('not-the-password' not in desk.log_path.read_text(), 'the password is not in the log')
    desk.start()
    ok(desk.has_mail(ADMIN, before + 2), 'with the right one the admin hears that it is up', desk.log())
    ok(desk.query(is_down) == [(0,)], 'and it is')
    desk.stop()


def wrong_sms_password(desk):
    wrong = desk.root / 'wrong'
    override = f'sms.gateway.password_file={wrong}'
    is_down = "SELECT is_down FROM channels WHERE name = 'gateway'"
    before = len(desk.mails_of(ADMIN))
    phone = '+8613900139005'
    desk.start(override)
    desk.is_watching()
    desk.world.phones.send(phone, '5号楼1单元大门坏了')
    ok(wait_until(lambda: desk.query(is_down) == [(1,)], 30), 'a wrong SMS password marks the gateway as down', desk.log())
    ok(desk.has_mail(ADMIN, before + 1), 'and the admin is mailed', desk.log())
    desk.mail('liu', '漏水', '3-2-502厨房漏水')
    ok(desk.has_mail('liu@owner.example'), 'mail still works', desk.log())
    desk.stop()
    desk.start()
    ok(wait_until(lambda: desk.world.phones.received(phone), 40), 'with the right one the queue goes', desk.log())
    ok(desk.has_mail(ADMIN, before + 2), 'and the admin hears that it is up', desk.log())
    desk.stop()
    ok(len(desk.mails_of(ADMIN)) == before + 2, 'no mail more than these')


def main():
    wrong_settings()
    with RealDesk() as desk:
        pushes(desk)
        idle_readers_die(desk)
        smtp_is_away(desk)
        wrong_mail_password(desk)
        wrong_sms_password(desk)
        told = desk.told_of()
        ok(not told, 'all through it no line of the log named an owner or a secret', '\n'.join(told))
        verified = subprocess.run([BUILD / 'shouwen', 'verify', '--conf', desk.conf], capture_output=True, text=True, check=False)
        ok(verified.returncode == 0 and 'chain holds' in verified.stdout, 'the record holds', verified.stdout + verified.stderr)
    plan()


if __name__ == '__main__':
    main()
