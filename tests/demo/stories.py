"""The stories of the demo: Monday 2026-11-23 at Sunshine Garden, and what
comes of it until the meeting a week later.

A story is a generator: it acts, and yields what it waits for."""
from people import body_of, case_of, FETCHED, page_of
from cast import (answers, At, Binned, Check, CHEN, DESK, FENG, GUO, HE_XIULAN, hears, HU, HUANG, LIN, LIU, LUO, MA, Mail, Person,
                  QIAN, ROSSI, Say, SMITH, STRANGER, SUN, Text, texts, touches, WANG, writes, WU, XU, ZHAO, ZHENG, ZHU)
from gateway_stories import gateway_down, hint_and_call, no_report, phone_as_gateway, templates_only


def leak_by_mail(stage):
    """The whole loop: mail, photo, take, plain reply, outcome, thanks."""
    yield At('09:00')
    yield writes(stage, WANG, '厨房漏水', '您好，我家厨房下水管漏水，柜子都泡了，请安排师傅来看看。', with_photo=True)
    ack = yield Mail(WANG, '已收到')
    yield hears(WANG, ack)
    case = case_of(ack['Subject'])
    assert case, 'the acknowledgement has no case number'
    task = yield Mail(SUN, case, '厨房下水管漏水')
    yield hears(SUN, task)
    names = [part.get_filename() for part in task.iter_attachments()]
    assert names == ['现场.png'], f'the photo did not reach the head of engineering: {names}'
    yield At('09:06')
    yield answers(stage, SUN, task, '#接单\n您好，维修师傅已了解情况，请您留意电话，谢谢。')
    reply = yield Mail(WANG, case, '维修师傅已了解情况')
    yield hears(WANG, reply)
    assert '#接单' not in body_of(reply), 'the owner saw a command'
    assert '写道' not in body_of(reply), 'the owner saw a quotation'
    yield At('10:00')
    yield touches(stage, SUN, task, '备注', '已带配件上门')
    noted = yield Mail(SUN, case, '已记为内部备注')
    yield hears(SUN, noted)
    yield At('10:30')
    yield answers(stage, SUN, task, '#办结 您好，已更换厨房下水弯头并试水半小时，未再漏水，谢谢您的耐心。')
    outcome = yield Mail(WANG, case, '已更换厨房下水弯头')
    yield hears(WANG, outcome)
    yield Check(case, state='fed_back', handler='sun', first_responder='lin')
    yield answers(stage, WANG, outcome, '谢谢！')
    yield Check(case, state='fed_back')


def card_by_text(stage):
    """A text; staff answer by mail; the owner reads it on the phone."""
    yield At('09:10')
    yield texts(stage, HUANG, '3-2-601 单元门禁卡刷不开门，麻烦看一下')
    ack = yield Text(HUANG, '已收到')
    yield hears(HUANG, ack)
    case = case_of(ack)
    task = yield Mail(LIN, case, '门禁卡')
    yield At('09:20')
    yield answers(stage, LIN, task, '您好，请您今天带卡到服务中心前台重新授权，谢谢。')
    reply = yield Text(HUANG, case, '重新授权')
    yield hears(HUANG, reply)
    yield At('11:00')
    yield answers(stage, LIN, task, '#办结 您好，门禁卡已重新授权，现场试刷正常，谢谢。')
    outcome = yield Text(HUANG, case, '重新授权', '试刷正常')
    yield hears(HUANG, outcome)
    yield Check(case, state='fed_back' if not stage.wrong else 'closed')


