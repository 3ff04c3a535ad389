"""One shouwend between real servers, for the tests of the program; TAP."""
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / 'tests/demo'))
from people import World, wait_until  # noqa: E402
from tap import skip  # noqa: E402
from working_day import WorkingDay  # noqa: E402

BUILD = TOP / os.environ.get('B', 'build')
SECRET = 'program-test-0001'
ADDRESS = 'desk@sunshine.example'


class Gate:
    """A port that leads to another one while it is open."""

    def __init__(self, target):
        self.target = target
        self.links = []
        self.listener = self.listen(0)
        self.port = self.listener.getsockname()[1]

    def listen(self, port):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(('127.0.0.1', port))
        listener.listen(64)
        threading.Thread(target=self.serve, args=(listener,), daemon=True).start()
        return listener

    def serve(self, listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.create_connection(('127.0.0.1', self.target))
            self.links += [near, far]
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(a, b), daemon=True).start()

    @staticmethod
    def carry(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for link in self.links:
            try:
                link.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            link.close()
        self.links = []

    def open(self):
        self.listener = self.listen(self.port)


class RealDesk:
    def __init__(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix='shouwen-desk.', dir='/tmp'))
        self.root.chmod(0o755)
        self.process = None
        self.day = WorkingDay()
        env = dict(os.environ, SMS_CHANNEL='gateway', SMS_SECRET=SECRET, AUTHSERV_ID='mx.sunshine.example')
        started = subprocess.run([TOP / 'tests/servers/servers.sh', self.root, 'start', 'mail', 'sms'], env=env,
                                 stderr=subprocess.PIPE, text=True, check=False)
        if started.returncode != 0:
            shutil.rmtree(self.root, ignore_errors=True)
            skip('the servers do not start: ' + started.stderr.strip().replace('\n', ' '))
        self.settings = dict(line.split('=', 1) for line in (self.root / 'env').read_text().split())
        self.conf = pathlib.Path(subprocess.run([TOP / 'tests/servers/desk.sh', self.root], capture_output=True,
                                                text=True, check=True).stdout.strip())
        self.database = self.conf.parent / 'state/shouwen.db'
        self.log_path = self.root / 'desk.log'
        self.world = World(self.settings, '')

    def __enter__(self):
        return self

    def told_of(self):
        """Lines of the log that name somebody of the demo estate; there may be none (R40)."""
        marks = re.compile(r'1[3-9]\d{9}|[\w.]@owner\.example|secret|password=')
        names = [line.split(',')[0] for line in (TOP / 'conf/demo/owners.csv').read_text(encoding='utf-8').split('\n')[1:]]
        return [line for line in self.log_path.read_text(encoding='utf-8', errors='replace').split('\n')
                if marks.search(line) or any(name and name in line for name in names)]

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        subprocess.run([TOP / 'tests/servers/servers.sh', self.root, 'stop'], check=False)
        if os.environ.get('KEEP'):
            print('# kept in', self.root)
        else:
            shutil.rmtree(self.root, ignore_errors=True)

    def start(self, *overrides, env=None, clock=None):
        """`clock': see WorkingDay."""
        options = [word for override in overrides for word in ('-o', override)]
        options += self.day.options(clock)
        self.log_start = self.log_path.stat().st_size if self.log_path.exists() else 0
        with open(self.log_path, 'ab') as log:
            self.process = subprocess.Popen([BUILD / 'shouwend', '--conf', self.conf, *options], stderr=log,
                                            env=dict(os.environ, **(env or {})))

    def stop(self):
        """Its exit status; None when it does not end."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            return None

    def log(self):
        """What it has written since it was started."""
        with open(self.log_path, 'rb') as log:
            log.seek(self.log_start)
            return log.read().decode('utf-8', 'replace')

    def is_watching(self):
        return wait_until(lambda: 'state=up' in self.log(), 30)

    def query(self, sql, *values):
        try:
            with sqlite3.connect(f'file:{self.database}?mode=ro', uri=True, timeout=20) as db:
                return db.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            return []

    def push(self, path, method='GET', body=b'', headers=()):
        """The raw bytes of the answer, without its date."""
        lines = [f'{method} {path} HTTP/1.1', 'Host: desk', 'Connection: close', f'Content-Length: {len(body)}', *headers]
        with socket.create_connection(('127.0.0.1', int(self.settings['DESK_PORT'])), timeout=30) as link:
            link.sendall('\r\n'.join(lines).encode() + b'\r\n\r\n' + body)
            answer = b''
            while piece := link.recv(65536):
                answer += piece
        return b'\r\n'.join(line for line in answer.split(b'\r\n') if not line.startswith(b'Date:'))

    def mail(self, user, subject, text):
        self.world.send(f'{user}@owner.example', user, self.world.compose(ADDRESS, subject, text))

    def mails_of(self, address):
        box = self.world.mailbox(address, address)
        box.look()
        return box.mails

    def restart_kannel(self):
        self.world.kannel('stop')
        self.world.kannel('start')

    def has_mail(self, address, number=1, seconds=40):
        return wait_until(lambda: len(self.mails_of(address)) >= number, seconds, 0.2)
