"""The people of the demo as real clients: mail by IMAP and SMTP, texts over
the SMSC side of Kannel (its `fake' line protocol), the desk's clock over its
control socket."""
import email
import email.message
import email.policy
import email.utils
import html
import imaplib
import json
import os
import pathlib
import re
import smtplib
import socket
import ssl
import subprocess
import threading
import time
import urllib.parse
import urllib.request

BUTTON = re.compile(r'<a href="(mailto:[^"]*)"[^>]*><span[^>]*>([^<]*)</span>')
# What a mail program would get from elsewhere, or run.
FETCHED = re.compile(r'<(?:img|script|link|iframe|object|embed|form|audio|video|base)\b|\bsrc\s*=|\bbackground\s*=|url\(|@import|https?://(?!www\.w3\.org/)', re.I)
CASE = re.compile(r'T\d{6}-\d{4,}')
SERVERS = pathlib.Path(__file__).resolve().parents[1] / 'servers/servers.sh'


class Mailbox:
    """One person's mail account; each mail is handed out once."""

    def __init__(self, world, address, name):
        self.world, self.address, self.name = world, address, name
        self.user = address.split('@')[0]
        self.imap = None
        self.last_uid = 0
        self.mails = []

    def connect(self):
        env = self.world.env
        self.imap = imaplib.IMAP4_SSL('localhost', int(env['IMAPS_PORT']), ssl_context=self.world.tls)
        self.imap.login(self.user, 'secret')
        self.imap.select('INBOX')

    def look(self):
        """Fetch what is new and return it."""
        if self.imap is None:
            self.connect()
        self.imap.noop()
        _, found = self.imap.uid('SEARCH', None, f'UID {self.last_uid + 1}:*')
        new = []
        for uid in (int(n) for n in found[0].split()):
            if uid <= self.last_uid:
                continue
            self.last_uid = uid
            _, data = self.imap.uid('FETCH', str(uid), '(BODY.PEEK[])')
            # Another client's flags may come in between.
            raw = next(part[1] for part in data if isinstance(part, tuple))
            mail = email.message_from_bytes(raw, policy=email.policy.default)
            new.append(mail)
        self.mails += new
        return new


def body_of(mail):
    part = mail.get_body(('plain',))
    return '' if part is None else part.get_content()


def page_of(mail):
    part = mail.get_body(('html',))
    return '' if part is None else part.get_content()


def case_of(text):
    found = CASE.search(text or '')
    return found.group(0) if found else None


class Received(str):
    """A text as a phone shows it, and of how many parts it was."""
    parts = 1


class Phones:
    """The phone network: one connection, all numbers."""

    def __init__(self, world):
        self.world = world
        self.texts = {}
        self.parts = {}
        self.lock = threading.Lock()
        self.connect()

    def connect(self):
        """Once more when Kannel was started anew, or after hang_up()."""
        self.sock = socket.create_connection(('127.0.0.1', int(self.world.env['KANNEL_SMSC_PORT'])))
        self.listener = threading.Thread(target=self.listen, args=(self.sock,), daemon=True)
        self.listener.start()

    def hang_up(self):
        """No phone can be reached: Kannel takes texts and has nobody to hand them to, so it reports none."""
        self.sock.shutdown(socket.SHUT_WR)
        self.listener.join()
        self.sock.close()

    def listen(self, sock):
        for line in sock.makefile('rb'):
            self.take(line.rstrip(b'\n').decode('utf-8', 'replace'))

    def take(self, line):
        words = line.split(' ', 3)
        if len(words) < 4:
            return
        _, to, kind, rest = words
        to = '+' + to.lstrip('+')
        if kind == 'text':
            self.deliver(to, rest)
        elif kind == 'ucs-2':
            self.deliver(to, urllib.parse.unquote_to_bytes(rest.replace('+', ' ')).decode('utf-16-be', 'replace'))
        elif kind == 'udh':
            self.take_part(to, rest)

    def take_part(self, to, rest):
        header, _, coded = rest.split(' ', 2)
        udh = urllib.parse.unquote_to_bytes(header)
        data = urllib.parse.unquote_to_bytes(coded.replace('+', ' '))
        ref, total, number = udh[3], udh[4], udh[5]
        with self.lock:
            parts = self.parts.setdefault((to, ref), {})
            parts[number] = data
            if len(parts) < total:
                return
            whole = b''.join(parts[n] for n in sorted(parts))
            del self.parts[(to, ref)]
        # The line protocol does not say how a part is coded.
        try:
            text = whole.decode('utf-8')
            if '\0' in text:
                raise UnicodeDecodeError('utf-8', whole, 0, 1, 'NUL')
        except UnicodeDecodeError:
            text = whole.decode('utf-16-be', 'replace')
        self.deliver(to, text, total)

    def deliver(self, to, text, parts=1):
        received = Received(text)
        received.parts = parts
        with self.lock:
            self.texts.setdefault(to, []).append(received)

    def say(self, sender, *words):
        """A line of the protocol: its kind, and what belongs to it."""
        number = self.world.env.get('DESK_NUMBER', '10690001')
        self.sock.sendall(' '.join((sender.lstrip('+'), number, *words)).encode() + b'\n')

    def send(self, sender, text):
        self.say(sender, 'ucs2', urllib.parse.quote(text.encode('utf-16-be')))

    def send_plain(self, sender, text):
        """One line in GSM 7 bit."""
        self.say(sender, 'text', text)

    def send_part(self, sender, ref, total, number, text):
        self.say(sender, 'udh-text', f'%05%00%03%{ref:02X}%{total:02X}%{number:02X}', text)

    def received(self, number):
        with self.lock:
            return list(self.texts.get(number, []))