def gas(stage):
    """An emergency by text: everybody who must know is told at once."""
    yield At('09:30')
    yield texts(stage, HU, '6号楼1单元楼道里有很重的煤气味，快来人！')
    ack = yield Text(HU, '险情')
    yield hears(HU, ack)
    case = case_of(ack)
    for who in (LIN, SUN, CHEN, ZHENG):
        alert = yield Text(who, case, '紧急')
    yield hears(ZHENG, alert)
    yield texts(stage, SUN, '1')
    yield Check(case, severity='emergency', handler='sun')
    yield Say(f'   孙强 has answered the alert; {case} is in his hands')
    assert not stage.world.phones.received(WU.phone), 'L3 was to be skipped at first'
    yield At('10:20')
    yield texts(stage, SUN, f'办结 {case[-4:]} 您好，阀门已更换并通风，燃气公司检测合格，可以正常用气。')
    outcome = yield Text(HU, case, '检测合格')
    yield hears(HU, outcome)
    # Whoever did the work does not ask how it was (R34).
    yield At('+1 10:00')
    visit = yield Mail(LIN, case, '请致电业主回访', by='+1 10:40')
    yield hears(LIN, visit)
    yield answers(stage, LIN, visit, '#回访 5 业主说已正常用气，处理及时')
    yield Mail(LIN, case, '回访已记录')
    yield Say(f'   the return visit of {case} is on record')


def noise_in_english(stage):
    """A tenant writes English and is answered in English."""
    yield At('09:40')
    yield writes(stage, SMITH, 'Noise from renovation',
                 'Hello, the flat above mine (5-1-1102) starts drilling at 7 a.m. every day. Could you ask them to keep to the hours? Thank you, John')
    ack = yield Mail(SMITH, 'T261123', 'received')
    yield hears(SMITH, ack)
    case = case_of(ack['Subject'])
    task = yield Mail(LIN, case, 'drilling')
    yield At('09:50')
    yield answers(stage, LIN, task, '#take\nDear Mr Smith, thank you for telling us. We have asked the contractor about the permitted hours.')
    reply = yield Mail(SMITH, case, 'permitted hours')
    yield hears(SMITH, reply)
    yield Check(case, state='in_progress', handler='lin')


def transfer(stage):
    """First responder stays, handler changes."""
    yield At('10:00')
    yield writes(stage, GUO, '楼道垃圾', '7号楼1单元三楼楼道堆了很多装修垃圾，味道很大，请尽快清理。')
    ack = yield Mail(GUO, '已收到')
    case = case_of(ack['Subject'])
    task = yield Mail(LIN, case, '装修垃圾')
    yield answers(stage, LIN, task, '#转派 环境部 请今天上午清运，业主在家')
    order = yield Mail(QIAN, case, '请今天上午清运')
    yield hears(QIAN, order)
    yield At('11:10')
    yield touches(stage, QIAN, order, '接单', '')
    yield Check(case, handler='qian', first_responder='lin')
    yield answers(stage, QIAN, order, '#办结 您好，楼道装修垃圾已清运并冲洗消杀，谢谢您的提醒。')
    outcome = yield Mail(GUO, case, '已清运并冲洗')
    yield hears(GUO, outcome)
    yield Check(case, state='fed_back', handler='qian', first_responder='lin')


def nobody_answers(stage):
    """Reminders, then one step of escalation; the owner is told when."""
    yield At('+1 08:40')
    yield writes(stage, LUO, '公摊电费', '请问这个月公摊电费为什么比上个月多了一倍？请给我一个明细。')
    ack = yield Mail(LUO, '已收到')
    case = case_of(ack['Subject'])
    yield Mail(FENG, case, '公摊电费')
    yield Say(f'   nobody takes {case}')
    yield At('+1 10:00')
    reminder = yield Mail(LIN, case, '提醒', by='+2 17:40')
    yield hears(LIN, reminder)
    escalated = yield Mail(CHEN, case, by='+2 18:00')
    yield hears(CHEN, escalated)
    yield At('+2 17:00')
    told = yield Mail(LUO, case, '抱歉', by='+2 18:30')
    yield hears(LUO, told)
    yield Check(case, level=2, first_responder='lin')


