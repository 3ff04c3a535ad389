#!/usr/bin/python3
"""Owners' texts and our answers through real Kannel: the words, the parts, the proof of delivery.

usage: B=build tests/program/kannel.t"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from real_desk import RealDesk, wait_until  # noqa: E402
from tap import ok, plan  # noqa: E402

LIN = 'lin@sunshine.example'
FAMILY = '👨\u200d👩\u200d👧\u200d👦'
ENGLISH = ('Building 5, unit 1: the corridor [2nd floor] has not been swept since Monday; paper & dust ~ everywhere. ' * 7)[:5 * 153 - 60]
CHINESE = '您好，电工已到场检查，配电箱跳闸是邻层装修用电过大所致，已分路并加装标识，请您留意，如再跳闸请直接回复。' * 5
# What an owner writes, what staff answer, and of how many parts that answer is at the least.
WORDS = {
    'GSM 7 bit': ('5-1-301 the tap drips [kitchen] ~ 50% & {worse}, cost €3? @night, please help',
                  'Dear Sir, the plumber brings a new tap today [type €3 ~ {A}], please be in.', 1),
    'Chinese': ('5号楼1单元楼道灯不亮，晚上看不清“台阶”，请维修。', '您好，已安排电工今天更换灯管，请您稍候，谢谢。', 1),
    'emoji': (f'5号楼2单元电梯按钮不亮😭，家里有老人孩子{FAMILY}，请快点🙏', f'您好，按钮已换新，请放心使用😊{FAMILY}，谢谢您🙏', 1),
    'five parts in GSM 7 bit': (ENGLISH, 'Dear Sir, thank you. ' + 'Our cleaner [Ms He] sweeps & wipes each floor; we look at it ourselves ~ daily. ' * 8, 5),
    'five parts in Chinese': ('6号楼1单元配电箱总跳闸，' + CHINESE, CHINESE, 5),
    'five parts of emoji': ('7号楼1单元大门的门禁坏了' + FAMILY * 20, '您好，门禁已修好' + FAMILY * 24 + '，谢谢您', 5),
}


def phone_of(number):
    return f'+8615900{number:06d}'


def case_of(desk, phone):
    """Number, words and state of the one case that this number has."""
    found = desk.query('SELECT number, text, state FROM cases JOIN case_people ON case_id = id WHERE phone = ?', phone)
    return found[0] if len(found) == 1 else None


def task_of(desk, case):
    """The mail that gives a case to who is on duty."""
    return next((mail for mail in desk.mails_of(LIN) if case in (mail['Subject'] or '')), None)


def answer(desk, phone, words):
    """By Reply in a mail client, to the mail that brought the case."""
    number = case_of(desk, phone)[0]
    wait_until(lambda: task_of(desk, number), 20)
    desk.world.send(LIN, 'lin', desk.world.reply(task_of(desk, number), words))


def answer_to(desk, phone, template):
    """Our words in the outbox, its state, and the same words on the phone."""
    ours = desk.query('SELECT text, state FROM outbox JOIN outbox_texts ON out = id WHERE recipient = ? AND template = ?', phone, template)
    theirs = [text for text in desk.world.phones.received(phone) if ours and text == ours[0][0]]
    return ours[0] + (theirs[0],) if len(ours) == 1 and len(theirs) == 1 else None


def words_both_ways(desk):
    phones = {kind: phone_of(number) for number, kind in enumerate(WORDS)}
    for kind, (words, _, _) in WORDS.items():
        if words.isascii() or kind == 'GSM 7 bit':
            desk.world.phones.send_plain(phones[kind], words)
        else:
            desk.world.phones.send(phones[kind], words)
    for kind, phone in phones.items():
        wait_until(lambda phone=phone: answer_to(desk, phone, 'ack'), 30)
        case = case_of(desk, phone)
        ok(case and case[1] == WORDS[kind][0], f'{kind}: the case holds what the owner wrote, to the letter', case)
        answer(desk, phone, WORDS[kind][1])
    for kind, phone in phones.items():
        wait_until(lambda phone=phone: answer_to(desk, phone, 'staff_reply'), 30)
        words, _, received = answer_to(desk, phone, 'staff_reply') or ('', '', None)
        ok(received == words and WORDS[kind][1] in words, f'{kind}: the phone shows our answer, to the letter',
           (words, desk.world.phones.received(phone)))
        ok(received is not None and received.parts >= WORDS[kind][2], f'{kind}: in {received and received.parts} parts', received)


def reports(desk):
    """Kannel says `delivered' before `accepted' (sms.md A.6); the outcome is fed back by the first of them."""
    phone = phone_of(1)
    answer(desk, phone, '#办结 您好，灯管已更换，楼道灯全部点亮，谢谢您。')
    ok(wait_until(lambda: (case_of(desk, phone) or ('', '', ''))[2] == 'fed_back', 30), 'an outcome that Kannel reports as delivered is fed back',
       desk.query('SELECT template, state, answer FROM outbox WHERE recipient = ?', phone))
    unproved = "SELECT template, state FROM outbox WHERE channel = 'sms' AND state <> 'delivered'"
    ok(wait_until(lambda: not desk.query(unproved), 20), 'every text has its proof, though "accepted" came last', desk.query(unproved))
    ok(desk.query("SELECT count(*) FROM attempts WHERE result = 'unknown'") == [(0,)], 'and none was of unknown fate')


def put_together_by_kannel(desk):
    phone = phone_of(20)
    words = ENGLISH.replace('5, unit 1', '8, unit 1')
    pieces = [words[at:at + 153] for at in range(0, len(words), 153)]
    for number in (2, 1, 4, 5, 3):
        desk.world.phones.send_part(phone, 7, len(pieces), number, pieces[number - 1])
    ok(wait_until(lambda: answer_to(desk, phone, 'ack'), 30) and case_of(desk, phone)[1] == words.strip(),
       'five parts in any order, put together by Kannel, are one case', case_of(desk, phone))


def put_together_by_us(desk):
    """Other gateways hand parts on one by one, and one of them twice."""
    desk.world.kannel('stop')
    desk.world.kannel('start', KANNEL_COMBINE='false')
    phone = phone_of(21)
    words = ENGLISH.replace('5, unit 1', '9, unit 1')
    pieces = [words[at:at + 153] for at in range(0, len(words), 153)]
    for number in (3, 1, 5, 3, 2, 4):
        desk.world.phones.send_part(phone, 9, len(pieces), number, pieces[number - 1])
    ok(wait_until(lambda: answer_to(desk, phone, 'ack'), 30) and case_of(desk, phone)[1] == words.strip(),
       'put together by us they are one case too, one part twice', case_of(desk, phone))
    parts = "SELECT count(*) FROM inbox WHERE sender = ? AND (bin = 'part' OR case_id IS NOT NULL)"
    ok(desk.query(parts, phone[1:]) == [(6,)], 'each part is on record', desk.query('SELECT id, bin, case_id FROM inbox WHERE sender = ?', phone))
    ok(len(desk.world.phones.received(phone)) == 1, 'and their owner has one acknowledgement', desk.world.phones.received(phone))


def main():
    with RealDesk() as desk:
        desk.start('sms.gateway.max_parts=8', 'rules.notices=1000')
        ok(desk.is_watching(), 'the desk watches its mailbox', desk.log())
        words_both_ways(desk)
        reports(desk)
        put_together_by_kannel(desk)
        put_together_by_us(desk)
        ok(desk.stop() == 0, 'the desk ends')
        told = desk.told_of()
        ok(not told, 'no line of the log named an owner', '\n'.join(told))
    plan()


if __name__ == '__main__':
    main()
