#!/usr/bin/python3
"""shouwend and a gateway that falls silent, reports too early, or refuses us: how many texts an owner gets.

usage: B=build tests/program/delivery.t"""
import http.server
import json
import pathlib
import sqlite3
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lone_desk import BUILD, SECRET, LoneDesk, wait_until  # noqa: E402
from tap import ok, plan  # noqa: E402

HUANG = '+8613900139003'  # has no mail
SEND = r'''
send: { method = "POST"; url = "{url}/send"; type = "application/json";
	body = "{\"id\":\"{id}\",\"to\":\"{to|json}\",\"text\":\"{text|json}\"}"; };
accepted: { status = "200"; id_at = "/id"; };
push: { format = "json"; fields: { id = "/id"; from = "/from"; to = "/to"; text = "/text"; }; };
report: { format = "json"; fields: { id = "/id"; state = "/state"; }; };
'''
POLICIES = {
    'retry': 'unknown: { policy = "retry"; };',
    'hold': 'unknown: { policy = "hold"; };',
    'look_up': 'unknown: { policy = "look_up"; request: { url = "{url}/look"; }; absent = "404"; id_at = "/id"; };',
    'list': 'unknown: { policy = "look_up"; request: { url = "{url}/list"; }; items = "/texts"; same_at = "/text"; same_as = "{text}"; id_at = "/id"; };',
}


class Gateway(http.server.ThreadingHTTPServer):
    """Takes texts and says nothing, or what it is told to say."""
    daemon_threads = True

    def __init__(self):
        self.sent, self.looks, self.status, self.look_status = [], 0, 200, 200
        self.silent, self.lose, self.resume = False, False, threading.Event()
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def reply(self, status, document):
                body = json.dumps(document).encode()
                self.send_response(status)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self):
                document = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
                if gateway.lose:
                    self.close_connection = True
                    return
                gateway.sent.append(document)
                if gateway.silent:
                    gateway.resume.wait(30)
                    self.close_connection = True
                    return
                self.reply(gateway.status, {'id': f'g{len(gateway.sent)}'})

            def do_GET(self):
                gateway.looks += 1
                listed = [{'id': f'g{number}', 'text': document['text']} for number, document in enumerate(gateway.sent, 1)]
                self.reply(gateway.look_status, {'texts': listed} if self.path == '/list' else {'id': 'g1'})

            def log_message(self, *_):
                pass

        super().__init__(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self.server_port}'
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def texts_to(self, phone):
        return [document for document in self.sent if document['to'] == phone]


def start(desk, gateway, policy):
    own = desk.conf.parent / 'sms/own.conf'
    own.parent.mkdir(exist_ok=True)
    own.write_text(SEND + POLICIES[policy], encoding='utf-8')
    return desk.start('sms.gateway.preset=own', f'sms.gateway.url={gateway.url}', 'sms.gateway.has_reports=true')


def kill(desk):
    """As kill -9 does; then the time of waiting is over."""
    desk.process.kill()
    desk.process.wait()


def end_of_waiting(desk):
    with sqlite3.connect(desk.database) as db:
        db.execute('UPDATE outbox SET report_due = 1 WHERE report_due IS NOT NULL')


def report(desk, name, state):
    return desk.http(f'/sms/gateway/{SECRET}/dlr', {'id': name, 'state': state})


def states(desk):
    return [row[0] for row in desk.query("SELECT state FROM outbox WHERE channel = 'sms' AND recipient = ? ORDER BY id", HUANG)]


def asked_to_tell(desk):
    return desk.query("SELECT count(*) FROM outbox WHERE template = 'delivery_failed'")[0][0]


def die_in_silence(desk, gateway, policy):
    """The gateway has the text, its answer is lost with the desk, and a start finds the row unknown."""
    gateway.silent = True
    ok(start(desk, gateway, policy), f'{policy}: the desk starts', desk.log())
    desk.text('k1', '13900139003', '3-2-601厨房漏水')
    ok(wait_until(lambda: len(gateway.texts_to(HUANG)) == 1, 20), 'the gateway has the text and says nothing', desk.log())


def go_on(desk, gateway, policy):
    kill(desk)
    gateway.silent = False
    gateway.resume.set()
    ok(start(desk, gateway, policy) and states(desk) == ['unknown'], 'killed, the next start does not know what became of it', states(desk))
    kill(desk)
    end_of_waiting(desk)
    start(desk, gateway, policy)


def silent(policy, texts, state, look_status=200):
    """How many texts its owner gets when the gateway fell silent once."""
    gateway = Gateway()
    gateway.look_status = look_status
    with LoneDesk() as desk:
        die_in_silence(desk, gateway, policy)
        go_on(desk, gateway, policy)
        ok(wait_until(lambda: states(desk) == [state], 20), f'{policy} ({look_status}): it is {state}', (states(desk), desk.log()))
        got = gateway.texts_to(HUANG)
        ok(len(got) == texts and len({document['id'] for document in got}) == 1, f'and the owner has {texts}, under one id', got)
        ok(gateway.looks == (policy == 'look_up'), 'it was asked where that is promised', gateway.looks)
        ok((asked_to_tell(desk) == 1) == (state == 'failed'), 'staff are asked to tell them, or not', asked_to_tell(desk))
    gateway.shutdown()


