#!/usr/bin/python3
"""kill -9 at each named crash point, and at random moments of a busy run: nothing lost, nothing twice.

Compared are the transcripts of the far sides: what the owners' mailboxes and phones hold, not our own ledger alone.
usage: B=build/faults tests/faults/kill.t [MAILS TEXTS KILLS SEED]"""
import collections
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(TOP / 'tests' / folder) for folder in ('demo', 'program', 'servers')]
from kannel import Smsbox  # noqa: E402
from people import World, case_of, wait_until  # noqa: E402
from tap import ok, plan, skip  # noqa: E402
from working_day import WorkingDay  # noqa: E402

BUILD = TOP / os.environ.get('B', 'build/faults')
MAILS, TEXTS, KILLS, SEED = (int(sys.argv[i]) if len(sys.argv) > i else d for i, d in ((1, 300), (2, 300), (3, 200), (4, 20261123)))
DESK = 'desk@sunshine.example'
QUIET = 150  # real seconds that the desk may take to come to rest; a text of unknown fate waits a minute


class Desk:
    """One shouwend on one state folder, killed and started at will."""

    def __init__(self, root, conf):
        self.root, self.conf, self.process = root, conf, None
        self.database = pathlib.Path(conf).parent / 'state/shouwen.db'
        self.log = open(root / 'desk.log', 'ab')
        self.day = WorkingDay()

    def start(self, crash=None):
        env = dict(os.environ)
        if crash:
            env['SHOUWEN_CRASH'] = crash
        self.process = subprocess.Popen([BUILD / 'shouwend', '--conf', self.conf, '-o', 'rules.unknown_minutes=1', '-o', 'rules.notices_minutes=1',
                                         *self.day.options()], stderr=self.log, env=env)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        return self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()

    def query(self, sql, *values):
        with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True, timeout=20) as db:
            return db.execute(sql, values).fetchall()

    def is_watching(self):
        try:
            return bool(self.query('SELECT 1 FROM cursors'))
        except sqlite3.Error:
            return False


class Crowd:
    """Owners nobody knows, each with one complaint; numbered, so that none can hide."""

    def __init__(self, world, vmail, prefix):
        self.world, self.vmail, self.prefix = world, vmail, prefix
        self.mailers, self.texters = [], []

    def names(self):
        """Patterns of SQL for all of its addresses, and all of its phones."""
        return f'{self.prefix}m%', f'+86159{self.prefix}%'

    def mail(self, number):
        user = f'{self.prefix}m{number:03d}'
        self.mailers.append(user)
        message = self.world.compose(DESK, f'楼道灯不亮 {number}', f'您好，{number % 12 + 1}号楼1单元楼道灯不亮，请维修。编号{user}')
        self.world.send(f'{user}@owner.example', user, message)

    def text(self, number):
        phone = f'+86159{self.prefix}{number:06d}'
        self.texters.append(phone)
        self.world.phones.send(phone, f'{number % 12 + 1}号楼2单元电梯按钮不亮，请维修{number}')

    def acks_by_mail(self, user):
        """Message-IDs of the acknowledgements in the owner's mailbox."""
        ids = []
        for folder in ('new', 'cur'):
            for file in (self.vmail / user / 'Maildir' / folder).glob('*'):
                for line in file.read_bytes().decode('utf-8', 'replace').splitlines():
                    if line.lower().startswith('message-id:'):
                        ids.append(line.split(':', 1)[1].strip())
                        break
        return ids

    def acks_by_text(self, phone):
        return [t for t in self.world.phones.received(phone) if case_of(t)]

    def unanswered(self, desk):
        given_up = given_up_to(desk)
        return [u for u in self.mailers if not self.acks_by_mail(u)] + [p for p in self.texters if p not in given_up and not self.acks_by_text(p)]


def unknown_attempts(desk):
    """Rows that the ledger says were sent again without knowing."""
    return {row for row, in desk.query("SELECT out FROM attempts WHERE result LIKE '%unknown%'")}


