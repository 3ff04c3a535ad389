"""The stories that are about a gateway: what else there is beside Kannel, and what when it fails."""
import contextlib

from people import case_of
from cast import (ADMIN, ANNA, answers, At, Check, CHEN, DENG, GUO, HE, hears, KIM, LIN, Mail, Person, Say, SUN, TANG, Text, texts,
                  texts_by, WANG, ZHENG)


def templates_only(stage):
    """A gateway that sends approved templates and nothing else: staff's words go by mail, and the text says so."""
    yield At('09:15')
    yield texts_by(stage, 'cloud', DENG, '2-1-301 楼道灯不亮，晚上看不清，请维修')
    ack = yield Text(DENG, '已登记')
    yield hears(DENG, ack)
    case = case_of(ack)
    task = yield Mail(TANG, case, '楼道灯不亮')
    yield answers(stage, TANG, task, '您好，电工已了解情况，灯管型号T8，请您留意电话，谢谢。')
    hint = yield Text(DENG, case, '有新答复')
    yield hears(DENG, hint)
    words = yield Mail(DENG, case, '灯管型号T8')
    yield hears(DENG, words)
    assert not any('T8' in text for text in stage.world.phones.received(DENG.phone)), 'words of staff went as a template'
    yield answers(stage, TANG, task, '#办结 您好，楼道灯管已更换，试亮正常，谢谢您。')
    yield Mail(DENG, case, '试亮正常')
    yield Check(case, state='fed_back')


def hint_and_call(stage):
    """Who has a phone only gets the template, which is no answer: staff are told to call. So is who opts out, by a template of its own."""
    yield At('09:20')
    yield texts_by(stage, 'cloud', HE, '2-1-302 单元门禁读卡器不灵，刷卡打不开门，请维修')
    ack = yield Text(HE, '已登记')
    case = case_of(ack)
    task = yield Mail(TANG, case, '读卡器不灵')
    yield answers(stage, TANG, task, '您好，配件已申领，请您暂走地下室入口，谢谢。')
    hint = yield Text(HE, case, '有新答复')
    yield hears(HE, hint)
    call = yield Mail(TANG, case, '致电业主', '暂走地下室入口')
    yield hears(TANG, call)
    yield Mail(TANG, case, '文字未发出', '内容须电话告知')
    yield answers(stage, TANG, call, '#反馈 电话 9:30 已告知业主，业主同意')
    yield texts_by(stage, 'cloud', HE, '退订')
    left = yield Text(HE, '已退订')
    yield hears(HE, left)


def phone_as_gateway(stage):
    """An Android phone in the office is the gateway; its list of messages is the proof that a text arrived."""
    yield At('09:25')
    yield texts_by(stage, 'phone', KIM, 'Building 2, flat 305: the hall light on my floor flickers, please have a look')
    ack = yield Text(KIM, 'received')
    yield hears(KIM, ack)
    case = case_of(ack)
    task = yield Mail(ANNA, case, 'flickers')
    yield answers(stage, ANNA, task, '#take\nDear Ms Kim, thank you, the electrician knows of it.')
    reply = yield Text(KIM, case, 'the electrician knows')
    yield hears(KIM, reply)
    yield answers(stage, ANNA, task, '#resolve Dear Ms Kim, the starter of the hall light was replaced and the light is steady, thank you.')
    yield Text(KIM, case, 'the light is steady')
    yield Check(case, state='fed_back')
    yield Say(f'   {case}: the phone says that the outcome was delivered')


@contextlib.contextmanager
def no_network(stage):
    """No phone can be reached; Kannel takes texts and reports none."""
    stage.world.phones.hang_up()
    try:
        yield Say('the phone network is cut off: Kannel takes texts, and reports none')
    finally:
        stage.world.phones.connect()


@contextlib.contextmanager
def refused_by_kannel(stage):
    """It ends, and comes back with another password."""
    stage.world.kannel('stop')
    stage.world.kannel('start', KANNEL_CHANGED_PASSWORD='changed')
    try:
        yield Say('Kannel ends, and refuses us when it is back')
    finally:
        stage.world.kannel('stop')
        stage.world.kannel('start')