def status_query(stage):
    """Own case: status; somebody else's: the same neutral words as for none."""
    yield At('11:20')
    yield texts(stage, MA, '3号楼1单元电梯按钮有两个不亮，请维修')
    ack = yield Text(MA, '已收到')
    case = case_of(ack)
    yield texts(stage, MA, '进度')
    status = yield Text(MA, case, by='11:40')
    yield hears(MA, status)
    yield texts(stage, STRANGER, f'进度 {case}')
    neutral = yield Text(STRANGER, '未在您名下')
    yield hears(STRANGER, neutral)


def rude_answer(stage):
    """Wording that must not reach an owner goes back to its author."""
    yield At('11:30')
    yield writes(stage, XU, '楼道灯不亮', '您好，3号楼2单元四楼的楼道灯不亮，晚上看不清。')
    ack = yield Mail(XU, '已收到')
    case = case_of(ack['Subject'])
    task = yield Mail(LIN, case, '楼道灯')
    yield answers(stage, LIN, task, '这不归我们管，你自己去找电力公司。')
    blocked = yield Mail(LIN, case, '不归我们管')
    yield hears(LIN, blocked)
    yield answers(stage, LIN, task, '您好，已安排电工今天更换灯管，请您稍候，谢谢。')
    reply = yield Mail(XU, case, '更换灯管')
    yield hears(XU, reply)
    assert '不归我们管' not in body_of(reply)


def long_answer(stage):
    """An answer that a text has no room for is never cut: by mail, and a text says so, or back to its author."""
    words = ('漏水点在外墙窗框下沿，雨水顺着密封胶的裂缝进来。我们已经联系外墙维修单位，他们带吊篮上门，先清理旧胶，再打底涂和新的耐候胶，'
             '最后做淋水试验。施工时请您关好窗户，把窗台上的物品移开，窗帘也请先收起来。室内墙面受潮的部分要等干透以后再补，大约需要十天，'
             '补之前我们会再来看一次。楼上楼下两户的窗框我们也一并检查，发现同样的裂缝一起处理。费用从专项维修资金里列支，不需要您承担，'
             '申请材料由我们准备，只需要您在表上签字。如果这几天再下雨，请您在窗台垫上毛巾，并拨打值班电话，值班人员会带防水布上门临时遮挡。')
    yield At('11:42')
    yield texts(stage, GUO, '7-1-302 卧室窗户下雨就渗水，请安排看看')
    ack = yield Text(GUO, '已收到')
    case = case_of(ack)
    task = yield Mail(LIN, case, '渗水')
    yield answers(stage, LIN, task, '您好，' + words)
    hint = yield Text(GUO, case, '全文已发您邮箱')
    yield hears(GUO, hint)
    full = yield Mail(GUO, case, '漏水点在外墙窗框下沿', '带防水布上门临时遮挡')
    yield hears(GUO, full)
    yield At('11:46')
    yield texts(stage, HUANG, '3-2-601 阳台窗户下雨就渗水，请安排看看')
    ack = yield Text(HUANG, '已收到')
    case = case_of(ack)
    task = yield Mail(LIN, case, '渗水')
    yield answers(stage, LIN, task, '您好，' + words)
    refused = yield Mail(LIN, case, '短信放不下', '带防水布上门临时遮挡')
    yield hears(LIN, refused)
    yield answers(stage, LIN, task, '您好，外墙维修单位会带吊篮来打胶，之后补墙面，不需要您承担费用，谢谢您的耐心。')
    reply = yield Text(HUANG, case, '不需要您承担费用')
    yield hears(HUANG, reply)


