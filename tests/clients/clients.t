#!/usr/bin/python3
"""Staff answer from the mail clients that they have: neomutt, s-nail, swaks with the shape of a client's mail, and Roundcube in Chromium.

usage: B=build tests/clients/clients.t"""
import html
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / 'program'), str(HERE.parent / 'demo')]
import browser  # noqa: E402
import webmail  # noqa: E402
from people import wait_until  # noqa: E402
from real_desk import RealDesk  # noqa: E402
from tap import ok, plan, skip  # noqa: E402

WANG = 'wang@owner.example'
QUOTED_ORDER = '#办结 这是引用里的命令'


def muttrc(settings, address, editor):
    user = address.split('@')[0]
    return f'''
set from="{address}" realname="{user}" use_from=yes
set folder="imaps://localhost:{settings['IMAPS_PORT']}/" spoolfile="imaps://localhost:{settings['IMAPS_PORT']}/INBOX"
set imap_user="{user}" imap_pass="secret" ssl_force_tls=yes certificate_file="{settings['CA_FILE']}"
set smtp_url="smtp://{user}@localhost:{settings['SUBMISSION_PORT']}" smtp_pass="secret" smtp_authenticators="plain"
set editor="{editor}" fast_reply=yes reply_to=yes include=yes abort_unmodified=no abort_noattach=no copy=no confirmappend=no
set sort=date-received charset="utf-8" header_cache="" message_cachedir="" history_file="" wait_key=no beep=no
set quit=yes mark_old=no help=no
'''