def twins():
    """The same words twice to one number, and the second one is lost on its way: the first is not taken for it."""
    gateway = Gateway()
    with LoneDesk() as desk:
        start(desk, gateway, 'list')
        desk.text('k1', '13900139003', 'hello')
        ok(wait_until(lambda: states(desk) == ['accepted'], 20) and report(desk, 'g1', 'DELIVRD') == 200, 'an answer to nothing in particular', states(desk))
        gateway.lose = True
        desk.text('k2', '13900139003', 'Hi?')
        ok(wait_until(lambda: states(desk) == ['delivered', 'unknown'], 20), 'the same words again, and nobody knows their fate', states(desk))
        gateway.lose = False
        kill(desk)
        end_of_waiting(desk)
        start(desk, gateway, 'list')
        ok(wait_until(lambda: states(desk) == ['delivered', 'accepted'], 20), 'it is looked for', (states(desk), desk.log()))
        got = gateway.texts_to(HUANG)
        ok(gateway.looks == 1 and len(got) == 2 and got[0]['text'] == got[1]['text'], 'and sent, though an older one of these words is there', got)
        ids = [row[0] for row in desk.query('SELECT provider_id FROM attempts WHERE provider_id IS NOT NULL ORDER BY id')]
        ok(ids == ['g1', 'g2'], 'each has its own id', ids)
    gateway.shutdown()


def early():
    """The report comes before the answer that brings the gateway's id, and the desk dies in between."""
    gateway = Gateway()
    with LoneDesk() as desk:
        die_in_silence(desk, gateway, 'look_up')
        ok(report(desk, 'g1', 'DELIVRD') == 200 and report(desk, 'g99', 'DELIVRD') == 200, 'reports of ids that are not known are taken')
        go_on(desk, gateway, 'look_up')
        ok(wait_until(lambda: states(desk) == ['delivered'], 20), 'and hold when the id is known, after two deaths', (states(desk), desk.log()))
        ok(len(gateway.texts_to(HUANG)) == 1 and desk.query('SELECT provider_id FROM early_reports') == [('g99',)], 'one text, and the other report waits on')
        ok(report(desk, 'g1', 'UNDELIV') == 200 and states(desk) == ['delivered'], 'a failure after it is no news')
    gateway.shutdown()


def late():
    """No report within the limit; then it comes after all."""
    gateway = Gateway()
    with LoneDesk() as desk:
        start(desk, gateway, 'retry')
        desk.text('k1', '13900139003', '3-2-601厨房漏水')
        ok(wait_until(lambda: states(desk) == ['accepted'], 20), 'accepted, and no report', states(desk))
        kill(desk)
        end_of_waiting(desk)
        start(desk, gateway, 'retry')
        ok(wait_until(lambda: states(desk) == ['failed'] and asked_to_tell(desk) == 1, 20), 'after the limit staff are asked to tell the owner', states(desk))
        ok(report(desk, 'g1', 'DELIVRD') == 200 and states(desk) == ['delivered'], 'the report that comes then is taken', states(desk))
        ok(desk.query("SELECT count(*) FROM outbox WHERE template = 'arrived_late'") == [(1,)], 'and staff hear of it')
        ok(len(gateway.texts_to(HUANG)) == 1, 'nothing went twice')
    gateway.shutdown()


def refused():
    """Wrong credentials: what is urgent goes another way, what is not waits, and `shouwen outbox' says why."""
    gateway = Gateway()
    gateway.status = 401
    with LoneDesk() as desk:
        start(desk, gateway, 'retry')
        desk.text('k1', '13900139003', '3-2-601厨房漏水')
        ok(wait_until(lambda: 'name=gateway state=down' in desk.log(), 20), 'a gateway that refuses us is down', desk.log())
        desk.text('k2', '13900139003', '3-2-601着火了')
        ok(wait_until(lambda: states(desk) == ['queued', 'failed'], 20), 'the plain text waits, that of the fire does not', states(desk))
        ok(wait_until(lambda: desk.query("SELECT count(*) FROM outbox WHERE template = 'phone_task'") == [(1,)], 20), 'somebody is to call the owner')
        alarms = "SELECT count(*) FROM outbox WHERE template = 'alert' AND channel = 'mail'"
        ok(desk.query(alarms)[0][0] > 0, 'the alarm goes to staff by mail')
        shown = subprocess.run([BUILD / 'shouwen', 'outbox', '--conf', desk.conf], capture_output=True, text=True, check=False)
        ok(shown.stdout.startswith('gateway is down since ') and ' queued ' in shown.stdout, '`shouwen outbox\' says so', shown.stdout + shown.stderr)
        ok(desk.stop() == 0 and start(desk, gateway, 'retry'), 'after a restart')
        told = "SELECT count(*) FROM outbox WHERE template = 'channel_down'"
        ok(wait_until(lambda: desk.log().count('at=') > 0, 5) and desk.query(told) == [(1,)], 'the admin is not told again', desk.query(told))
        gateway.status = 200
        sent = len(gateway.sent)
        ok(desk.stop() == 0 and start(desk, gateway, 'retry') and wait_until(lambda: states(desk) == ['accepted', 'failed'], 20),
           'mended: what waited goes, what went another way does not', states(desk))
        ok([document['to'] for document in gateway.sent[sent:]] == [HUANG], 'and nothing else', gateway.sent[sent:])
        ok(desk.query("SELECT count(*) FROM outbox WHERE template = 'channel_up'") == [(1,)], 'the admin hears that it is up')
    gateway.shutdown()


def main():
    silent('hold', 1, 'failed')
    silent('retry', 2, 'accepted')
    silent('look_up', 1, 'accepted')
    silent('look_up', 2, 'accepted', look_status=404)
    twins()
    early()
    late()
    refused()
    plan()


if __name__ == '__main__':
    main()