def no_report(stage):
    """Two outcomes that nobody reports: one goes by mail after all, for the other somebody is asked to call (R13)."""
    caller = Person('8-2-501 的业主', None, '+8613900139031', '8-2-501')
    yield At('+1 10:45')
    yield texts(stage, WANG, '3-2-501 卫生间水龙头一直滴水，关不紧，请安排维修')
    case = case_of((yield Text(WANG, '已收到')))
    yield texts(stage, caller, '8-2-501 卫生间马桶一直漏水，请安排维修')
    callers = case_of((yield Text(caller, '已收到')))
    task, callers_task = (yield Mail(SUN, case, '水龙头')), (yield Mail(SUN, callers, '马桶'))
    with no_network(stage) as word:
        yield word
        yield answers(stage, SUN, task, '#办结 您好，水龙头阀芯已更换，试水不再滴漏，谢谢您。')
        yield answers(stage, SUN, callers_task, '#办结 您好，马桶进水阀已更换，试水正常，谢谢您。')
        yield Check(case, state='resolved')
        yield Check(callers, state='resolved')
        yield At('+1 15:10')
        outcome = yield Mail(WANG, case, '阀芯已更换')
        yield hears(WANG, outcome)
        call = yield Mail(LIN, callers, '致电业主', '进水阀已更换')
        yield hears(LIN, call)
        yield Check(case, state='fed_back')
        yield Check(callers, state='resolved')
    yield Say('the phone network is back')
    late = yield Text(caller, callers, '进水阀已更换')
    yield hears(caller, late)
    spared = yield Mail(LIN, callers, '无需另行告知')
    yield hears(LIN, spared)
    yield Check(callers, state='fed_back')


def gateway_down(stage):
    """What is urgent goes another way, the rest waits; the admin hears of it once."""
    caller = Person('11-1-201 的业主', None, '+8613900139032', '11-1-201')
    yield At('+2 09:00')
    yield texts(stage, caller, '11-1-201 卫生间马桶一直漏水，请安排维修')
    case = case_of((yield Text(caller, '已收到')))
    task = yield Mail(SUN, case, '马桶')
    with refused_by_kannel(stage) as word:
        yield word
        yield answers(stage, SUN, task, '#接单\n您好，师傅十点上门更换进水阀，请您留意电话，谢谢。')
        down = yield Mail(ADMIN, '通道停用')
        yield hears(ADMIN, down)
        yield texts(stage, GUO, '7号楼1单元楼道里有很重的煤气味，快来人！')
        ack = yield Mail(GUO, '险情')
        yield hears(GUO, ack)
        danger = case_of(ack['Subject'])
        for who in (LIN, CHEN, ZHENG, SUN):
            alert = yield Mail(who, danger, '紧急')
        yield hears(SUN, alert)
        yield answers(stage, SUN, alert, '#接单')
        yield Check(danger, severity='emergency', handler='sun')
        yield At('+2 09:20')
        yield answers(stage, SUN, alert, '#办结 您好，燃气公司已更换接头并检测合格，可以正常用气。')
        outcome = yield Mail(GUO, danger, '检测合格')
        yield hears(GUO, outcome)
        yield Check(danger, state='fed_back')
        yield At('+2 09:30')
    yield Say('the password is put right')
    reply = yield Text(caller, case, '师傅十点上门', by='+2 10:00')
    yield hears(caller, reply)
    yield Mail(ADMIN, '通道恢复')
    told = [mail for mail in stage.world.mailbox(ADMIN.mail, ADMIN.name).mails if '通道' in mail['Subject']]
    assert len(told) == 2, f'the admin was told {len(told)} times'
    late = [text for who in (SUN, GUO) for text in stage.world.phones.received(who.phone) if danger in text]
    assert not late, f'what had gone by mail came late, as a text: {late}'
    assert len(stage.world.phones.received(caller.phone)) == 2, 'not the acknowledgement and the answer, once each'
