#!/usr/bin/python3
"""shouwend and a gateway of a kind of its own: whose pushes it takes, what it answers them, and what a queue handed out once.

usage: B=build tests/program/gateways.t"""
import base64
import concurrent.futures
import hashlib
import hmac
import json
import pathlib
import socket
import sqlite3
import sys
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lone_desk import SECRET, LoneDesk, wait_until  # noqa: E402
from tap import ok, plan  # noqa: E402

PUBLIC = 'https://sms.desk.example'
KEY = 'auth-token-of-ours'
HUANG = '+8613900139003'
FORM = 'application/x-www-form-urlencoded'
SEND = r'''
auth: { type = "basic"; };
send: { method = "POST"; url = "{url}/send"; type = "application/json";
	body = "{\"id\":\"{id}\",\"to\":\"{to|json}\",\"text\":\"{text|json}\"}"; };
'''
SIGNED = SEND + r'''
values: ( { name = "key"; doc = "key of signatures"; secret = true; } );
verify: { type = "twilio"; key = "{key}"; };
push: { format = "form"; status = 202; type = "text/xml"; body = "<Response/>";
	fields: { id = "MessageSid"; from = "From"; to = "To"; text = "Body"; }; };
'''
PLAIN = SEND + r'''
push: { format = "json"; fields: { id = "/id"; from = "/from"; text = "/text"; }; };
'''
QUEUE = SEND + r'''
push: { format = "query"; fields: { from = "from"; text = "text"; }; };
poll: { mode = "queue"; request: { url = "{url}/inbox"; };
	fields: { items = "/texts"; from = "/from"; text = "/text"; time = "/time"; }; };
'''


def use(desk, provider):
    own = desk.conf.parent / 'sms/own.conf'
    own.parent.mkdir(exist_ok=True)
    own.write_text(provider, encoding='utf-8')


def signature(path, fields):
    text = PUBLIC + path + ''.join(key + fields[key] for key in sorted(fields))
    return base64.b64encode(hmac.new(KEY.encode(), text.encode(), hashlib.sha1).digest()).decode()


def post(desk, path, fields, headers):
    """Status, headers and body of the answer."""
    data = fields if isinstance(fields, bytes) else urllib.parse.urlencode(fields).encode()
    lines = ''.join(f'{name}: {value}\r\n' for name, value in headers.items())
    with socket.create_connection(('127.0.0.1', desk.port), timeout=30) as link:
        link.sendall(f'POST {path} HTTP/1.1\r\nHost: desk\r\nConnection: close\r\nContent-Type: {FORM}\r\n{lines}'
                     f'Content-Length: {len(data)}\r\n\r\n'.encode() + data)
        answer = link.makefile('rb').read().decode()
    head, _, body = answer.partition('\r\n\r\n')
    return int(head.split()[1]), head, body


def rows(desk):
    return desk.query('SELECT count(*) FROM inbox')[0][0]


def pushes(desk):
    path = f'/sms/gateway/{SECRET}/mo'
    fields = {'MessageSid': 'SM1', 'From': HUANG, 'To': '10690001', 'Body': '3-2-601厨房漏水 & 很急'}
    good = {'X-Twilio-Signature': signature(path, fields)}
    use(desk, SIGNED)
    (desk.conf.parent / 'secrets/key').write_text(KEY, encoding='utf-8')
    key = desk.conf.parent / 'secrets/key'
    settings = ['sms.gateway.preset=own', f'sms.gateway.url={desk.gateway.url}', f'sms.gateway.public_url={PUBLIC}',
                f'sms.gateway.values.key_file={key}', 'sms.gateway.push_from=192.0.2.0/24, 127.0.0.1']
    ok(desk.start(*settings), 'a gateway of a kind of its own', desk.log())
    for what, at, body, headers in (
            ('without a signature', path, fields, {}),
            ('with another one', path, fields, {'X-Twilio-Signature': signature(path, {**fields, 'Body': 'x'})}),
            ('with changed words', path, {**fields, 'Body': '3-2-602'}, good),
            ('with a wrong secret', path.replace(SECRET, 'x' * 14), fields, good),
            ('from another address', path, fields, {**good, 'X-Forwarded-For': '192.0.2.1, 203.0.113.9'}),
            ('from another address, in a line of its own', path, fields,
             {**good, 'X-Forwarded-For': '192.0.2.1\r\nX-Forwarded-For: 203.0.113.9'})):
        status, head, answer = post(desk, at, body, headers)
        ok(status == 403 and answer == '' and rows(desk) == 0, f'{what} it is a bare 403, and nothing is kept', head + answer)
    ok('at=push_refused count=1' in desk.log() and KEY not in desk.log() and HUANG not in desk.log(), 'the log counts them', desk.log())
    ok(post(desk, path.replace('/mo', '/dlr'), fields, good)[0] == 403, 'a gateway without reports has no address for them')
    status, head, answer = post(desk, path, fields, {**good, 'X-Forwarded-For': '203.0.113.9, 192.0.2.1'})
    ok(status == 202 and answer == '<Response/>' and 'text/xml' in head, 'a signed one gets what its gateway wants', head + answer)
    ok(wait_until(lambda: desk.gateway.texts_to(HUANG), 20), 'and its owner an answer', desk.log())
    status, _, _ = post(desk, path, fields, {**good, 'X-Forwarded-For': '203.0.113.9, 192.0.2.1'})
    ok(status == 202 and rows(desk) == 1, 'said again it is known')
    empty = {'MessageSid': 'SM2', 'From': HUANG}
    status, _, answer = post(desk, path, empty, {'X-Twilio-Signature': signature(path, empty)})
    ok(status == 400 and '"Body"' in answer, 'one that says nothing is refused with the reason', answer)
    ok(desk.query("SELECT bin FROM inbox WHERE bin = 'malformed'") == [('malformed',)], 'and lies in its bin')
    ok(desk.stop() == 0, 'the desk ends')


