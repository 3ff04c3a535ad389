"""The test anything protocol, as tests/run.sh reads it."""
import pathlib
import sys

count = 0


def ok(good, what, detail=''):
    global count
    count += 1
    print(('ok' if good else 'not ok'), count, '-', what)
    if not good and detail != '':
        print('#', str(detail)[-3000:].replace('\n', '\n# '))
    sys.stdout.flush()
    return bool(good)


def skip(why):
    print(f'ok 1 - {pathlib.Path(sys.argv[0]).stem} # SKIP {why}\n1..1')
    sys.exit(0)


def plan():
    """The last line: how many there were."""
    print(f'1..{count}')