def no_water(stage):
    """One fault, three households: one incident, one handler, one outcome for each of them (R41)."""
    flats = [Person(f'{home} 的业主', None, phone, home) for home, phone in
             (('9-1-101', '+8613900139021'), ('9-1-302', '+8613900139022'), ('9-2-501', '+8613900139023'))]
    yield At('13:30')
    yield texts(stage, flats[0], '9-1-101家里停水了')
    yield Text(flats[0], '已收到')
    yield texts(stage, flats[1], '你好，9号楼1单元302没水了，什么时候来？')
    yield Text(flats[1], '已收到')
    yield texts(stage, flats[2], '9号楼2单元501停水，做不了饭')
    told = yield Text(flats[2], '已收到', '多户')
    yield hears(flats[2], told)
    incident = yield Mail(SUN, '热点事件', '3户')
    yield hears(SUN, incident)
    yield answers(stage, SUN, incident, '#接单\n#办结 您好，9号楼加压泵已重启，水压恢复正常，请您放水检查。')
    for flat in flats:
        outcome = yield Text(flat, '加压泵已重启')
        assert not any(other.home in outcome or other.phone[3:] in outcome for other in flats if other is not flat), \
            'an owner reads of another'
        yield Check(case_of(outcome), state='fed_back', handler='sun')
    yield hears(flats[0], outcome)


def unknown_place(stage):
    """A complaint without a place: numbered, acknowledged, asked back once."""
    yield At('13:40')
    yield texts(stage, STRANGER, '水管坏了，漏得到处都是水渍，麻烦修一下')
    ack = yield Text(STRANGER, '房号')
    yield hears(STRANGER, ack)
    case = case_of(ack)
    yield texts(stage, STRANGER, '2号楼1单元301，卫生间')
    yield Mail(LIN, case, '卫生间')
    yield Say(f'   the answer has joined {case}')


def parking(stage):
    """Angry words: apology first, and a task to phone."""
    yield At('14:00')
    yield writes(stage, ZHU, '第三次投诉车位被占！！', '我的车位B-12又被人占了！！这已经是第三次投诉了，再不处理我就打12345曝光你们！')
    ack = yield Mail(ZHU, '抱歉')
    yield hears(ZHU, ack)
    case = case_of(ack['Subject'])
    task = yield Mail(ZHAO, case, '车位')
    yield answers(stage, ZHAO, task, '#接单')
    yield Check(case, handler='zhao')


def machine_mail(stage):
    """An out-of-office is not answered and makes no case."""
    yield At('14:10')
    message = stage.world.compose(DESK, '自动回复：休假中', '我正在休假，11月30日回来后处理您的邮件。')
    message['Auto-Submitted'] = 'auto-replied'
    stage.world.send(ROSSI.mail, ROSSI.name, message)
    yield Say(f'{ROSSI}: her out-of-office writes')
    yield Binned('auto', 1)
    box = stage.world.mailbox(ROSSI.mail, ROSSI.name)
    box.look()
    assert not [m for m in box.mails if 'T261123' in (m['Subject'] or '')], 'a machine was answered'


def opt_out(stage):
    """退订 is obeyed; a complaint after it is still a complaint."""
    yield At('14:30')
    yield texts(stage, HE_XIULAN, '退订')
    told = yield Text(HE_XIULAN, '已退订')
    yield hears(HE_XIULAN, told)


def spam(stage):
    """An offer is binned, and nobody is bothered."""
    yield At('14:40')
    yield writes(stage, Person('an agency', 'agency@owner.example'), '代开各行业发票 可验真',
                 '您好！本公司可代开增值税专用发票、普通发票，点数优惠，先验后付，量大从优。联系微信，非诚勿扰。')
    yield Binned('spam', 1)
    yield Say('   it lies in the spam bin')


def rating(stage):
    """A day after the outcome the owner is asked, and answers with a digit."""
    yield At('15:00')
    yield texts(stage, LIU, '3-2-502 家里对讲听不到声音，请安排维修，谢谢')
    ack = yield Text(LIU, '已收到')
    case = case_of(ack)
    task = yield Mail(SUN, case, '对讲')
    yield answers(stage, SUN, task, '#接单')
    yield Check(case, handler='sun')
    yield At('16:00')
    yield answers(stage, SUN, task, '#办结 您好，已更换对讲分机听筒，与门口机试通话正常，谢谢您。')
    outcome = yield Text(LIU, case, '更换对讲分机')
    yield hears(LIU, outcome)
    yield At('+1 15:30')
    asked = yield Text(LIU, case, '评价', by='+1 20:00')
    yield hears(LIU, asked)
    yield texts(stage, LIU, '5')
    yield Check(case, state='closed', by='+2 12:00')
    yield Say(f'   {case} is closed: fed back, rated 5')


