#!/usr/bin/python3
"""shouwend asks a gateway's inbox: from the first instant on, each text once, and what the admin hears when it cannot.

usage: B=build tests/program/poll.t"""
import datetime
import json
import pathlib
import sqlite3
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lone_desk import LoneDesk, wait_until  # noqa: E402
from tap import ok, plan  # noqa: E402

HUANG = '+8613900139003'
DOWN = "SELECT is_down FROM channels WHERE name = 'gateway (inbox)'"
TOLD = "SELECT count(*) FROM outbox JOIN outbox_texts ON out = id WHERE recipient = 'admin@hq.example' AND text LIKE '%gateway (inbox)%'"


PROVIDER = '''
# A gateway that has no preset.
auth: { type = "basic"; };
send: { method = "POST"; url = "{url}/send"; type = "application/json";
	body = "{\\"id\\":\\"{id}\\",\\"to\\":\\"{to|json}\\",\\"text\\":\\"{text|json}\\"}"; };
push: { format = "json"; fields: { id = "/id|?id"; from = "/from|?from"; to = "/to"; text = "/text|?text"; }; };
poll: {
	mode = "queue";
	paging = "cursor";
	request: { url = "{url}/inbox?since={since|iso|url}&cursor={cursor|url}"; };
	fields: { items = "/texts"; id = "/id"; from = "/from"; to = "/to"; text = "/text"; time = "/time"; cursor = "/next"; };
};
'''


def settings(desk):
    own = desk.conf.parent / 'sms/own.conf'
    own.parent.mkdir(exist_ok=True)
    own.write_text(PROVIDER, encoding='utf-8')
    return ['sms.gateway.preset=own', f'sms.gateway.url={desk.gateway.url}', 'sms.gateway.poll_seconds=2']


def text(number, words):
    return {'id': number, 'from': '13900139003', 'to': '10690001', 'text': words, 'time': '2026-11-23T09:00:00+08:00'}


def asked_again(desk, times=1):
    """Was it, after what is known by now?"""
    before = len(desk.gateway.asked)
    return wait_until(lambda: len(desk.gateway.asked) >= before + times, 40, 0.05)


def the_first_instant(desk):
    """The gateway is out of order at the first look; what comes meanwhile is ours all the same."""
    now = desk.day.now()
    desk.gateway.status = 503
    ok(desk.start(*settings(desk)) and wait_until(lambda: desk.gateway.asked, 20, 0.05), 'the inbox is asked at once', desk.log())
    since = desk.gateway.asked[0]['since']
    first = datetime.datetime.fromisoformat(since.replace('Z', '+00:00'))
    ok(abs((first - now).total_seconds()) < 30, 'from now on: old texts are not ours', since)
    ok(wait_until(lambda: 'at=poll' in desk.log() and 'code=503' in desk.log(), 20), 'that it fails is in the log', desk.log())
    desk.stop()
    wait_until(lambda: False, 1.1)  # so that another instant would show
    desk.gateway.asked.clear()
    desk.gateway.status = 200
    desk.start(*settings(desk))
    ok(wait_until(lambda: desk.gateway.asked, 20, 0.05) and desk.gateway.asked[0]['since'] == since,
       'after a restart it is still the first instant', desk.gateway.asked)


def texts_come_in(desk):
    desk.gateway.inbox = [text('a1', '3-2-601厨房漏水'), {'id': 'a2', 'from': '13900139003'}]
    desk.gateway.extra = {'next': 'page-2'}
    ok(wait_until(lambda: desk.gateway.texts_to(HUANG), 20), 'a text from the inbox is answered', desk.log())
    ok(wait_until(lambda: desk.gateway.asked[-1]['cursor'] == 'page-2', 20), 'the next look goes on from its cursor', desk.gateway.asked)
    ok(asked_again(desk, 2) and desk.query('SELECT count(*) FROM cases') == [(1,)], 'what is listed again is known',
       desk.query('SELECT * FROM cases'))
    ok(desk.query("SELECT count(*) FROM inbox WHERE bin = 'malformed'") == [(1,)], 'what says nothing lies in its bin',
       desk.query('SELECT id, bin, reason FROM inbox'))
    desk.gateway.extra = {}
    ok(asked_again(desk, 2) and desk.gateway.asked[-1]['cursor'] == 'page-2', 'without another one it stays', desk.gateway.asked[-1])
    desk.stop()
    desk.gateway.asked.clear()
    desk.start(*settings(desk))
    ok(wait_until(lambda: desk.gateway.asked, 20, 0.05) and desk.gateway.asked[0]['cursor'] == 'page-2', 'also after a restart',
       desk.gateway.asked)