def given_up_to(desk):
    """Phones for which the desk died over the acknowledgement twice: no third try (rules 5.38), staff are asked to telephone."""
    return {phone for phone, in desk.query('''
        SELECT recipient FROM outbox AS ack WHERE channel = 'sms' AND role = 'owner' AND state = 'failed'
        AND (SELECT count(*) FROM attempts WHERE out = ack.id AND result LIKE 'unknown%') = 2
        AND EXISTS (SELECT 1 FROM outbox AS note WHERE case_id = ack.case_id AND template = 'delivery_failed' AND (state = 'accepted'
        OR EXISTS (SELECT 1 FROM outbox WHERE id = note.bundle AND state = 'accepted')))''')}


def judged(desk, crowd, what):
    """Nothing lost, nothing twice, as the owners see it."""
    cases = desk.query('SELECT coalesce(mail, phone), count(*) FROM case_people GROUP BY 1')
    per_owner = {who: n for who, n in cases}
    wanted = [f'{u}@owner.example' for u in crowd.mailers] + crowd.texters
    unknown = unknown_attempts(desk)
    twice = []
    for user in crowd.mailers:
        acks = crowd.acks_by_mail(user)
        rows = {int(i.strip('<>').split('.')[0]) for i in acks}
        if len(rows) > 1 or (len(acks) > 1 and not rows <= unknown):
            twice.append((user, acks))
    for phone in crowd.texters:
        acks = crowd.acks_by_text(phone)
        if len(acks) > 1:
            rows = {row for row, in desk.query('SELECT id FROM outbox WHERE recipient = ?', phone)}
            if not rows & unknown or len(set(acks)) > 1:
                twice.append((phone, acks))
    silent = crowd.unanswered(desk)
    verified = subprocess.run([BUILD / 'shouwen', 'verify', '--conf', desk.conf], capture_output=True, text=True, check=False)
    return [
        (all(per_owner.get(w) for w in wanted), f'{what}: no message is lost', [w for w in wanted if not per_owner.get(w)]),
        (all(per_owner.get(w, 1) == 1 for w in wanted), f'{what}: no double case', [w for w in wanted if per_owner.get(w, 1) > 1]),
        (verified.returncode == 0, f'{what}: the record holds, each duty has its timer', verified.stdout + verified.stderr),
        (not silent, f'{what}: every owner has an acknowledgement, or staff a note to telephone', silent),
        (not twice, f'{what}: none has two, but those that the ledger shows as unknown, sent again', twice),
    ]


def make_timers_due(desk, crowd):
    """The first reminders of its cases, while no desk runs; the last owner has one. None rings twice: the next step may only come later."""
    of_last = "SELECT 1 FROM timers JOIN case_people USING (case_id) WHERE kind = 'take' AND step = 0 AND mail = ?"
    desk.start()
    wait_until(lambda: desk.query(of_last, f'{crowd.mailers[-1]}@owner.example'), 40, 0.05)
    desk.stop()
    with sqlite3.connect(desk.database, timeout=20) as db:
        db.execute('''UPDATE timers SET due = 1 WHERE kind IN ('take', 'reply', 'outcome') AND step = 0
            AND case_id IN (SELECT case_id FROM case_people WHERE mail LIKE ? OR phone LIKE ?)''', crowd.names())


def at_each_crash_point(desk, world, vmail, smsbox, attempt):
    names = subprocess.run([BUILD / 'shouwend', '--list-crash-points'], capture_output=True, text=True, check=True).stdout.split()
    crowd = Crowd(world, vmail, f'1{attempt}')
    names = [name for name in names if not name.startswith('poll.')]  # Kannel is not asked; see kill_texts.t
    found = []
    for index, name in enumerate(names):
        if not name.startswith('timer.'):
            desk.start(crash=f'{name}:1')
        # Something of everything: a mail, a text, what they bring about, and a timer.
        crowd.mail(index)
        crowd.text(index)
        if name.startswith('timer.'):
            make_timers_due(desk, crowd)
            desk.start(crash=f'{name}:1')
        wait_until(lambda: smsbox.is_lost(lambda: desk.process.poll() is not None), 40, 0.02)
        found.append((desk.process.poll() == -signal.SIGKILL, f'crash point {name} is reached', ''))
        desk.stop()
    desk.start()
    wait_until(lambda: smsbox.is_lost(lambda: not crowd.unanswered(desk)), QUIET, 0.5)
    found += judged(desk, crowd, 'crash points')
    desk.stop()
    return found