class Clouds:
    """The owners of the two other gateways (clouds.py)."""

    def __init__(self, world, port):
        self.world, self.url, self.seen = world, f'http://127.0.0.1:{port}/play', 0

    def send(self, gateway, sender, text):
        request = urllib.request.Request(self.url, json.dumps({'gateway': gateway, 'from': sender, 'text': text}).encode())
        urllib.request.urlopen(request, timeout=20).close()

    def look(self):
        """What came since goes to the phones of the world."""
        with urllib.request.urlopen(f'{self.url}?after={self.seen}', timeout=20) as answer:
            new = json.load(answer)
        self.seen += len(new)
        for text in new:
            self.world.phones.deliver(text['to'], text['text'])


class Clock:
    """The desk's demo clock, over the control socket."""

    def __init__(self, path):
        self.path = path

    def ask(self, **request):
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(30)
            link.connect(self.path)
            link.sendall(json.dumps(request).encode() + b'\n')
            answer = b''
            while not answer.endswith(b'\n'):
                piece = link.recv(65536)
                if not piece:
                    raise RuntimeError('the desk has hung up')
                answer += piece
        return json.loads(answer)

    def status(self, until=None):
        request = {'verb': 'clock'}
        if until:
            request['until'] = until
        return self.ask(**request)


class World:
    def __init__(self, env, control):
        self.env = env
        self.tls = ssl.create_default_context(cafile=env['CA_FILE'])
        self.clock = Clock(control)
        self.mailboxes = {}
        self.phones = Phones(self)
        self.clouds = None

    def clouds_at(self, port):
        self.clouds = Clouds(self, port)

    def kannel(self, verb, **env):
        """`stop' or `start'; its ports stay the same."""
        known = {name: self.env[name] for name in ('SMS_CHANNEL', 'SMS_SECRET')}
        subprocess.run([SERVERS, self.env['SERVERS_DIR'], verb, 'sms'], check=True, env={**os.environ, **known, **env})
        if verb == 'start':
            self.phones.connect()

    def mailbox(self, address, name):
        if address not in self.mailboxes:
            self.mailboxes[address] = Mailbox(self, address, name)
        return self.mailboxes[address]

    def send(self, sender, name, message):
        """Hand a mail in the way a mail client does: submission, STARTTLS, AUTH."""
        message['From'] = email.utils.formataddr((name, sender))
        message['Message-ID'] = email.utils.make_msgid(domain=sender.split('@')[1])
        message['Date'] = email.utils.formatdate(localtime=False)
        with smtplib.SMTP('localhost', int(self.env['SUBMISSION_PORT'])) as smtp:
            smtp.starttls(context=self.tls)
            smtp.login(sender.split('@')[0], 'secret')
            smtp.send_message(message, from_addr=sender)
        return message['Message-ID']

    def compose(self, to, subject, text, photo=None):
        message = email.message.EmailMessage()
        message['To'], message['Subject'] = to, subject
        message.set_content(text)
        if photo:
            message.add_attachment(photo, maintype='image', subtype='png', filename='现场.png')
        return message

    def touch(self, mail, label, text):
        """What a mail client opens for a mailto: link (RFC 6068), with what the writer adds."""
        links = {name: html.unescape(link) for link, name in BUTTON.findall(page_of(mail))}
        link = urllib.parse.urlsplit(links[label])
        fields = dict(field.split('=', 1) for field in link.query.split('&'))
        message = email.message.EmailMessage()
        message['To'] = urllib.parse.unquote(link.path)
        message['Subject'] = urllib.parse.unquote(fields['subject'])
        message.set_content(urllib.parse.unquote(fields['body']) + text)
        return message

    def reply(self, mail, text):
        """What pressing Reply makes: their Reply-To, references, the original quoted below."""
        message = email.message.EmailMessage()
        message['To'] = mail['Reply-To'] or mail['From']
        subject = mail['Subject'] or ''
        message['Subject'] = subject if subject.lower().startswith('re:') else 'Re: ' + subject
        message['In-Reply-To'] = mail['Message-ID']
        message['References'] = ' '.join(filter(None, [mail['References'], mail['Message-ID']]))
        quoted = '\n'.join('> ' + line for line in body_of(mail).splitlines())
        message.set_content(f"{text}\n\n在 2026年11月23日，上午9:40，{mail['From']} 写道：\n\n{quoted}\n")
        return message


def wait_until(what, seconds=30, step=0.1):
    """Poll a condition of the real world."""
    end = time.monotonic() + seconds
    while True:
        value = what()
        if value or time.monotonic() > end:
            return value
        time.sleep(step)
