#!/usr/bin/python3
"""Texts through real Kannel while the desk is killed, and while Kannel is not there: nothing lost, nothing twice.

usage: B=build tests/program/outages.t"""
import datetime
import json
import pathlib
import subprocess
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parents[1] / 'servers')]
from kannel import Smsbox  # noqa: E402
from lone_desk import free_port  # noqa: E402
from real_desk import BUILD, RealDesk, wait_until  # noqa: E402
from people import body_of, case_of, Clock  # noqa: E402
from tap import ok, plan  # noqa: E402

BURST, KILLED_AT = 500, (60, 200, 350)
CROWD = '+86159001'
LIN, SUN, CHEN = 'lin@sunshine.example', 'sun@sunshine.example', 'chen@sunshine.example'
SUNS_PHONE, WAITER, OWNER = '+8613800138011', '+8615900200001', '+8615900200002'
MONDAY = '2026-11-23T09:00:00+08:00'
MATTERS = ('楼道灯不亮', '单元门禁坏了', '楼道堆了垃圾', '电梯按钮不亮', '水管渗水', '车位被占了')


class PlayedDesk:
    """The desk on the demo's clock, which goes on from where it was killed."""

    def __init__(self, desk):
        self.desk = desk
        self.clock = Clock(str(desk.conf.parent / 'state/control'))
        self.now = MONDAY

    def start(self, *overrides):
        self.desk.start(*overrides, clock=self.now)

    def kill(self):
        self.now = self.status().get('now', self.now)
        self.desk.process.kill()
        self.desk.process.wait()

    def stop(self):
        self.now = self.status().get('now', self.now)
        return self.desk.stop()

    def status(self):
        try:
            return self.clock.status()
        except OSError:
            return {}

    def is_idle(self, seconds=60):
        return wait_until(lambda: self.status().get('idle'), seconds, 0.1)

    def go_on(self, minutes):
        """Lets the clock run so far, from one thing that is due to the next."""
        now = datetime.datetime.fromisoformat(self.status()['now'])
        until = (now + datetime.timedelta(minutes=minutes)).isoformat()
        self.clock.status(until=until)
        return wait_until(lambda: self.status()['now'] >= until and self.status()['idle'], 60, 0.1)


def texts_of(phones, phone):
    return [text for text in phones.received(phone) if case_of(text)]


def cases(desk, crowd):
    return desk.query('SELECT count(*) FROM case_people WHERE phone LIKE ?', crowd + '%')[0][0]


def mails_with(desk, address, *words):
    return [mail for mail in desk.mails_of(address) if all(word in mail['Subject'] + body_of(mail) for word in words)]


def case_by_text(desk, phone, words):
    desk.world.phones.send(phone, words)
    wait_until(lambda: texts_of(desk.world.phones, phone), 30)
    return case_of(desk.world.phones.received(phone)[0])


def is_mailed(desk, address, *words):
    return wait_until(lambda: mails_with(desk, address, *words), 20)


def gateway_is_down(desk, played):
    """Kannel ends and comes back on its ports; meanwhile people write, time goes on, and there is danger."""
    played.start()
    ok(desk.is_watching(), 'the desk runs on a played clock', desk.log())
    untaken = case_by_text(desk, WAITER, '2号楼1单元楼道灯不亮')
    answered = case_by_text(desk, OWNER, '4号楼1单元门禁坏了')
    ok(is_mailed(desk, LIN, answered) and played.go_on(20), 'two owners write by text')
    desk.world.kannel('stop')
    desk.world.send(LIN, 'lin', desk.world.reply(mails_with(desk, LIN, answered)[0], '您好，维修师傅已了解情况，请您留意电话，谢谢。'))
    desk.mail('hu', '煤气味', '6号楼1单元楼道里有很重的煤气味，快来人！')
    tried = "SELECT count(*) FROM attempts JOIN outbox ON outbox.id = out WHERE template = ? AND outbox.channel = 'sms' AND result = 'temporary'"
    ok(wait_until(lambda: desk.query(tried, 'staff_reply')[0][0] > 0, 30), 'without Kannel an answer is tried in vain',
       desk.query('SELECT template, result, attempts.answer FROM attempts JOIN outbox ON outbox.id = out'))
    ok(all(is_mailed(desk, address, '煤气') for address in (LIN, SUN, CHEN)), 'an emergency goes by mail to whoever must know', desk.log())
    ok(is_mailed(desk, 'hu@owner.example', '险情'), 'and its owner is answered')
    ok(played.go_on(1) and played.go_on(16), 'time goes on')
    ok(is_mailed(desk, LIN, untaken, '提醒'), 'and so do the deadlines of cases', [mail['Subject'] for mail in desk.mails_of(LIN)])
    waiting = "SELECT count(*) FROM outbox WHERE channel = 'sms' AND state IN ('queued', 'sending')"
    ok(desk.query(waiting)[0][0] >= 1 and not desk.world.phones.received(SUNS_PHONE), 'what can wait waits', desk.query('SELECT template, state FROM outbox'))
    desk.world.kannel('start')
    ok(played.go_on(6) and wait_until(lambda: desk.query(waiting) == [(0,)], 30), 'Kannel is back: they leave', desk.query('SELECT template, state FROM outbox'))
    got = desk.world.phones.received(OWNER)
    ok(wait_until(lambda: len(desk.world.phones.received(OWNER)) == 2, 20) and '维修师傅已了解' in desk.world.phones.received(OWNER)[1],
       'the answer arrives, once', got)
    # What is urgent has gone by mail meanwhile, and is not sent after the fact.
    ours = desk.query("SELECT recipient, text, state <> 'failed' FROM outbox JOIN outbox_texts ON out = outbox.id WHERE channel = 'sms' AND text IS NOT NULL")
    wrong = [row for row in ours if desk.world.phones.received(row[0]).count(row[1]) != ours.count((*row[:2], 1))]
    ok(not wrong, f'of {len(ours)} texts each arrived once, or was given up and never came', wrong)
    ok(played.stop() == 0, 'the desk ends')


