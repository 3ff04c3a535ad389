"""What the figures of real servers share: the servers, the desk on them, and how a figure is printed."""
import contextlib
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[1]
BUILD = TOP / os.environ.get('B', 'build')
SERVERS = TOP / 'tests/servers/servers.sh'
SECRET = 'bench-push-0001'


def show(name, value, unit, meaning=''):
    """`name value unit', and behind # what it is and what it is compared with."""
    value = f'{value:.4g}' if isinstance(value, float) and abs(value) < 1000 else f'{value:.0f}'
    print(f'{name} {value} {unit}' + (f'  # {meaning}' if meaning else ''), flush=True)


def wait_until(what, seconds, step=0.05):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = what()
        if value:
            return value
        time.sleep(step)
    raise SystemExit('bench: waited in vain')


def tool(name, *arguments):
    """What one of our programs prints, as lists of words."""
    run = subprocess.run([BUILD / 'bench' / name, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(f'bench: {name} failed')
    return [line.split() for line in run.stdout.splitlines()]


def figures(lines):
    return {line[0]: float(line[1]) for line in lines if len(line) == 2}


def pss_kib(pid):
    try:
        found = re.search(r'^Pss:\s+(\d+)', pathlib.Path(f'/proc/{pid}/smaps_rollup').read_text(), re.M)
        return int(found.group(1))
    except OSError:
        return 0


def cpu_ms(pid):
    try:
        fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf('SC_CLK_TCK')
    except OSError:
        return 0.0


class Desk:
    def __init__(self, root, conf):
        self.root, self.conf, self.process = root, conf, None
        self.database = pathlib.Path(conf).parent / 'state/shouwen.db'
        self.log = root / 'desk.log'

    def start(self, *options):
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen([BUILD / 'shouwend', '--conf', self.conf, *options], stderr=log)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()
        self.process = None

    def ask(self, sql, *values):
        try:
            with contextlib.closing(sqlite3.connect(f'file:{self.database}?mode=ro', uri=True, timeout=20)) as db:
                return db.execute(sql, values).fetchone()[0]
        except sqlite3.Error:
            return 0

    def family(self):
        """Pids of the desk and its children, with their roles."""
        pids = {self.process.pid: 'desk'}
        listing = subprocess.run(['ps', '-o', 'pid=,args=', '--ppid', str(self.process.pid)], capture_output=True, text=True, check=False)
        for line in listing.stdout.splitlines():
            pid, args = line.split(None, 1)
            pids[int(pid)] = 'fetcher' if 'fetcher' in args else 'reader'
        return pids

    def spent_ms(self, role):
        """Processor time so far of all processes of this role."""
        return sum(cpu_ms(pid) for pid, who in self.family().items() if who == role)


@contextlib.contextmanager
def real_servers(*parts):
    """Servers of these kinds ('mail', 'sms'), a desk on them that is not started yet, and what servers.sh says of them."""
    root = pathlib.Path(tempfile.mkdtemp(prefix='shouwen-bench.', dir='/tmp'))
    root.chmod(0o755)
    desk = None
    try:
        subprocess.run([SERVERS, root, 'start', *parts], env=dict(os.environ, SMS_CHANNEL='gateway', SMS_SECRET=SECRET), check=True)
        settings = dict(line.split('=', 1) for line in (root / 'env').read_text().split())
        conf = subprocess.run([TOP / 'tests/servers/desk.sh', root], capture_output=True, text=True, check=True).stdout.strip()
        desk = Desk(root, conf)
        yield desk, settings
    finally:
        if desk is not None:
            desk.stop()
        subprocess.run([SERVERS, root, 'stop'], check=False)
        shutil.rmtree(root, ignore_errors=True)