def on_a_terminal(argv, env, seconds=60):
    """Run a program that wants a terminal; its last words."""
    pid, link = pty.fork()
    if pid == 0:
        os.execvpe(argv[0], argv, env)
    seen, end = b'', time.monotonic() + seconds
    while time.monotonic() < end:
        if not select.select([link], [], [], 0.5)[0]:
            continue
        try:
            piece = os.read(link, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    else:
        os.kill(pid, 9)
    os.waitpid(pid, 0)
    return seen.decode('utf-8', 'replace')


class Staff:
    """Whoever has the case's mail, and what came of the answer."""

    def __init__(self, desk):
        self.desk = desk
        self.matters = 0

    def new_case(self, text):
        """A new complaint; the mail that its duty agent got, and its UID."""
        self.matters += 1
        self.desk.mail('wang', f'第{self.matters}件事', text)
        known = len(self.desk.query('SELECT id FROM cases'))
        wait_until(lambda: len(self.desk.query('SELECT id FROM cases')) >= max(known, self.matters), 30)
        number, agent = self.desk.query('SELECT number, first_responder FROM cases ORDER BY id DESC LIMIT 1')[0]
        address = f'{agent}@sunshine.example'
        wait_until(lambda: self.mail_about(address, number), 30)
        return number, address, self.mail_about(address, number)

    def mail_about(self, address, number):
        mails = self.desk.mails_of(address)
        return next((mail for mail in mails if number in str(mail['Subject']) and '新工单' in str(mail['Subject'])), None)

    def uid_of(self, address, mail):
        """Each mail has its own; nothing is ever removed."""
        return self.desk.mails_of(address).index(mail) + 1

    def state(self, number):
        return (self.desk.query('SELECT state FROM cases WHERE number = ?', number) or [('none',)])[0][0]

    def texts_to_owner(self, number):
        return [row[0] for row in self.desk.query(
            "SELECT coalesce(own.text, other.text) FROM outbox JOIN cases ON cases.id = case_id JOIN outbox_texts AS own ON own.out = outbox.id"
            " LEFT JOIN outbox_texts AS other ON other.out = own.same_as WHERE number = ? AND recipient = ? AND template = 'reply'"
            " OR number = ? AND recipient = ? AND template = 'staff_reply'", number, WANG, number, WANG)]

    def is_taken(self, number):
        return wait_until(lambda: self.state(number) == 'in_progress', 30)


def by_neomutt(desk, staff):
    """Reply above the quoted mail, in an editor, as mutt's users do."""
    number, address, mail = staff.new_case('3-2-501 厨房水管漏水，请派人来修。')
    folder = desk.root / 'mutt'
    folder.mkdir()
    editor = folder / 'editor'
    editor.write_text('#!/bin/sh\n{ printf "#接单\\n\\n"; cat "$1"; } >"$1.new" && mv "$1.new" "$1"\n')
    editor.chmod(0o755)
    (folder / 'rc').write_text(muttrc(desk.settings, address, editor))
    uid = staff.uid_of(address, mail)
    seen = on_a_terminal(['neomutt', '-n', '-F', str(folder / 'rc'), '-e', f'push "<jump>{uid}<enter><reply><send-message><quit>"'],
                         dict(os.environ, HOME=str(folder), TERM='xterm', LANG='C.UTF-8', LC_ALL='C.UTF-8'))
    ok(staff.is_taken(number), 'neomutt: #接单 above the quoted mail takes the case', seen[-1500:] + desk.log()[-1500:])


def by_s_nail(desk, staff):
    """A plain reply from a script, with the original quoted below: it is the answer to the owner."""
    number, address, mail = staff.new_case('3-2-501 楼道灯不亮。')
    user = address.split('@')[0]
    folder = desk.root / 's-nail'
    folder.mkdir()
    script = f'''reply {staff.uid_of(address, mail)}
您好，电工已经到现场检查，坏的是灯管。

~m
~.
'''
    variables = {'v15-compat': 'y', 'mta': f"smtp://{user}:secret@localhost:{desk.settings['SUBMISSION_PORT']}", 'smtp-use-starttls': '',
                 'smtp-auth': 'plain', 'from': address, 'tls-ca-file': desk.settings['CA_FILE'], 'tls-verify': 'strict',
                 'ttycharset': 'utf-8', 'sendcharsets': 'utf-8', 'indentprefix': '> ', 'quote': ''}
    argv = ['s-nail', '-:/', '-#'] + [word for name, value in variables.items() for word in ('-S', f'{name}={value}' if value else name)]
    sent = subprocess.run(argv + ['-f', f"imaps://{user}:secret@localhost:{desk.settings['IMAPS_PORT']}/INBOX"], input=script, text=True,
                          capture_output=True, timeout=60, check=False, env=dict(os.environ, HOME=str(folder), LC_ALL='C.UTF-8'))
    wait_until(lambda: staff.texts_to_owner(number), 30)
    texts = staff.texts_to_owner(number)
    ok(len(texts) == 1 and '电工已经到现场检查' in texts[0], 's-nail: a plain reply is the answer to the owner',
       sent.stdout[-800:] + sent.stderr[-800:] + desk.log()[-1500:])
    ok(texts and '登记' not in texts[0] and mail['Message-ID'] not in texts[0], 's-nail: nothing of the quoted mail goes along', texts)


def by_swaks(desk, staff):
    """What a Chinese client makes: GBK, base64, HTML beside the text, its own quote marks; the shape from the file beside this one."""
    number, address, mail = staff.new_case('3-2-501 电梯按键坏了。')
    user = address.split('@')[0]
    shape = (HERE / 'foxmail.eml').read_text(encoding='utf-8')
    body = shape.replace('@FROM@', address).replace('@TO@', str(mail['Reply-To'] or mail['From'])).replace(
        '@REF@', str(mail['Message-ID'])).replace('@NUMBER@', number).replace('@ORDER@', QUOTED_ORDER)
    path = desk.root / 'foxmail.eml'
    path.write_bytes(body.replace('\n', '\r\n').encode('gb18030'))
    sent = subprocess.run(['swaks', '--server', 'localhost', '--port', desk.settings['SUBMISSION_PORT'], '--tls', '--tls-verify', '--tls-ca-path',
                           desk.settings['CA_FILE'], '--auth', 'PLAIN', '--auth-user', user, '--auth-password', 'secret', '--from', address,
                           '--to', re.sub(r'.*<|>.*', '', str(mail['Reply-To'] or mail['From'])), '--data', f'@{path}', '--silent', '2'],
                          capture_output=True, text=True, timeout=60, check=False)
    ok(staff.is_taken(number), 'swaks: a mail shaped as by Foxmail, in GBK, takes the case', sent.stdout[-800:] + sent.stderr[-800:] + desk.log()[-1500:])
    ok(staff.state(number) == 'in_progress', 'swaks: the order in its quoted part does nothing')


def by_roundcube(desk, staff):
    """A browser before Debian's webmail."""
    number, address, mail = staff.new_case('3-2-501 单元门锁不上。')
    with webmail.Webmail(desk.root, desk.settings) as mails, browser.Browser() as chromium:
        session = webmail.Session(mails, chromium, address.split('@')[0])
        box = session.begin_reply(staff.uid_of(address, mail))
        chromium.run('arguments[0].setSelectionRange(0, 0)', {browser.ELEMENT: box})
        chromium.type(box, '#接单\n')
        ok(session.send() and staff.is_taken(number), 'Roundcube: #接单 in a reply takes the case', mails.log()[-1500:] + desk.log()[-1500:])
        by_a_button(desk, staff, session, mails)


def by_a_button(desk, staff, session, mails):
    """A button of the mail opens a new mail, which only has to be sent."""
    number, _, mail = staff.new_case('3-2-501 楼道的灯又坏了。')
    page = mail.get_body(('html',)).get_content()
    link = html.unescape(re.search(r'<a href="(mailto:[^"]*)"[^>]*><span[^>]*>接单<', page).group(1))
    session.follow(link)
    ok(session.send() and staff.is_taken(number), 'Roundcube: the button [接单] of the mail takes the case', mails.log()[-1500:] + desk.log()[-1500:])


def main():
    missing = [name for name in ('neomutt', 's-nail', 'swaks') if not shutil.which(name)]
    if missing or not browser.is_there() or not webmail.is_there():
        skip('not installed: ' + ' '.join(missing or ['chromium or roundcube']) + '; `make clients\' installs them')
    with RealDesk() as desk:
        desk.start()
        ok(desk.is_watching(), 'the desk watches its mailbox', desk.log())
        staff = Staff(desk)
        for client in (by_neomutt, by_s_nail, by_swaks, by_roundcube):
            client(desk, staff)
        ok(desk.stop() == 0, 'the desk ends in order')
        ok(not desk.told_of(), 'its log names nobody', desk.told_of())
    plan()


main()
