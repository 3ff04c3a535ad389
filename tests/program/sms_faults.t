#!/usr/bin/python3
"""What the running desk does with bad input from a gateway, with reports in any order, without credit and on a full disk.

usage: B=build tests/program/sms_faults.t"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lone_desk import BUILD, SECRET, LoneDesk, wait_until  # noqa: E402
from tap import ok, plan  # noqa: E402

WANG, LIU, HUANG = '+8613900139001', '+8613900139002', '+8613900139003'
MO, DLR = f'/sms/gateway/{SECRET}/mo', f'/sms/gateway/{SECRET}/dlr'
PROVIDER = r'''
auth: { type = "basic"; };
send: { method = "POST"; url = "{url}/send"; type = "application/json";
	body = "{\"id\":\"{id}\",\"ref\":\"{ref}\",\"to\":\"{to|json}\",\"text\":\"{text|json}\"}"; };
accepted: { status = "200"; id_at = "/id"; };
errors: ( { at = "/code"; is = "NO_CREDIT"; then = "config"; } );
push: { format = "json"; fields: { id = "/id"; from = "/from"; to = "/to"; text = "/text"; }; };
report: { format = "json"; fields: { id = "/ref"; state = "/state"; }; };
'''
DOWN = "SELECT is_down FROM channels WHERE name = 'gateway'"
TOLD = "SELECT text FROM outbox JOIN outbox_texts ON out = outbox.id WHERE recipient = 'admin@hq.example'"


def settings(desk):
    own = desk.conf.parent / 'sms/own.conf'
    own.parent.mkdir(exist_ok=True)
    own.write_text(PROVIDER, encoding='utf-8')
    return ['sms.gateway.preset=own', f'sms.gateway.url={desk.gateway.url}', 'sms.gateway.has_reports=true',
            f'sms.gateway.public_url=http://127.0.0.1:{desk.port}', 'rules.unknown_minutes=1']


def a_file_with_mistakes(desk):
    options = [word for setting in settings(desk) for word in ('-o', setting)]
    own = desk.conf.parent / 'sms/own.conf'
    own.write_text(PROVIDER.replace('{text|json}', '{txt|json}').replace('status = "200"', 'status = "ok"').replace('/ref"; state', 'ref"; state'),
                   encoding='utf-8')
    done = subprocess.run([BUILD / 'shouwend', '--conf', desk.conf, *options], capture_output=True, text=True, check=False)
    ok(done.returncode == 78, 'a provider file with mistakes ends the desk with status 78', done)
    places = {mark: PROVIDER[:PROVIDER.index(where)].count('\n') + 1
              for mark, where in (('send.body: {txt}', 'body = '), ('accepted.status', 'accepted:'), ('report.fields.id', 'report:'))}
    ok(all(f'own.conf:{line}: {mark}' in done.stderr for mark, line in places.items()), 'all of them are told, with file and line',
       (places, done.stderr))


def quarantine(desk, *words):
    return subprocess.run([BUILD / 'shouwen', 'quarantine', '--conf', desk.conf, *words], capture_output=True, check=False).stdout


def what_cannot_be_understood(desk):
    for what, body in (('no JSON', b'{"from": "139'), ('no sender', b'{"id": "q2", "text": "x"}'), ('no words', b'{"id": "q3", "from": "13900139001"}'),
                       ('a number alone', b'7'), ('nothing', b'')):
        before = desk.query('SELECT max(id) FROM inbox')[0][0] or 0
        status, why = desk.post(MO, body)
        ok(status == 400 and why.strip(), f'a push with {what} is answered 400 with the reason', (status, why))
        row = desk.query('SELECT id, state, bin FROM inbox WHERE id > ?', before)
        ok(len(row) == 1 and row[0][1:] == ('binned', 'malformed') and
           json.loads(quarantine(desk, '--raw', str(row[0][0]))).get('body', '') == body.decode(),
           f'and its bytes lie in quarantine: {what}',
           (row, quarantine(desk, '--raw', str(row[0][0]))))
    listed = json.loads(quarantine(desk, '--bin', 'malformed', '--json'))['quarantine']
    ok(len(listed) == 5 and all(row['reason'] for row in listed), 'shouwen quarantine lists them, each with its reason', listed)
    status, why = desk.post(DLR, b'{"ref": "1-1"}')
    ok(status == 400 and 'state' in why, 'a report that tells no state is answered the same', (status, why))
    ok(desk.query('SELECT count(*) FROM cases') == [(0,)], 'none of them makes a case')


def text_to(desk, phone, number=1):
    """What the gateway was given for that phone."""
    wait_until(lambda: len(desk.gateway.texts_to(phone)) >= number, 20, 0.05)
    return [document for document in desk.gateway.sent if document['to'] == phone][number - 1]


def state_of(desk, ref):
    return desk.query('SELECT state, (SELECT count(*) FROM attempts WHERE out = outbox.id) FROM outbox WHERE id = ?', int(ref.split('-')[0]))[0]


def report(desk, ref, state):
    return desk.post(DLR, json.dumps({'ref': ref, 'state': state}).encode())[0]


def becomes(desk, ref, state, attempts=1):
    return wait_until(lambda: state_of(desk, ref) == (state, attempts), 20, 0.05)


def reports_in_any_order(desk):
    desk.gateway.silent.set()
    ok(desk.text('r1', WANG, '3-2-501楼道灯不亮') == 200, 'an owner writes; their answer hangs at the gateway')
    ref = text_to(desk, WANG)['ref']
    ok(report(desk, ref, 'delivered') == 200 and becomes(desk, ref, 'delivered'), 'a report before the gateway has answered counts', state_of(desk, ref))
    desk.gateway.silent.clear()
    done = 'SELECT count(*) FROM attempts WHERE ended_at IS NULL'
    ok(wait_until(lambda: desk.query(done) == [(0,)], 20) and becomes(desk, ref, 'delivered'), 'and the answer after it takes nothing back',
       state_of(desk, ref))
    events = desk.query('SELECT count(*) FROM events')
    for state in ('delivered', 'accepted', 'delivered'):
        ok(report(desk, ref, state) == 200 and state_of(desk, ref) == ('delivered', 1), f'"{state}" once more changes nothing')
    ok(desk.query('SELECT count(*) FROM events') == events, 'nor is it written down again')


def a_report_for_a_dead_desk(desk):
    """The gateway took the text, the desk died over its answer; the report is said again until it is heard."""
    desk.gateway.silent.set()
    ok(desk.text('r2', LIU, '3-2-502对讲听不到声音') == 200, 'another one')
    ref = text_to(desk, LIU)['ref']
    desk.kill()
    desk.gateway.silent.clear()
    ok(desk.post(DLR, b'{}')[0] is None, 'a dead desk takes no report')
    desk.start(*settings(desk))
    ok(becomes(desk, ref, 'unknown'), 'anew, it does not know what became of the text', state_of(desk, ref))
    ok(report(desk, ref, 'delivered') == 200 and becomes(desk, ref, 'delivered'), 'the report comes again and tells', state_of(desk, ref))
    ok(len(desk.gateway.texts_to(LIU)) == 1, 'their phone has one text')


def no_credit(desk):
    desk.gateway.refusal = (402, {'code': 'NO_CREDIT'})
    ok(desk.text('c1', HUANG, '3-2-601水管渗水') == 200 and wait_until(lambda: desk.query(DOWN) == [(1,)], 20),
       'a gateway that wants money is marked as down', desk.log())
    ok(desk.text('c2', '+8613900139006', '6号楼1单元楼道里有很重的煤气味，快来人！') == 200, 'an emergency comes in all the same')
    mails = "SELECT recipient FROM outbox WHERE template = 'alert' AND channel = 'mail'"
    ok(wait_until(lambda: len(desk.query(mails)) >= 4, 20), 'it goes by mail to whoever must know', desk.query(mails))
    waits = "SELECT count(*) FROM outbox WHERE channel = 'sms' AND state = 'queued'"
    ok(wait_until(lambda: desk.query(waits)[0][0] >= 1, 20) and not desk.gateway.texts_to(HUANG), 'what can wait waits',
       desk.query("SELECT template, state FROM outbox WHERE channel = 'sms'"))
    told = [text for text, in desk.query(TOLD) if 'gateway' in text]
    ok(len(told) == 1 and 'NO_CREDIT' in told[0], 'the admin is told once, and why', told)
    desk.stop()
    refused = len(desk.gateway.refused)
    desk.start(*settings(desk))
    ok(wait_until(lambda: len(desk.gateway.refused) > refused, 20), 'a new start tries once more', desk.log())
    ok(len([1 for text, in desk.query(TOLD) if 'gateway' in text]) == 1, 'and does not tell it again', desk.query(TOLD))
    desk.stop()
    desk.gateway.refusal = None
    desk.start(*settings(desk))
    ok(wait_until(lambda: desk.query(DOWN) == [(0,)] and desk.query(waits) == [(0,)] and desk.gateway.texts_to(HUANG), 20), 'when it is paid the texts leave', desk.log())
    ok(len(desk.gateway.texts_to(HUANG)) == 1, 'once', desk.gateway.texts_to(HUANG))


def full_disk(desk):
    """What cannot be kept is not taken; what cannot be put down does not go."""
    phone = '+8615900300001'
    body = json.dumps({'id': 'd1', 'from': phone, 'to': '10690001', 'text': '8号楼1单元楼道灯不亮'}).encode()
    desk.disk_is_full(True)
    status, why = desk.post(MO, body)
    ok(status == 503 and why.strip(), 'on a full disk a push is answered 503: the gateway is to say it again', (status, why))
    desk.disk_is_full(False)
    ok(desk.query('SELECT count(*) FROM inbox WHERE key = ?', 'd1') == [(0,)], 'nothing of it is kept')
    desk.gateway.silent.set()
    ok(wait_until(lambda: desk.post(MO, body)[0] == 200, 10), 'said again it is taken')
    ref = text_to(desk, phone)['ref']
    desk.disk_is_full(True)
    desk.gateway.silent.clear()
    ok(wait_until(lambda: desk.process.poll() is None and desk.post(MO, body.replace(b'd1', b'd2'))[0] == 503, 10), 'the disk is full while a text is out')
    ok(state_of(desk, ref) == ('sending', 1), 'its answer cannot be put down', state_of(desk, ref))
    desk.disk_is_full(False)
    ok(wait_until(lambda: state_of(desk, ref)[0] == 'accepted', 20), 'and is, as soon as there is room', state_of(desk, ref))
    ok(len(desk.gateway.texts_to(phone)) == 1, 'the text went once', desk.gateway.texts_to(phone))


def main():
    with LoneDesk() as desk:
        a_file_with_mistakes(desk)
        ok(desk.start(*settings(desk)), 'with a good one it starts', desk.log())
        what_cannot_be_understood(desk)
        reports_in_any_order(desk)
        a_report_for_a_dead_desk(desk)
        full_disk(desk)
        no_credit(desk)
        ok(desk.stop() == 0, 'the desk ends')
        verified = subprocess.run([BUILD / 'shouwen', 'verify', '--conf', desk.conf], capture_output=True, text=True, check=False)
        ok(verified.returncode == 0, 'the record holds', verified.stdout + verified.stderr)
    plan()


if __name__ == '__main__':
    main()