def reported(desk, phones):
    """Whose acknowledgement is on their phone, when Kannel has said so of each of them; else nobody."""
    there = {phone for phone in phones if texts_of(desk.world.phones, phone)}
    proved = {phone for phone, in desk.query("SELECT recipient FROM outbox WHERE channel = 'sms' AND state = 'delivered'")}
    return there if there <= proved else set()


def burst(desk, played, attempt):
    """Each owner writes once; the desk dies three times over it."""
    crowd = f'{CROWD}{attempt}'
    phones = {f'{crowd}{number:04d}': f'{number % 12 + 1}号楼{number % 2 + 1}单元{MATTERS[number % 6]}，请维修{number}' for number in range(BURST)}
    # Thousand mails to staff would only take the time of Postfix.
    no_mail = f'smtp.relay.port={free_port()}'
    played.start(no_mail)
    found = [(desk.is_watching(), 'the desk runs on a played clock', desk.log())]
    for phone, words in phones.items():
        desk.world.phones.send(phone, words)
    deaths = []
    for at in KILLED_AT:
        wait_until(lambda at=at: cases(desk, crowd) >= at, 60, 0.005)
        played.kill()
        deaths.append(cases(desk, crowd))
        played.start(no_mail)
    found.append((all(low <= count < BURST for low, count in zip(KILLED_AT, deaths)), f'the desk was killed at {deaths} of {BURST} texts', ''))
    wait_until(lambda: cases(desk, crowd) == BURST, 60, 0.1)
    # What was on its way at a death and did not reach Kannel has no report, and goes once more.
    settled = (played.is_idle() and wait_until(lambda: reported(desk, phones), 60, 0.1) and played.go_on(12)
               and wait_until(lambda: len(reported(desk, phones)) == BURST, 30, 0.1))
    found.append((settled, 'what was of unknown fate is settled', desk.log()))
    found += became_cases(desk, crowd, phones)
    found += acknowledged_once(desk, crowd, phones)
    return [*found, (played.stop() == 0, 'the desk ends', '')]


def became_cases(desk, crowd, phones):
    rows = dict(desk.query('SELECT phone, text FROM case_people WHERE phone LIKE ?', crowd + '%'))
    messages = desk.query("SELECT count(*) FROM inbox WHERE sender LIKE ? AND state = 'done'", crowd[1:] + '%')
    listed = subprocess.run([BUILD / 'shouwen', 'list', '--conf', desk.conf, '--json', '--limit', str(2 * BURST)], capture_output=True, text=True, check=False)
    return [
        (rows == phones, 'every text has become one case, with its words', {p for p in phones if rows.get(p) != phones[p]}),
        (messages == [(BURST,)], 'and one message', desk.query('SELECT state, bin, count(*) FROM inbox GROUP BY 1, 2')),
        (listed.returncode == 0 and len(json.loads(listed.stdout)['cases']) >= BURST, 'shouwen list says the same', listed.stdout[:300] + listed.stderr),
    ]


def acknowledged_once(desk, crowd, phones):
    """Twice only where the ledger says that its fate was unknown (rules 5.38)."""
    unknown = {phone for phone, in desk.query("SELECT recipient FROM outbox JOIN attempts ON out = outbox.id WHERE result LIKE 'unknown%'")}
    counts = {phone: len(texts_of(desk.world.phones, phone)) for phone in phones}
    twice = [phone for phone in phones if counts[phone] > 1]
    rows = desk.query("SELECT count(*), count(DISTINCT recipient) FROM outbox WHERE template LIKE 'ack%' AND recipient LIKE ?", crowd + '%')
    left = desk.query("SELECT state, count(*) FROM outbox WHERE recipient LIKE ? AND state <> 'delivered' GROUP BY 1", crowd + '%')
    return [
        (all(counts.values()), 'every owner has an acknowledgement', [phone for phone in phones if not counts[phone]]),
        (not set(twice) - unknown, f'none has two, but for {len(twice)} of {len(unknown)} whose fate was unknown', twice),
        (rows == [(BURST, BURST)], 'each was written once', rows),
        (not left, 'and is known to have arrived', left),
    ]


def main():
    with RealDesk() as desk:
        played = PlayedDesk(desk)
        gateway_is_down(desk, played)
        for verdict in Smsbox(desk.root, desk.restart_kannel).while_alive(lambda attempt: burst(desk, played, attempt)):
            ok(*verdict)
        verified = subprocess.run([BUILD / 'shouwen', 'verify', '--conf', desk.conf], capture_output=True, text=True, check=False)
        ok(verified.returncode == 0, 'the record holds', verified.stdout + verified.stderr)
    plan()


if __name__ == '__main__':
    main()