def at_the_counter(stage):
    """Who is asked first stays responsible: a caller's complaint, logged by text (R16)."""
    yield At('14:50')
    caller = Person('a caller', None, '+8613900139013', '8-1-402')
    yield texts(stage, LIN, '新建 8-1-402 13900139013 卫生间天花板渗水，电话报修')
    ack = yield Text(caller, '已收到', '林')
    yield hears(caller, ack)
    case = case_of(ack)
    task = yield Mail(SUN, case, '天花板渗水')
    yield answers(stage, SUN, task, '#接单')
    yield Check(case, handler='sun', first_responder='lin')
    stage.remembered['counter'] = case


def asked_inside(stage):
    """A question to a colleague: the owner hears when, the answer comes to the first responder (R21)."""
    yield At('15:10')
    yield writes(stage, ROSSI, 'Service fee', 'Hello, why is the service fee for November higher than in October? Thank you, Maria')
    ack = yield Mail(ROSSI, 'T261123', 'received')
    case = case_of(ack['Subject'])
    task = yield Mail(LIN, case, 'service fee')
    yield answers(stage, LIN, task, '#请示 财务部 5-1-1003十一月物业费为什么比十月高?')
    told = yield Mail(ROSSI, case, 'sorry')
    yield hears(ROSSI, told)
    question = yield Mail(FENG, case, '为什么比十月高')
    yield answers(stage, FENG, question, '十一月补收了上季度的公摊差额，明细已放前台。')
    answer = yield Mail(LIN, case, '公摊差额')
    yield hears(LIN, answer)
    yield Check(case, first_responder='lin')


def many_at_once(stage):
    """A mailbox is not flooded: what is more than five in ten minutes comes in one mail, and each of it is still one touch away (5.33)."""
    wanted = (('1-1-501', '厨房水管漏水，请来修一下'), ('2-1-502', '走廊的灯不亮，请修一下'), ('4-1-503', '楼道垃圾没人清，请打扫'),
              ('5-2-504', '楼上装修太吵，请管一管'), ('6-2-505', '我的车位被占了，请处理'), ('7-2-506', '门禁刷不开，请看看'),
              ('8-2-507', '下水道堵了，请疏通'), ('10-1-508', '楼道有烟头没人扫，请打扫'))
    flats = [Person(f'{home} 的业主', None, f'+861390013921{i}', home) for i, (home, _) in enumerate(wanted)]
    cases = []
    yield At('16:10')
    for flat, (home, words) in zip(flats, wanted):
        yield texts(stage, flat, f'{home} {words}')
        cases.append(case_of((yield Text(flat, '已收到'))))
    bundle = yield Mail(LIN, '合并通知', cases[-1], by='16:25')
    yield hears(LIN, bundle)
    together = [case for case in cases if f'-- [{case}]' in body_of(bundle)]
    assert len(together) >= 3 and cases[6] in together, f'only {together} came together'
    yield touches(stage, LIN, bundle, '接单', '')
    yield Check(together[-1], handler='lin')
    yield answers(stage, LIN, bundle, f'{cases[6]} 请今天下班前去看一下')
    note = yield Mail(SUN, cases[6], '请今天下班前去看一下')
    yield hears(SUN, note)