def at_random_moments(desk, world, vmail, smsbox, attempt):
    dice = random.Random(SEED + attempt)
    crowd = Crowd(world, vmail, f'2{attempt}')
    todo = [(crowd.mail, n) for n in range(MAILS)] + [(crowd.text, n) for n in range(TEXTS)]
    dice.shuffle(todo)

    def feed():
        for action, number in todo:
            action(number)
            time.sleep(0.02)

    feeder = threading.Thread(target=feed)
    feeder.start()
    deaths = collections.Counter()
    for _ in range(KILLS):
        if smsbox.is_dead():
            break
        desk.start()
        time.sleep(dice.uniform(0.02, 0.6))
        deaths[desk.kill()] += 1
    feeder.join()
    found = [(deaths[-signal.SIGKILL] == KILLS, f'the desk was killed {KILLS} times while it was at work', deaths)]
    desk.start()
    wait_until(lambda: smsbox.is_lost(lambda: not crowd.unanswered(desk)), 4 * QUIET, 1)
    # A text of unknown fate is sent once more after its waiting time: give it the chance to be one too many.
    wait_until(smsbox.is_dead, 15, 1)
    found += judged(desk, crowd, f'{MAILS} mails, {TEXTS} texts, {KILLS} deaths')
    desk.stop()
    return found


def forgotten_uids(desk, world, vmail):
    """A changed UIDVALIDITY: the mailbox seems new, the mails do not."""
    before = desk.query('SELECT count(*) FROM cases')[0][0]
    for name in ('dovecot-uidlist', 'dovecot.index', 'dovecot.index.log', 'dovecot.index.cache'):
        (vmail / 'desk/Maildir' / name).unlink(missing_ok=True)
    crowd = Crowd(world, vmail, '30')
    desk.start()
    crowd.mail(1)
    ok(wait_until(lambda: not crowd.unanswered(desk), QUIET, 0.5), 'after a changed UIDVALIDITY a new mail is answered')
    ok(desk.query('SELECT count(*) FROM cases')[0][0] == before + 1, 'and none of the old ones makes a second case')
    desk.stop()


def main():
    root = pathlib.Path(tempfile.mkdtemp(prefix='shouwen-kill.', dir='/tmp'))
    root.chmod(0o755)
    servers = TOP / 'tests/servers/servers.sh'
    env = dict(os.environ, SMS_CHANNEL='gateway', SMS_SECRET='kill-test-0001', AUTHSERV_ID='mx.sunshine.example')

    def restart_kannel():
        for verb in ('stop', 'start'):
            subprocess.run([servers, root, verb, 'sms'], env=env, check=True)
        world.phones.connect()

    try:
        started = subprocess.run([servers, root, 'start', 'mail', 'sms'], env=env, check=False)
        if started.returncode == 69:
            skip('the servers are not installed')
        settings = dict(line.split('=', 1) for line in (root / 'env').read_text().split())
        conf = subprocess.run([TOP / 'tests/servers/desk.sh', root], capture_output=True, text=True, check=True).stdout.strip()
        world = World(settings, '')
        vmail = pathlib.Path(settings['VMAIL_DIR'])
        desk = Desk(root, conf)
        desk.start()
        ok(wait_until(desk.is_watching, 30), 'the desk watches its mailbox')
        desk.stop()
        smsbox = Smsbox(root, restart_kannel)
        for phase in (at_each_crash_point, at_random_moments):
            for verdict in smsbox.while_alive(lambda attempt, phase=phase: phase(desk, world, vmail, smsbox, attempt)):
                ok(*verdict)
        forgotten_uids(desk, world, vmail)
        desk.stop()
    finally:
        subprocess.run([servers, root, 'stop'], check=False)
        if os.environ.get('KEEP'):
            print('# kept in', root)
        else:
            shutil.rmtree(root, ignore_errors=True)
    plan()
    return 0


if __name__ == '__main__':
    sys.exit(main())