def a_login_that_fails(desk):
    desk.gateway.status = 401
    ok(wait_until(lambda: desk.query(DOWN) == [(1,)], 20), 'an inbox that lets nobody in is marked as down', desk.log())
    ok(desk.query(TOLD) == [(1,)], 'and the admin is mailed', desk.query(TOLD))
    ok(desk.text('b1', '13900139001', '3-2-501厨房漏水') == 200, 'pushes still come in', desk.log())
    desk.gateway.status = 200
    ok(wait_until(lambda: desk.query(DOWN) == [(0,)], 60), 'when it does again, it is up', desk.log())
    ok(asked_again(desk, 2) and desk.query(TOLD) == [(2,)], 'and the admin hears that, once', desk.query(TOLD))
    ok(desk.stop() == 0, 'the desk ends')


def a_queue(desk):
    """Its answers come once: what holds nothing costs nothing, what cannot be kept is told and not lost."""
    own = settings(desk)
    file = desk.conf.parent / 'sms/own.conf'
    file.write_text(PROVIDER.replace('\tpaging = "cursor";\n', ''), encoding='utf-8')
    desk.gateway.inbox, desk.gateway.is_queue = [], True
    desk.gateway.asked.clear()
    desk.start(*own)
    place = "SELECT since FROM poll_cursors WHERE source = 'gateway'"
    wait_until(lambda: desk.gateway.asked, 20)
    since = desk.query(place)
    ok(asked_again(desk, 3) and desk.query(place) == since, 'an empty queue is not written down', desk.query(place))
    told = desk.query(TOLD)[0][0]
    with sqlite3.connect(desk.database, timeout=20) as db:
        db.execute("CREATE TRIGGER refuse BEFORE INSERT ON poll_answers BEGIN SELECT RAISE(ABORT, 'no room'); END")
    cases = desk.query('SELECT count(*) FROM cases')[0][0]
    desk.gateway.inbox = [dict(text('q1', '3-2-501电梯坏了'), **{'from': '13900139001'})]
    ok(wait_until(lambda: desk.query(DOWN) == [(1,)], 40) and desk.query(TOLD) == [(told + 1,)],
       'an answer that cannot be handed in is told like an inbox that cannot be asked', desk.log())
    with sqlite3.connect(desk.database, timeout=20) as db:
        db.execute('DROP TRIGGER refuse')
    ok(wait_until(lambda: desk.query(DOWN) == [(0,)], 20) and desk.query('SELECT count(*) FROM cases') == [(cases + 1,)],
       'and is not lost', desk.log())
    ok(desk.stop() == 0, 'and the desk ends')
    desk.gateway.is_queue = False


def a_login_page(desk):
    """An answer that is no list is a look that failed: it is asked more and more seldom."""
    desk.gateway.asked.clear()
    desk.gateway.page = b'<html>Log in'
    desk.start(*settings(desk), 'sms.gateway.poll_seconds=1')
    begun = time.monotonic()
    wait_until(lambda: len(desk.gateway.asked) >= 4, 40, 0.05)
    ok(time.monotonic() - begun > 5, 'an inbox that says nothing is asked more and more seldom', time.monotonic() - begun)
    ok(desk.query(DOWN) == [(1,)], 'and marked as down', desk.log())
    desk.gateway.page = None
    ok(wait_until(lambda: desk.query(DOWN) == [(0,)], 40) and asked_again(desk, 2), 'when it does it is asked as often as before', desk.log())
    ok(desk.stop() == 0, 'and the desk ends')


