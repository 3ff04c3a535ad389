#!/usr/bin/python3
"""A mail that takes its reader over: it costs that mail only, which becomes a case for a human.

usage: B=build/faults tests/program/reader_faults.t     (needs make VARIANT=faults)"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from real_desk import BUILD, RealDesk, wait_until  # noqa: E402
from tap import ok, plan, skip  # noqa: E402

# What the desk must have noticed: the sandbox's signal, the time limit, the memory limit, the crash.
FAULTS = {'open': 'signal 31', 'socket': 'signal 31', 'hang': 'took too long', 'memory': 'signal 6', 'crash': 'signal 11'}


def one_fault(desk, number, name, reason):
    user = f'fault{number}'
    desk.start(env={'SHOUWEN_READER_FAULT': name})
    desk.is_watching()
    desk.mail(user, f'SHOUWEN-FAULT {name}', f'{number}号楼1单元楼道灯不亮')
    row = ("SELECT inbox.state, reason, case_id FROM inbox JOIN inbox_raw ON inbox_raw.inbox = inbox.id "
           "WHERE instr(raw, ?) > 0")
    mark = f'SHOUWEN-FAULT {name}'.encode()
    ok(wait_until(lambda: [r for r in desk.query(row, mark) if r[0] == 'unreadable'], 40),
       f'{name}: the mail is marked as unreadable', (desk.query(row, mark), desk.log()))
    found = (desk.query(row, mark) or [('', '', None)])[0]
    ok(reason in (found[1] or ''), f'{name}: because the reader died ({reason})', found)
    ok(found[2] is not None, f'{name}: it is a case for a human, raw kept', found)
    desk.mail(f'next{number}', '停水', f'{number}号楼2单元停水')
    ok(desk.has_mail(f'next{number}@owner.example'), f'{name}: the next mail is read and answered', desk.log())
    ok(desk.stop() == 0, f'{name}: the desk has lived on')
    ok(not desk.mails_of(f'{user}@owner.example'), f'{name}: and has told its sender nothing')


def main():
    if BUILD.name != 'faults':
        skip('this is not the build with faults (make faults)')
    with RealDesk() as desk:
        desk.start()
        ok(desk.is_watching(), 'the desk watches its mailbox', desk.log())
        desk.stop()
        for number, (name, reason) in enumerate(FAULTS.items(), 1):
            one_fault(desk, number, name, reason)
    plan()


if __name__ == '__main__':
    main()
