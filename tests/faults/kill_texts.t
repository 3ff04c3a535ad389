#!/usr/bin/python3
"""kill -9 at each point of a text's life, each alone: what the store has then, and what the gateway and the phone have in the end.

usage: B=build/faults tests/faults/kill_texts.t"""
import os
import pathlib
import signal
import socket
import subprocess
import sys

os.environ.setdefault('B', 'build/faults')
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'program'))
from lone_desk import BUILD, SECRET, LoneDesk, wait_until  # noqa: E402
from tap import ok, plan  # noqa: E402

# The mails of a case go nowhere and have no result, so that what dies dies over the text.
SILENT = socket.create_server(('127.0.0.1', 0))
PROVIDER = r'''
send: { method = "POST"; url = "{url}/send"; type = "application/json";
	body = "{\"id\":\"{id}\",\"ref\":\"{ref}\",\"to\":\"{to|json}\",\"text\":\"{text|json}\"}"; };
accepted: { status = "200"; id_at = "/id"; };
push: { format = "json"; fields: { id = "/id"; from = "/from"; to = "/to"; text = "/text"; }; };
report: { format = "json"; fields: { id = "/ref"; state = "/state"; }; };
poll: { mode = "queue"; request: { url = "{url}/inbox"; };
	fields: { items = "/texts"; id = "/id"; from = "/from"; to = "/to"; text = "/text"; }; };
'''
# Where it dies; how the text came in; is it kept by then, how many cases has it made, the state of the answer to it,
# and whether the gateway has that answer.
POINTS = (
    ('push.before_commit', 'push', False, 0, None, False),
    ('decide.before_commit', 'push', False, 0, None, False),
    ('claim.before_commit', 'push', False, 0, None, False),
    ('decide.after_commit', 'push', True, 1, 'sending', False),
    ('push.before_ack', 'push', True, 1, 'sending', False),
    ('push.after_ack', 'push', True, 1, 'sending', False),
    ('poll.after_keep', 'poll', True, 0, None, False),
    ('decide.before_commit', 'poll', True, 0, None, False),
    ('decide.after_commit', 'poll', True, 1, 'sending', False),
    ('claim.after_commit', 'push', True, 1, 'sending', False),
    ('send.started', 'push', True, 1, 'sending', False),
    ('send.answered', 'push', True, 1, 'sending', True),
    ('result.before_commit', 'push', True, 1, 'sending', True),
    ('result.after_commit', 'push', True, 1, 'accepted', True),
    ('report.before_commit', 'push', True, 1, 'accepted', True),
    ('report.after_commit', 'push', True, 1, 'delivered', True),
)


def settings(desk, way):
    own = desk.conf.parent / 'sms/own.conf'
    own.parent.mkdir(exist_ok=True)
    own.write_text(PROVIDER, encoding='utf-8')
    return ['sms.gateway.preset=own', f'sms.gateway.url={desk.gateway.url}', 'sms.gateway.has_reports=true', f'sms.gateway.poll_seconds={int(way == "poll")}',
            f'sms.gateway.public_url=http://127.0.0.1:{desk.port}', f'smtp.relay.port={SILENT.getsockname()[1]}']


class Owner:
    """One text of theirs; what comes of it."""
    KEY, phone = 't1', '+8615900400001'

    def __init__(self, desk):
        self.desk = desk
        self.text = {'id': self.KEY, 'from': self.phone, 'to': '10690001', 'text': '3号楼1单元楼道灯不亮，请维修'}

    def push(self):
        return self.desk.http(f'/sms/gateway/{SECRET}/mo', self.text) == 200

    def report_all(self):
        """Of each text that the gateway took for them."""
        refs = [document['ref'] for document in self.desk.gateway.sent if document['to'] == self.phone]
        return refs and all(self.desk.http(f'/sms/gateway/{SECRET}/dlr', {'ref': ref, 'state': 'delivered'}) == 200 for ref in refs)

    def is_kept(self):
        """By its own row, or in what a queue has handed out."""
        return bool(self.desk.query('SELECT 1 FROM inbox WHERE key = ?', self.KEY) or
                    self.desk.query('SELECT 1 FROM poll_answers WHERE instr(raw, ?) > 0', self.KEY.encode()))

    def cases(self):
        return self.desk.query('SELECT count(*) FROM case_people WHERE phone = ?', self.phone)[0][0]

    def answers(self):
        """States of what was written to them."""
        return [state for state, in self.desk.query("SELECT state FROM outbox WHERE recipient = ? AND channel = 'sms'", self.phone)]


def die_there(desk, owner, point, way):
    if way == 'poll':
        desk.gateway.inbox = [owner.text]
    # Two mails to staff start before it.
    desk.start(*settings(desk, way), env={'SHOUWEN_CRASH': f"{point}:{3 if point == 'send.started' else 1}"})
    if way == 'push':
        owner.push()
    if point.startswith('report.'):
        wait_until(lambda: owner.answers() == ['accepted'], 20, 0.02)
        owner.report_all()
    return wait_until(lambda: desk.process.poll() is not None, 20, 0.02) and desk.process.returncode == -signal.SIGKILL


def one_death(desk, point, way, is_kept, cases, state, is_out):
    owner = Owner(desk)
    what = f'{point} ({way})'
    ok(die_there(desk, owner, point, way), f'{what}: it dies there', desk.log())
    found = (owner.is_kept(), owner.cases(), owner.answers(), bool(desk.gateway.texts_to(owner.phone)))
    ok(found == (is_kept, cases, [state] if state else [], is_out), f'{what}: the store and the gateway have what they should', found)
    desk.start(*settings(desk, way))
    ok(way == 'poll' or wait_until(owner.push, 10, 0.1), f'{what}: anew, what was not answered is taken', desk.log())
    if state == 'sending' and not is_out:
        # No report can come; it goes once more after rules.unknown_minutes, which outages.t plays.
        ok(wait_until(lambda: owner.answers() == ['unknown'], 10, 0.05), f'{what}: the fate of the answer is unknown', owner.answers())
    else:
        wait_until(lambda: desk.gateway.texts_to(owner.phone), 20, 0.05)
        ok(owner.report_all() and wait_until(lambda: owner.answers() == ['delivered'], 10, 0.05), f'{what}: its report is heard', owner.answers())
        ok(len(desk.gateway.texts_to(owner.phone)) == 1, f'{what}: the phone has one text', desk.gateway.texts_to(owner.phone))
    ok(owner.cases() == 1 and desk.query('SELECT count(*) FROM inbox WHERE key = ?', owner.KEY) == [(1,)], f'{what}: one message, one case')
    ok(wait_until(lambda: desk.query('SELECT count(*) FROM poll_answers') == [(0,)], 10, 0.02), f'{what}: no answer of a queue is left over')
    desk.kill()
    verified = subprocess.run([BUILD / 'shouwen', 'verify', '--conf', desk.conf], capture_output=True, text=True, check=False)
    ok(verified.returncode == 0, f'{what}: the record holds', verified.stdout + verified.stderr)


def main():
    if BUILD.name != 'faults':
        print('ok 1 - kill_texts # SKIP this is not the build with crash points (make faults)\n1..1')
        return
    for row in POINTS:
        with LoneDesk() as desk:
            desk.gateway.is_queue = True
            one_death(desk, *row)
    plan()


if __name__ == '__main__':
    main()