def a_large_page(desk):
    """A hundred texts of ten parts each, every character written as an escape."""
    with sqlite3.connect(desk.database) as db:
        before = db.execute('SELECT count(*) FROM inbox').fetchone()[0]
    page = {'texts': [{'id': f'L{n}', 'from': f'139001{n:05d}', 'to': '10690001', 'text': f'3-2-501第{n}次漏水' + '水' * 700,
                       'time': '2026-11-23T09:00:00+08:00'} for n in range(100)]}
    desk.gateway.page = json.dumps(page).encode()
    desk.gateway.asked.clear()
    desk.start(*settings(desk))
    ok(len(desk.gateway.page) > 400000 and
       wait_until(lambda: desk.query('SELECT count(*) FROM inbox') == [(before + 100,)], 60), 'a large page comes in', desk.log())
    cut = json.dumps({'texts': [], 'more': 'x' * (5 << 20)}).encode()
    desk.gateway.page = cut
    largest = "SELECT count(*) FROM inbox WHERE bin = 'malformed' AND raw_len = 4194304"
    ok(wait_until(lambda: desk.query(largest) == [(1,)], 40), 'of one that is too large a human gets what came', desk.log())
    ok('larger than 4194304 bytes' in desk.log() and desk.query(DOWN) == [(1,)], 'and the admin hears of it', desk.log())
    desk.gateway.page = None
    ok(desk.stop() == 0, 'and the desk ends')


def nobodys_channel(desk):
    desk.gateway.asked.clear()
    desk.change('conf/demo/shouwen.conf', '\t\tsms = "gateway";', '')
    desk.start(*settings(desk))
    ok(not wait_until(lambda: desk.gateway.asked, 1), 'a channel that no estate uses is not asked', desk.log())
    ok(desk.stop() == 0, 'and the desk ends')


def a_page_elsewhere(desk):
    """Asked there we would show our login to whoever the gateway names."""
    own = settings(desk)
    (desk.conf.parent / 'sms/own.conf').write_text(
        PROVIDER.replace('mode = "queue"', 'mode = "window"').replace('paging = "cursor"', 'paging = "url"'), encoding='utf-8')
    desk.gateway.extra = {'next': None}
    desk.gateway.asked.clear()
    desk.start(*own)
    ok(wait_until(lambda: desk.gateway.asked, 20) and desk.gateway.asked[0]['cursor'] == '',
       'a cursor means nothing to another way of asking', desk.gateway.asked)
    ok(asked_again(desk, 1) and desk.stop() == 0, 'which has a place of its own from then on')
    with sqlite3.connect(desk.database) as db:
        db.execute("UPDATE poll_cursors SET cursor = 'http://127.0.0.1:1/page-2'")
    asked = len(desk.gateway.asked)
    desk.start(*own)
    ok(wait_until(lambda: desk.query(DOWN) == [(1,)], 20), 'an inbox whose next page is at another host is marked as down', desk.log())
    ok(desk.query(TOLD) == [(3,)] and len(desk.gateway.asked) == asked, 'the admin is mailed, and nobody asked', desk.query(TOLD))
    ok(desk.stop() == 0, 'and the desk ends')


def a_list_without_end(desk):
    """It always lists one more, whatever it is asked for."""
    own = settings(desk)
    (desk.conf.parent / 'sms/own.conf').write_text(
        PROVIDER.replace('mode = "queue"', 'mode = "window"; limit = 1').replace('paging = "cursor"', 'paging = "offset"'), encoding='utf-8')
    desk.gateway.inbox, desk.gateway.extra = [text('c1', '谢谢')], {}
    desk.gateway.asked.clear()
    desk.start(*own, 'sms.gateway.poll_seconds=600')
    ok(wait_until(lambda: 'the list does not end' in desk.log(), 60, 0.05), 'a list without end is in the log', desk.log())
    ok([look['cursor'] for look in desk.gateway.asked] == [''] + [str(n) for n in range(1, 20)],
       'twenty pages are asked for, and no more before the next look', desk.gateway.asked)
    ok(desk.stop() == 0, 'and the desk ends')


def main():
    with LoneDesk() as desk:
        the_first_instant(desk)
        texts_come_in(desk)
        a_login_that_fails(desk)
        a_page_elsewhere(desk)
        a_list_without_end(desk)
        a_large_page(desk)
        a_login_page(desk)
        a_queue(desk)
        nobodys_channel(desk)
    plan()


if __name__ == '__main__':
    main()