def plain_json(desk):
    use(desk, PLAIN)
    ok(desk.start('sms.gateway.preset=own', f'sms.gateway.url={desk.gateway.url}'), 'a gateway that pushes JSON', desk.log())
    path = f'/sms/gateway/{SECRET}/mo'
    before = rows(desk)
    for what, words, status in (
            ('half an emoji', r'"from":"13900139001","text":"3-2-501 漏水\ud83d"'.encode(), 200),
            ('a NUL escape', r'"from":"13900139001","text":"3-2-501 漏\u0000水"'.encode(), 200),
            ('wrong UTF-8', '"from":"13900139001","text":"3-2-501 走廊漏水了'.encode() + b'\xff"', 200),
            ('something behind a NUL', b'"from":"13900139001","text":"x"}\0{"a":"b"', 400),
            ('a sender of two lines', b'"from":"13900139002\\n evil log=1","text":"x"', 400),
            ('a sender of 300 digits', b'"from":"' + b'1' * 300 + b'","text":"x"', 400),
            ('a sender of nothing', b'"from":"+","text":"x"', 400)):
        said, _, answer = post(desk, path, b'{"id":"' + what.encode() + b'",' + words + b'}', {})
        before += 1
        ok(said == status and rows(desk) == before, f'{what}: {status}, and it is kept', f'{said} {answer}')
    ok(desk.log().count('at=malformed ') == 4, 'the log tells of what is no text', desk.log())
    texts = [json.dumps({'id': '7', 'from': '13900139001', 'text': words}).encode() for words in ('3-2-501 电梯坏了', '3-2-501 着火了')]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: post(desk, path, text, {})[0], texts * 8))
    ok(set(answers) == {200} and rows(desk) == before + 2, 'two texts under one id, each eight times at once, are two', answers)
    ok(desk.log().count('other words') == 1, 'and the log warns once', desk.log())
    ok(desk.stop() == 0, 'the desk ends again')


def a_queue(desk):
    """The last run died between keeping an answer and deciding it."""
    texts = [{'from': '13900139001', 'text': '3-2-501电梯坏了', 'time': '2026-11-23T09:00:00+08:00'}, {'from': '1'}]
    use(desk, QUEUE)
    with sqlite3.connect(desk.database) as db:
        db.execute("INSERT INTO poll_answers (source, estate, is_report, form, cursor, raw) VALUES ('gateway', '', 0, '', '', ?)",
                   (json.dumps({'texts': texts}).encode(),))
    desk.start('sms.gateway.preset=own', f'sms.gateway.url={desk.gateway.url}', 'sms.gateway.poll_seconds=2')
    ok(wait_until(lambda: desk.gateway.texts_to('+8613900139001'), 20), 'what a queue handed out once is decided after a restart', desk.log())
    ok(wait_until(lambda: desk.query('SELECT count(*) FROM poll_answers') == [(0,)], 10), 'and kept no longer')
    ok(len(desk.query("SELECT 1 FROM inbox WHERE bin = 'malformed'")) == 2, 'what says nothing in it has its bin')
    asked = len(desk.gateway.asked)
    desk.gateway.inbox = [{'from': '13900139001', 'text': '灯也不亮', 'time': '2026-11-23T09:05:00+08:00'}]
    ok(wait_until(lambda: len(desk.gateway.asked) > asked + 1, 20) and
       wait_until(lambda: len(desk.query("SELECT 1 FROM inbox WHERE state = 'done'")) == 3, 20), 'the queue goes on',
       desk.query('SELECT id, state, bin, reason FROM inbox'))
    ok(desk.query('SELECT count(*) FROM poll_answers') == [(0,)] and desk.stop() == 0, 'nothing is left over')


def main():
    with LoneDesk() as desk:
        pushes(desk)
        a_queue(desk)
        plain_json(desk)
    plan()


if __name__ == '__main__':
    main()
