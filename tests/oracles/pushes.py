#!/usr/bin/python3
"""Does shouwend take exactly the pushes that the gateways' own programs sign?  TAP.

sign.mjs signs and alters; each push goes to the running daemon, which has to answer 403 just where those programs say no.

usage: B=build tests/oracles/pushes.py"""
import collections
import http.client
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'program'))
from lone_desk import SECRET, TOP, LoneDesk, free_port  # noqa: E402
from tap import ok, plan  # noqa: E402

ADDRESS = 'https://sms.desk.example'
PATH = f'/sms/gateway/{SECRET}/mo'
NOBODY = free_port()  # answers are not sent: what comes in is tested
KEY = 'key-of-ours-/+=漏'
SIGNED = [  # what signs, the preset, how many pushes as they are, what the preset asks for
    ('twilio', 'twilio', 120, {'values.account': 'AC1', 'user': 'AC1'}),
    ('messagebird', 'messagebird', 60, {'values.signing_key_file': 'secrets/key'}),
    ('smsgate', 'smsgate', 60, {'values.signing_key_file': 'secrets/key', 'user': 'me'}),
    *((hash_name, 'vonage', 20, {'values.signature_key_file': 'secrets/key', 'user': 'me'})
      for hash_name in ('md5hash', 'md5', 'sha1', 'sha256', 'sha512')),
]


def provider(desk, preset, kind):
    """The shipped file; Vonage's with each of its five hashes."""
    text = (TOP / f'conf/sms/{preset}.conf').read_text(encoding='utf-8')
    if preset == 'vonage':
        assert 'hash = "sha256"' in text
        text = text.replace('hash = "sha256"', f'hash = "{kind}"')
    own = desk.conf.parent / 'sms/own.conf'
    own.parent.mkdir(exist_ok=True)
    own.write_text(text, encoding='utf-8')


def start(desk, preset, kind, wanted):
    provider(desk, preset, kind)
    secrets = desk.conf.parent / 'secrets'
    for name in ('key', 'sms_password'):
        (secrets / name).write_text(KEY, encoding='utf-8')
    settings = {'preset': 'own', 'url': f'http://127.0.0.1:{NOBODY}', 'public_url': ADDRESS, 'poll_seconds': '0', **wanted}
    return desk.start(*(f'sms.gateway.{key}={secrets.parent / value if key.endswith("_file") else value}' for key, value in settings.items()))


def answer(link, push):
    link.request(push['method'], push['path'], push['body'].encode() or None, push['headers'])
    response = link.getresponse()
    response.read()
    return response.status


def told(desk, kind, preset, count, wanted):
    signer = subprocess.run(['node', HERE / 'sign.mjs', kind, str(count), ADDRESS, PATH, KEY], capture_output=True, check=False)
    pushes = [json.loads(line) for line in signer.stdout.decode().splitlines()]
    if not ok(signer.returncode == 0 and len(pushes) > 3 * count and start(desk, preset, kind, wanted), f'{kind}: {len(pushes)} pushes',
              signer.stderr.decode() + desk.log()):
        return
    link = http.client.HTTPConnection('127.0.0.1', desk.port, timeout=60)
    kinds, wrong = collections.Counter(), []
    for push in pushes:
        status = answer(link, push)
        # A genuine one without words in it is told so (400).
        if (status != 403) != push['good'] or status not in (200, 202, 400, 403):
            wrong.append(f'{push["what"]}: {status}, theirs {push["good"]}\n{push}')
        kinds['taken' if status in (200, 202) else status] += 1
    ok(not wrong and kinds['taken'] >= count / 2 and kinds[403] > count, f'{kind}: each has the verdict of its own program ({dict(kinds)})',
       f'{len(wrong)} of {len(pushes)}\n' + '\n'.join(wrong[:6]))
    before = desk.query('SELECT count(*) FROM inbox')[0][0]
    # Who has not signed leaves nothing behind.
    for push in [push for push in pushes if not push['good']][:20]:
        answer(link, push)
    ok(desk.query('SELECT count(*) FROM inbox')[0][0] == before and KEY not in desk.log(), f'{kind}: of a refused one nothing is kept', desk.log())
    link.close()
    desk.stop()


def main():
    for kind, preset, count, wanted in SIGNED:
        with LoneDesk() as desk:
            told(desk, kind, preset, count, wanted)
    plan()


if __name__ == '__main__':
    main()
