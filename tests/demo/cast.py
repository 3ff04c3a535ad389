"""Who plays in the stories of the demo, what they do, and what a story waits for."""
import struct
import zlib

from people import body_of


class Person:
    def __init__(self, name, mail=None, phone=None, home=''):
        self.name, self.mail, self.phone, self.home = name, mail, phone, home
        self.taken = set()

    def __str__(self):
        return f'{self.name} ({self.home})' if self.home else self.name


class At:
    """Until the demo clock shows that time."""

    def __init__(self, clock_time):
        self.time = clock_time


class Wait:
    def __init__(self, who, *words, by=None):
        self.who, self.words, self.by = who, words, by

    def __str__(self):
        return f"{type(self).__name__.lower()} to {self.who.name} with {' / '.join(self.words)}"


class Mail(Wait):
    """Until this person has a mail with all these words; gives the mail."""


class Text(Wait):
    """Until this person's phone has a text with all these words."""


class Say:
    def __init__(self, text):
        self.text = text


class Binned:
    """Until the desk has put so many messages into that bin; gives them."""

    def __init__(self, name, count, by=None):
        self.name, self.count, self.by = name, count, by

    def __str__(self):
        return f'{self.count} messages in the bin {self.name}'

    def run(self, stage):
        answer = stage.world.clock.ask(verb='quarantine', bin=self.name, who='demo')
        rows = answer.get('quarantine', [])
        return rows if len(rows) == self.count else None


class Check:
    """Until the desk's own record of the case is as told."""

    def __init__(self, case, by=None, **want):
        self.case, self.by, self.want = case, by, want

    def __str__(self):
        return f'{self.case} to be {self.want}'

    def run(self, stage):
        answer = stage.world.clock.ask(verb='show', case=self.case, who='demo')
        good = all(answer.get(key) == value for key, value in self.want.items())
        return answer if good else None


WANG = Person('王芳', 'wang@owner.example', '+8613900139001', '3-2-501')
LIU = Person('刘洋', 'liu@owner.example', '+8613900139002', '3-2-502')
HUANG = Person('黄丽', None, '+8613900139003', '3-2-601')
XU = Person('徐杰', 'xu@owner.example', None, '3-2-401')
MA = Person('马超', 'ma@owner.example', '+8613900139005', '3-1-301')
ZHU = Person('朱琳', 'zhu@owner.example', '+8613900139006', '3-1-302')
HU = Person('胡军', 'hu@owner.example', '+8613900139007', '6-1-201')
GUO = Person('郭静', 'guo@owner.example', '+8613900139008', '7-1-302')
SMITH = Person('John Smith', 'smith@owner.example', '+8613900139009', '5-1-1002')
ROSSI = Person('Maria Rossi', 'rossi@owner.example', '+8613900139010', '5-1-1003')
HE_XIULAN = Person('何秀兰', None, '+8613900139011', '1-1-101')
LUO = Person('罗伟', 'luo@owner.example', '+8613900139012', '12-2-1103')
DENG = Person('邓洁', 'deng@owner.example', '+8613900139101', '翠湖 2-1-301')
HE = Person('何涛', None, '+8613900139103', '翠湖 2-1-302')
KIM = Person('Jo Kim', None, '+8613900139102', 'Maple Court 2-305')
STRANGER = Person('a stranger', None, '+8613700137000')

LIN = Person('林晓', 'lin@sunshine.example', '+8613800138001')
ZHOU = Person('周敏', 'zhou@sunshine.example', '+8613800138002')
CHEN = Person('陈立', 'chen@sunshine.example', '+8613800138003')
WU = Person('吴刚', 'wu@sunshine.example', '+8613800138004')
ZHENG = Person('郑华', 'zheng@sunshine.example', '+8613800138005')
SUN = Person('孙强', 'sun@sunshine.example', '+8613800138011')
QIAN = Person('钱芳', 'qian@sunshine.example', '+8613800138013')
ZHAO = Person('赵勇', 'zhao@sunshine.example', '+8613800138014')
FENG = Person('冯静', 'feng@sunshine.example', '+8613800138015')
ADMIN = Person('the admin', 'admin@hq.example')
TANG = Person('唐宁', 'tang@cuihu.example')
ANNA = Person('Anna Reed', 'anna@maple.example')

DESK = 'desk@sunshine.example'


def short(text, most=70):
    text = ' '.join(text.split())
    return text if len(text) <= most else text[:most] + '…'


def photo():
    """A small real PNG."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = b''.join(b'\0' + bytes((40, 90, 160)) * 32 for _ in range(32))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 32, 32, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def writes(stage, who, subject, text, with_photo=False):
    message = stage.world.compose(DESK, subject, text, photo() if with_photo else None)
    stage.world.send(who.mail, who.name, message)
    return Say(f'{who} mails: {short(text)}')


def texts(stage, who, text):
    stage.world.phones.send(who.phone, text)
    return Say(f'{who} texts: {short(text)}')


def texts_by(stage, gateway, who, text):
    stage.world.clouds.send(gateway, who.phone, text)
    return Say(f'{who} texts: {short(text)}')


def answers(stage, who, mail, text):
    stage.world.send(who.mail, who.name, stage.world.reply(mail, text))
    return Say(f'{who} presses Reply: {short(text)}')


def touches(stage, who, mail, label, text):
    """What one touch of a button in the mail makes: a new mail, and nothing but its address tells what it is about."""
    message = stage.world.touch(mail, label, text)
    stage.world.send(who.mail, who.name, message)
    return Say(f'{who} presses [{label}]: {short(message.get_content())}')


def hears(who, what):
    text = what if isinstance(what, str) else body_of(what)
    return Say(f'   {who.name} reads: {short(text)}')