def end_of_the_day(stage):
    """The supervisor reads the day in one mail, owners masked (R12)."""
    yield At('17:00')
    summary = yield Mail(CHEN, '今日小结', by='18:30')
    yield hears(CHEN, summary)
    text = body_of(summary)
    assert '13900139' not in text, 'a number stands in the summary'
    assert '501室' not in text and '-501' not in text, 'a room stands in the summary'
    case = stage.remembered['counter']
    assert case in text, f'{case} is not in the summary'
    yield answers(stage, CHEN, summary, f'{case} 请明天上午先去这一户，业主是老人')
    note = yield Mail(SUN, case, '请明天上午先去这一户')
    yield hears(SUN, note)
    done = yield Mail(CHEN, case, '备注已发给')
    yield hears(CHEN, done)


def weekly_meeting(stage):
    """The meeting reads the week an hour before; its chair answers with a task, and who has it hears of it (R30, R33)."""
    yield At('+7 13:00')
    digest = yield Mail(WU, '周报', by='+7 13:30')
    yield hears(WU, digest)
    text = body_of(digest)
    assert '13900139' not in text and '-501' not in text, 'an owner can be told in the digest'
    yield Mail(SUN, '周报', by='+7 13:30')
    yield At('+7 14:40')
    yield answers(stage, WU, digest, '#整改 9号楼加压泵每周巡检并留记录；孙强；12-04')
    kept = yield Mail(WU, '已记为任务P1')
    yield hears(WU, kept)
    task = yield Mail(SUN, '加压泵每周巡检', '12月4日')
    yield hears(SUN, task)
    yield answers(stage, SUN, task, '#完成 P1 已排入巡检表，首次巡检正常')
    done = yield Mail(SUN, '任务P1已完成')
    yield hears(SUN, done)


def what_mails_hold(stage):
    """Each mail of the week is text and HTML, and nothing in it is fetched or run."""
    yield At('+7 14:45')
    mails = [mail for box in stage.world.mailboxes.values() for mail in box.mails if DESK.split('@')[0] in mail['From']]
    assert len(mails) > 50, f'only {len(mails)} mails were looked at'
    for mail in mails:
        page = page_of(mail)
        assert body_of(mail) and page, f"not text and HTML: {mail['Subject']}"
        assert not FETCHED.search(page), f"{mail['Subject']} fetches {FETCHED.search(page).group(0)}"
    yield Say(f'   {len(mails)} mails looked at')


STORIES = [
    ('A leak, by mail with a photo, to its outcome', leak_by_mail),
    ('A door card, by text, answered from a mail client', card_by_text),
    ('A smell of gas: alerts, who takes it, and a return visit', gas),
    ('Noise, in English', noise_in_english),
    ('Rubbish: handed on, taken with one touch, first responder stays', transfer),
    ('Nobody answers: reminded, escalated, the owner told', nobody_answers),
    ('How far is it? Only for those whose case it is', status_query),
    ('Words that do not reach an owner', rude_answer),
    ('An answer that no text has room for', long_answer),
    ('No water in three homes: one incident, each hears the outcome', no_water),
    ('No place named: asked back', unknown_place),
    ('An angry owner is soothed first', parking),
    ('A machine is not answered', machine_mail),
    ('Opting out of texts', opt_out),
    ('A gateway of templates only: the words go by mail', templates_only),
    ('A gateway of templates only, and no mail: somebody calls', hint_and_call),
    ('An Android phone as the gateway', phone_as_gateway),
    ('No report of a text: by mail after all, or somebody calls', no_report),
    ('The gateway is down: what is urgent goes another way', gateway_down),
    ('Spam is binned', spam),
    ('A caller: logged by text, and who was asked first stays', at_the_counter),
    ('A colleague is asked, the owner hears when', asked_inside),
    ('A rating closes the case', rating),
    ('Many at once: five mails, and one for the rest', many_at_once),
    ('The day in one mail, and an answer to one line of it', end_of_the_day),
    ('The weekly digest, and a task of the meeting', weekly_meeting),
    ('Mails are text and HTML, and fetch nothing', what_mails_hold),
]
